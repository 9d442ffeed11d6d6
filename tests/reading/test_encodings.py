"""Characters come from the encoding that a file declares, exactly, or the file is refused."""

from __future__ import annotations

import codecs

import pytest

from regesta import reading
from regesta.findings import Finding
from regesta.reading import ParsedFile
from small_editions import tei

WORDS = "Déjà vu: Привет, 평양, 𠀀 and Ω"


def parsed(data: bytes) -> ParsedFile:
    result = reading.parse(data, "a.xml")
    assert isinstance(result, ParsedFile), result
    return result


def refused(data: bytes) -> Finding:
    result = reading.parse(data, "a.xml")
    assert isinstance(result, Finding), result.text
    return result


def declared(encoding: str, words: str = WORDS) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n' + tei(f"<p>{words}</p>")


def words_of(file: ParsedFile) -> str:
    return "".join(file.root.itertext("{*}p")).strip()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(tei(f"<p>{WORDS}</p>").encode(), WORDS, id="utf-8 undeclared"),
        pytest.param(codecs.BOM_UTF8 + declared("UTF-8").encode(), WORDS, id="utf-8 with a mark"),
        pytest.param(codecs.BOM_UTF8 + declared("UTF-8").replace("\n", "\r\n").encode(), WORDS, id="mark and CR LF"),
        pytest.param(codecs.BOM_UTF16_LE + declared("UTF-16").encode("utf-16-le"), WORDS, id="utf-16 little"),
        pytest.param(codecs.BOM_UTF16_BE + declared("UTF-16").encode("utf-16-be"), WORDS, id="utf-16 big"),
        pytest.param(declared("UTF-16").encode("utf-16-le"), WORDS, id="utf-16 little without mark"),
        pytest.param(declared("UTF-16").encode("utf-16-be"), WORDS, id="utf-16 big without mark"),
        pytest.param(codecs.BOM_UTF16_LE + tei(f"<p>{WORDS}</p>").encode("utf-16-le"), WORDS, id="utf-16, mark alone"),
        pytest.param(codecs.BOM_UTF32_LE + declared("UTF-32").encode("utf-32-le"), WORDS, id="utf-32"),
        pytest.param(declared("ISO-8859-1", "Déjà vu").encode("latin-1"), "Déjà vu", id="latin-1"),
        pytest.param(declared("KOI8-R", "Привет").encode("koi8-r"), "Привет", id="koi8-r"),
        pytest.param(declared("windows-1251", "Привет").encode("cp1251"), "Привет", id="windows-1251"),
        pytest.param(declared("EUC-KR", "평양").encode("euc-kr"), "평양", id="euc-kr"),
        pytest.param(declared("ks_c_5601-1987", "평양").encode("euc-kr"), "평양", id="korean by its other name"),
        pytest.param(declared("GB18030", "延安").encode("gb18030"), "延安", id="gb18030"),
    ],
)
def test_every_known_encoding_gives_its_characters(data: bytes, words: str) -> None:
    assert words_of(parsed(data)) == words


def test_a_mark_wins_over_a_declaration() -> None:
    assert words_of(parsed(codecs.BOM_UTF8 + declared("ISO-8859-1").encode())) == WORDS


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        pytest.param(declared("UTF-8", "\nDéjà").encode("latin-1"), 3, 2, id="latin-1 called utf-8"),
        pytest.param(declared("UTF-8", "\r\nDéjà").encode("latin-1"), 3, 2, id="the same with CR LF"),
        pytest.param(tei("<p>\rab\rcÿ</p>").encode("latin-1"), 3, 2, id="lines that end in CR"),
        pytest.param(declared("ASCII", "Déjà").encode(), 2, None, id="more than ASCII"),
        pytest.param(
            codecs.BOM_UTF16_LE + tei("<p>\r\nab").encode("utf-16-le") + b"\x00\xd8",
            3,
            None,
            id="half a pair in utf-16",
        ),
    ],
)
def test_bytes_that_are_not_in_the_declared_encoding_are_refused(data: bytes, line: int, column: int | None) -> None:
    found = refused(data)
    assert (found.rule, found.line) == ("encoding-wrong", line)
    assert column in (None, found.column)


@pytest.mark.parametrize(
    "name",
    [
        *("klingon", "x-user-defined", "hex", "base64", "rot13", "zlib"),
        *("unicode_escape", "idna", "punycode", "undefined", "utf-7"),
    ],
)
def test_what_is_no_encoding_of_text_is_unknown(name: str) -> None:
    found = refused(declared(name, "words").encode())
    assert (found.rule, found.line) == ("encoding-unknown", 1)
    assert name in found.message


def test_utf_8_that_calls_itself_utf_16_is_never_misread() -> None:
    assert refused(declared("UTF-16").encode()).rule in {"encoding-wrong", "not-well-formed"}


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\0\0\0\0"])
def test_a_file_without_anything_in_it_is_empty(data: bytes) -> None:
    assert refused(data).rule == "file-empty"


@pytest.mark.parametrize("where", ["<p>a\0b</p>", "<p a='\0'/>", "<p>\x0c</p>", "<p>\x01</p>", "<p>&#0;</p>"])
def test_characters_that_xml_forbids_are_refused(where: str) -> None:
    assert refused(tei(where).encode()).rule == "not-well-formed"
