"""References in BibTeX, RIS and CSL-JSON, read back by readers that are not ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable

import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON
from lxml import etree
from pylatexenc.latex2text import LatexNodes2Text
from works import ALL

from regesta.citing.files import BIBTEX, CSL_JSON, RIS
from regesta.citing.work import Work

WORKS = [pytest.param(work, id=name) for name, work in ALL.items()]
MODS = {"m": "http://www.loc.gov/mods/v3"}


def plain(tex: str) -> str:
    """Return TeX as text, by pylatexenc."""
    text = str(LatexNodes2Text(math_mode="verbatim", keep_braced_groups=False).latex_to_text(tex))
    return text.replace("ˆ", "^")  # what it makes of \\textasciicircum


def folded(texts: Iterable[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("work", WORKS)
def test_bibtex_is_read_by_pybtex(work: Work) -> None:
    (entry,) = pybtex.database.parse_string(BIBTEX.write([work]), "bibtex").entries.values()
    assert entry.type == "misc"
    assert folded([plain(entry.fields["title"])]) == folded([work.title])
    people = [plain(str(person)) for person in entry.persons.get("author", [])]
    assert people == list(work.authors)
    assert entry.fields.get("url", "") == work.url
    assert entry.fields.get("date", "").split("/")[0].split("-")[0] == work.year


@pytest.mark.parametrize("work", WORKS)
def test_bibtex_is_read_by_bibtexparser(work: Work) -> None:
    library = parse_string(BIBTEX.write([work]))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert folded([plain(entry.fields_dict["title"].value)]) == folded([work.title])
    assert re.fullmatch(r"[\x21-\x7e]+", entry.key)


def test_keys_of_the_whole_edition_differ() -> None:
    text = BIBTEX.write(ALL.values())
    assert len(pybtex.database.parse_string(text, "bibtex").entries) == len(ALL)
    assert len(parse_string(text).entries) == len(ALL)


def test_ris_is_read_by_rispy() -> None:
    found = rispy.loads(RIS.write(ALL.values()))
    assert len(found) == len(ALL)
    for entry, work in zip(found, ALL.values(), strict=True):
        assert folded([entry["title"]]) == folded([work.title])
        assert entry.get("authors", []) == list(work.authors)
        assert entry.get("year", "") == work.year
        assert entry.get("urls", []) == [work.url]
    cable = found[0]
    assert (cable["type_of_reference"], cable["subsidiary_authors"]) == ("PCOMM", ["Jane Doe"])
    assert cable["call_number"] == "fond 0102, opis 12, papka 68, delo 4, list 1–5"


def test_ris_is_read_by_bibutils() -> None:
    command = shutil.which("ris2xml")
    if command is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs ris2xml of Debian's package bibutils")
    made = subprocess.run(
        [command, "-i", "utf8", "-o", "utf8"],
        input=RIS.write([ALL["cable"]]).encode(),
        capture_output=True,
        check=True,
    )
    (mods,) = etree.fromstring(made.stdout).findall("m:mods", MODS)
    assert mods.findtext("m:titleInfo/m:title", namespaces=MODS) == ALL["cable"].title
    assert "1956" in "".join(mods.itertext("{*}date", "{*}dateIssued"))
    role = "string(m:name[m:role/m:roleTerm = $role]/m:namePart[@type='family'])"
    assert mods.xpath(role, namespaces=MODS, role="author") == "Pilot"
    assert mods.xpath(role, namespaces=MODS, role="addressee") == "Board"


def test_csl_json_is_read_by_citeproc_and_says_all() -> None:
    items = json.loads(CSL_JSON.write(ALL.values()))
    assert list(CiteProcJSON(items)) == [work.id.casefold() for work in ALL.values()]
    cable = items[0]
    assert cable["issued"] == {"date-parts": [[1956, 9, 16]]}
    assert cable["archive_location"] == "fond 0102, opis 12, papka 68, delo 4, list 1–5"
    assert cable["recipient"] == [{"literal": "Harbour Board"}]
    assert items[1]["issued"] == {"literal": "1800?"}
    assert items[3]["issued"] == {"date-parts": [[1956, 9, 1], [1956, 10]]}


@pytest.mark.parametrize("work", WORKS)
def test_no_value_is_empty_or_a_placeholder(work: Work) -> None:
    assert re.findall(r"= \{\{?\}|(?i:unknown|todo|n\.d\.|placeholder)", BIBTEX.write([work])) == []
    assert [line for line in RIS.write([work]).splitlines() if line.endswith("  - ") and line != "ER  - "] == []
    assert [value for value in json.loads(CSL_JSON.write([work]))[0].values() if not value] == []
