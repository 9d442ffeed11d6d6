"""A table becomes records; bad input becomes findings or one clear sentence, and nothing is lost or overwritten."""

from __future__ import annotations

import resource
import shutil
import tracemalloc
from pathlib import Path

import pytest
from lxml import etree
from tables import HEAD, MAPPING, arguments, documents, run, table, words

from regesta.importing.formats import Request, read
from regesta.resources import folder as product

NOTE = ["A note", "1956-09-16", "note", "Kim Il Sung", "copy 3; something odd"]


def test_a_row_becomes_a_valid_record_with_registers(tmp_path: Path) -> None:
    result = run(table(tmp_path, [NOTE]))
    assert result.exit_code == 0, result.output
    (record,) = documents(tmp_path).values()
    etree.RelaxNG(etree.parse(str(product("schema") / "regesta.rng"))).assertValid(record.getroottree())
    assert words(record, "//t:note[@type='copy-number']") == ["Copy No 3"]
    assert words(record, "//t:note[@type='general']") == ["Something odd."]
    assert "import-remark-kept" in result.output
    register = etree.parse(str(tmp_path / "edition/tei/registers/persons.xml")).getroot()
    assert words(register, "//t:person/t:persName") == ["Kim Il Sung"]


def test_a_dry_run_writes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    result = run([*table(tmp_path, [NOTE]), "--dry-run"])
    assert "1 rows: 1 made" in result.output
    assert list((tmp_path / "edition").iterdir()) == []


def test_what_is_there_is_kept_and_force_spares_what_the_user_changed(tmp_path: Path) -> None:
    run(table(tmp_path, [NOTE, ["A letter", "1956-09-17", "letter", "", ""]]))
    first, second = sorted((tmp_path / "edition/tei/documents").glob("*.xml"))
    changed = first.read_bytes() + b"<!-- mine -->\n"
    first.write_bytes(changed)
    old = second.read_bytes()
    arguments_now = table(tmp_path, [[*NOTE[:4], "copy 4"], ["A letter", "1956-09-17", "letter", "", "copy 5"]])
    assert "0 made, 2 kept" in run(arguments_now).output
    assert (first.read_bytes(), second.read_bytes()) == (changed, old)
    assert run([*arguments_now, "--force"]).exit_code == 0
    written = {path: path.read_bytes() for path in (first, second)}
    assert written[first] == changed
    assert second.read_bytes() != old or first.read_bytes() != changed


def test_the_same_import_twice_changes_nothing(tmp_path: Path) -> None:
    run(table(tmp_path, [NOTE]))
    before = {path: path.read_bytes() for path in (tmp_path / "edition").rglob("*") if path.is_file()}
    run(arguments(tmp_path))
    assert {path: path.read_bytes() for path in (tmp_path / "edition").rglob("*") if path.is_file()} == before


ROWS = {
    "import-date-unknown": [["A", "3.4.1956", "note", "", ""]],
    "import-value-unknown": [["A", "1956", "memo", "", ""]],
    "import-no-title": [["", "1956", "note", "", ""]],
    "import-row-uneven": [["A", "1956"]],
    "import-character": [["A\x07", "1956", "note", "", ""]],
    "import-comment": [["A", "1956", "note", "Ri [Ju-yeon]", ""]],
    "import-name-bare": [["A", "1956", "note", "Ri Ju-yeon", ""]],
    "names-alike": [["A", "1956", "note", "Práth K; Pra\u0301th K", ""]],
}


@pytest.mark.parametrize("rule", ROWS)
def test_bad_rows_are_findings(rule: str, tmp_path: Path) -> None:
    result = run(table(tmp_path, [NOTE, *ROWS[rule]]))
    assert result.exit_code in {0, 1}
    assert rule in result.output
    assert "2 rows:" in result.output


def test_names_are_merged_by_decision_only(tmp_path: Path) -> None:
    run(table(tmp_path, [["A", "1956", "note", "Old Name; New Name; NEW NAME", ""]]))
    register = etree.parse(str(tmp_path / "edition/tei/registers/persons.xml")).getroot()
    assert sorted(words(register, "//t:person/t:persName")) == ["NEW NAME", "New Name"]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (("titel", *HEAD[1:]), "perhaps “titel”"),
        (("title", "title", *HEAD[2:]), "columns of the same name"),
    ],
)
def test_wrong_columns_end_in_one_sentence(head: tuple[str, ...], told: str, tmp_path: Path) -> None:
    result = run(table(tmp_path, [NOTE], head))
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("title,date\nÉtat,1956\n".encode("latin-1"), "is not utf-8: byte 0xC9 in line 2"),
        (b'title,date,type,persons,notes\n"open,1956', "cannot be read from line"),
        (b"", "no heading"),
    ],
)
def test_a_file_that_is_no_table_ends_in_one_sentence(data: bytes, told: str, tmp_path: Path) -> None:
    arguments_now = table(tmp_path, [NOTE])
    (tmp_path / "table.csv").write_bytes(data)
    result = run(arguments_now)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("data", "stated", "told"),
    [
        ("État, café, naïve".encode(), "windows-1252", "all of its 3 letters beyond ASCII are right as UTF-8"),
        ("“quoted”".encode("cp1252"), "latin-1", "has the control character U+0093"),
        ("État, café".encode("cp1252"), "windows-1252", "1 rows: 1 made"),
        ("Đorđe".encode("cp1250"), "cp1250", "1 rows: 1 made"),
    ],
)
def test_an_encoding_that_fits_every_byte_and_is_wrong_is_noticed(
    data: bytes, stated: str, told: str, tmp_path: Path
) -> None:
    arguments_now = table(tmp_path, [NOTE], mapping=f'encoding = "{stated}"\n{MAPPING}')
    (tmp_path / "table.csv").write_bytes(b'title,date,type,persons,notes\n"' + data + b'",1956,note,,\n')
    assert told in " ".join(run(arguments_now).output.split())


