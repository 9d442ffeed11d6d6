"""Reads a table of delimited text strictly: what cannot be read for certain is said, and never guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from regesta import reading, rules
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.importing.markup import folded
from regesta.sources import printable

NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-�\U00010000-\U0010ffff]")
_MOST_BYTES = 256_000_000
_MOST_ROWS = 250_000
_ONE_BYTE = ("iso8859", "cp125", "cp437", "cp85", "cp86", "koi8", "mac", "latin")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_CERTAIN = 2


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number (the first after the heading is 1), its line in the file, its cells by column."""

    number: int
    line: int
    cells: dict[str, str]
    fault: Finding | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its heading, its rows (unusable ones with the finding that says why), and what is odd."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    told: tuple[Finding, ...] = ()

    def missing(self, wanted: dict[str, str]) -> None:
        """Raise UsageError when a column of `wanted` (column → what names it) is not there."""
        absent = [name for name in wanted if name not in self.columns]
        if not absent:
            return
        told = []
        for name in absent:
            near = get_close_matches(name, self.columns, 1)
            told.append(f"“{name}” ({wanted[name]})" + (f", perhaps “{near[0]}”" if near else ""))
        raise UsageError(
            f"The table {printable(self.path)} lacks columns that the mapping names: {'; '.join(told)}.",
            f"Its columns are: {', '.join(self.columns)}.",
        )


def read_text(path: Path, encoding: str) -> str:
    """Return the characters of a text file. Raises UsageError when it cannot be read or is not in `encoding`."""
    shown = printable(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"The file {shown} is larger than {_MOST_BYTES // 1_000_000} MB.", "Divide it.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The file {shown} cannot be read: {error.strerror}.", "Check the path.") from None
    try:
        marked = reading.declared_encoding(data) if codecs.lookup(encoding).name == "utf-8" else encoding
        text = reading.decode(data, marked if marked.startswith("utf") else encoding)  # a byte-order mark is no guess
    except LookupError:
        raise UsageError(f"There is no encoding “{encoding}”.", "Say utf-8, utf-16, windows-1252 or another.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"The file {shown} is not {encoding}: byte 0x{data[error.start]:02X} in line {line} cannot be.",
            "Find out the encoding in which it was saved and name that, or save it anew as UTF-8.",
        ) from None
    _check_declared(data, text, encoding, shown)
    return text


def _check_declared(data: bytes, text: str, encoding: str, shown: str) -> None:
    """Raise UsageError where an encoding of one byte a letter fits every byte, and yet cannot be the right one."""
    if not codecs.lookup(encoding).name.startswith(_ONE_BYTE):
        return
    control = _CONTROLS.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise UsageError(
            f"The file {shown} is hardly {encoding}: line {line} has the control character {_code(control.group())}.",
            "Such files are mostly windows-1252 or UTF-8. Name the right encoding, or save it anew as UTF-8.",
        )
    try:
        letters = sum(each > "\x7f" for each in data.decode("utf-8"))
    except UnicodeDecodeError:
        return
    if letters >= _CERTAIN:
        raise UsageError(
            f"The file {shown} is hardly {encoding}: all of its {letters} letters beyond ASCII are right as UTF-8.",
            "Name utf-8, or save it anew as UTF-8.",
        )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def read(path: Path, encoding: str, delimiter: str, *, exact: bool = False) -> Table:
    """Return the table in the file; unless it is to be `exact`, spaces of all kinds are folded, line ends always are.

    Raises UsageError when it is no table: no heading, doubled columns, open quotes.
    """
    shown = printable(path)
    if len(delimiter) != 1:
        raise UsageError(f"The delimiter “{delimiter}” is not one character.", "Name one, such as a comma.")
    reader = csv.reader(io.StringIO(read_text(path, encoding), newline=""), delimiter=delimiter, strict=True)
    try:
        heading = tuple(cell.strip() for cell in next(reader, []))
        check_heading(heading, shown)
        rows = tuple(_rows(reader, heading, shown, folded if exact else _plainly))
    except csv.Error as error:
        raise UsageError(
            f"The table {shown} cannot be read from line {reader.line_num} on: {error}.",
            "Look for a quotation mark that is not closed or not doubled, or for another delimiter.",
        ) from None
    return Table(path, heading, rows)


def check_heading(heading: tuple[str, ...], shown: str) -> None:
    """Raise UsageError unless the heading names columns, each by a name of its own."""
    if not any(heading):
        raise UsageError(f"The table {shown} has no heading in its first line.", "Name its columns there.")
    doubled = sorted(name for name, count in Counter(heading).items() if count > 1)
    if doubled:
        named = ", ".join(f"“{name}”" for name in doubled)
        raise UsageError(f"The table {shown} has columns of the same name: {named}.", "Give each a name of its own.")


def check_length(count: int, shown: str) -> None:
    """Raise UsageError for a table of more rows than can be related to each other in memory."""
    if count > _MOST_ROWS:
        raise UsageError(f"The table {shown} has more than {_MOST_ROWS:,} rows.", "Divide it, and import its parts.")


def _plainly(cell: str) -> str:
    return " ".join(cell.split())


def _rows(
    reader: Iterable[list[str]], heading: tuple[str, ...], shown: str, fold: Callable[[str], str]
) -> Iterator[TableRow]:
    number = 0
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        check_length(number, shown)
        line: int = reader.line_num  # type: ignore[attr-defined]
        place = Place(shown, line, 1)
        fault = None
        if len(cells) != len(heading):
            fault = rules.finding("import-row-uneven", place, found=len(cells), wanted=len(heading))
        else:
            strange = next((found for cell in cells if (found := NOT_XML.search(cell))), None)
            if strange:
                fault = rules.finding("import-character", place, character=_code(strange.group()))
        yield TableRow(number, line, dict(zip(heading, map(fold, cells), strict=False)), fault)
