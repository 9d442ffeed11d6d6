"""What machines read in a page's head, and that nothing in it can leave its place."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import rdflib
from works import ALL, BARE, CABLE, EDITION, HOSTILE, cited

from regesta.citing import citing
from regesta.citing.metadata import coins, json_ld, tags
from regesta.records import Record
from regesta.rendering import EditionFacts

SCHEMA = rdflib.Namespace("https://schema.org/")


def graph(record: Record) -> rdflib.Graph:
    """Return the JSON-LD as RDF; its context is the vocabulary alone, since tests fetch nothing."""
    described = json.loads(json_ld(cited(record), record))
    assert described.pop("@context") == "https://schema.org"
    described["@context"] = {"@vocab": str(SCHEMA), "url": {"@type": "@id"}}
    return rdflib.Graph().parse(data=json.dumps(described), format="json-ld")


def test_json_ld_is_the_record_to_rdflib() -> None:
    found = graph(CABLE)
    subject = rdflib.URIRef("https://example.org/harbour/documents/doc-1.html")
    types = {str(each).removeprefix(str(SCHEMA)) for each in found.objects(subject, rdflib.RDF.type)}
    assert types == {"ArchiveComponent", "Message"}
    assert str(found.value(subject, SCHEMA.name)) == CABLE.title
    assert str(found.value(subject, SCHEMA.dateCreated)) == "1956-09-16"
    holder = found.value(subject, SCHEMA.holdingArchive)
    assert str(found.value(holder, SCHEMA.name)) == "State Archive"
    assert [str(found.value(each, SCHEMA.name)) for each in found.objects(subject, SCHEMA.author)] == ["P. Pilot"]
    recipient = found.value(subject, SCHEMA.recipient)
    assert found.value(recipient, rdflib.RDF.type) == SCHEMA.Organization


def test_json_ld_cannot_leave_its_script_element() -> None:
    text = json_ld(cited(HOSTILE), HOSTILE)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["name"] == HOSTILE.title


def test_the_head_names_a_document_for_highwire_dublin_core_and_open_graph() -> None:
    said = [(tag.name, tag.content) for tag in tags(ALL["cable"])]
    assert ("citation_author", "P. Pilot") in said
    assert ("citation_date", "1956/09/16") in said
    assert ("citation_public_url", "https://example.org/harbour/documents/doc-1.html") in said
    assert ("DC.source", "State Archive, Moscow, fond 0102, opis 12, papka 68, delo 4, list 1–5") in said
    assert ("og:title", CABLE.title) in said
    assert [name for name, content in said if not content] == []


def test_coins_are_read_by_a_query_parser() -> None:
    found = parse_qs(coins(ALL["hostile"]), strict_parsing=True)
    assert found["rft.title"] == [HOSTILE.title]
    assert found["rft.creator"] == ["Smith and Sons, Ltd.", 'O\'Neil "Ace" {X}']
    assert found["ctx_ver"] == ["Z39.88-2004"]


def test_without_an_address_of_the_edition_no_address_is_made_up() -> None:
    found = citing("doc-1", BARE.title, BARE, EditionFacts("E", stated_title="E"))
    assert found.url == ""
    assert "http" not in "".join(tag.content for tag in found.tags)
    assert "@id" not in json.loads(found.json_ld)
    assert citing("doc 1", BARE.title, BARE, EDITION).url.endswith("/documents/doc%201.html")
