"""A workbook becomes the same records as the same table in text; a hostile or unclear one is refused or told."""

from __future__ import annotations

import csv
import datetime
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tables import HEAD, arguments, documents, run, table, words

NOTE = ["A note", "1956-09-16", "note", "Kim Il Sung", "copy 3; something odd"]


def workbook(folder: Path, rows: Iterable[Iterable[Any]], head: Iterable[str] = HEAD) -> list[str]:
    """Write a workbook and its mapping; return the arguments that import it."""
    table(folder, [])
    save(folder / "table.xlsx", (head, *rows))
    return for_workbook(folder)


def save(path: Path, rows: Iterable[Iterable[Any]]) -> None:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def for_workbook(folder: Path) -> list[str]:
    """Return the arguments that import table.xlsx."""
    return [{"csv": "xlsx"}.get(each, each.replace("table.csv", "table.xlsx")) for each in arguments(folder)]


def put(folder: Path, name: str, data: bytes | str, *, packed: int = zipfile.ZIP_DEFLATED) -> None:
    """Put a part into the workbook in the place of the one of that name."""
    path = folder / "table.xlsx"
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    parts[name] = data.encode() if isinstance(data, str) else data
    with zipfile.ZipFile(path, "w", packed) as new:
        for each, content in parts.items():
            new.writestr(each, content)


def test_a_workbook_gives_the_records_of_the_same_table(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    other = ["A letter", "1956", "letter", "", "copy 5"]
    assert run(table(tmp_path / "a", [NOTE, other])).exit_code == 0
    dated = ["A note", datetime.datetime(1956, 9, 16), *NOTE[2:]]
    result = run(workbook(tmp_path / "b", [dated, [], ["A letter", 1956, "letter", None, "copy 5"]]))
    assert "2 rows: 2 made, 0 kept, 0 refused" in result.output
    for path in (tmp_path / "a" / "edition" / "tei").rglob("*.xml"):
        assert (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes().replace(b".xlsx", b".csv") == (
            path.read_bytes()
        )


def test_the_catalogue_as_a_workbook_gives_the_same_157_records(shared: Path, repository: Path, tmp_path: Path) -> None:
    for name in ("august-plenum", "persons"):
        with (shared / "catalogue" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        save(tmp_path / f"{name}.xlsx", rows)
    mapping = (repository / "docs" / "examples" / "august-plenum.toml").read_text(encoding="utf-8")
    (tmp_path / "m.toml").write_text(mapping.replace("persons.csv", "persons.xlsx"), encoding="utf-8")
    source = str(shared / "catalogue" / "august-plenum.csv")
    example = str(repository / "docs" / "examples" / "august-plenum.toml")
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    run(["import", "csv", source, "--mapping", example, "--edition", str(tmp_path / "one"), "--quiet"])
    made_anew = str(tmp_path / "august-plenum.xlsx")
    told = run(
        ["import", "xlsx", made_anew, "--mapping", str(tmp_path / "m.toml"), "--edition", str(tmp_path / "other")]
    )
    assert "157 rows: 157 made, 0 kept, 0 refused" in told.output
    made = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one/tei").rglob("*.xml")}
    assert len(made) == 162
    assert {
        path.relative_to(tmp_path / "other"): path.read_bytes() for path in (tmp_path / "other/tei").rglob("*.xml")
    } == made


def test_what_would_be_a_guess_is_told(tmp_path: Path) -> None:
    workbook(tmp_path, [NOTE, ["=1+1", "1956", "note", "", ""], ["#REF!", "1956", "note", "", ""]])
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    sheet: Any = book.active
    sheet.append(["Numbered", 12, "note", "", ""])
    sheet["B5"].number_format = "0000"
    sheet.append(["Wide", "1956", "note", "", "", "", "beyond"])
    sheet.append(["Merged", "1956", "note", "", ""])
    sheet.merge_cells("A7:B7")
    book.save(tmp_path / "table.xlsx")
    result = run(for_workbook(tmp_path))
    assert "6 rows: 3 made, 0 kept, 3 refused" in result.output
    for rule in ("sheet-formula", "sheet-error-value", "sheet-number-format", "import-row-uneven", "sheet-merged"):
        assert rule in result.output
    assert len(documents(tmp_path)) == 3


def test_several_sheets_need_a_name(tmp_path: Path) -> None:
    workbook(tmp_path, [NOTE])
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    book.create_sheet("Other")
    book.save(tmp_path / "table.xlsx")
    result = run(for_workbook(tmp_path))
    assert (result.exit_code, "“Sheet”, “Other”" in result.output) == (2, True)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('sheet = "Sheet"\n' + mapping.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(for_workbook(tmp_path)).exit_code == 0
    mapping.write_text(mapping.read_text(encoding="utf-8").replace('"Sheet"', '"Shoot"'), encoding="utf-8")
    assert "no sheet “Shoot”" in run(for_workbook(tmp_path)).output


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>'


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("xl/workbook.xml", f'<?xml version="1.0"?>{ENTITIES}<workbook>&a;</workbook>', "document type"),
        ("xl/worksheets/sheet1.xml", f"{' ' * 70}{ENTITIES}<worksheet/>", "document type"),
        ("xl/worksheets/sheet1.xml", '<?xml version="1.0"?><worksheet/>'.encode("utf-16"), "not in UTF-8"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c", "cannot be used: it is no workbook"),
        ("xl/worksheets/sheet2.xml", b"\0" * 90_000_000, "zip bomb"),
        ("xl/workbook.xml", b"<workbook/>", "cannot be used"),
    ],
)
def test_a_hostile_workbook_ends_in_one_sentence(name: str, data: bytes | str, told: str, tmp_path: Path) -> None:
    workbook(tmp_path, [NOTE])
    put(tmp_path, name, data)
    result = run(for_workbook(tmp_path))
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
    assert "Traceback" not in result.output
    assert not (tmp_path / "edition" / "tei").exists()


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"\xd0\xcf\x11\xe0 old", b"title,date\n"])
def test_what_is_no_workbook_ends_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    workbook(tmp_path, [NOTE])
    (tmp_path / "table.xlsx").write_bytes(data)
    result = run(for_workbook(tmp_path))
    assert (result.exit_code, "cannot be used" in " ".join(result.output.split())) == (2, True)


def test_macros_and_links_are_passed_over_and_told(tmp_path: Path) -> None:
    workbook(tmp_path, [NOTE])
    put(tmp_path, "xl/vbaProject.bin", b"macro")
    put(tmp_path, "xl/externalLinks/externalLink1.xml", "<externalLink/>")
    result = run(for_workbook(tmp_path))
    assert "1 rows: 1 made" in result.output
    assert "macros" in result.output
    assert "links to other files" in result.output
    (record,) = documents(tmp_path).values()
    assert words(record, "//t:titleStmt/t:title") == ["A note"]


def test_a_sheet_that_claims_to_be_huge_is_read_by_its_cells(tmp_path: Path) -> None:
    workbook(tmp_path, [NOTE])
    with zipfile.ZipFile(tmp_path / "table.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<dimension ref="A1:E2"' in sheet
    put(tmp_path, "xl/worksheets/sheet1.xml", sheet.replace('ref="A1:E2"', 'ref="A1:XFD1048576"'))
    assert "1 rows: 1 made" in run(for_workbook(tmp_path)).output
