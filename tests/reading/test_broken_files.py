"""What is said of files that are no XML, in words that somebody understands who did not write a parser."""

from __future__ import annotations

import pytest

from regesta import reading
from regesta.findings import Finding


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<TEI", "The start tag of TEI has no end."),
        ("<TEI>\n<p ren", "The attribute ren has no value; <TEI>, opened in line 1, is still open there."),
        ("<TEI><p>a</hi></p></TEI>", "</hi> stands where </p> is due;"),
        ('<TEI><p n="1" n="2"/></TEI>', "The attribute n stands here twice;"),
        ('<TEI><p n="1>a</p></TEI>', "A < stands in an attribute, which may lack its last quote;"),
        ("<TEI><p>Ways & means</p></TEI>", 'An & stands alone; in XML it is written "&amp;";'),
        ("<TEI><p>a < b</p></TEI>", 'No name follows a <, which in a text is written "&lt;";'),
        ("<TEI><!-- a -- b --></TEI>", "Two hyphens stand within a comment;"),
    ],
)
def test_frequent_slips_are_told_in_plain_words(source: str, said: str) -> None:
    found = reading.parse(source.encode(), "a.xml")
    assert isinstance(found, Finding)
    assert found.rule == "not-well-formed"
    assert said in found.message
