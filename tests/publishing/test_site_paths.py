"""Which addresses may be published, and which may stand side by side."""

from __future__ import annotations

import unicodedata

import pytest

from regesta.site_paths import SitePathError, SitePaths


def _take(*paths: str) -> None:
    taken = SitePaths()
    for path in paths:
        taken.take(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../a.html",
        "documents/../../a.html",
        "./a.html",
        "a//b.html",
        "documents/",
        "C:/a.html",
        "a:stream.html",
        "documents\\a.html",
        "a\0.html",
        "a\n.html",
        "a?.html",
        "a*.html",
        "CON",
        "nul.html",
        "documents/Com1.html",
        "LPT¹.txt",
        "aux .html",
        "prn/a.html",
        "a.",
        "documents /a.html",
        "\udc80.html",
        "가" * 86,
    ],
)
def test_unsafe_addresses_are_refused(path: str) -> None:
    with pytest.raises(SitePathError) as caught:
        _take(path)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "paths",
    [
        ("a.html", "a.html"),
        ("documents/A.html", "documents/a.html"),
        ("Documents/a.html", "documents/b.html"),
        ("straße.html", "STRASSE.html"),
        (unicodedata.normalize("NFC", "é.html"), unicodedata.normalize("NFD", "é.html")),
        ("a", "a/b.html"),
        ("a/b.html", "a"),
        ("A/b.html", "a"),
    ],
)
def test_addresses_that_fall_together_are_refused(paths: tuple[str, str]) -> None:
    with pytest.raises(SitePathError):
        _take(*paths)


def test_ordinary_addresses_are_taken() -> None:
    _take(
        "index.html",
        "documents/index.html",
        "documents/1956-08-30-편지.html",
        "documents/письмо №1, (копия).html",
        "persons/con-a1b2c3d4.html",
        "persons/console.html",
        "data/.nojekyll",
        "가" * 80 + ".html",
    )
