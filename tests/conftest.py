"""What every test may use: the checkout and, where it is there, the folder of real editions beside it."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pages import Maker

REPOSITORY = Path(__file__).resolve().parent.parent

# How long an example takes says nothing on a machine that is busy with other things.
settings.register_profile("regesta", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("regesta")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell has started the tests in the background; what they start shall be ended like a command in a terminal.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return `shared/` beside the checkout, the material that is too large or not ours to commit.

    Without it the test is skipped with the reason; in CI (variable CI set) it fails, so that nobody
    takes a run that tried nothing for a run that passed.
    """
    return _present_or_skip(REPOSITORY.parent / "shared")


@pytest.fixture(scope="session")
def corpora(shared: Path) -> Path:
    """Return the folder with one real edition a sub-folder."""
    return _present_or_skip(shared / "corpora")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium's command; skip without it, and fail in CI."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or _missing("needs Chromium")


@pytest.fixture(scope="session")
def make(repository: Path) -> Maker:
    """Return what makes pages with the product's page.xsl: one processor for all the tests of tests/xslt."""
    from pages import Maker  # lies in tests/xslt, which pytest puts on the path with the tests that want this

    from regesta.saxon import Saxon, Stylesheet

    return Maker(Saxon((Stylesheet("page", path=repository / "xslt" / "page.xsl"),)))


def _present_or_skip(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    _missing(f"needs the folder {folder}, which is not there")


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
