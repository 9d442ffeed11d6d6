"""Dates that the site writes itself, in each of its languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from regesta.labels import Language
from regesta.saxon import Saxon, Stylesheet

DATES = {
    "en": "16 September 1956|September 1956|1956|circa 1956-09|1 May 1956–June 1956",
    "ko": "1956년 9월 16일|1956년 9월|1956|circa 1956-09|1956년 5월 1일–1956년 6월",
    "ru": "16 сентября 1956 г.|сентябрь 1956 г.|1956|circa 1956-09|1 мая 1956 г.–июнь 1956 г.",
    "zh": "1956年9月16日|1956年9月|1956|circa 1956-09|1956年5月1日–1956年6月",
    "de": "16. September 1956|September 1956|1956|circa 1956-09|1. Mai 1956–Juni 1956",
    "fr": "16 septembre 1956|septembre 1956|1956|circa 1956-09|1 mai 1956–juin 1956",
}


@pytest.mark.parametrize("language", DATES)
def test_a_date_of_numbers_is_written_as_the_language_does(language: str, repository: Path) -> None:
    includes = "".join(
        f'<xsl:include href="{(repository / "xslt/lib" / name).as_uri()}"/>' for name in ("labels.xsl", "dates.xsl")
    )
    written = "('1956-09-16', '1956-09', '1956', 'circa 1956-09', '1956-05-01–1956-06')"
    sheet = f"""<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
      xmlns:f="urn:regesta:function">{includes}<xsl:output method="text"/>
      <xsl:template name="xsl:initial-template">
        <xsl:value-of select="{written} ! f:date(.)" separator="|"/>
      </xsl:template></xsl:stylesheet>"""
    saxon = Saxon((Stylesheet("dates", text=sheet),), language=Language(language))
    assert saxon.call("dates", {}) == DATES[language]
