"""There and back through descriptions: nothing is lost but what the format declares, and what it declares is lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from exchange_editions import CONFIG, document, settings, stated_edition

from regesta.edition import Edition, open_edition
from regesta.exchange.cmif import is_correspondence
from regesta.exchange.formats import FORMATS, Kind
from regesta.exchange.material import Material
from regesta.exchange.model import Exported
from regesta.exchange.writing import write as write_export
from regesta.exporting import opened
from regesta.importing import losses
from regesta.importing.formats import Request, read
from regesta.importing.plan import Fate
from regesta.importing.writing import write as write_imported
from regesta.progress import Silent
from small_editions import tree_bytes, write

STATED: dict[str, Any] = {
    "url": "https://letters.example.org/", "publisher": "P", "date": "2024-05-02", "editors": ("E",),
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
}  # fmt: skip
MOST_BYTES = 200_000
EDITIONS = ("stated", "specimen", "ours", "odd")
ODD = {
    1: """<relatedItem type="answers" target="paper-2.xml"/><relatedItem type="draft-of"><bibl>A lost fair copy</bibl>
</relatedItem><relatedItem type="part-of" target="paper-3.xml">the words</relatedItem>
<note type="provenance">From a private house.</note>""",
    2: "<note>Plain.</note>",
}


def odd_edition(folder: Path) -> Path:
    """Write an edition whose headers say what Regesta's own schema does not know."""
    made = document(1, body="<p>Text</p>", title="Ode, to a  lamp;", kind="poem").replace(
        "</publicationStmt>",
        f"<idno type='ISBN'>1</idno><idno>2</idno></publicationStmt><notesStmt>{ODD[1]}</notesStmt>",
    )
    made = made.replace('xml:id="paper-1"', 'xml:id="Paper_1"').replace(
        "<creation>",
        "<creation><date type='sung' when='1950-02'>Spring</date><date type='written' from='1951-01-01'>later</date>"
        "<date type='signed' when='1951-02-30'>30 February</date><date type='typed'>3 March 1950</date>",
    )
    sent = '<correspAction type="sent">'
    made = made.replace(sent, f"{sent}<persName ref='../registers/persons.xml#two'>N. N.</persName>")
    made = made.replace("<publicationStmt>", "<extent>3 leaves</extent><publicationStmt>", 1)
    made = made.replace("<availability>", "<availability status='free'>").replace(
        "<sourceDesc>", "<sourceDesc><p><note type='classification'>For your eyes</note></p>"
    )
    made = made.replace(
        "</titleStmt>",
        "<title type='sub'>A song</title><editor role='printer'>Press, P.</editor></titleStmt>",
    )
    second = (
        document(2, body="<p>Text</p>", title="Undated", kind="", more="")
        .replace(
            "</publicationStmt>",
            f"</publicationStmt><seriesStmt><biblScope unit='item' n='4'>4</biblScope></seriesStmt>"
            f"<notesStmt>{ODD[2]}</notesStmt>",
        )
        .replace("<availability>", "<availability status='secret'>")
    )
    second = second.replace(
        "</langUsage>", "<language ident='sr-Latn'>Serbian</language><language ident='mis'>?</language></langUsage>"
    )
    person = "<person xml:id='{0}'><persName>Namesake, N.</persName>{1}</person>"
    idno = "<idno type='ORCID'>0000-0001</idno>"
    names = (
        "<textClass><keywords><term><persName ref='../registers/persons.xml#{0}'>N. N.</persName></term>"
        "<term><rs type='work'>A book</rs></term></keywords></textClass>"
    )
    made = made.replace("</profileDesc>", names.format("one") + "</profileDesc>")
    second = second.replace("</profileDesc>", names.format("two") + names.format("one") + "</profileDesc>")
    stated_edition(folder)
    made = made.replace(
        "</keywords>", "<term><placeName ref='../registers/persons.xml#here'>Here</placeName></term></keywords>"
    )
    persons = (folder / "tei/registers/persons.xml").read_text(encoding="utf-8")
    entries = person.format("one", "") + person.format("two", idno)
    point = "<location><geo>1,5 2,5</geo></location>"
    here = f"<listPlace><place xml:id='here'><placeName>Here</placeName>{point}</place></listPlace>"
    return write(
        folder,
        {
            "edition.toml": CONFIG,
            "tei/registers/persons.xml": persons.replace("</listPerson>", f"{entries}</listPerson>{here}"),
            "tei/documents/paper-1.xml": made,
            "tei/documents/paper-2.xml": second,
        },
    )


@dataclass
class Trips:
    """An edition, and the editions that were imported from what it exported, each made once."""

    edition: Edition
    folder: Path
    stated: str

    def __post_init__(self) -> None:
        self.first = opened(self.edition, Silent(), 1)
        self.made: dict[str, Material] = {}

    def out(self, form: str) -> Material:
        """Return the material that is exported; an index of letters wants to know more than an edition need state."""
        return replace(self.first, edition=replace(self.first.edition, **STATED)) if form == "cmif" else self.first

    def back(self, form: str) -> Material:
        """Return the material of an edition that was imported from the export in this format."""
        if form not in self.made:
            source, new = self.export(self.out(form), form, "1"), self.folder / form / "new"
            new.mkdir()
            (new / "edition.toml").write_text(self.stated, encoding="utf-8")
            plan = read(Request(losses.IMPORTED_AS[form], source, new))
            assert plan.counts()[Fate.REFUSED] == 0
            write_imported(plan.files, new, force=False, dry_run=False)
            self.made[form] = opened(open_edition(new, None, None), Silent(), 1)
        return self.made[form]

    def export(self, material: Material, form: str, name: str) -> Path:
        """Write an export and return where it is."""
        path = self.folder / form / name / FORMATS[form].place
        path.parent.mkdir(parents=True)
        write_export(path, FORMATS[form].make(material), folder=FORMATS[form].kind is Kind.FOLDER, force=True)
        return path

    def pairs(self, form: str) -> Iterator[tuple[Exported, Exported | None]]:
        """Yield what should have come back of each document, and what has."""
        back, facts = self.back(form).by_id, self.out(form).edition
        for each in held(self.first.documents, form):
            wanted = losses.left(each, form, facts)
            found = back.get(wanted.id)
            yield wanted, found and losses.compared(found, form, facts)


