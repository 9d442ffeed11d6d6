"""Texts of the edition: pages written in Markdown (CommonMark with tables), read into trees.

Nothing in them is HTML: tags are words like others, an element comes from a list of ours, and a link leads to the web,
to another such page or to a page of the site. Links to anything else stand as their words.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from regesta.errors import UsageError

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# fmt: off
_ELEMENTS = frozenset({
    "a", "blockquote", "br", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "s", "strong", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
_WEB = re.compile(r"(https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_PAGE = re.compile(r"[^\s:\\<>\"]+\.html(#[^\s<>\"]*)?")
_LANGUAGE = re.compile(r"\.([a-z]{2,3})$")


@dataclass(frozen=True)
class Node:
    """An element with its attributes and content, or (without a name) a text."""

    name: str = ""
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    content: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Text:
    """A page of the edition's own: its file in the edition's folder, address, title, language ("": the site's)."""

    file: str
    page: str
    title: str
    language: str
    content: tuple[Node, ...]


def read(root: Path, names: Iterable[str]) -> tuple[Text, ...]:
    """Return the texts in the files `names` of the edition. Raises UsageError for one that is not UTF-8."""
    files = tuple(names)
    pages = {name: f"pages/{PurePosixPath(name).stem}.html" for name in files}
    return tuple(_text(root, name, pages) for name in files)


def _text(root: Path, name: str, pages: Mapping[str, str]) -> Text:
    try:
        words = (root / name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The page {name} cannot be read: {error}.", "Save it as UTF-8 text.") from None
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to load, and few builds read such a page
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - as the line above

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    content = tuple(_Reading(name, pages).nodes(SyntaxTreeNode(parser.parse(words))))
    title = next((plain(node) for node in content if node.name == "h1"), PurePosixPath(name).stem)
    language = _LANGUAGE.search(PurePosixPath(name).stem)
    return Text(name, pages[name], title, language[1] if language else "", content)


def plain(node: Node) -> str:
    """Return the words of a node."""
    return node.text + "".join(map(plain, node.content))


class _Reading:
    """The reading of one file: headings get addresses that differ."""

    def __init__(self, name: str, pages: Mapping[str, str]) -> None:
        self._name = name
        self._pages = pages
        self._headings: Counter[str] = Counter()

    def nodes(self, parent: SyntaxTreeNode) -> Iterator[Node]:
        for child in parent.children:
            yield from self._node(child)

    def _node(self, node: SyntaxTreeNode) -> Iterator[Node]:
        if node.type in {"text", "softbreak", "image"}:
            yield Node(text=node.content if node.type != "softbreak" else "\n")
        elif node.type in {"code_inline", "fence", "code_block"}:
            code = Node("code", content=(Node(text=node.content),))
            yield code if node.type == "code_inline" else Node("pre", attributes=(("tabindex", "0"),), content=(code,))
        elif node.type == "inline" or node.hidden or node.tag not in _ELEMENTS:
            yield from self.nodes(node)
        else:
            yield from self._element(node)

    def _element(self, node: SyntaxTreeNode) -> Iterator[Node]:
        content = tuple(self.nodes(node))
        attributes: tuple[tuple[str, str], ...] = ()
        if node.tag == "a":
            href = self._destination(str(node.attrs.get("href", "")))
            if not href:
                yield from content
                return
            attributes = (("href", href),)
        elif node.type == "heading":
            attributes = (("id", self._anchor("".join(map(plain, content)))),)
        elif node.tag == "ol" and node.attrs.get("start"):
            attributes = (("start", str(node.attrs["start"])),)
        elif node.tag == "table":
            attributes = (("tabindex", "0"),)  # It scrolls where it is wide.
        yield Node(node.tag, attributes=attributes, content=content)

    def _destination(self, target: str) -> str:
        """Return where a link leads, from a page in `pages/`; "" for what is not on the site."""
        if _WEB.fullmatch(target):
            return target
        path, mark, fragment = target.partition("#")
        if not path:
            return f"#s-{fragment}" if fragment else ""
        named = posixpath.normpath(posixpath.join(posixpath.dirname(self._name), path))
        if named in self._pages:
            return f"../{self._pages[named]}" + (f"#s-{fragment}" if mark else "")
        return target if _PAGE.fullmatch(target) and not target.startswith("/") else ""

    def _anchor(self, words: str) -> str:
        """Return the id of a heading, as hosts of repositories make them, with a prefix that no other id has."""
        slug = "s-" + re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", words.casefold()).strip())
        self._headings[slug] += 1
        return slug if self._headings[slug] == 1 else f"{slug}-{self._headings[slug] - 1}"
