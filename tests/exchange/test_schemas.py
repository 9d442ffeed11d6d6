"""What is exported is valid by the archives' own schemas: of the made-up edition and of the one of this repository."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from exchange_editions import Exports
from lxml import etree
from oracles import faults, jing, relax_ng, xml_schema

BOTH = pytest.mark.parametrize("exports", ["stated", "ours"], indirect=True)
OAI_DC = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:dc="http://purl.org/dc/elements/1.1/"
 targetNamespace="http://www.openarchives.org/OAI/2.0/oai_dc/" elementFormDefault="qualified">
<xs:import namespace="http://purl.org/dc/elements/1.1/" schemaLocation="{}"/>
<xs:element name="dc"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:any
 namespace="http://purl.org/dc/elements/1.1/"/></xs:choice></xs:complexType></xs:element></xs:schema>"""


@pytest.fixture
def exports(request: pytest.FixtureRequest) -> Exports:
    found: Exports = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def schemas(corpora: Path) -> Path:
    return corpora / "archive-schemas"


@BOTH
@pytest.mark.parametrize(
    ("form", "ending", "names"),
    [
        ("mods", ".xml", ["mods/mods-3-8.xsd"]),
        ("premis", ".xml", ["premis/premis-v3-0.xsd"]),
        ("mets", ".mets.xml", ["mets/mets-1-12-1.xsd", "mods/mods-3-8.xsd", "premis/premis-v3-0.xsd"]),
        ("ead", ".xml", ["ead2002/ead.xsd"]),
    ],
)
def test_valid_by_xml_schema(exports: Exports, form: str, ending: str, names: list[str], schemas: Path) -> None:
    made = exports.of(form)
    files = [made.path] if made.path.is_file() else exports.files(form, ending)
    assert len(files) == (1 if made.path.is_file() else made.documents)
    assert faults(xml_schema(*(schemas / name for name in names)), files) == []


@BOTH
def test_ead3_is_valid(exports: Exports, corpora: Path) -> None:
    samples = corpora / "ead3-samples"
    finding_aid = exports.of("ead3").path
    assert faults(xml_schema(samples / "ead3.xsd"), [finding_aid]) == []
    assert faults(relax_ng(samples / "ead3.rng"), [finding_aid]) == []


@BOTH
def test_dublin_core_is_valid(exports: Exports, schemas: Path) -> None:
    schema = etree.XMLSchema(etree.fromstring(OAI_DC.format(schemas / "dc" / "dc.xsd")))
    assert len(exports.files("dc")) == exports.of("dc").documents
    assert faults(schema, exports.files("dc")) == []


def test_datacite_is_valid(stated: Exports, schemas: Path) -> None:
    assert len(stated.files("datacite")) == 3
    assert faults(xml_schema(schemas / "datacite" / "metadata.xsd"), stated.files("datacite")) == []


def test_cmif_is_valid(stated: Exports, corpora: Path) -> None:
    schema = corpora / "cmif" / "tei-corresp-sig" / "schema" / "cmi-customization.rng"
    index = stated.of("cmif").path
    assert len(etree.parse(str(index)).findall(".//{*}correspDesc")) == 3
    assert jing(schema, [index]) == ""


@BOTH
def test_tei_is_valid(exports: Exports, corpora: Path) -> None:
    files = [*exports.files("tei"), exports.of("tei-corpus").path]
    assert len(files) > exports.of("tei").documents
    assert jing(corpora / "tei-schema" / "tei_all.rng", files) == ""


def test_the_oracles_refuse_what_is_wrong(stated: Exports, schemas: Path, tmp_path: Path) -> None:
    tree = etree.parse(str(stated.files("mods")[0]))
    wrong = copy.deepcopy(tree)
    etree.SubElement(wrong.getroot(), "{http://www.loc.gov/mods/v3}shelf")
    path = tmp_path / "wrong.xml"
    wrong.write(str(path))
    assert faults(xml_schema(schemas / "mods" / "mods-3-8.xsd"), [path])
