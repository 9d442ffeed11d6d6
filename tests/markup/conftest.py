"""The sites of these tests, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages_to_check import Site, our_editions, sample_of_corpora


@pytest.fixture(scope="session")
def our_sites(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """Return the sites of the editions in this repository."""
    return our_editions(repository, tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="session")
def corpora_sites(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """Return a site with hundreds of documents of real editions."""
    return sample_of_corpora(corpora, tmp_path_factory.mktemp("theirs"), 440)


@pytest.fixture(scope="session")
def few_corpora_sites(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """Return a site with a few documents of each of the real editions."""
    return sample_of_corpora(corpora, tmp_path_factory.mktemp("few"), 33)
