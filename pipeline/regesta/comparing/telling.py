"""What a comparison says: for people as text, for programs as JSON, and as one HTML file that opens from disk."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import Any

from regesta import __version__
from regesta.comparing.changes import Changed, Changes, Kind, Renamed
from regesta.comparing.states import Known, State
from regesta.comparing.words import Passage, passages
from regesta.reporting.characters import printable

_AROUND = 8
"""So many words stand before and after a change, for context."""

_HEADINGS = {Kind.TEXT: "changed in text", Kind.METADATA: "changed in metadata", Kind.MARKUP: "changed in markup"}
_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --back: #fff; --line: #d8d5cd; --quiet: #5c5952;
  --del: #8f1414; --ins: #0b5d1e; --del-back: #fbe4e2; --ins-back: #e0f2e3 }
@media (prefers-color-scheme: dark) { :root { --text: #ececea; --back: #16171a; --line: #3a3c42; --quiet: #aaa79f;
  --del: #ffb1aa; --ins: #a4e5b1; --del-back: #43201e; --ins-back: #173421 } }
body { margin: 0 auto; max-width: 50rem; padding: 1rem 1.25rem 4rem; color: var(--text); background: var(--back);
  font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem } section { border-top: 1px solid var(--line) }
del { color: var(--del); background: var(--del-back) } ins { color: var(--ins); background: var(--ins-back) }
ul { padding-inline-start: 1.25rem } li { margin: .35rem 0 } li p { margin: .35rem 0 .7rem }
code { font: .9rem/1.4 ui-monospace, monospace; color: var(--quiet) }
.quiet { color: var(--quiet); font-size: .9rem }
"""


def text(changes: Changes) -> Iterator[str]:
    """Yield the lines of the comparison for people."""
    if not changes:
        yield "Nothing has changed.\n"
        return
    for heading, rows in _groups(changes):
        yield f"{len(rows):,} {heading}\n"
        yield from (f"  {name}  {title}".rstrip() + "\n" for name, title in rows)


def _groups(changes: Changes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each group that is not empty: its heading, identifier and title of each document."""
    groups = [
        ("added", [_named(each) for each in changes.added]),
        ("removed", [_named(each) for each in changes.removed]),
        ("renamed", [_renamed(each) for each in changes.renamed]),
        *((_HEADINGS[kind], [_named(each.after) for each in changes.of_kind(kind)]) for kind in Kind),
    ]
    yield from ((heading, rows) for heading, rows in groups if rows)


def _named(document: Known) -> tuple[str, str]:
    return printable(document.id), printable(document.title)


def _renamed(document: Renamed) -> tuple[str, str]:
    name, title = _named(document.after)
    return f"{printable(document.before.id)} → {name}", title


def words_text(document_id: str, found: Sequence[Passage]) -> Iterator[str]:
    """Yield what is other in the text of a document, each place on a line: [-taken out-] {+put in+}."""
    if all(each.sign == " " for each in found):
        yield f"The text of {printable(document_id)} is the same, word for word.\n"
        return
    for piece in _pieces(found):
        marked = (_marked(each) for each in piece)
        yield " ".join(printable(word) for word in marked) + "\n"


def _marked(passage: Passage) -> str:
    words = " ".join(passage.words)
    return {"-": f"[-{words}-]", "+": f"{{+{words}+}}"}.get(passage.sign, words)


def _pieces(found: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the changes that stand together, each with some words around it, and "…" where the text goes on."""
    piece: list[Passage] = []
    for each in found:
        if each.sign != " ":
            piece.append(each)
        elif not piece:
            piece = [_end(each)]
        elif len(each.words) <= 2 * _AROUND:
            piece.append(each)
        else:
            if any(part.sign != " " for part in piece):
                yield [*piece, _beginning(each)]
            piece = [_end(each)]
    if any(part.sign != " " for part in piece):
        yield piece


def _beginning(passage: Passage) -> Passage:
    return Passage(passage.sign, (*passage.words[:_AROUND], "…"))


def _end(passage: Passage) -> Passage:
    if len(passage.words) <= _AROUND:
        return passage
    return Passage(passage.sign, ("…", *passage.words[-_AROUND:]))


def as_json(changes: Changes, told: Iterable[tuple[Changed, Sequence[Passage]]] = ()) -> str:
    """Return the comparison as JSON; `told` are documents with their texts word by word."""
    by_id = {each.after.id: found for each, found in told}
    rows = {
        "regesta": __version__,
        "added": [_row(each) for each in changes.added],
        "removed": [_row(each) for each in changes.removed],
        "renamed": [_changed_row(each, by_id) for each in changes.renamed],
        "changed": [_changed_row(each, by_id) for each in changes.changed],
    }
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _row(document: Known) -> dict[str, Any]:
    return {"id": document.id, "source": document.source, "title": document.title}


def _changed_row(each: Changed, found: dict[str, Sequence[Passage]]) -> dict[str, Any]:
    row = {**_row(each.after), "in": [kind.value for kind in each.kinds]}
    if isinstance(each, Renamed):
        row["from"] = each.before.id
    if each.after.id in found:
        row["words"] = [[passage.sign, " ".join(passage.words)] for passage in found[each.after.id]]
    return row


def html(
    changes: Changes, told: Iterable[tuple[Changed, Sequence[Passage]]], compared: tuple[str, str]
) -> Iterator[str]:
    """Yield the comparison of the states `compared` as a page.

    `told` are all documents that changed in text, in their order and word by word, or none.
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>What has changed</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    old, new = (escape(printable(each)) for each in compared)
    yield f'<h1>What has changed</h1>\n<p class="quiet">From <code>{old}</code> to <code>{new}</code>.'
    yield " Words <del>taken out</del> and <ins>put in</ins> are marked.</p>\n<main>\n"
    if not changes:
        yield "<p>Nothing has changed.</p>\n"
    for heading, rows in _groups(changes):
        yield f"<section>\n<h2>{heading.capitalize()} ({len(rows):,})</h2>\n<ul>\n"
        words = told if heading == _HEADINGS[Kind.TEXT] else ()
        for (name, title), found in zip_longest(rows, words):
            yield f"<li><bdi>{escape(title)}</bdi> <code>{escape(name)}</code>"
            for piece in _pieces(found[1]) if found else ():
                yield f'\n<p dir="auto">{" ".join(map(_element, piece))}</p>'
            yield "</li>\n"
        yield "</ul>\n</section>\n"
    yield f'</main>\n<footer class="quiet"><p>Made by Regesta {escape(__version__)}.</p></footer>\n</body>\n</html>\n'


def _element(passage: Passage) -> str:
    words = escape(printable(" ".join(passage.words)))
    return {"-": f"<del>{words}</del>", "+": f"<ins>{words}</ins>"}.get(passage.sign, words)


def words_of_changed(old: State, new: State, changed: Iterable[Changed]) -> Iterator[tuple[Changed, list[Passage]]]:
    """Yield documents that are other in text with both texts, word by word, where the states have them."""
    if old.words_of is None or new.words_of is None:
        return
    for each in changed:
        yield each, passages(old.words_of(each.before.id), new.words_of(each.after.id))
