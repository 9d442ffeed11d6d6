"""The PDF is read by pypdf: pages, contents, every word; characters without a font and a missing extra are told."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from exchange_editions import BODIES, TITLES, stated_edition
from lxml import etree

from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange import pdf
from regesta.exchange.material import Material
from regesta.exporting import opened
from regesta.progress import Silent

HOSTILE = """<div><head>On #pagebreak() "quotes" \\ $x$ <note>A note<note>within a note</note> here.</note></head>
<p>*stars* _under_ `code` // no comment /* none */ @label &lt;tag&gt; #{ panic("no") }</p><list><item>one</item><item>
<list type="ordered"><item>two</item></list></item></list><table>
<row><cell>a</cell></row><row><cell>b</cell><cell>c</cell></row></table><p>
<hi rend="bold">Bold</hi> <ref target="https://example.org/?a=%20#b">link</ref> <choice>
<abbr>Ab.</abbr><expan>Abbot</expan></choice> Дорогой друг <gap/></p></div>"""


def material(folder: Path, body: str) -> Material:
    """Return the material of the made-up edition with this text in paper 1, and Latin and Cyrillic ones in the rest."""
    root = stated_edition(folder / "edition")
    for path in (root / "tei/documents").glob("*.xml"):
        words = path.read_text(encoding="utf-8").replace("朋友", "приятель")
        path.write_text(words.replace(BODIES[1], body), encoding="utf-8")
    return opened(open_edition(root, None, folder / "build"), Silent(), 1)


def text_of(data: bytes) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages))


def test_the_pdf_is_archival_and_has_contents_and_every_word(tmp_path: Path) -> None:
    found = material(tmp_path, HOSTILE)
    data = pdf.file(found)
    assert found.found == []
    reader = pypdf.PdfReader(BytesIO(data))
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [
        etree.fromstring(f"<t>{title}</t>").text for title in TITLES.values()
    ]
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    shown = text_of(data)
    body = etree.fromstring(HOSTILE)
    for words in (word for text in body.itertext() for word in text.split()):
        assert words in shown, words
    assert "[Abbot]" in shown
    assert "[…]" in shown
    assert pdf.file(found) == data


def test_a_character_without_a_font_is_told(tmp_path: Path) -> None:
    found = material(tmp_path, "<p>\U000131f7 and \U0002b820</p>")
    assert pypdf.PdfReader(BytesIO(pdf.file(found))).pages
    assert [each.rule for each in found.found] == ["pdf-character"]


def test_without_a_day_it_is_no_pdf_a_which_is_told(tmp_path: Path) -> None:
    found = material(tmp_path, "<p>One.</p>")
    undated = replace(found, edition=replace(found.edition, date="2024"))
    assert b"pdfaid" not in pdf.file(undated)
    assert "[edition] date (a whole day)" in undated.found[0].message


def test_without_the_extra_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = material(tmp_path, "<p>One.</p>")
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match=r"pip install 'regesta\[pdf\]'"):
        pdf.file(found)
