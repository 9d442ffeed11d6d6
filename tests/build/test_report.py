"""`report.json`, `findings.json` and the site: what a build says of itself is complete and true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from small_editions import TITLED, Built, build_in, person, register, status, tei, text_of, write

WITHHELD = "Zinoviev"

EDITION: dict[str, str | bytes] = {
    "edition.toml": TITLED,
    "tei/a.xml": tei("<p>Ten signs: <!-- not for readers -->now.</p><?pi?>", title="First"),
    "tei/b.xml": tei("<p><gap reason='not-held'/></p>", title="Second"),
    "tei/persons.xml": register(person("kim", "Kim Il Sung")),
    "tei/volume.xml": text_of(
        "<front><p>Preface.</p></front><body><div type='document' xml:id='d1'><head>D1</head><p>One.</p></div>"
        "<p>Between.</p><div type='document' xml:id='d2'><head>D2</head><p>Two.</p></div></body>",
        title="Volume",
    ),
    "tei/held.xml": tei(
        f"<p>{WITHHELD} <persName ref='persons.xml#kim'>K.</persName></p>"
        f"<listPerson>{person('z', WITHHELD)}</listPerson>",
        title=f"On {WITHHELD}",
        header=status("draft"),
        attributes=f'xml:id="{WITHHELD}"',
    ),
    "tei/held-register.xml": tei(
        f"<listPerson>{person('z2', f'Grigory {WITHHELD}')}</listPerson>", header=status("embargoed")
    ),
    "tei/refers.xml": tei("<p>See <ref target='held.xml'>another</ref>.</p>", title="Third"),
    "tei/main.xml": tei("<xi:include href='part.xml'/>", title="Fourth"),
    "tei/part.xml": '<p xmlns="http://www.tei-c.org/ns/1.0">Included.</p>',
    "tei/broken.xml": "<TEI>",
    "tei/page.xml": "<html/>",
}

FIDELITY = ["characters", "missing", "duplicated", "moved", "glued", "split", "changed", "inserted", "excluded"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_in(write(tmp_path_factory.mktemp("report"), EDITION))


@pytest.fixture(scope="module")
def report(built: Built) -> dict[str, Any]:
    return built.json("report.json")


def test_the_keys_are_those_of_the_contract(report: dict[str, Any]) -> None:
    from regesta import __version__

    counted = {"sources", "documents", "findings", "fidelity", "pages", "seconds"}
    assert set(report) >= {"regesta", "edition", "published", "ledger"} | counted
    assert report["regesta"] == __version__
    assert report["edition"] == "Small"
    assert report["published"] is True
    assert list(report["sources"]) == ["found", "published", "registers", "parts", "withheld", "refused"]
    assert list(report["documents"]) == ["found", "published", "withheld", "refused", "without_text"]
    assert list(report["findings"]) == ["error", "warning", "info"]
    assert list(report["fidelity"]) == FIDELITY
    assert list(report["fidelity_beside_text"]) == FIDELITY
    assert report["set_aside"]["header"] > 0
    assert list(report["pages"]) == ["total", "written", "unchanged", "removed"]
    assert "total" in report["seconds"]
    keys = ["source", "document", "outcome", "page", "schema", "reason", "fidelity"]
    assert all(list(row)[:7] == keys for row in report["ledger"])


def test_the_numbers_of_sources_and_documents_are_right(report: dict[str, Any]) -> None:
    assert report["sources"] == {"found": 11, "published": 5, "registers": 1, "parts": 1, "withheld": 2, "refused": 2}
    assert report["documents"] == {"found": 9, "published": 8, "withheld": 1, "refused": 0, "without_text": 1}


def test_sums_agree_with_the_ledger(report: dict[str, Any]) -> None:
    sources = [row for row in report["ledger"] if row["document"] is None]
    documents = [row for row in report["ledger"] if row["document"] is not None]
    counts = dict(report["sources"])
    assert counts.pop("found") == sum(counts.values()) == len(sources)
    assert len({row["source"] for row in sources}) == len(sources)
    assert report["documents"]["found"] == len(documents)
    for key in FIDELITY:
        assert report["fidelity"][key] == sum(row["fidelity"][key] for row in documents if row["fidelity"])
    for source in sources:
        own = [row for row in documents if row["source"] == source["source"]]
        if own:
            order = ["published", "register", "part", "withheld", "refused"]
            assert source["outcome"] == min((row["outcome"] for row in own), key=order.index)
            assert (source["fidelity"] or {}).get("characters", 0) == sum(
                row["fidelity"]["characters"] for row in own if row["fidelity"]
            )


def test_every_row_has_its_page_or_its_reason(built: Built, report: dict[str, Any]) -> None:
    for row in report["ledger"]:
        assert (row["page"] is not None) == (row["outcome"] == "published"), row
        assert (row["reason"] is not None) == (row["outcome"] in {"withheld", "refused", "part"}), row
        assert row["page"] is None or (built.site / row["page"]).is_file()


def test_rows_follow_their_sources(report: dict[str, Any]) -> None:
    names = [row["source"] for row in report["ledger"]]
    assert names == sorted(names)
    assert [row["document"] for row in report["ledger"] if row["source"] == "volume.xml"] == [
        None,
        "volume-front",
        "volume-body",
        "volume-d1",
        "volume-d2",
    ]


def test_fidelity_counts_signs_that_are_not_white_space(report: dict[str, Any]) -> None:
    rows = {row["document"]: row["fidelity"] for row in report["ledger"]}
    assert rows["a"]["characters"] == len("Tensigns:now.")
    assert rows["b"]["characters"] == 0
    assert all(report["fidelity"][key] == 0 for key in FIDELITY[1:])


def test_the_pages_are_the_files_of_the_site(built: Built, report: dict[str, Any]) -> None:
    assert report["pages"]["total"] == report["pages"]["written"]
    assert report["pages"]["total"] in {len(built.bytes()), sum(name.endswith(".html") for name in built.bytes())}


def test_findings_have_the_keys_of_the_contract(built: Built, report: dict[str, Any]) -> None:
    findings = built.json("findings.json")
    assert list(findings) == ["regesta", "findings", "summary"]
    keys = ["rule", "severity", "path", "line", "column", "xpath", "message", "hint", "excerpt"]
    assert all(list(row)[:9] == keys for row in findings["findings"])
    assert findings["summary"] == report["findings"]
    assert sum(findings["summary"].values()) == len(findings["findings"])
    for row in findings["findings"]:
        assert Path(row["path"]).exists(), "a path is opened from the current folder"
        assert "\\" not in row["path"]


def test_what_is_withheld_appears_in_no_byte_of_the_site(built: Built) -> None:
    needles = [WITHHELD.encode(), WITHHELD.encode("utf-16-le"), WITHHELD.lower().encode()]
    for name, data in built.bytes().items():
        assert WITHHELD.lower() not in name.lower()
        assert not any(needle in data for needle in needles), name


def test_the_tei_for_download_has_no_comments_or_instructions(built: Built, report: dict[str, Any]) -> None:
    data = built.bytes()["tei/a.xml"]
    assert b"not for readers" not in data
    assert b"<?pi" not in data
    assert b"Ten signs: now." in data
    assert report["removed_from_tei"] == {"comments": 1, "instructions": 1}


@pytest.mark.parametrize(
    ("value", "held"),
    [
        *(("draft", True), ("Draft", True), ("under review", True), ("under_review", True), ("embargo", True)),
        *(("embargoed", True), ("withdrawn", True), ("approved", False), ("published", False), ("", False)),
    ],
)
def test_which_status_holds_a_document_back(value: str, *, held: bool, tmp_path: Path) -> None:
    built = build_in(write(tmp_path, {"tei/a.xml": tei(header=status(value))}))
    assert built.outcomes() == {"a.xml": "withheld" if held else "published"}


def test_a_withheld_member_of_a_corpus_is_held_back_alone(tmp_path: Path) -> None:
    held = tei(f"<p>{WITHHELD}</p>", header=status("draft"), title=WITHHELD)
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{tei()}{held}</teiCorpus>'
    nested = tei().replace("</text>", f"</text>{held}")
    built = build_in(write(tmp_path, {"tei/a.xml": corpus, "tei/b.xml": nested}))
    assert built.json("report.json")["documents"]["withheld"] == 2
    assert not any(WITHHELD.encode() in data for data in built.bytes().values())


def test_an_empty_edition_is_built(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    built = build_in(tmp_path)
    assert "sources-none" in built.rules()
    assert (built.site / "index.html").is_file()
    assert built.report.sources()["found"] == 0
