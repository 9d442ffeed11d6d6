"""Sites whose markup is checked: our own edition, its specimen and examples, and samples of real editions."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from real_editions import EDITIONS, copy_sample
from small_editions import build_in, build_sources

LARGEST = 150_000

Site = Path


def our_editions(repository: Path, folder: Path) -> list[Site]:
    """Build the editions of this repository and return the folders of their sites."""
    editions = (
        repository,
        repository / "tests" / "golden" / "specimen",
        repository / "docs" / "examples" / "own-elements",
    )
    return [build_in(each, output=folder / str(number)).site for number, each in enumerate(editions)]


def sample_of_corpora(corpora: Path, folder: Path, documents: int) -> list[Site]:
    """Build an edition of `documents` sources, as many of each corpus as there are, and return its site's folder."""
    share = -(-documents // len(EDITIONS))
    sources = copy_sample(corpora, folder / "sources", share=share, largest=LARGEST)
    return [build_sources(sources, folder / "build").site]


def sites(folders: Iterable[Site], count: int) -> list[Path]:
    """Return `count` pages, some of every kind (documents, lists, persons …) of every site; the same ones each time."""
    kinds: dict[tuple[Site, str], list[Path]] = {}
    for site in folders:
        for page in sorted(site.rglob("*.html")):
            kinds.setdefault((site, page.relative_to(site).parent.as_posix()), []).append(page)
    for key, pages in kinds.items():
        random.Random(key[1]).shuffle(pages)  # noqa: S311 - a sample, not a secret
    chosen: list[Path] = []
    while len(chosen) < count and any(kinds.values()):
        chosen += [pages.pop() for pages in kinds.values() if pages]
    return chosen[:count]
