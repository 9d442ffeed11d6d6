"""XLSX: the tables of the records as sheets of one workbook (ECMA-376, Part 1: SpreadsheetML).

Texts are stored as texts, so that none is taken for a formula or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from regesta.exchange.material import Material
from regesta.exchange.packing import zipped
from regesta.exchange.tables import Table, tables

MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>'
)


def file(material: Material) -> bytes:
    """Return the workbook. A cell that is too long for a sheet is cut, which is told with the document's id."""
    made = {each.name: _sheet(each, material) for each in tables(material)}
    names = list(made)
    files = {f"xl/worksheets/sheet{number}.xml": made[name] for number, name in enumerate(names, start=1)}
    files |= {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    return zipped((path, f"{_HEAD}{text}".encode()) for path, text in files.items())


def _sheet(table: Table, material: Material) -> str:
    rows = "".join(_rows(table, material))
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'<worksheet xmlns="{_MAIN}">{view}<sheetData>{rows}</sheetData></worksheet>'


def _rows(table: Table, material: Material) -> Iterator[str]:
    yield _row(1, [_cell(name, 1, at, style=1) for at, name in enumerate(table.columns)])
    for number, row in enumerate(table.rows, start=2):
        if number > MOST_ROWS:
            material.unset("fewer rows", f"rows of {table.name} beyond the {MOST_ROWS:,} that a sheet holds")
            return
        for name, value in zip(table.columns, row, strict=True):
            if len(str(value)) > MOST_CHARACTERS and str(row[0]) in material.by_id:
                told = f"a cell of {name} of at most {MOST_CHARACTERS:,} characters"
                material.missing(material.by_id[str(row[0])], "xlsx", told, "the rest of it is cut off; csv holds all")
        yield _row(number, [_cell(value, number, at) for at, value in enumerate(row)])


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: object, row: int, column: int, style: int = 0) -> str:
    place = f'r="{_letters(column)}{row}"' + (f' s="{style}"' if style else "")
    if isinstance(value, int):
        return f"<c {place}><v>{value}</v></c>"
    text = str(value)[:MOST_CHARACTERS]
    if not text:
        return ""
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(_ESCAPE.sub("_x005F_", text))}</t></is></c>'


def _letters(column: int) -> str:
    """Return the letters of a column, the first being 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, start=1))
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{at}.xml": "worksheet" for at in range(1, sheets + 1)}
    made = "".join(f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{made}</Types>'
