"""The records say what the listing and the catalogue say, and nothing that those do not."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import edition_sources as sources
import pytest
from edition_sources import nodes, one, tree, words
from lxml import etree

HOSTS = {"digitalarchive.wilsoncenter.org", "creativecommons.org"}
KINDS = {
    "persName": "person", "author": "person", "editor": "person",
    "orgName": "org", "placeName": "place", "eventName": "event", "term": "label",
}  # fmt: skip
RUN = 6


def documents_by_name() -> list[object]:
    return [pytest.param(path, id=path.stem) for path in sources.document_paths()]


def files_by_name() -> list[object]:
    return [pytest.param(path, id=path.stem) for path in sources.document_paths() + sources.register_paths()]


def runs(text: str) -> set[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text.lower())
    return {tuple(tokens[at : at + RUN]) for at in range(len(tokens) - RUN + 1)}


def names_of(document: etree._Element, element: str) -> set[str]:
    register = sources.main_names()
    return {register[str(name.get("ref"))] for name in nodes(document, f".//t:profileDesc//t:{element}[@ref]")}


def test_the_listing_and_the_records_agree_in_order_title_and_date(shared: Path) -> None:
    listed = [(entry.title, entry.date) for entry in sources.listing(shared)]
    recorded = [
        (one(document, ".//t:titleStmt/t:title"), one(document, ".//t:creation/t:date[@type='listing']"))
        for document in sources.listed_documents()
    ]
    assert len(listed) == 10
    assert recorded == listed


def test_dates_of_the_listing_have_the_machine_form_of_the_catalogue(shared: Path) -> None:
    stated = [
        nodes(document, ".//t:creation/t:date[@type='listing']")[0].get("when")
        for document in sources.listed_documents()
    ]
    assert stated == [row["date_iso"] for row in sources.catalogue_rows(shared)]


def test_an_abstract_stands_exactly_where_the_listing_has_a_summary(shared: Path) -> None:
    summarised = [bool(entry.summary) for entry in sources.listing(shared)]
    assert [bool(one(document, ".//t:abstract")) for document in sources.listed_documents()] == summarised


@pytest.mark.parametrize("path", files_by_name())
def test_no_prose_of_the_listing_is_committed(path: Path, shared: Path) -> None:
    root = tree(path)
    title = nodes(root, ".//t:titleStmt/t:title")[0]
    ours = {
        run for node in nodes(root, ".//t:teiHeader//*|.//t:text//*") if node is not title for run in runs(words(node))
    }
    theirs = {run for entry in sources.listing(shared) for run in runs(entry.summary)}
    # A run that the exact title brings along is a fact and not prose.
    titles = {run for entry in sources.listing(shared) for run in runs(entry.title)}
    titles |= {run for row in sources.all_catalogue_rows(shared) for run in runs(row["title"])}
    # Names that stand beside each other in the keywords are no prose either; what stands in one term could be.
    across = {run for each in nodes(root, ".//t:keywords") for run in runs(words(each))}
    across -= {run for each in nodes(root, ".//t:keywords/t:term") for run in runs(words(each))}
    shared_runs = (ours - titles - across) & theirs
    assert not shared_runs, sorted(" ".join(run) for run in shared_runs)


def test_no_prose_of_the_listing_stands_elsewhere_in_the_repository(shared: Path) -> None:
    folders = ("docs", "pipeline", "schema", "tests", "tools", "xslt")
    files = [
        *sources.REPOSITORY.glob("*.*"),
        *(file for folder in folders for file in (sources.REPOSITORY / folder).rglob("*.*")),
    ]
    kinds = {".md", ".py", ".toml", ".xml", ".xsl", ".html", ".txt", ".json"}
    texts = [file for file in files if file.is_file() and file.suffix in kinds and file.is_file()]
    theirs = {run for entry in sources.listing(shared) for run in runs(entry.summary)}
    theirs -= {run for entry in sources.listing(shared) for run in runs(entry.title)}
    copied = [file.name for file in texts if theirs & runs(file.read_text(encoding="utf-8", errors="replace"))]
    assert len(texts) > 20
    assert copied == []


def test_facts_about_the_papers_are_those_of_the_catalogue(shared: Path) -> None:
    for row, document in zip(sources.catalogue_rows(shared), sources.listed_documents(), strict=True):
        repository = one(document, ".//t:msIdentifier/t:repository")
        archive = re.search(r"\(([A-Z]+)\)", repository)
        assert (archive[1] if archive else repository) == row["archive"]
        assert one(document, ".//t:msIdentifier/t:idno") == row["shelfmark"]
        assert one(document, ".//t:msItem/t:note[@type='classification']") == row["original_classification"]
        assert one(document, ".//t:titleStmt/t:editor[@role='translator']") == row["translated_by"]
        assert str(document.get("type")).replace("-", " ") == row["doc_type"]
        record = re.search(r"\brecord (\d+)", row["notes"])
        assert one(document, ".//t:idno[@type='record-number']") == (record[1] if record else "")
        copy = re.search(r"Copy No \d+", row["notes"])
        assert one(document, ".//t:msItem/t:note[@type='copy-number']") == (copy[0] if copy else "")


def test_records_name_the_persons_bodies_and_places_of_the_catalogue(shared: Path) -> None:
    for row, document in zip(sources.catalogue_rows(shared), sources.listed_documents(), strict=True):
        authors = {sources.main_names()[str(each.get("ref"))] for each in nodes(document, ".//t:titleStmt/t:author")}
        assert authors == set(filter(None, row["creators"].split("; ")))
        persons = set(filter(None, row["persons"].split("; ")))
        assert names_of(document, "persName") | authors == persons | authors
        # The summaries name the Central Committee and, in one, Pyongyang where the catalogue does not.
        assert names_of(document, "orgName") >= set(filter(None, row["organisations"].split("; ")))
        assert names_of(document, "placeName") == set(filter(None, row["places"].split("; ")))


def test_a_document_is_linked_only_at_the_archive_and_only_when_its_page_is_known(shared: Path) -> None:
    for row, document in zip(sources.catalogue_rows(shared), sources.listed_documents(), strict=True):
        at_archive = urlsplit(row["url"]).hostname == "digitalarchive.wilsoncenter.org"
        known = row["url_kind"] == "document" and at_archive
        links = [each.get("target") for each in nodes(document, ".//t:bibl[@type='online']/t:ref")]
        assert links == ([row["url"]] if known else [])
        assert bool(nodes(document, ".//t:note[@type='access']")) is not known


def test_conflicts_that_the_catalogue_notes_are_kept(shared: Path) -> None:
    for row, document in zip(sources.catalogue_rows(shared), sources.listed_documents(), strict=True):
        conflict = re.search(r"differs from|title has|(conversation|meeting) of \d", row["notes"])
        assert bool(nodes(document, ".//t:note[@type='discrepancy']")) is bool(conflict), row["title"]
        day = re.search(r"(?:conversation|meeting) of (\d+) September", row["notes"])
        events = [each.get("when") for each in nodes(document, ".//t:creation/t:date[@type='event'][@when]")]
        if day:
            assert events == [f"1956-09-{day[1]}"]


def test_every_variant_of_the_catalogue_is_kept_and_no_comment_became_a_name(shared: Path) -> None:
    catalogue = sources.catalogue_persons(shared)
    for person in nodes(tree(sources.TEI / "registers" / "persons.xml"), ".//t:person"):
        forms = [words(name) for name in nodes(person, "t:persName")]
        row = catalogue[forms[0]]
        variants = {" ".join(re.sub(r"\[[^]]*\]", " ", form).split()) for form in row["variants"].split(";")}
        # A form with broken characters is told in a note.
        assert set(forms) >= {form for form in variants if form and "?" not in form}
        assert not [form for form in forms if re.search(r"[][?()]", form)]
        stated = re.sub(r" \([^)]*\)$", "", row["nationality"])
        assert one(person, "t:nationality") == stated


def test_one_word_forms_are_never_variants_to_match_by() -> None:
    persons = tree(sources.TEI / "registers" / "persons.xml")
    for name in nodes(persons, ".//t:persName[@type != 'main']"):
        assert (name.get("type") == "short") is (" " not in words(name)), words(name)


@pytest.mark.parametrize("path", files_by_name())
def test_the_id_is_the_file_name(path: Path) -> None:
    assert sources.entry_id(tree(path)) == path.stem


@pytest.mark.parametrize("path", documents_by_name())
def test_the_body_holds_a_gap_and_no_word(path: Path) -> None:
    body = nodes(tree(path), "t:text/t:body")[0]
    assert words(body) == ""
    assert [gap.get("reason") for gap in nodes(body, ".//t:gap")] == ["not-held"]


@pytest.mark.parametrize("path", documents_by_name())
def test_membership_is_stated_and_the_record_is_shown(path: Path) -> None:
    root = tree(path)
    assert [each.get("cert") for each in nodes(root, ".//t:seriesStmt/t:title")] in (["high"], ["medium"])
    assert [each.get("status") for each in nodes(root, ".//t:revisionDesc")] == ["published"]


def test_every_row_of_the_catalogue_is_one_record_with_its_facts(shared: Path) -> None:
    documents: dict[tuple[str, str], list[etree._Element]] = {}
    for path in sources.document_paths():
        title = one(tree(path), ".//t:titleStmt/t:title")
        date = one(tree(path), ".//t:creation/t:date[@type='listing']")
        documents.setdefault((title, date), []).append(tree(path))
    rows = sources.all_catalogue_rows(shared)
    assert sum(map(len, documents.values())) == len(rows) == 157
    for row in rows:
        alike = documents[row["title"], row["date_text"]]
        assert len(alike) == sum(
            1 for each in rows if each["title"] == row["title"] and each["date_iso"] == row["date_iso"]
        )
        if len(alike) == 1:
            check_row(row, alike[0])
    assert len([row for row in rows if row["membership"] == "certain"]) == 22


def check_row(row: dict[str, str], document: etree._Element) -> None:
    certainty = {"certain": "high", "probable": "medium"}[row["membership"]]
    assert nodes(document, ".//t:seriesStmt/t:title")[0].get("cert") == certainty
    assert nodes(document, ".//t:creation/t:date[@type='listing']")[0].get("when") == row["date_iso"]
    assert str(document.get("type")).replace("-", " ") == row["doc_type"]
    assert one(document, ".//t:msIdentifier/t:idno") == row["shelfmark"]
    assert one(document, ".//t:msItem/t:note[@type='classification']") == row["original_classification"]
    authors = {sources.main_names()[str(each.get("ref"))] for each in nodes(document, ".//t:titleStmt/t:author")}
    assert authors == set(filter(None, row["creators"].split("; ")))
    named = names_of(document, "persName") | authors
    assert named >= set(filter(None, row["persons"].split("; ")))
    assert names_of(document, "placeName") == set(filter(None, row["places"].split("; ")))
    at_archive = urlsplit(row["url"]).hostname == "digitalarchive.wilsoncenter.org" and row["url_kind"] == "document"
    links = [each.get("target") for each in nodes(document, ".//t:bibl[@type='online']/t:ref")]
    assert links == ([row["url"]] if at_archive else [])
    assert bool(nodes(document, ".//t:abstract")) <= (row["in_seed"] == "yes")


def test_related_documents_are_documents_of_the_edition() -> None:
    ids = {path.name for path in sources.document_paths()}
    targets = {
        str(each.get("target")) for path in sources.document_paths() for each in nodes(tree(path), ".//t:relatedItem")
    }
    assert len(targets) > 30
    assert targets <= ids


@pytest.mark.parametrize("path", files_by_name())
def test_pointers_lead_to_an_entry_of_the_right_kind(path: Path) -> None:
    for node in nodes(tree(path), "//*[@ref or @source or @scheme or @resp]"):
        for attribute in ("ref", "source", "scheme", "resp"):
            for pointer in str(node.get(attribute) or "").split():
                file, _, key = pointer.partition("#")
                target = (path.parent / file).resolve() if file else path
                found = [each for each in tree(target).iter() if sources.entry_id(each) == key]
                assert len(found) == 1, pointer
                if attribute == "ref":
                    assert etree.QName(found[0]).localname == KINDS[etree.QName(node).localname]


@pytest.mark.parametrize("path", files_by_name())
def test_only_addresses_of_the_archive_and_of_the_licence_are_cited(path: Path) -> None:
    content = "\n".join(
        [
            *tree(path).itertext(),
            *(str(value) for node in tree(path).iter() for value in node.attrib.values()),
        ]
    )
    assert {urlsplit(address).hostname for address in re.findall(r"\w+://\S+", content)} <= HOSTS


def test_registers_hold_what_documents_name_and_nothing_else() -> None:
    named = {str(node.get("ref")) for path in sources.document_paths() for node in nodes(tree(path), "//*[@ref]")}
    terms = {f"../registers/terms.xml#{entry}" for entry in map(sources.entry_id, glossary())}
    assert named == set(sources.main_names()) | terms


def glossary() -> list[etree._Element]:
    return nodes(tree(sources.TEI / "registers" / "terms.xml"), ".//t:label")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sources.register_paths()])
def test_entries_stand_in_the_order_of_their_ids(path: Path) -> None:
    ids = [sources.entry_id(entry) for entry in nodes(tree(path), ".//t:body/*/*[not(self::t:item)]")]
    assert ids == sorted(ids)
