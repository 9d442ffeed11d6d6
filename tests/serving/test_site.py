"""The site over HTTP: types, conditions, ranges, and nothing of what lies outside its folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from clients import Answer, ask

from regesta.serving import application
from regesta.serving.server import Server
from regesta.serving.site import content_type
from small_editions import write

DIGITS = b"0123456789"
SECRET = b"not for you"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    write(folder, {"site/index.html": "<h1>Front</h1>", "site/documents/a.html": "<p>A</p>", "site/digits.txt": DIGITS})
    write(folder, {"site/persons/index.html": "Persons", "site/заметка.html": "<p>Note</p>", "site/empty.txt": ""})
    write(folder, {"secret.txt": SECRET, "site/.hidden/secret.txt": SECRET, "site-secret/secret.txt": SECRET})
    (folder / "site" / "link.txt").symlink_to(folder / "secret.txt")
    (folder / "site" / "out").symlink_to(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "site" / "pipe")
    return folder


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with Server(application(folder / "site"), "127.0.0.1", 0) as server:
        yield server.url


def part(url: str, span: str, **headers: str) -> Answer:
    return ask(url, "/digits.txt", Range=f"bytes={span}", **headers)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/regesta.css", "text/css; charset=utf-8"),
        ("assets/regesta.js", "text/javascript; charset=utf-8"),
        ("tei/a.xml", "application/xml"),
        ("data/a.json", "application/json; charset=utf-8"),
        ("data/a.bib", "application/x-bibtex; charset=utf-8"),
        ("media/a.jpg", "image/jpeg"),
        ("media/a.svg", "image/svg+xml"),
        ("media/a.webp", "image/webp"),
        ("media/a.mp3", "audio/mpeg"),
        ("data/a.csv", "text/csv; charset=utf-8"),
        ("data/a.xml.gz", "application/gzip"),
        ("data/what", "application/octet-stream"),
    ],
)
def test_types_are_told(path: str, kind: str) -> None:
    assert content_type(path) == kind


def test_pages_and_indexes_are_found(url: str) -> None:
    assert ask(url, "/").body == b"<h1>Front</h1>"
    assert ask(url, "/persons/").body == b"Persons"
    assert ask(url, "/documents/a.html?from=index#x").body == b"<p>A</p>"
    assert ask(url, "/" + quote("заметка.html")).body == b"<p>Note</p>"
    moved = ask(url, "/persons")
    assert (moved.status, moved.headers["location"]) == (301, "/persons/")
    missing = ask(url, "/documents/b.html")
    assert (missing.status, missing.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert ask(url, "/empty.txt").status == 200


def test_head_says_the_same_without_a_body(url: str) -> None:
    whole, head = ask(url, "/digits.txt"), ask(url, "/digits.txt", "HEAD")
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


def test_what_a_client_has_is_not_sent_again(url: str) -> None:
    first = ask(url, "/digits.txt")
    assert first.headers["cache-control"] == "no-cache"
    tag, date = first.headers["etag"], first.headers["last-modified"]
    assert ask(url, "/digits.txt", If_None_Match=tag).status == 304
    assert ask(url, "/digits.txt", If_None_Match=f'"x", W/{tag}').status == 304
    assert ask(url, "/digits.txt", If_Modified_Since=date).status == 304
    assert ask(url, "/digits.txt", If_None_Match='"x"', If_Modified_Since=date).status == 200
    assert ask(url, "/digits.txt", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert ask(url, "/digits.txt", If_Modified_Since="nonsense").status == 200


@pytest.mark.parametrize(
    ("span", "bytes_sent", "content_range"),
    [
        ("0-3", b"0123", "bytes 0-3/10"),
        ("4-", b"456789", "bytes 4-9/10"),
        ("-3", b"789", "bytes 7-9/10"),
        ("8-99", b"89", "bytes 8-9/10"),
        ("-99", DIGITS, "bytes 0-9/10"),
        ("0-0", b"0", "bytes 0-0/10"),
    ],
)
def test_a_range_is_sent(url: str, span: str, bytes_sent: bytes, content_range: str) -> None:
    got = part(url, span)
    assert (got.status, got.body, got.headers["content-range"]) == (206, bytes_sent, content_range)


@pytest.mark.parametrize("span", ["10-", "10-12", "-0", "999999999999-"])
def test_a_range_beyond_the_end_is_refused(url: str, span: str) -> None:
    got = part(url, span)
    assert (got.status, got.headers["content-range"]) == (416, "bytes */10")


@pytest.mark.parametrize("span", ["3-1", "-", "a-b", "0-1,4-5", "1" * 30 + "-", "0-3\t,"])
def test_a_range_that_is_none_is_passed_over(url: str, span: str) -> None:
    got = part(url, span)
    assert (got.status, got.body) == (200, DIGITS)


def test_a_range_of_another_version_is_not_mixed_in(url: str) -> None:
    first = ask(url, "/digits.txt")
    assert part(url, "0-3", If_Range=first.headers["etag"]).status == 206
    assert part(url, "0-3", If_Range=first.headers["last-modified"]).status == 206
    assert part(url, "0-3", If_Range=f"W/{first.headers['etag']}").status == 200
    assert part(url, "0-3", If_Range='"another"').status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/documents/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/.%2e/secret.txt",
        "/..%2fsecret.txt",
        "/documents%2f..%2f..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/../site-secret/secret.txt",
        "/.hidden/secret.txt",
        "/link.txt",
        "/out/secret.txt",
        "/out/site/index.html",
        "/secret.txt%00.html",
        "/%00",
        "/%c0%ae%c0%ae/secret.txt",
        "/%ff",
        "/C:/secret.txt",
        "/pipe",
        "/documents/a.html/",
        "/" + "a/" * 3000,
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_site_is_sent(url: str, path: str) -> None:
    got = ask(url, path)
    assert got.status in {400, 404}
    assert SECRET not in got.body


def test_an_absolute_address_of_another_machine_leads_nowhere(url: str, folder: Path) -> None:
    got = ask(url, f"http://example.org{folder.as_posix()}/secret.txt")
    assert got.status == 421


def test_requests_have_bounds(url: str) -> None:
    assert ask(url, "/?q=" + "x" * 9_000).status == 414
    assert ask(url, "/", X_Long="x" * 20_000).status == 431
    assert ask(url, "/", "POST").status == 405
    assert ask(url, "/", "DELETE").headers["allow"] == "GET, HEAD"


def test_a_site_that_is_exchanged_is_served_anew(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": "old"})
    with Server(application(site), "127.0.0.1", 0) as server:
        old = ask(server.url, "/")
        shutil.rmtree(site)
        assert ask(server.url, "/").status == 404
        write(site, {"index.html": "new"})
        assert ask(server.url, "/", If_None_Match=old.headers["etag"]).body == b"new"


def test_any_server_can_run_it(folder: Path) -> None:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/digits.txt",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_RANGE": "bytes=2-4",
    }
    setup_testing_defaults(environ)
    said: list[str] = []

    def start(status: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
        said.append(status)
        return said.append  # type: ignore[return-value] # nobody writes by it

    body = validator(application(folder / "site"))(environ, start)
    assert (b"".join(body), said) == (b"234", ["206 Partial Content"])
    body.close()  # type: ignore[attr-defined] # the validator's iterator has one