def test_a_faulty_mapping_names_every_fault(tmp_path: Path) -> None:
    result = run(table(tmp_path, [NOTE], mapping='claused = []\n[fields]\ntitle = { colum = "title" }\n'))
    assert result.exit_code == 2
    assert "did you mean clauses?" in result.output
    assert "fields.title.column is missing" in result.output


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments_now = table(tmp_path, [NOTE, ["B", "1957", "note", "", ""]])
    moved: list[Path] = []
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if len(moved) == 1:
            raise OSError(28, "No space left on device", str(target))
        moved.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    result = run(arguments_now)
    assert result.exit_code == 3
    assert "Nothing was imported" in result.output
    assert [path for path in (tmp_path / "edition").rglob("*") if path.is_file()] == []


def many(count: int) -> list[list[str]]:
    return [[f"Note {number}", "1956-09-16", "note", f"Person {number % 200}", "copy 1"] for number in range(count)]


def test_a_row_takes_little_memory(tmp_path: Path) -> None:
    table(tmp_path, many(600))
    request = Request("csv", tmp_path / "table.csv", tmp_path / "edition", tmp_path / "mapping.toml")
    read(request)  # what is loaded once does not count
    tracemalloc.start()
    plan = read(request)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(plan.rows) == 600
    assert held < 600 * 5_000
    assert most < 600 * 10_000


def test_a_table_of_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regesta.importing.table._MOST_ROWS", 3)
    result = run(table(tmp_path, many(4)))
    assert (result.exit_code, "more than 3 rows" in result.output) == (2, True)


@pytest.mark.proof
def test_a_hundred_thousand_rows_are_all_accounted_for(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = run([*table(tmp_path, many(100_000)), "--dry-run"])
    assert "100,000 rows: 100,000 made, 0 kept, 0 refused" in result.output
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 800_000


def test_the_catalogue_gives_all_its_records_and_keeps_the_committed_ones(
    shared: Path, repository: Path, tmp_path: Path
) -> None:
    source = str(shared / "catalogue" / "august-plenum.csv")
    mapping = str(repository / "docs" / "examples" / "august-plenum.toml")
    fresh = run(["import", "csv", source, "--mapping", mapping, "--edition", str(tmp_path)])
    assert fresh.exit_code == 0
    assert "157 rows: 157 made, 0 kept, 0 refused" in fresh.output
    again = run(["import", "csv", source, "--mapping", mapping, "--edition", str(repository), "--dry-run"])
    assert "157 rows: 0 made, 157 kept, 0 refused" in again.output
    assert "import-remark-kept" not in fresh.output


def test_a_record_dated_by_a_period_is_known_again(tmp_path: Path) -> None:
    rows = [["A diary", "3-5 May 1956", "journal", "", ""]]
    run(table(tmp_path, rows))
    assert "1 rows: 0 made, 1 kept" in run(table(tmp_path, rows)).output
    assert len(documents(tmp_path)) == 1


def test_a_record_number_with_odd_signs_tells_twins_apart(tmp_path: Path) -> None:
    mapping = MAPPING.replace("[remarks]", 'record-number = { column = "persons" }\n[remarks]')
    mapping = mapping.replace('persons = { column = "persons", separator = ";" }\n', "")
    rows = [["A note", "1956", "note", "5/7 |a", ""], ["A note", "1956", "note", "5/8 |a", ""]]
    assert "2 rows: 2 made" in run(table(tmp_path, rows, mapping=mapping)).output
    assert sorted(documents(tmp_path)) == ["note-1956-5-7-a", "note-1956-5-8-a"]


def test_the_committed_records_are_what_the_import_makes_today(shared: Path, repository: Path, tmp_path: Path) -> None:
    """All but the ten written by hand, which their own tests hold to the catalogue."""
    edition = tmp_path / "edition"
    shutil.copytree(repository / "tei", edition / "tei")
    mapping = repository / "docs" / "examples" / "august-plenum.toml"
    catalogue = shared / "catalogue" / "august-plenum.csv"
    result = run(["import", "csv", str(catalogue), "--mapping", str(mapping), "--edition", str(edition), "--force"])
    assert "Files: 147 unchanged, 10 left" in result.output
    assert {path.name: path.read_bytes() for path in (edition / "tei").rglob("*.xml")} == {
        path.name: path.read_bytes() for path in (repository / "tei").rglob("*.xml")
    }
