"""Workbooks and references of the whole edition, read by openpyxl, bibtexparser, rispy and citeproc-py."""

from __future__ import annotations

import csv
import json
import zipfile
from io import BytesIO
from pathlib import Path

import bibtexparser.entrypoint
import openpyxl
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from exchange_editions import Exports, stated_edition

from regesta.edition import open_edition
from regesta.exchange import workbook
from regesta.exchange.formats import FORMATS
from regesta.exchange.tables import tables
from regesta.exporting import export, opened
from regesta.progress import Silent

BOTH = pytest.mark.parametrize("exports", ["stated", "ours"], indirect=True)
HARD = '=1+1 &lt;b&gt; _x0041_ 朋友  &amp; "quoted"'


@pytest.fixture
def exports(request: pytest.FixtureRequest) -> Exports:
    found: Exports = request.getfixturevalue(request.param)
    return found


@BOTH
def test_the_workbook_holds_the_tables_cell_by_cell(exports: Exports) -> None:
    book = openpyxl.load_workbook(exports.of("xlsx").path)
    folder = exports.of("csv").path
    assert sorted(book.sheetnames) == sorted(path.stem for path in folder.glob("*.csv"))
    cells = 0
    for name in book.sheetnames:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            wanted = list(csv.reader(stream))
        found = [["" if cell is None else str(cell) for cell in row] for row in book[name].iter_rows(values_only=True)]
        assert [row[: len(wanted[0])] for row in found] == wanted, name
        cells += sum(len(row) for row in wanted)
    assert cells > 200


def test_texts_stay_texts_and_one_that_is_too_long_is_told(tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    path = root / "tei/documents/paper-1.xml"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("Report on a visit", HARD).replace("What is in paper 1.", "long " * 8_000), "utf-8")
    made = export(open_edition(root, None, None), "xlsx", tmp_path / "e.xlsx", Silent(), jobs=1)
    assert ["at most 32,767 characters, which paper-1" in each.message for each in made.findings] == [True]
    sheet = openpyxl.load_workbook(tmp_path / "e.xlsx")["documents"]
    title = next(row for row in sheet.iter_rows() if row[0].value == "paper-1")[2]
    assert (title.data_type, title.value) in {
        ("s", '=1+1 <b> _x005F_x0041_ 朋友 & "quoted"'), ("s", '=1+1 <b> _x0041_ 朋友 & "quoted"')
    }  # fmt: skip
    data = (tmp_path / "e.xlsx").read_bytes()
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None
    assert workbook.file(opened(open_edition(root, None, None), Silent(), 1)) == data


def test_rows_beyond_what_a_sheet_holds_are_told(
    stated: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    material = opened(open_edition(stated.edition, None, tmp_path / "build"), Silent(), 1)
    book = openpyxl.load_workbook(BytesIO(workbook.file(material)))
    assert [book[name].max_row for name in ("documents", "names")] == [2, 2]
    assert {each.rule for each in material.found} == {"setting-missing"}
    assert {table.name for table in tables(material)} == set(book.sheetnames)


@BOTH
def test_reference_managers_read_every_document(exports: Exports) -> None:
    count = exports.of("bibtex").documents
    library = bibtexparser.entrypoint.parse_file(str(exports.of("bibtex").path))
    assert (len(library.entries), library.failed_blocks) == (count, [])
    assert len({entry.key for entry in library.entries}) == count
    with exports.of("ris").path.open(encoding="utf-8", newline="") as stream:
        assert len(rispy.load(stream)) == count
    items = json.loads(exports.of("csl").path.read_text(encoding="utf-8"))
    assert len(CiteProcJSON(items)) == count


def test_an_edition_without_a_title_has_no_references(tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    (root / "edition.toml").write_text("", encoding="utf-8")
    material = opened(open_edition(root, None, None), Silent(), 1)
    assert list(FORMATS["ris"].make(material)) == []
    assert "[edition] title" in material.found[0].message
