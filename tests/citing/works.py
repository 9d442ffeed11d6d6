"""Records made up for the tests of citing."""

from __future__ import annotations

from regesta.citing.work import Work, work
from regesta.records import DatedEvent, Holding, Identifier, Mention, Record, ShelfmarkPart
from regesta.rendering import EditionFacts

EDITION = EditionFacts(
    title="Papers of the Harbour Board",
    stated_title="Papers of the Harbour Board",
    editors=("Ada Quay", "The Harbour Society"),
    publisher="Mole Press",
    url="https://example.org/harbour/",
)
SHELFMARK = tuple(
    ShelfmarkPart(unit, value)
    for unit, value in (("fond", "0102"), ("opis", "12"), ("papka", "68"), ("delo", "4"), ("list", "1–5"))
)
CABLE = Record(
    title="Cable on the dredging of berths",
    type="cable",
    dates=(DatedEvent("sent", "16 September", "1956-09-16"),),
    languages=("ru",),
    mentions=(
        Mention("person", "#pilot", "P. Pilot", "author"),
        Mention("organisation", "#board", "Harbour Board", "addressee"),
        Mention("person", "", "Jane Doe", "translator"),
    ),
    holdings=(Holding("State Archive", "Moscow", shelfmark="f. 0102", parts=SHELFMARK),),
    identifiers=(Identifier("record", "120806"), Identifier("DOI", "10.1234/abc")),
    abstract="The berths silt up.",
    rights_url="https://creativecommons.org/publicdomain/zero/1.0/",
    order=7,
)
HOSTILE = Record(
    title=(
        'A "quoted" {braced}, 100 % & #1 \\ $5_x ~ ^ <b>bold</b> </script><script>alert(1)</script> '
        'مرحبا 편지 Ünïcode <span class="nocase">x</span> \U0010f000\U0010fff1'
    ),
    type="letter",
    mentions=(
        Mention("person", "", "Smith and Sons, Ltd.", "author"),
        Mention("person", "", 'O\'Neil "Ace" {X}', "author"),
    ),
    dates=(DatedEvent("written", "1800?"),),
)
LONG = Record(title="Long " * 400, mentions=tuple(Mention("person", "", f"Name {n}", "author") for n in range(300)))
RANGE = Record(title="Journal", dates=(DatedEvent("written", date_from="1956-09-01", date_to="1956-10"),))
BARE = Record(title="Untitled")


def cited(record: Record, identifier: str = "doc-1", edition: EditionFacts = EDITION) -> Work:
    return work(identifier, record.title, record, edition)


ALL = {
    "cable": cited(CABLE),
    "hostile": cited(HOSTILE, "doc 2, ü"),
    "long": cited(LONG, "doc-3"),
    "range": cited(RANGE, "doc-4"),
    "bare": cited(BARE, "doc-5"),
}
