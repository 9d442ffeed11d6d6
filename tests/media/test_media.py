"""Pictures and recordings: found by pointers of sources, known by what they hold, never from outside the edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures import AVIF, GIF, JPEG, OGG, WEBP_LARGE, WEBP_LOSSLESS, WEBP_LOSSY, png

from regesta.media import Media, picture_size
from regesta.rendering import Medium


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (png(30, 20), (30, 20)),
        (JPEG, (40, 20)),
        (GIF, (5, 6)),
        (WEBP_LOSSY, (7, 8)),
        (WEBP_LOSSLESS, (9, 10)),
        (WEBP_LARGE, (301, 201)),
        (AVIF, (11, 12)),
        (JPEG[:20], (0, 0)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<!DOCTYPE html>", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_what_it_holds(head: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(head) == size


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    root = tmp_path / "edition"
    for name, data in {
        "tei/a.png": png(),
        "tei/sub/b.png": png(5, 5),
        "facs/c.jpg": JPEG,
        "facs/C.JPG": JPEG,
        "tei/con.png": png(),
        "tei/page.png": b"<script>alert(1)</script>",
        "tei/page.html": b"<p>",
        "tei/drawing.svg": b"<svg/>",
        "tei/talk.ogg": OGG,
        "tei/noise.mp3": b"nothing",
        ".git/d.png": png(),
        "build/site/e.png": png(),
        "build/.regesta-output": b"",
        "../outside.png": png(),
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (root / "tei" / "link.png").symlink_to(tmp_path / "outside.png")
    return root


def found(root: Path, source: str, pointer: str) -> Medium | None:
    return Media(root, root / "tei").find(source, pointer)


@pytest.mark.parametrize(
    ("source", "pointer", "href", "kind"),
    [
        ("x.xml", "a.png", "../media/a.png", "image"),
        ("sub/x.xml", "b.png", "../media/sub/b.png", "image"),
        ("sub/x.xml", "../a.png", "../media/a.png", "image"),
        ("x.xml", "../facs/c.jpg", "../media/facs/c.jpg", "image"),
        ("x.xml", "talk.ogg", "../media/talk.ogg", "audio"),
    ],
)
def test_a_pointer_leads_to_the_file(edition: Path, source: str, pointer: str, href: str, kind: str) -> None:
    medium = found(edition, source, pointer)
    assert medium is not None
    assert (medium.ref, medium.href, medium.kind) == (pointer, href, kind)


@pytest.mark.parametrize(
    "pointer",
    [
        "../../outside.png", "link.png", "/etc/passwd", "/etc/x.png", "file:///etc/x.png", "http://a.org/a.png",
        "//a.org/a.png", "page.png", "page.html", "drawing.svg", "noise.mp3", "../.git/d.png", "../build/site/e.png",
        "none.png", "a.png\0", "data:image/png;base64,AA.png", "", "#a.png",
    ],
)  # fmt: skip
def test_other_pointers_lead_nowhere(edition: Path, pointer: str) -> None:
    assert found(edition, "x.xml", pointer) is None


def test_names_that_some_systems_cannot_hold_are_replaced(edition: Path) -> None:
    media = Media(edition, edition / "tei")
    hrefs = [
        medium.href for name in ("con.png", "../facs/c.jpg", "../facs/C.JPG") if (medium := media.find("x.xml", name))
    ]
    assert hrefs[1] == "../media/facs/c.jpg"
    assert len({href.casefold() for href in hrefs}) == 3
    assert [len(href) for href in (hrefs[0], hrefs[2])] == [len("../media/") + 24] * 2
    assert [(address, len(data)) for address, data in media.published()] == sorted(
        (href.removeprefix("../"), size) for href, size in zip(hrefs, (len(png()), len(JPEG), len(JPEG)), strict=True)
    )
