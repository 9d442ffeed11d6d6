"""A fault leads to the template that shows the element: the edition's own first."""

from __future__ import annotations

from pathlib import Path

import pytest
from faithful_pages import NS, found, tei
from lxml import etree

from regesta.fidelity import suspect

OURS = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tei="http://www.tei-c.org/ns/1.0">
<xsl:include href="lib/more.xsl"/>
<xsl:template match="*" mode="m:text"/>
<xsl:template match="tei:p | tei:ab[contains(., '|')]" mode="m:text"/>
<xsl:template match="(tei:hi)" mode="m:text"/>
<xsl:template match="tei:list/tei:item[tei:p[1]]" mode="m:text"/>
<xsl:template name="t:none"/>
</xsl:stylesheet>"""
MORE = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0">

<xsl:template match="element(note)" mode="m:text"/>
</xsl:stylesheet>"""
OWN = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="http://www.tei-c.org/ns/1.0">
<xsl:template match="x:seg/text()" mode="m:text"/>
<xsl:template match="x:quote" mode="m:text"/>
</xsl:stylesheet>"""

DOCUMENT = tei(
    "<p>a<note>b</note><hi>c</hi><quote><hi>d</hi></quote><seg>e</seg><name>f</name></p><list><item>g</item></list>"
    "<div><item>h</item></div>"
)


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "page.xsl").write_text(OURS, encoding="utf-8")
    (tmp_path / "lib" / "more.xsl").write_text(MORE, encoding="utf-8")
    (tmp_path / "own.xsl").write_text(OWN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "sheet", "line"),
    [
        ("p", "page.xsl", 4),
        ("p/note", "lib/more.xsl", 4),
        ("p/hi", "page.xsl", 5),
        ("p/quote/hi", "own.xsl", 3),
        ("p/seg", "own.xsl", 2),
        ("p/name", "page.xsl", 3),
        ("list/item", "page.xsl", 6),
        ("div/item", "page.xsl", 3),
    ],
)
def test_the_template_that_shows_an_element(sheets: Path, path: str, sheet: str, line: int) -> None:
    steps = "/".join(f"{{{NS}}}{step}" for step in path.split("/"))
    template = suspect(found(DOCUMENT, f".//{{{NS}}}body/{steps}"), sheets / "page.xsl", sheets / "own.xsl")
    assert template is not None
    assert (template.sheet, template.line) == (sheet, line)


def test_every_pattern_of_ours_is_read(repository: Path) -> None:
    """An element of each chapter leads to its module."""
    page = repository / "xslt" / "page.xsl"
    for name, sheet in {
        "p": "core.xsl",
        "l": "verse.xsl",
        "sp": "drama.xsl",
        "cell": "figures.xsl",
        "add": "transcr.xsl",
    }.items():
        template = suspect(etree.fromstring(f'<{name} xmlns="{NS}">x</{name}>'), page, None)
        assert template is not None
        assert template.sheet == f"tei/{sheet}"
