"""Pages without errors in the eyes of the Nu Html Checker (`make vnu` installs it; it needs Java and npm)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from pages_to_check import Site, sites

JAR = Path(sys.prefix, "vnu", "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
AT_ONCE = 250


@pytest.fixture(scope="module", autouse=True)
def checker() -> None:
    if not JAR.is_file():
        reason = "needs the Nu Html Checker: make vnu"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def errors(pages: Iterable[Path]) -> list[str]:
    """Return the checker's errors, each with its page."""
    files = [str(page) for page in pages]
    found = []
    for start in range(0, len(files), AT_ONCE):
        command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--errors-only", "--exit-zero-always"]
        run = subprocess.run([*command, *files[start : start + AT_ONCE]], capture_output=True, text=True, check=True)
        messages = json.loads(run.stderr or run.stdout)["messages"]
        found += [f"{each.get('url')}: {each['message']} {each.get('extract', '')}" for each in messages]
    return found


def test_a_sample_of_pages_is_valid(our_sites: list[Site], few_corpora_sites: list[Site]) -> None:
    assert errors([*sites(our_sites, 60), *sites(few_corpora_sites, 60)]) == []


@pytest.mark.proof
def test_every_page_of_our_editions_is_valid(our_sites: list[Site]) -> None:
    assert errors(page for site in our_sites for page in sorted(site.rglob("*.html"))) == []


@pytest.mark.proof
def test_five_hundred_pages_of_the_corpora_are_valid(corpora_sites: list[Site]) -> None:
    pages = sites(corpora_sites, 500)
    assert len(pages) == 500
    assert errors(pages) == []


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html><html lang='en'><title>t</title><p><div>x</div><a href='http://a b'>y</a>", "utf-8")
    assert len(errors([page])) >= 1
