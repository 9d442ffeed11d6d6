"""What a comparison says: for people as text, for programs as JSON, and as one HTML file that opens from disk."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
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
:root { color-scheme: light dark; --text: #1b1b1b; --back: #fff; --line: #75726a; --del: #8f1414; --ins: #0b5d1e;
  --del-back: #fbe4e2; --ins-back: #e0f2e3 }
@media (prefers-color-scheme: dark) { :root { --text: #ececea; --back: #16171a; --line: #94918a; --del: #ffb1aa;
  --ins: #a4e5b1; --del-back: #43201e; --ins-back: #173421 } }
body { margin: 0 auto; max-width: 50rem; padding: 1rem 1.25rem 4rem; color: var(--text); background: var(--back);
  font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
section { border-top: 1px solid var(--line) } h2 { font-size: 1.1rem } h3 { font-size: 1rem; margin: 1rem 0 0 }
del { color: var(--del); background: var(--del-back) } ins { color: var(--ins); background: var(--ins-back) }
code { font: .9rem/1.4 ui-monospace, monospace }
"""


def text(changes: Changes) -> Iterator[str]:
    """Yield the lines of the comparison for people."""
    if not changes:
        yield "Nothing has changed.\n"
        return
    for heading, rows in _groups(changes):
        yield f"{len(rows):,} {heading}\n"
        yield from (f"  {row}\n" for row in rows)


def _groups(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """Yield heading and lines of each group that is not empty."""
    groups = [
        ("added", [_named(each) for each in changes.added]),
        ("removed", [_named(each) for each in changes.removed]),
        ("renamed", [f"{printable(each.before.id)} → {_named(each.after)}" for each in changes.renamed]),
        *((_HEADINGS[kind], [_named(each.after) for each in changes.of_kind(kind)]) for kind in Kind),
    ]
    yield from ((heading, rows) for heading, rows in groups if rows)


def _named(document: Known) -> str:
    return f"{printable(document.id)}  {printable(document.title)}".rstrip()


def words_text(document_id: str, found: Sequence[Passage]) -> Iterator[str]:
    """Yield what is other in the text of a document, each place on a line: [-taken out-] {+put in+}."""
    if all(each.sign == " " for each in found):
        yield f"The text of {printable(document_id)} is the same, word for word.\n"
        return
    for piece in _pieces(found):
        marked = (_marked(each) for each in piece)
        yield "… " + " ".join(printable(word) for word in marked) + " …\n"


def _marked(passage: Passage) -> str:
    words = " ".join(passage.words)
    return {"-": f"[-{words}-]", "+": f"{{+{words}+}}"}.get(passage.sign, words)


def _pieces(found: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the changes that stand together, each with some words around it."""
    piece: list[Passage] = []
    for each in found:
        if each.sign != " ":
            piece.append(each)
        elif not piece:
            piece = [Passage(" ", each.words[-_AROUND:])]
        elif len(each.words) <= 2 * _AROUND:
            piece.append(each)
        else:
            if any(part.sign != " " for part in piece):
                yield [*piece, Passage(" ", each.words[:_AROUND])]
            piece = [Passage(" ", each.words[-_AROUND:])]
    if any(part.sign != " " for part in piece):
        yield piece


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


def html(changes: Changes, told: Iterable[tuple[Changed, Sequence[Passage]]]) -> Iterator[str]:
    """Yield the comparison as a page, with what is other in the texts that are `told`."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>What has changed</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield "<h1>What has changed</h1>\n<main>\n"
    if not changes:
        yield "<p>Nothing has changed.</p>\n"
    for heading, rows in _groups(changes):
        yield f"<section>\n<h2>{len(rows):,} {heading}</h2>\n<ul>\n"
        yield from (f'<li dir="auto">{escape(row)}</li>\n' for row in rows)
        yield "</ul>\n</section>\n"
    for each, found in told:
        yield f'<section>\n<h2 dir="auto">The words of {escape(_named(each.after))}</h2>\n'
        for piece in _pieces(found):
            yield f'<p dir="auto">… {" ".join(map(_element, piece))} …</p>\n'
        yield "</section>\n"
    yield f"</main>\n<footer><p>Made by Regesta {escape(__version__)}.</p></footer>\n</body>\n</html>\n"


def _element(passage: Passage) -> str:
    words = escape(printable(" ".join(passage.words)))
    return {"-": f"<del>{words}</del>", "+": f"<ins>{words}</ins>"}.get(passage.sign, words)


def words_of_changed(old: State, new: State, changed: Iterable[Changed]) -> Iterator[tuple[Changed, list[Passage]]]:
    """Yield documents that are other in text with both texts, word by word, where the states have them."""
    if old.words_of is None or new.words_of is None:
        return
    for each in changed:
        yield each, passages(old.words_of(each.before.id), new.words_of(each.after.id))
