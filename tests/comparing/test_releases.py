"""What `regesta diff` tells of random edits is what was done, and `regesta release` records it and loses nothing."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from regesta import history
from regesta.cli import main
from small_editions import TITLED, build_in, tei, write

HOSTILE = "<script>alert(1)</script>"


def regesta(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, arguments)


@dataclass
class Letters:
    """An edition of made-up letters that a seeded hand edits, and what it did to each since the last look."""

    folder: Path
    pick: random.Random
    texts: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)
    made: int = 0

    def add(self) -> str:
        name = f"letter-{self.made:03}"
        self.made += 1
        self.texts[name], self.titles[name] = f"The words of number {self.made} are these.", f"Letter {self.made}"
        return name

    def save(self) -> None:
        for path in (self.folder / "tei").glob("letter-*.xml"):
            path.unlink()
        for name, text in self.texts.items():
            words = f"<hi>{text}</hi>" if name in self.bold else text
            source = tei(f"<p>{words}</p>", title=self.titles[name], attributes=f'xml:id="{name}"')
            write(self.folder, {f"tei/{name}.xml": source})

    def edit(self) -> dict[str, Any]:
        """Do something to some letters, and return what a comparison should tell."""
        names = self.pick.sample(sorted(self.texts), 6)
        text, markup, title, name, gone, both = names
        self.texts[text] += f" And {self.pick.random()} more."
        self.bold ^= {markup}
        self.titles[title] += " (corrected)"
        self.texts[both] += " Again."
        self.titles[both] += " again"
        renamed = f"{name}-renamed"
        self.texts[renamed], self.titles[renamed] = self.texts.pop(name), self.titles.pop(name)
        self.bold = {renamed if each == name else each for each in self.bold if each != gone}
        del self.texts[gone], self.titles[gone]
        added = self.add()
        self.save()
        return {
            "added": [added],
            "removed": [gone],
            "renamed": [[name, renamed]],
            "text": sorted([text, both]),
            "markup": [markup],
            "metadata": sorted([title, both]),
        }


def told(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a comparison in JSON tells, in short."""
    changed = document["changed"]
    return {
        "added": [each["id"] for each in document["added"]],
        "removed": [each["id"] for each in document["removed"]],
        "renamed": [[each["from"], each["id"]] for each in document["renamed"]],
        **{kind: [each["id"] for each in changed if kind in each["in"]] for kind in ("text", "markup", "metadata")},
    }


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    """Return an edition of twelve letters."""
    found = Letters(write(tmp_path / "edition", {"edition.toml": TITLED}), random.Random(1956))  # noqa: S311
    for _ in range(12):
        found.add()
    found.save()
    return found


def entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the history has of each document."""
    return {each["id"]: each for each in json.loads((folder / "history.json").read_text("utf-8"))["documents"]}


def test_ten_rounds_of_edits_are_told_and_recorded(letters: Letters) -> None:
    folder = str(letters.folder)
    assert regesta("release", "--edition", folder, "--date", "2026-01-01", "--quiet").exit_code == 0
    stamps = dict.fromkeys(letters.texts, "2026-01-01")
    for day in range(1, 11):
        date = f"2026-02-{day:02}"
        done = letters.edit()
        compared = regesta("diff", f"{folder}/history.json", folder, "--format", "json")
        assert compared.exit_code == 1
        assert told(json.loads(compared.output)) == done
        released = regesta("release", "--edition", folder, "--date", date, "--label", f"1.{day}")
        assert released.exit_code == 0, released.output
        last = json.loads((letters.folder / "history.json").read_text("utf-8"))["releases"][-1]
        assert (last["date"], last["label"], last["added"], last["deleted"]) == (
            date, f"1.{day}", done["added"], done["removed"],
        )  # fmt: skip
        ((old, new),) = done["renamed"]
        assert last["renamed"] == [{"from": old, "to": new}]
        assert {kind: last[kind] for kind in ("text", "markup", "metadata")} == {
            kind: done[kind] for kind in ("text", "markup", "metadata")
        }
        known = entries(letters.folder)
        assert old in known[new]["former"]
        assert known[done["removed"][0]]["deleted"] is True
        del stamps[old], stamps[done["removed"][0]]
        stamps.update(dict.fromkeys([*done["added"], new, *done["text"], *done["markup"], *done["metadata"]], date))
        assert {name: each["datestamp"] for name, each in known.items() if not each["deleted"]} == stamps
        assert regesta("diff", f"{folder}/history.json", folder).exit_code == 0


def test_a_release_of_nothing_writes_nothing(letters: Letters) -> None:
    folder = str(letters.folder)
    regesta("release", "--edition", folder, "--date", "2026-01-01")
    path = letters.folder / "history.json"
    before = path.read_bytes(), path.stat().st_ino
    again = regesta("release", "--edition", folder, "--date", "2027-01-01")
    assert (again.exit_code, "Nothing has changed." in again.output) == (0, True)
    assert (path.read_bytes(), path.stat().st_ino) == before
    letters.edit()
    assert regesta("release", "--edition", folder, "--dry-run").exit_code == 0
    assert path.read_bytes() == before[0]


def test_what_others_wrote_into_the_history_stays(letters: Letters) -> None:
    documents = [{"id": "letter-000", "doi": "10.1/x"}, {"id": "old", "deleted": True, "by": "us"}]
    write(letters.folder, {"history.json": json.dumps({"note": "ours", "documents": documents})})
    assert regesta("release", "--edition", str(letters.folder), "--date", "2026-01-01").exit_code == 0
    written = json.loads((letters.folder / "history.json").read_text("utf-8"))
    known = entries(letters.folder)
    assert (written["note"], known["letter-000"]["doi"], known["old"]) == (
        "ours", "10.1/x", {"id": "old", "deleted": True, "by": "us"},
    )  # fmt: skip
    assert "letter-000" not in written["releases"][0]["added"], "it was there before"


def test_a_document_that_comes_back_is_there_again(letters: Letters) -> None:
    folder = str(letters.folder)
    regesta("release", "--edition", folder, "--date", "2026-01-01")
    text, title = letters.texts.pop("letter-003"), letters.titles.pop("letter-003")
    letters.save()
    regesta("release", "--edition", folder, "--date", "2026-01-02")
    letters.texts["letter-003"], letters.titles["letter-003"] = text, title
    letters.save()
    regesta("release", "--edition", folder, "--date", "2026-01-03")
    entry = entries(letters.folder)["letter-003"]
    assert (entry["deleted"], entry["datestamp"]) == (False, "2026-01-03")


def test_the_site_follows_a_release(letters: Letters) -> None:
    regesta("release", "--edition", str(letters.folder), "--date", "2026-01-01")
    done = letters.edit()
    regesta("release", "--edition", str(letters.folder), "--date", "2026-01-02")
    built = build_in(letters.folder, jobs=1)
    ((old, new),) = done["renamed"]
    assert f"documents/{new}.html" in built.page(f"documents/{old}.html")
    assert done["removed"][0] in (built.site / "feed.xml").read_text("utf-8")
    assert (built.site / "documents" / f"{done['removed'][0]}.html").is_file()
    page = etree.HTML(built.page("changes.html"))
    heads = {each.text: len(each.getnext()) for each in page.xpath("(//section)[1]/h3")}
    once = ("New", "Encoding changed", "New address", "Withdrawn")
    linked = set(page.xpath("//section[2]//a/@href"))
    assert f"documents/{new}.html" in linked, "an older release leads to where the document is now"
    assert heads == {"Text corrected": 2, "Description changed": 2, **dict.fromkeys(once, 1)}
    assert [each.text for each in page.xpath("//h2")] == ["2 January 2026", "1 January 2026"]
    assert page.xpath("//section[2]/h3/text()") == ["New"]
    assert 'href="changes.html"' in built.page("index.html")
    assert f'href="documents/{new}.html"' in built.page("changes.html")


def test_what_a_document_says_of_its_changes_is_told(letters: Letters) -> None:
    folder = str(letters.folder)
    regesta("release", "--edition", folder, "--date", "2026-01-01")
    said = (
        '<revisionDesc><change when="2026-01-02">A misread <hi>date</hi> put right.</change>'
        '<change when="2025-12-31">Made.</change><change>Sometime.</change></revisionDesc>'
    )
    source = tei("<p>Other words.</p>", title="Letter", header=said, attributes='xml:id="letter-001"')
    write(letters.folder, {"tei/letter-001.xml": source})
    regesta("release", "--edition", folder, "--date", "2026-02-01", "--label", "<1>", "--note", HOSTILE)
    last = json.loads((letters.folder / "history.json").read_text("utf-8"))["releases"][-1]
    assert last["said"] == {"letter-001": [{"when": "2026-01-02", "words": "A misread date put right."}]}
    page = build_in(letters.folder, jobs=1).page("changes.html")
    assert "2 January 2026: A misread date put right." in page
    assert "Release &lt;1&gt; · 1 February 2026" in page
    assert "<script>alert" not in page


def test_what_is_told_of_a_document_is_told_once(letters: Letters) -> None:
    """Its encoding has changed with its text, as it says itself; what it says stands under the text."""
    folder = str(write(letters.folder, {"edition.toml": f'{TITLED}[collection]\norder = "date"\n'}))
    read = '<revisionDesc><change when="2026-01-02">Read again.</change></revisionDesc>'
    for day, said in {"2026-01-01": "", "2026-02-01": read}.items():
        for name, date in {"letter-002": "1956-09-01", "letter-001": "1957-09-01"}.items():
            header = f'<profileDesc><creation><date when="{date}"/></creation></profileDesc>{said}'
            source = tei(f"<p>Words of {day}.</p>", title=name, header=header, attributes=f'xml:id="{name}"')
            write(letters.folder, {f"tei/{name}.xml": source})
        regesta("release", "--edition", folder, "--date", day)
    last = json.loads((letters.folder / "history.json").read_text("utf-8"))["releases"][-1]
    assert last["markup"] == last["text"] == ["letter-001", "letter-002"]
    page = etree.HTML(build_in(letters.folder, jobs=1).page("changes.html"))
    assert "Encoding changed" not in page.xpath("(//section)[1]/h3/text()")
    assert len(page.xpath("//li/p")) == 2
    told = [[each.text for each in item] for item in page.xpath("(//section)[1]/ul[1]/li")]
    assert told == [
        ["letter-002", "1 September 1956", "2 January 2026: Read again."],
        ["letter-001", "1 September 1957", "2 January 2026: Read again."],
    ], "in the order of the edition"


def test_many_documents_of_one_kind_of_change_are_folded(letters: Letters) -> None:
    for _ in range(9):
        letters.add()
    letters.save()
    regesta("release", "--edition", str(letters.folder), "--date", "2026-01-01")
    page = etree.HTML(build_in(letters.folder, jobs=1).page("changes.html"))
    (folded,) = page.iter("details")
    assert (folded.findtext("summary"), len(folded.findall("ul/li"))) == ("21 documents", 21)


def test_only_so_many_documents_of_one_kind_are_named(letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regesta.indexing.changes.MOST", 5)
    regesta("release", "--edition", str(letters.folder), "--date", "2026-01-01")
    page = etree.HTML(build_in(letters.folder, jobs=1).page("changes.html"))
    assert ["".join(each.itertext()).strip() for each in page.iter("li")][-1] == "and 7 more"


def test_an_edition_without_releases_has_no_such_page(letters: Letters) -> None:
    built = build_in(letters.folder, jobs=1)
    assert not (built.site / "changes.html").exists()
    assert "changes.html" not in built.page("index.html")


def test_an_edition_with_errors_is_not_released(letters: Letters) -> None:
    write(letters.folder, {"tei/broken.xml": "<TEI"})
    refused = regesta("release", "--edition", str(letters.folder))
    assert (refused.exit_code, (letters.folder / "history.json").exists()) == (1, False)
    assert "Nothing was released" in refused.output
    assert regesta("release", "--edition", str(letters.folder), "--force").exit_code == 0
    assert (letters.folder / "history.json").exists()


@pytest.mark.parametrize(
    "damaged", ["{", "[]", '{"documents": [{"name": 1}]}', '{"documents": [], "releases": {"a": 1}}']
)
def test_a_damaged_history_is_never_written_over(letters: Letters, damaged: str) -> None:
    write(letters.folder, {"history.json": damaged})
    done = regesta("release", "--edition", str(letters.folder))
    assert done.exit_code >= 2
    assert "history" in done.output
    assert "Traceback" not in done.output
    assert (letters.folder / "history.json").read_text() == damaged


def test_two_folders_word_by_word(letters: Letters, tmp_path: Path) -> None:
    other = Letters(write(tmp_path / "other", {"edition.toml": TITLED}), letters.pick, dict(letters.texts))
    other.titles, other.texts["letter-002"] = dict(letters.titles), "The words of number 3 were others, those."
    other.save()
    pair = str(letters.folder), str(other.folder)
    said = regesta("diff", *pair, "--document", "letter-002")
    assert said.exit_code == 1
    assert "[-are these.-] {+were others, those.+}" in said.output
    assert "…" not in said.output, "the text is shown from end to end"
    assert regesta("diff", *pair, "--document", "letter-001").exit_code == 0
    assert regesta("diff", *pair, "--document", "nobody").exit_code == 2
    (row,) = json.loads(regesta("diff", *pair, "--document", "letter-002", "--format", "json").output)["changed"]
    assert row["words"][-2:] == [["-", "are these."], ["+", "were others, those."]]


def test_what_a_page_of_changes_shows_is_never_markup(letters: Letters, tmp_path: Path) -> None:
    other = Letters(write(tmp_path / "other", {"edition.toml": TITLED}), letters.pick, dict(letters.texts))
    escaped = HOSTILE.replace("<", "&lt;")
    other.titles = {**letters.titles, "letter-001": escaped}
    other.texts["letter-002"] += f" {escaped} \u202e"
    other.save()
    path = tmp_path / "changes.html"
    assert (
        regesta("diff", str(letters.folder), str(other.folder), "--format", "html", "--output", str(path)).exit_code
        == 1
    )
    page = etree.HTML(path.read_text("utf-8"))
    assert page.xpath("count(//script)") == 0
    assert HOSTILE in "".join(page.itertext())
    (item,) = page.xpath("//section[h2 = 'Changed in text (1)']//li")
    assert item.findtext("code") == "letter-002"
    assert item.findtext("p/ins").startswith(HOSTILE[:8])
    assert "…" not in "".join(item.itertext()), "the words around are the whole text"
    assert "\u202e" not in path.read_text("utf-8")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = regesta("diff", str(tmp_path / "no"), str(tmp_path / "where"))
    assert (done.exit_code, "no" in done.output) == (2, True)
    assert history.read(tmp_path) == history.NO_HISTORY
