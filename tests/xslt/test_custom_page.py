"""An edition overrides by adding: a template of its own wins over ours, and can still call it."""

from __future__ import annotations

from pathlib import Path

from pages import Maker, characters

from regesta.saxon import Saxon, driver

CUSTOM = """
<xsl:stylesheet version="3.0" expand-text="yes" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:regesta:mode" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns="http://www.w3.org/1999/xhtml">
  <xsl:template mode="m:text" match="tei:signed">
    <strong class="own"><xsl:next-match/></strong>
  </xsl:template>
</xsl:stylesheet>
"""


def test_an_edition_s_own_template_wins(repository: Path, tmp_path: Path) -> None:
    own = tmp_path / "custom-page.xsl"
    own.write_text(CUSTOM, encoding="utf-8")
    make = Maker(Saxon((driver(repository / "xslt" / "page.xsl", own, "page"),)))
    made = make("<p>x</p><closer><signed>R</signed></closer>")
    assert made.words("//strong[@class='own']/div[@class='signed']") == ["R"]
    assert characters(made.strict.text) == "xR"
