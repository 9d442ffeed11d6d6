"""What holds for every way in: it stands in the help, its options are checked, what is not there ends in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tables import run

from regesta.importing.formats import FORMATS
from regesta.importing.mapping import DATE_KINDS, DOCUMENT_TYPES
from regesta.resources import folder as product


def test_every_format_is_named_in_the_help_and_in_the_documentation(repository: Path) -> None:
    told = run(["import", "--help"]).output
    page = (repository / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if name not in told or f"`{name}`" not in page] == []


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_is_not_there_or_empty_ends_in_one_sentence(form: str, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[fields]\ntitle = { column = "title" }\n' if form in {"csv", "xlsx"} else "")
    mapping = ["--mapping", str(tmp_path / "m.toml")] if FORMATS[form].mapping else []
    arguments = ["--edition", str(tmp_path), *mapping]
    (tmp_path / "empty").write_bytes(b"")
    for source in ("gone", "empty"):
        result = run(["import", form, str(tmp_path / source), *arguments])
        assert result.exit_code in {0, 1, 2}
        assert "Traceback" not in result.output
        assert "unexpected fault" not in result.output
    assert "There is no folder" in run(["import", form, str(tmp_path / "empty"), "--edition", "nowhere"]).output


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_bytes_of_any_kind_end_in_findings_or_one_sentence(form: str, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[fields]\ntitle = { column = "title" }\n' if form in {"csv", "xlsx"} else "")
    mapping = ["--mapping", str(tmp_path / "m.toml")] if FORMATS[form].mapping else []
    for number, data in enumerate(
        (b"\0\xff\xfe", b"PK\3\4\0\0", b"<a><b/></a>", bytes(range(256)), b"\xef\xbb\xbf", b"a\n" * 9)
    ):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(data)
        result = run(["import", form, str(path), "--edition", str(tmp_path), "--dry-run", *mapping])
        assert result.exit_code in {0, 1, 2}, result.output
        assert "unexpected fault" not in result.output


def test_options_that_mean_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    arguments = [str(tmp_path / "x"), "--edition", str(tmp_path)]
    assert "--mapping means nothing for ead" in run(["import", "ead", *arguments, "--mapping", "m.toml"]).output
    assert "--join means nothing for ead" in run(["import", "ead", *arguments, "--join"]).output
    assert "A table needs a mapping" in run(["import", "csv", *arguments]).output


def test_values_of_types_and_dates_are_those_of_the_schema() -> None:
    grammar = (product("schema") / "regesta.rnc").read_text(encoding="utf-8")

    def values(name: str) -> set[str]:
        stated = re.search(rf"^value\.{name} =(.*?)\n\n", grammar, re.MULTILINE | re.DOTALL)
        assert stated is not None
        return set(re.findall(r'"([a-z-]+)"', stated[1]))

    assert values("document-type") == DOCUMENT_TYPES
    assert values("date-type") == DATE_KINDS
