"""Reads a sheet of an .xlsx workbook as a table: values as they are stored; what would have to be guessed is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl

from regesta import rules
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.importing import packages
from regesta.importing.packages import Package, Unreadable
from regesta.importing.table import NOT_XML, Table, TableRow, check_heading, check_length
from regesta.sources import printable

_FORMULA, _FORMULA_WITH, _MERGED = b"<f>", b"<f ", b"<mergeCell "
_PLAIN_FORMATS = frozenset({"General", "0", "@"})
_MIDNIGHT = time()


def read(path: Path, sheet: str = "") -> Table:
    """Return the table on the sheet of that name, which must be given where the workbook has several.

    Raises UsageError when the file is no workbook, when it is unsafe, or when the sheet or its heading cannot be used.
    """
    try:
        package = packages.open_package(path)
        marks = _marks(package)
        told = packages.passed_over(package, "xl")
    except Unreadable as error:
        raise packages.refusal(path, error) from None
    values = _open(path, values=True)
    name = _sheet(values.sheetnames, sheet, path)
    formulas = _open(path, values=False)[name] if marks & {_FORMULA, _FORMULA_WITH} else None
    if _MERGED in marks:
        told.append(rules.finding("sheet-merged", Place(printable(path))))
    reader = _Sheet(path, name, told)
    columns, rows = reader.read(values[name], formulas)
    return Table(path, columns, tuple(rows), tuple(told))


def _marks(package: Package) -> set[bytes]:
    """Look at every XML part before openpyxl does; return what the sheets hold of formulas and merged cells."""
    found: set[bytes] = set()
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels", ".vml")):
            marks = package.marks(name, (_FORMULA, _FORMULA_WITH, _MERGED))
            found |= marks if name.startswith("xl/worksheets/") else set()
    return found


def _open(path: Path, *, values: bool) -> Any:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
    except Exception as error:  # whatever a damaged workbook makes openpyxl raise, it is the file's fault
        raise packages.refusal(path, Unreadable(f"it is no workbook ({error})")) from None


def _sheet(names: list[str], wanted: str, path: Path) -> str:
    if not names:
        raise packages.refusal(path, Unreadable("it has no sheet"))
    told = ", ".join(f"“{name}”" for name in names)
    if wanted and wanted not in names:
        raise UsageError(f"The workbook {printable(path)} has no sheet “{wanted}”.", f"It has {told}.")
    if not wanted and len(names) != 1:
        raise UsageError(f"The workbook {printable(path)} has several sheets.", f"Name one as sheet: {told}.")
    return wanted or names[0]


class _Sheet:
    """One reading of a sheet: what is odd about it is added to `told`."""

    def __init__(self, path: Path, name: str, told: list[Finding]) -> None:
        self.path, self.shown, self.told = path, f"{printable(path)}", told
        self.name = name
        self.formats: set[tuple[str, str]] = set()

    def read(self, values: Any, formulas: Any) -> tuple[tuple[str, ...], list[TableRow]]:
        """Return the heading and the rows."""
        values.reset_dimensions()  # a sheet may state any size; the cells that are there count
        if formulas is not None:
            formulas.reset_dimensions()
        try:
            return self._read(_pairs(values, formulas))
        except UsageError:
            raise
        except Exception as error:  # as in _open
            raise packages.refusal(self.path, Unreadable(f"its sheet “{self.name}” is damaged ({error})")) from None

    def _read(self, pairs: Iterator[tuple[int, Any, Any]]) -> tuple[tuple[str, ...], list[TableRow]]:
        first = next(((line, cells) for line, cells, _ in pairs if any(_text(each.value) for each in cells)), (1, ()))
        heading = tuple(" ".join(_text(each.value).split()) for each in first[1])
        while heading and not heading[-1]:
            heading = heading[:-1]
        check_heading(heading, f"on the sheet “{self.name}” of {self.shown}")
        rows: list[TableRow] = []
        for line, cells, written in pairs:
            made = self._row(len(rows) + 1, line, cells, written, heading)
            if made is not None:
                rows.append(made)
                check_length(len(rows), self.shown)
        return heading, rows

    def _row(self, number: int, line: int, cells: Any, written: Any, heading: tuple[str, ...]) -> TableRow | None:
        texts = [_text(cell.value) for cell in cells]
        place = Place(self.shown, line, 1)
        fault = self._fault(cells, written, texts, place, len(heading))
        if not fault and not any(text.strip() for text in texts):
            return None
        for cell, name in zip(cells, heading, strict=False):
            self._format(cell, name, place)
        folded = [" ".join(text.split()) for text in texts[: len(heading)]]
        folded += [""] * (len(heading) - len(folded))
        return TableRow(number, line, dict(zip(heading, folded, strict=True)), fault)

    def _fault(self, cells: Any, written: Any, texts: list[str], place: Place, width: int) -> Finding | None:
        beyond = [text for text in texts[width:] if text.strip()]
        if beyond:
            return rules.finding("import-row-uneven", place, found=width + len(beyond), wanted=width)
        for cell, source in zip(cells, written or cells, strict=False):
            if cell.value is None and getattr(source, "data_type", "") == "f":
                return rules.finding("sheet-formula", place, cell=source.coordinate)
            if getattr(cell, "data_type", "") == "e":
                return rules.finding("sheet-error-value", place, cell=cell.coordinate, value=cell.value)
        strange = next((found for text in texts if (found := NOT_XML.search(text))), None)
        if strange:
            return rules.finding("import-character", place, character=f"U+{ord(strange.group()):04X}")
        return None

    def _format(self, cell: Any, column: str, place: Place) -> None:
        """Tell once a column that its numbers are shown otherwise than they are stored."""
        if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
            return
        shape = cell.number_format or "General"
        if shape not in _PLAIN_FORMATS and (column, shape) not in self.formats:
            self.formats.add((column, shape))
            self.told.append(rules.finding("sheet-number-format", place, column=column, format=shape))


def _pairs(values: Any, formulas: Any) -> Iterator[tuple[int, Any, Any]]:
    """Yield the number of each row with its cells, and with the same cells as formulas where there are any."""
    other: Iterable[Any] = formulas.iter_rows() if formulas is not None else iter(lambda: None, 0)
    for line, (cells, written) in enumerate(zip(values.iter_rows(), other, strict=False), start=1):
        yield line, cells, written


def _text(value: object) -> str:
    """Return a stored value as a person would type it; a time of midnight is that of a plain date."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
