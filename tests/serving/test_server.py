"""The server under clients that are many, slow, or silent."""

from __future__ import annotations

import contextlib
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from clients import ask, connected, serving
from waitress.trigger import trigger

from regesta.serving import application
from regesta.serving.server import Server, ServerError, is_loopback
from small_editions import TITLED, tei, write

PARALLEL = 200
LARGE = bytes(40_000_000)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("site"), {"index.html": "<p>Front</p>", "large.bin": LARGE})


def test_two_hundred_ask_at_once(site: Path) -> None:
    with Server(application(site), "127.0.0.1", 0) as server, ThreadPoolExecutor(PARALLEL) as pool:
        answers = list(pool.map(lambda _each: ask(server.url, "/").body, range(PARALLEL)))
    assert answers == [b"<p>Front</p>"] * PARALLEL


def test_slow_clients_hold_up_nobody_and_are_ended(site: Path) -> None:
    """Hundreds send a byte now and then, hundreds more ask for a large file and do not read it."""
    with contextlib.ExitStack() as stack, Server(application(site), "127.0.0.1", 0, seconds=2) as server:
        slow = [stack.enter_context(connected(server.url)) for _each in range(PARALLEL)]
        greedy = [stack.enter_context(connected(server.url)) for _each in range(PARALLEL)]
        for each in slow:
            each.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        for each in greedy:
            each.send(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        began = time.monotonic()
        assert ask(server.url, "/").status == 200
        assert time.monotonic() - began < 5
        ended: set[int] = set()
        while len(ended) < PARALLEL and time.monotonic() - began < 20:
            ended |= {number for number, each in enumerate(slow) if number not in ended and not _takes(each)}
            time.sleep(0.2)
        assert len(ended) == PARALLEL
        left = time.monotonic()
    assert time.monotonic() - left < 10


def _takes(client: object) -> bool:
    try:
        client.send(b"x")  # type: ignore[attr-defined]
    except OSError:
        return False
    return True


def test_an_address_in_use_is_told(site: Path) -> None:
    with Server(application(site), "127.0.0.1", 0) as server:
        port = int(server.url.rstrip("/").rpartition(":")[2])
        with pytest.raises(ServerError, match="in use"):
            Server(application(site), "127.0.0.1", port)
    with pytest.raises(ServerError, match="cannot be served"):
        Server(application(site), "host.invalid", 0)


@pytest.mark.parametrize("name", ["evil.example.org", "127.0.0.1.example.org", "[", "@localhost@evil.example", ""])
def test_a_request_in_the_name_of_another_site_is_refused(site: Path, name: str) -> None:
    with Server(application(site), "127.0.0.1", 0) as server, connected(server.url) as client:
        client.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
        assert client.recv(1_000).startswith(b"HTTP/1.1 421 ")


def test_a_server_that_is_told_to_end_twice_has_not_closed_its_pipe(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = trigger._physical_pull

    def twice(self: trigger) -> None:
        once(self)
        time.sleep(0.2)
        once(self)

    with Server(application(site), "127.0.0.1", 0) as server:
        monkeypatch.setattr(trigger, "_physical_pull", twice)
    with pytest.raises(OSError, match="refused"):
        connected(server.url)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.4", "127.example.org", "localhost.example.org"])  # noqa: S104
def test_other_addresses_are_none(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_what_it_built_and_ends_when_told(tmp_path: Path, number: int) -> None:
    write(tmp_path / "e", {"edition.toml": TITLED, "tei/a.xml": tei()})
    with serving(tmp_path / "e") as command, connected(command.url) as slow:
        slow.send(b"GET /")
        assert b"A letter" in ask(command.url, "/documents/a.html").body
        assert ask(command.url, "/edition.toml").status == 404
        assert command.end(number) == 0


def test_other_machines_are_warned_of(tmp_path: Path) -> None:
    write(tmp_path / "e", {"edition.toml": TITLED, "tei/a.xml": tei()})
    with serving(tmp_path / "e", "--host", "0.0.0.0") as command:  # noqa: S104 - what is tested
        assert command.url.startswith("http://127.0.0.1:")
        assert ask(command.url, "/").status == 200
    assert "can be reached from other machines" in (tmp_path / "e.log").read_text()
