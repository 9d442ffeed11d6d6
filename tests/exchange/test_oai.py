"""The OAI-PMH repository: valid by the protocol's schema, harvested whole by two clients that are not ours."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from exchange_editions import stated_edition
from lxml import etree
from oai_server import Served, served
from oaipmh_scythe import Scythe
from sickle import Sickle

from regesta.cli import main
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange.oai import protocol
from regesta.exchange.oai.store import Store
from regesta.exporting import export
from regesta.progress import Silent
from small_editions import tei, write

OAI = "{http://www.openarchives.org/OAI/2.0/}"
HISTORY = """{"documents": [
 {"id": "paper-1", "source": "documents/paper-1.xml", "datestamp": "2024-06-01"},
 {"id": "paper-2", "source": "documents/paper-2.xml", "datestamp": "2024-07-01T10:00:00Z"},
 {"id": "paper-0", "source": "documents/paper-0.xml", "datestamp": "2024-06-15", "deleted": true}]}
"""


def many(folder: Path, count: int) -> Path:
    """Write an edition of `count` short documents into `folder`, which is returned."""
    config = (stated_edition(folder) / "edition.toml").read_text()
    documents = {f"tei/documents/short-{number:05}.xml": tei(title=f"Short {number}") for number in range(count)}
    return write(folder, {"edition.toml": config, **documents})


def stored(folder: Path) -> Path:
    """Return the store of an edition, made anew."""
    return export(open_edition(folder, None, None), "oai", folder / "oai.sqlite", Silent(), jobs=1, force=True).path


@pytest.fixture(scope="module")
def repository_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = stated_edition(tmp_path_factory.mktemp("oai"))
    (folder / "history.json").write_text(HISTORY)
    with served(stored(folder)) as server:
        yield server


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(stored(many(tmp_path_factory.mktemp("many"), 247))) as server:
        yield server


@pytest.fixture(scope="session")
def protocol_schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """Return OAI-PMH.xsd, which the source distribution of pyoai carries. Skips where no registry can be reached."""
    folder = tmp_path_factory.mktemp("pyoai")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "pyoai==2.5.0"]
    run = subprocess.run([*command, "--dest", str(folder)], capture_output=True, text=True, check=False)
    if run.returncode:
        reason = "needs OAI-PMH.xsd from the source distribution of pyoai, which cannot be had here"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}: {run.stderr}")
        pytest.skip(reason)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        name = next(each for each in archive.getnames() if each.endswith("/OAI-PMH.xsd"))
        member = archive.extractfile(name)
        assert member is not None
        return etree.XMLSchema(etree.fromstring(member.read()))


def codes(body: bytes) -> list[str | None]:
    return [error.get("code") for error in etree.fromstring(body).iter(f"{OAI}error")]


def identifiers(body: bytes) -> list[str | None]:
    return [found.text for found in etree.fromstring(body).iter(f"{OAI}identifier")]


GOOD = (
    "verb=Identify",
    "verb=ListMetadataFormats",
    "verb=ListMetadataFormats&identifier=oai:papers.example.org:paper-1",
    "verb=ListSets",
    "verb=ListIdentifiers&metadataPrefix=oai_dc",
    *(f"verb=ListRecords&metadataPrefix={prefix}" for prefix in ("oai_dc", "tei", "mods", "ead")),
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:papers.example.org:paper-2",
    "verb=GetRecord&metadataPrefix=tei&identifier=oai:papers.example.org:paper-0",
)
WRONG = {
    "": "badVerb",
    "verb=Identity": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=Identify&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2024-06-01T00:00:00Z": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2024-13-01": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2024-07-01&until=2024-06-01": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=tei": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=%01%00": "badArgument",
    "verb=ListRecords&metadataPrefix=marc": "cannotDisseminateFormat",
    "verb=GetRecord&metadataPrefix=marc&identifier=oai:papers.example.org:paper-1": "cannotDisseminateFormat",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=../../etc/passwd": "idDoesNotExist",
    "verb=ListMetadataFormats&identifier=oai:papers.example.org:nothing": "idDoesNotExist",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01": "noRecordsMatch",
    "verb=ListRecords&metadataPrefix=oai_dc&set=type:unknown": "noRecordsMatch",
    "verb=ListRecords&resumptionToken=abc": "badResumptionToken",
    "verb=ListRecords&resumptionToken=" + quote("WyJMaXN0U2V0cyIsIHt9LCAiIiwgMF0"): "badResumptionToken",
    "verb=ListSets&resumptionToken=%FF%FE": "badResumptionToken",
}


def test_every_response_is_valid_by_the_schema_of_the_protocol(
    repository_url: Served, long_list: Served, protocol_schema: etree.XMLSchema
) -> None:
    bodies = [repository_url.get(query) for query in (*GOOD, *WRONG)]
    bodies += [long_list.get("verb=ListRecords&metadataPrefix=oai_dc"), long_list.get("verb=ListSets")]
    for body in bodies:
        assert protocol_schema.validate(etree.fromstring(body)), f"{protocol_schema.error_log}\n{body.decode()}"


def test_good_requests_have_no_error(repository_url: Served) -> None:
    assert {query: codes(repository_url.get(query)) for query in GOOD} == {query: [] for query in GOOD}


def test_wrong_requests_have_the_error_that_the_protocol_names(repository_url: Served) -> None:
    assert {query: codes(repository_url.get(query)) for query in WRONG} == {q: [code] for q, code in WRONG.items()}


def test_dates_come_from_the_history(repository_url: Served) -> None:
    body = repository_url.get("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2024-05-02&until=2024-06-15")
    stamps = {h[0].text: (h[1].text, h.get("status")) for h in etree.fromstring(body).iter(f"{OAI}header")}
    assert stamps == {
        "oai:papers.example.org:paper-3": ("2024-05-02", None),
        "oai:papers.example.org:paper-1": ("2024-06-01", None),
        "oai:papers.example.org:paper-0": ("2024-06-15", "deleted"),
    }


def headers(server: Served, arguments: str) -> dict[str, tuple[str, str | None]]:
    """Return day and status of each header of a list, by the last part of its identifier."""
    body = server.get(f"verb=ListIdentifiers&metadataPrefix=oai_dc{arguments}")
    found = etree.fromstring(body).iter(f"{OAI}header")
    return {str(each[0].text).rpartition(":")[2]: (str(each[1].text), each.get("status")) for each in found}


def release(folder: Path, day: str) -> None:
    """Release the edition in the folder on a day."""
    done = CliRunner().invoke(main, ["release", "--edition", str(folder), "--date", day, "--quiet"])
    assert done.exit_code == 0, done.output


def test_days_and_deletions_follow_releases(tmp_path: Path) -> None:
    folder = write(stated_edition(tmp_path), {"tei/documents/paper-4.xml": tei("<p>Kept.</p>", title="Kept")})
    papers = folder / "tei" / "documents"
    first, second = ("2025-01-10", None), ("2025-03-20", None)
    release(folder, "2025-01-10")
    with served(stored(folder)) as server:
        assert headers(server, "") == {f"paper-{number}": first for number in (1, 2, 3, 4)}
    text = (papers / "paper-1.xml").read_text("utf-8")
    (papers / "paper-1.xml").write_text(text.replace("The envoy met", "The envoys met"), "utf-8")
    (papers / "paper-2.xml").unlink()
    (papers / "paper-4.xml").rename(papers / "paper-5.xml")
    with served(stored(folder)) as server:
        assert headers(server, "&until=2025-01-10")["paper-1"] == first, "nothing is new before it is released"
    release(folder, "2025-03-20")
    gone = ("2025-03-20", "deleted")
    changes = {"paper-1": second, "paper-2": gone, "paper-4": gone, "paper-5": second}
    with served(stored(folder)) as server:
        assert headers(server, "") == {"paper-3": first, **changes}
        assert headers(server, "&until=2025-03-19") == {"paper-3": first}
        assert headers(server, "&from=2025-01-11") == changes
        assert headers(server, "&from=2025-03-20&until=2025-03-20") == changes
        for name, words in {"paper-1": b"The envoys met", "paper-5": b"Kept."}.items():
            record = server.get(f"verb=GetRecord&metadataPrefix=tei&identifier=oai:papers.example.org:{name}")
            assert words in record
        for name in ("paper-2", "paper-4"):
            record = server.get(f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:papers.example.org:{name}")
            assert (b'status="deleted"' in record, b"<metadata>" in record) == (True, False)


def test_sets_are_of_types_archives_and_languages(repository_url: Served) -> None:
    specs = [found.text for found in etree.fromstring(repository_url.get("verb=ListSets")).iter(f"{OAI}setSpec")]
    assert {"type", "type:letter", "archive", "language:cs"} <= set(specs)
    assert identifiers(repository_url.get("verb=ListIdentifiers&metadataPrefix=oai_dc&set=type:letter")) == [
        "oai:papers.example.org:paper-2"
    ]
    everything = repository_url.get("verb=ListIdentifiers&metadataPrefix=oai_dc&set=type")
    assert len(identifiers(everything)) == 3


def test_two_harvesters_take_the_whole_list_at_once(long_list: Served) -> None:
    def by_sickle(prefix: str) -> list[str]:
        return [record.header.identifier for record in Sickle(long_list.url).ListRecords(metadataPrefix=prefix)]

    def by_scythe(prefix: str) -> list[str]:
        with Scythe(long_list.url) as scythe:
            return [str(record.header.identifier) for record in scythe.list_records(metadata_prefix=prefix)]  # type: ignore[union-attr]

    with ThreadPoolExecutor(4) as pool:
        harvests = [pool.submit(harvest, prefix) for harvest in (by_sickle, by_scythe) for prefix in ("oai_dc", "tei")]
        lists = [harvest.result() for harvest in harvests]
    assert len(set(lists[0])) == 250
    assert all(each == lists[0] for each in lists)


def test_a_token_outlives_a_restart(tmp_path: Path) -> None:
    store = stored(many(tmp_path, 130))
    with served(store) as first:
        body = first.get("verb=ListRecords&metadataPrefix=oai_dc")
    token = next(etree.fromstring(body).iter(f"{OAI}resumptionToken"))
    assert (token.get("completeListSize"), token.get("cursor")) == ("133", "0")
    with served(store) as second:
        rest = second.get(urlencode({"verb": "ListRecords", "resumptionToken": str(token.text)}))
    last = next(etree.fromstring(rest).iter(f"{OAI}resumptionToken"))
    assert (last.text, last.get("cursor")) == (None, "100")
    assert len({*identifiers(body), *identifiers(rest)}) == 133


def test_metadata_is_what_an_export_gives(repository_url: Served) -> None:
    body = repository_url.get("verb=GetRecord&metadataPrefix=tei&identifier=oai:papers.example.org:paper-2")
    held = next(etree.fromstring(body).iter(f"{OAI}metadata"))[0]
    assert etree.QName(held).text == "{http://www.tei-c.org/ns/1.0}TEI"
    assert "дорогой друг, 朋友" in "".join(held.itertext())
    body = repository_url.get("verb=GetRecord&metadataPrefix=tei&identifier=oai:papers.example.org:paper-1")
    pointers = [str(value) for value in etree.fromstring(body).xpath("//*[local-name() = 'text']//@ref | //@target")]
    assert "https://papers.example.org/legation/persons/orlova.html" in pointers
    assert "https://papers.example.org/legation/documents/paper-2.html" in pointers
    assert "#paper-1.n1" in pointers


def test_forms_are_answered_and_long_requests_refused(repository_url: Served) -> None:
    form = Request(repository_url.url, data=b"verb=Identify", method="POST")  # noqa: S310 - loopback
    with urlopen(form, timeout=30) as response:  # noqa: S310
        assert b"<repositoryName>Archive of the Legation<" in response.read()
    too_long = f"{repository_url.url}?verb=Identify&set={'x' * 5_000}"
    for request in (too_long, Request(repository_url.url, data=b"x" * 5_000)):  # noqa: S310
        with pytest.raises(HTTPError) as refused:
            urlopen(request, timeout=30)  # noqa: S310
        assert refused.value.code in {413, 414}


def test_many_ask_at_once(long_list: Served) -> None:
    queries = ["verb=ListRecords&metadataPrefix=mods", "verb=Identify"] * 100
    with ThreadPoolExecutor(200) as pool:
        bodies = list(pool.map(long_list.get, queries))
    assert len({len(body) for body in bodies[::2]}) == 1
    assert all(codes(body) == [] for body in bodies[1::2])


def test_what_the_protocol_demands_is_asked_of_the_edition(tmp_path: Path) -> None:
    folder = write(tmp_path, {"tei/a.xml": tei(), "edition.toml": "[edition]\ntitle = 'T'\n"})
    with pytest.raises(UsageError) as refused:
        stored(folder)
    assert "admin_email" in refused.value.remedy
    assert not (folder / "oai.sqlite").exists()
    (folder / "oai.sqlite").write_bytes(b"no store")
    with pytest.raises(UsageError, match="is not what"):
        Store(folder / "oai.sqlite")


def test_ten_thousand_sets_come_in_parts(tmp_path: Path) -> None:
    folder = stated_edition(tmp_path)
    texts = {f"tei/documents/s{n}.xml": tei(attributes=f'type="kind-{n}"') for n in range(protocol.PAGE * 10)}
    with served(stored(write(folder, texts))) as server:
        first = server.get("verb=ListSets")
        token = str(next(etree.fromstring(first).iter(f"{OAI}resumptionToken")).text)
        rest = server.get(urlencode({"verb": "ListSets", "resumptionToken": token}))
    specs = [found.text for body in (first, rest) for found in etree.fromstring(body).iter(f"{OAI}setSpec")]
    assert len(set(specs)) == len(specs) > protocol.PAGE * 10
