"""Live protocols beside the site: harvested whole by two clients that are not ours, at the same time."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from clients import ask, serving
from lxml import etree
from oaipmh_scythe import Scythe
from oaipmh_scythe.iterator import OAIResponseIterator as ScytheResponses
from sickle import Sickle
from sickle.iterator import OAIResponseIterator as SickleResponses

from regesta.errors import UsageError
from regesta.exporting import export
from regesta.progress import Silent
from regesta.serving import application, protocols
from regesta.serving.server import Server
from small_editions import Built, build_in, tei, write

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DATE = "[edition]\ndate = 2024-05-02\n"
EXCHANGE = '\n[exchange]\nadmin_email = "a@example.org"\nidentifier_prefix = "oai:example.org"\n'
CONFIG = f'{DATE}title = "Small"\neditors = ["E. Ditor"]\nurl = "https://example.org/"\n{EXCHANGE}'
MANY = 10_000

Harvest = Callable[[str, str], list[bytes]]


def by_sickle(url: str, prefix: str) -> list[bytes]:
    """Return the responses to a harvest of all records by sickle."""
    responses = Sickle(url, iterator=SickleResponses).ListRecords(metadataPrefix=prefix)
    return [each.raw.encode() for each in responses]


def by_scythe(url: str, prefix: str) -> list[bytes]:
    """Return the responses to a harvest of all records by oaipmh-scythe."""
    with Scythe(url, iterator=ScytheResponses) as scythe:
        return [each.raw.encode() for each in scythe.list_records(metadata_prefix=prefix)]


def identifiers(responses: list[bytes]) -> list[str]:
    parser = etree.XMLParser(encoding="utf-8", huge_tree=True)
    trees = [etree.fromstring(each, parser) for each in responses]
    return [str(each.text) for tree in trees for each in tree.iterfind(f".//{OAI}header/{OAI}identifier")]


def harvested(url: str, *prefixes: str) -> list[list[bytes]]:
    """Return the responses of harvests by both clients in all formats, all at the same time."""
    tasks = [(harvest, prefix) for harvest in (by_sickle, by_scythe) for prefix in prefixes]
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [each.result() for each in [pool.submit(harvest, url, prefix) for harvest, prefix in tasks]]


def test_the_command_is_harvested_whole_by_two_at_once(tmp_path: Path) -> None:
    documents = {f"tei/short-{number:03}.xml": tei(title=f"Short {number}") for number in range(120)}
    write(tmp_path / "e", {"edition.toml": CONFIG, **documents})
    with serving(tmp_path / "e", "--oai") as command:
        url = f"{command.url}oai"
        assert f"<baseURL>{url}</baseURL>".encode() in ask(command.url, "/oai?verb=Identify").body
        lists = [identifiers(each) for each in harvested(url, "oai_dc", "tei")]
        assert len(set(lists[0])) == 120
        assert all(each == lists[0] for each in lists)
        assert ask(command.url, "/oai?verb=" + "x" * 5_000).status == 414
        assert ask(command.url, "/documents/short-000.html").status == 200


def test_the_command_answers_clients_of_text_services_too(tmp_path: Path) -> None:
    write(tmp_path / "e", {"edition.toml": CONFIG, "tei/a.xml": tei("<p>One</p><p>Two</p>", title="A")})
    with serving(tmp_path / "e", "--oai", "--dts") as command:
        entry = json.loads(ask(command.url, "/dts/").body)
        assert entry["collection"] == f"{command.url}dts/collection{{?id,page,nav}}"
        member = json.loads(ask(command.url, "/dts/collection").body)["member"][0]
        address = (
            member["document"].removeprefix(command.url[:-1]).replace("{&ref,start,end,tree,mediaType}", "&ref=p2")
        )
        assert b">Two<" in ask(command.url, address).body
        assert ask(command.url, "/dts/document?resource=none").status == 404
        assert ask(command.url, "/oai?verb=Identify").status == 200


def test_two_hundred_ask_the_repository_at_once(tmp_path: Path) -> None:
    built = build_in(write(tmp_path, {"edition.toml": CONFIG, "tei/a.xml": tei()}))
    store = export(built.edition, "oai", None, Silent(), jobs=1).path
    app = application(built.site, oai=store, base_url="https://example.org/")
    with Server(app, "127.0.0.1", 0) as server, ThreadPoolExecutor(200) as pool:
        query = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
        bodies = list(pool.map(lambda _each: ask(server.url, query).body, range(200)))
        assert ask(server.url, "/oaix").status == 404
        assert b"https://example.org/oai" in ask(server.url, "/oai?verb=Identify").body
    assert all(b"<header>" in each for each in bodies)


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        application(tmp_path, oai=tmp_path / "none.sqlite")


def test_a_protocol_that_is_not_spoken_is_told() -> None:
    with pytest.raises(UsageError, match="does not speak Nothing"):
        protocols.Protocol("Nothing", "nothing", "regesta.exchange.nothing.application").require()


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Built:
    sys.path.insert(0, str(repository / "tests" / "bench"))
    from letters import write_edition

    folder = tmp_path_factory.mktemp("letters")
    write_edition(folder, MANY)
    config = folder / "edition.toml"
    config.write_text(config.read_text().replace("[edition]\n", DATE) + EXCHANGE)
    return build_in(folder, jobs=2)


@pytest.mark.proof
@pytest.mark.parametrize("prefix", ["oai_dc", "tei"])
def test_ten_thousand_records_are_harvested_whole_by_two_at_once(
    letters: Built, prefix: str, record_property: Callable[[str, object], None]
) -> None:
    with serving(letters.edition.root, "--oai") as command:
        began = time.monotonic()
        harvests = harvested(f"{command.url}oai", prefix)
        seconds = time.monotonic() - began
    for responses in harvests:
        assert len(set(identifiers(responses))) == MANY
    counts = [len(each) for each in harvests]
    size = sum(len(each) for responses in harvests for each in responses)
    print(f"{prefix}: {MANY} records to each of 2 clients in {seconds:.1f} s, {counts} responses, {size / 1e6:.0f} MB")
    record_property("seconds", seconds)