def held(documents: Iterable[Exported], form: str) -> list[Exported]:
    """Return the documents that a format holds."""
    return [each for each in documents if form != "cmif" or is_correspondence(each)]


@pytest.fixture(scope="session")
def trips(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Trips]:
    folder = tmp_path_factory.mktemp("trips")
    roots = {
        "stated": stated_edition(folder / "stated"),
        "specimen": repository / "tests" / "golden" / "specimen",
        "ours": repository,
        "odd": odd_edition(folder / "odd"),
    }
    return {
        name: Trips(open_edition(root, None, folder / "build" / name), folder / "back" / name, settings(root))
        for name, root in roots.items()
    }


def told(pairs: Iterator[tuple[Exported, Exported | None]]) -> list[str]:
    """Return a line for each field of each document that came back otherwise than declared."""
    lines = []
    for wanted, found in pairs:
        if found is None:
            lines.append(f"{wanted.id} did not come back")
        else:
            lines += [
                f"{wanted.id} {name}: {getattr(wanted, name)} {getattr(found, name)}"
                for name in losses.differences(wanted, found)
            ]
    return lines


@pytest.mark.parametrize("form", sorted(losses.IMPORTED_AS))
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_document_comes_back_but_for_the_declared_losses(
    edition: str, form: str, trips: dict[str, Trips]
) -> None:
    assert len(trips[edition].back(form).documents) == len(held(trips[edition].first.documents, form))
    assert told(trips[edition].pairs(form)) == []


@pytest.mark.parametrize("form", sorted(losses.IMPORTED_AS))
def test_every_declared_loss_is_met(form: str, trips: dict[str, Trips]) -> None:
    met = {
        loss.words
        for trip in trips.values()
        for each in held(trip.first.documents, form)
        for loss in losses.lost(each, form, trip.out(form).edition)
    }
    assert [loss.words for loss in losses.LOSSES[form] if loss.words not in met] == []


@pytest.mark.parametrize("form", sorted(losses.IMPORTED_AS))
def test_a_loss_that_is_not_declared_would_be_seen(
    form: str, trips: dict[str, Trips], monkeypatch: pytest.MonkeyPatch
) -> None:
    for loss in losses.LOSSES[form]:
        others = tuple(each for each in losses.LOSSES[form] if each is not loss)
        with monkeypatch.context() as patched:
            patched.setattr(losses, "LOSSES", {form: others})
            assert any(told(trip.pairs(form)) for trip in trips.values()), loss.words


@pytest.mark.parametrize("form", sorted(losses.IMPORTED_AS))
def test_an_export_of_what_came_back_has_the_same_bytes(form: str, trips: dict[str, Trips]) -> None:
    trip = trips["ours"]
    again = replace(trip.back(form), edition=trip.out(form).edition)
    first = trip.export(trip.out(form), form, "first")
    second = trip.export(again, form, "second")

    made = [tree_bytes(path) if path.is_dir() else {"": path.read_bytes()} for path in (first, second)]
    if form == "cmif":  # which has no place for the numbers by which documents are in order
        made = [{name: b"".join(sorted(data.splitlines())) for name, data in each.items()} for each in made]
    facts_of_entries = {"entities.csv", "names.csv"} if form == "csv" else set()
    assert [name for name in made[0] if made[0][name] != made[1].get(name) and name not in facts_of_entries] == []
    assert set(made[0]) == set(made[1])


@pytest.fixture(scope="session")
def letters_of_others(corpora: Path) -> list[Path]:
    """Return the TEI files of the test corpora that are no larger than a document is."""
    return sorted(path for path in corpora.rglob("*.xml") if path.stat().st_size < MOST_BYTES and is_tei(path))


@pytest.mark.parametrize("count", [30, pytest.param(500, marks=pytest.mark.proof)])
@pytest.mark.parametrize("form", sorted(losses.IMPORTED_AS))
def test_documents_of_corpora_come_back(form: str, count: int, letters_of_others: list[Path], tmp_path: Path) -> None:
    (tmp_path / "edition/tei").mkdir(parents=True)
    for number, path in enumerate(random.Random(count).sample(letters_of_others, count)):  # noqa: S311 - a sample
        shutil.copy(path, tmp_path / "edition/tei" / f"{number:03}-{path.name}")
    trip = Trips(open_edition(tmp_path / "edition", None, None), tmp_path / "back", "")
    lines = told(trip.pairs(form))
    print(f"{form}: {len(trip.first.documents)} documents, {len(lines)} differences")
    assert lines == []


def is_tei(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"<TEI" in stream.read(3000)
