"""`regesta import markdown`: a transcript in Markdown (CommonMark, tables, strikethrough, footnotes) becomes TEI.

HTML in it is text like any other. Facts stand in front matter: lines `key: value` between two lines of hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from pydantic import ValidationError

from regesta.documents import TEI
from regesta.importing.divisions import Block, Body, Kind, fill
from regesta.importing.inline import Inline, Mark, Marks, is_empty
from regesta.importing.markup import element
from regesta.importing.packages import Unreadable
from regesta.importing.plain_text import characters
from regesta.importing.transcript_mapping import RecordFacts, TranscriptMapping
from regesta.importing.transcripts import Transcript, Way, first_heading, part
from regesta.reading import local_name

_DEEPEST = 10_000
_LOOKS = {"em": "italic", "strong": "bold", "s": "strikethrough"}
_SAFE = re.compile(r"(?:https?|mailto|ftp):[^\s<>\"]+", re.IGNORECASE)
_KEY = re.compile(r"([A-Za-z-]+)\s*:\s*(.*)")


def convert(path: Path, mapping: TranscriptMapping) -> Transcript:
    """Return the transcript in the file. Raises UsageError or Unreadable when it is no text in the encoding stated."""
    text = characters(path, mapping).replace("\f", "")
    reader = _Reader()
    try:
        return reader.run(text)
    except RecursionError:
        raise Unreadable("its parts are nested in each other beyond measure") from None


WAY = Way(frozenset({".md", ".markdown"}), convert, "Markdown files")


class _Reader:
    """One file being read."""

    def __init__(self) -> None:
        self.transcript = Transcript(element("body"))
        self._notes: dict[str, list[SyntaxTreeNode]] = {}
        self._within: dict[int, dict[str, Any]] = {}
        self._numbers: dict[str, int] = {}
        self._links: set[str] = set()

    def run(self, text: str) -> Transcript:
        """Return the transcript of the text."""
        root, env = _parsed(text)
        for node in root.walk():
            if node.type == "footnote_reference":
                self._notes.setdefault(node.meta["label"], []).append(node)
        self._within = env.get("footnotes", {}).get("list", {})
        body = Body()
        self.transcript.body = body.fill([*self._blocks(root), *self._left_over()])
        self.transcript.moved.update(body.told)
        self.transcript.title = first_heading(self.transcript.body)
        self.transcript.title_from = "the first heading" if self.transcript.title else ""
        unused = {each["href"] for each in env.get("references", {}).values()} - self._links
        self.transcript.told["definition of a link that nothing uses"] += len(unused)
        return self.transcript

    def _blocks(self, parent: SyntaxTreeNode) -> Iterator[Block]:
        for node in parent.children:
            if node.type == "front_matter":
                self._facts(node.content)
            elif node.type != "footnote_reference":
                yield from self._block(node)

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.type == "heading":
            yield self._done(Block(Kind.HEAD, self._words("head", node), int(node.tag[1])))
        elif node.type in {"bullet_list", "ordered_list"}:
            yield self._done(Block(Kind.BLOCK, self._list(node)))
        elif node.type == "blockquote":
            yield from self._quote(node)
        elif node.type in {"code_block", "fence"}:
            yield self._done(Block(Kind.BLOCK, _code(node.content)))
        elif node.type == "table":
            yield self._done(Block(Kind.BLOCK, self._table(node)))
        elif node.type == "hr":
            self.transcript.told["rule across the page"] += 1
        else:
            made = self._words("p", node)
            if not is_empty(made):
                yield self._done(Block(Kind.BLOCK, made))

    def _done(self, block: Block) -> Block:
        self.transcript.parts.append(part(block.element))
        return block

    def _quote(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Yield the paragraphs of a quotation as such; lists and the like in it stand beside it, marked as quoted."""
        for child in node.children:
            for block in self._block(child):
                if local_name(block.element) == "p":
                    yield Block(Kind.QUOTE, block.element)
                else:
                    block.element.set("rend", "quoted")
                    yield block

    def _list(self, node: SyntaxTreeNode) -> etree._Element:
        ordered = node.type == "ordered_list"
        made = element("list", type="ordered" if ordered else "bulleted")
        start = int(node.attrs.get("start", 1))
        for number, child in enumerate(node.children, start=start):
            item = element("item", n=f"{number}{child.markup}" if ordered else None)
            for inner in child.children:
                self._in_item(inner, item)
            made.append(item)
        return made

    def _in_item(self, node: SyntaxTreeNode, item: etree._Element) -> None:
        if node.type == "paragraph" and node.hidden:
            self._fill(item, node, Inline(item))
            return
        for block in self._block(node):
            if block.kind is Kind.HEAD:
                block.element.tag = f"{{{TEI}}}p"
                block.element.set("rend", "head")
            if block.kind is Kind.QUOTE:
                item.append(element("quote", block.element))
            else:
                item.append(block.element)

    def _table(self, node: SyntaxTreeNode) -> etree._Element:
        made = element("table")
        for row in (each for each in node.walk() if each.type == "tr"):
            heading = any(cell.type == "th" for cell in row.children)
            cells = [self._words("cell", cell) for cell in row.children]
            made.append(element("row", *cells, role="label" if heading else None))
        return made

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────

    def _words(self, name: str, node: SyntaxTreeNode) -> etree._Element:
        made = element(name)
        self._fill(made, node, Inline(made))
        return made

    def _fill(self, made: etree._Element, node: SyntaxTreeNode, into: Inline, marks: Marks = ()) -> None:
        for child in node.children:
            if child.type in {"inline", "paragraph"}:
                self._fill(made, child, into, marks)
            elif child.type in {"text", "html_inline"}:
                into.text(child.content, marks)
            elif child.type == "softbreak":
                into.text("\n", marks)
            elif child.type == "hardbreak":
                into.put(element("lb"), marks)
            elif child.type == "code_inline":
                into.text(child.content, (*marks, Mark("hi", (("rend", "monospace"),))))
            elif child.type == "image":
                self._picture(child, into, marks)
            elif child.type == "footnote_ref":
                self._note(child, into, marks)
            else:
                self._fill(made, child, into, (*marks, *self._mark(child)))

    def _mark(self, node: SyntaxTreeNode) -> Marks:
        if node.type != "link":
            return (Mark("hi", (("rend", _LOOKS.get(node.type, node.type)),)),)
        address = str(node.attrs.get("href", ""))
        self._links.add(address)
        if _SAFE.fullmatch(address):
            return (Mark("ref", (("target", address),), str(len(self._links))),)
        self.transcript.told["link"] += 1
        return ()

    def _picture(self, node: SyntaxTreeNode, into: Inline, marks: Marks) -> None:
        self.transcript.told["picture"] += 1
        self._links.add(str(node.attrs.get("src", "")))
        words = " ".join(node.content.split())
        into.put(
            element("gap", element("desc", f"Picture: {words}" if words else "Picture"), reason="editorial"), marks
        )

    def _note(self, node: SyntaxTreeNode, into: Inline, marks: Marks) -> None:
        """Put the note where it is first referred to; later references become its number."""
        label = node.meta.get("label")
        if label is None:
            made = element("note", place="foot", n=self._number(f"{node.meta['id']}\n"))
            self._fill(made, SyntaxTreeNode(self._within[node.meta["id"]]["tokens"]), Inline(made))
        elif label in self._numbers:
            self.transcript.told["second reference to a note"] += 1
            into.text(str(self._numbers[label]), (*marks, Mark("hi", (("rend", "superscript"),))))
            return
        else:
            made = self._defined(label)
        into.put(made, marks)

    def _defined(self, label: str) -> etree._Element:
        """Return the note that was defined under the label, with its number."""
        made = element("note", place="foot", n=None if label in self._numbers else self._number(label))
        fill(made, list(self._blocks(self._notes[label].pop(0))))
        return made

    def _number(self, label: str) -> str:
        return str(self._numbers.setdefault(label, len(self._numbers) + 1))

    def _left_over(self) -> Iterator[Block]:
        """Yield the notes that nothing refers to, and those whose label was defined anew: their words are text too."""
        for label in list(self._notes):
            while self._notes[label]:
                self.transcript.told["footnote that nothing refers to, put at the end"] += 1
                yield Block(Kind.MARK, self._defined(label))

    # ── front matter ───────────────────────────────────────────────────────────────────────────────────────

    def _facts(self, text: str) -> None:
        stated: dict[str, Any] = {}
        for line in filter(str.strip, text.split("\n")):
            found = _KEY.fullmatch(line.strip())
            words = found[2].strip().strip("\"'") if found else ""
            if found and _is_fact(found[1], words):
                stated[found[1]] = words
            else:
                self.transcript.remarks.append(line.strip())
                self.transcript.told["line of the front matter that is kept as a note"] += 1
        self.transcript.stated = RecordFacts.model_validate(stated)


def _is_fact(key: str, words: str) -> bool:
    try:
        RecordFacts.model_validate({key: words})
    except ValidationError:
        return False
    return True


def _parsed(text: str) -> tuple[SyntaxTreeNode, dict[str, Any]]:
    env: dict[str, Any] = {}
    # The parser drops in silence what is nested deeper than it likes; Python's own limit is an error that we tell.
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(front_matter_plugin)
    reader.core.ruler.disable("footnote_tail")  # it drops notes that nothing refers to
    tokens = reader.parse(text, env)
    return SyntaxTreeNode(tokens), env


def _code(content: str) -> etree._Element:
    """Return a block whose lines are kept."""
    made = element("p", rend="monospace")
    into = Inline(made)
    for number, line in enumerate(content.rstrip("\n").split("\n")):
        if number:
            into.put(element("lb"))
        into.text(line)
    return made
