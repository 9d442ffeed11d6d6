"""One processor for all tests of page.xsl."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Maker

from regesta.saxon import Saxon, Stylesheet


@pytest.fixture(scope="session")
def make(repository: Path) -> Maker:
    """Return what makes pages with the product's page.xsl."""
    return Maker(Saxon((Stylesheet("page", path=repository / "xslt" / "page.xsl"),)))
