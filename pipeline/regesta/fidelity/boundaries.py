"""Where words end: the marks between the characters of a stream, and how two streams agree on them.

A stream is one string: the characters of the text, and between them at most one mark. No mark means that
nothing separates two characters. Marks are lone surrogates, which no XML or HTML parser lets into a text, so
that no text can be mistaken for one.

White space is what `str.isspace` says, the non-breaking and the ideographic space included; the proof counts
everything else. White space that XML does not know as such says more than that a word ends: `spaces_of` keeps it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# What a settled stream holds between two characters.
JOINED = ""
SEPARATE = " "  # source: a word ends here; page: white space or the edge of a block
FREE = "\ud801"  # source only: white space may stand here or not
UNBROKEN = "\ud802"  # source only: a line may break here, but a word does not end
BROKEN = "\ud803"  # page only: a line breaks or generated text separates, without white space

# What a raw stream holds besides; form feed is white space that no XML text can contain.
EDGE = "\f"
BREAKING = EDGE
LINE = "\ud804"  # source only: a new line whose @break is not stated
CALL = "\ud805"  # the place from which a displaced note is called

MARKS = FREE + UNBROKEN + BROKEN + LINE + CALL
_HYPHENS = frozenset("-\xad\u058a\u2010\u2011\u2e17\u2e5d¬=")

# Scripts written without spaces between words: a line end between two of their characters separates nothing.
_UNSPACED = "\u2e80-\u2fff\u3001-\u312f\u31a0-\u31ff\u3200-\u9fff\uf900-\ufaff\uff01-\uffdc\U00020000-\U0003ffff"
UNSPACED = re.compile(f"[{_UNSPACED}]")
_UNSPACED_LINE = re.compile(
    f"(?<=[{_UNSPACED}])[ \t{FREE}]*[\r\n{LINE}][ \t\r\n{LINE}{FREE}]*(?=[{_UNSPACED}])",
)
_SOURCE_RUN = re.compile(f"[{FREE}{UNBROKEN}{LINE}][ {FREE}{UNBROKEN}{LINE}]*")
_PAGE_RUN = re.compile(f" ?{BROKEN}[ {BROKEN}]*")
_LICENCE = re.compile(f"([{FREE}{UNBROKEN}])")
_WORD = re.compile(f"[^ {FREE}{UNBROKEN}{BROKEN}]+")

# The white space of XML, with which a source may be laid out as its encoder likes.
LAYOUT = " \t\r\n"
_SPACE = re.compile(rf"[^\S{LAYOUT}{EDGE}]")


def characters_of(raw: str) -> str:
    """Return the characters of a stream alone: no white space, no marks."""
    text = "".join(raw.split())
    for mark in MARKS:
        text = text.replace(mark, "")
    return text


def spaces_of(raw: str) -> dict[int, str]:
    """Return the white space that is no layout (no-break, thin …) by the number of characters before it."""
    spaces: dict[int, str] = {}
    place = done = 0
    for found in _SPACE.finditer(raw):
        place += len(characters_of(raw[done : found.start()]))
        done = found.end()
        spaces[place] = spaces.get(place, "") + found.group()
    return spaces


def space_names(spaces: str) -> str:
    """Return white space in words: "U+00A0 NO-BREAK SPACE", or "plain white space" for none of its own kind."""
    names = (f"U+{ord(space):04X} {unicodedata.name(space, 'CONTROL')}" for space in dict.fromkeys(spaces))
    return " and ".join(names) or "plain white space"


def settle_source(raw: str, *, unspaced: bool) -> str:
    """Return a raw source stream with one mark, at most, between any two characters.

    `unspaced` tells whether it has characters of scripts written without spaces.
    """
    if unspaced:
        raw = _UNSPACED_LINE.sub(FREE, raw)
    text = " ".join(raw.split())
    for mark in (FREE, UNBROKEN, LINE):  # a run begins with a mark, which is found faster than a blank that may be one
        text = text.replace(f" {mark}", f"{mark} ")
    return _SOURCE_RUN.sub(_settle, text).strip(f" {MARKS}")


def settle_page(raw: str) -> str:
    """Return a raw page stream with one mark, at most, between any two characters."""
    text = " ".join(raw.split())
    if BROKEN in text:
        text = _PAGE_RUN.sub(lambda run: SEPARATE if SEPARATE in run.group() else BROKEN, text)
    return text.strip(f" {MARKS}")


def _settle(run: re.Match[str]) -> str:
    marks = run.group()
    before = run.string[run.start() - 1 : run.start()]
    if UNBROKEN in marks:
        return UNBROKEN if not marks.strip(UNBROKEN) else FREE
    if LINE in marks and before in _HYPHENS:
        return FREE
    return SEPARATE if SEPARATE in marks or LINE in marks else FREE


def agrees(source: str, page: str) -> bool:
    """Tell whether the settled page has the source's characters and ends its words where it may."""
    spaced = page.replace(BROKEN, SEPARATE)
    if source == spaced:
        return True
    pieces = _LICENCE.split(source)
    position = 0
    for piece, licence in zip(pieces[::2], [*pieces[1::2], JOINED], strict=True):
        if not spaced.startswith(piece, position):
            return False
        position += len(piece)
        if spaced.startswith(SEPARATE, position) and licence:
            if licence == UNBROKEN and page[position] == SEPARATE:
                return False
            position += 1
    return position == len(spaced)


def fits(source: str, page: str) -> bool:
    """Tell whether the page may have the mark `page` where the source has `source`."""
    match source:
        case "":
            return page == JOINED
        case " ":
            return page != JOINED
        case "\ud802":
            return page != SEPARATE
        case _:
            return True


def joints_of(settled: str) -> dict[int, str]:
    """Return the marks of a settled stream by the number of characters that stand before each."""
    words = list(_WORD.finditer(settled))
    joints: dict[int, str] = {}
    position = 0
    for word, following in pairwise(words):
        position += len(word.group())
        joints[position] = settled[word.end() : following.start()]
    return joints
