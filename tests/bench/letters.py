"""Letters for measurements: an edition of as many as one likes, some 8 KB each, all made up, the same for a seed.

    python tests/bench/letters.py FOLDER [COUNT]

Each letter has a full header, names that lead to two registers, notes, page breaks and doubtful readings, and is valid
against schema/regesta.rng and so against tei_all.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

_EDITION = """[edition]
title = "Letters of the Board of Lighthouses (made up)"
editors = ["Nobody"]
publisher = "The benchmark"
licence = "CC0-1.0"
languages = ["en"]
url = "https://example.org/letters/"

[sources]
schema = "regesta"
"""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" '
_PUBLICATION = """<publicationStmt>
        <publisher>The benchmark</publisher>
        <availability>
          <licence target="https://creativecommons.org/publicdomain/zero/1.0/">CC0 1.0</licence>
        </availability>
      </publicationStmt>"""
_ENCODING = """<encodingDesc>
      <editorialDecl>
        <p xml:id="invention">Nothing here was ever written by anybody.</p>
      </editorialDecl>
    </encodingDesc>"""

_FORENAMES = ("Ada", "Bruno", "Carla", "Dmitri", "Elin", "Farid", "Greta", "Hong", "Ines", "Jovan")
_SURNAMES = ("Lamp", "Wick", "Beacon", "Harbour", "Tide", "Anchor", "Reef", "Signal", "Storm", "Pilot", "Spray", "Keel")
_CAPES = ("Nowhere", "Sorrow", "Plenty", "Farewell", "Patience", "Thunder", "Silence", "Comfort")
_BODIES = ("Board of Lighthouses", "Harbour Council", "Office of Tides", "Union of Keepers")
_WHO = ("the keeper", "our deputy", "the engineer", "a pilot", "the whole crew", "the inspector", "nobody here")
_DID = ("reported", "denied", "asked", "insisted", "heard from the mainland", "wrote in the log", "told the committee")
_WHAT = (
    "the oil would last until spring", "the second lamp had failed twice", "no ship had passed in nine days",
    "the new lens was on its way", "the accounts of last year could not be found", "the fog signal should be replaced",
    "two members of the board had resigned", "the question must be put to the plenum", "the pay was late again",
    "relations with the neighbouring station were correct", "the storm had carried off the landing stage",
)  # fmt: skip
_PARAGRAPHS = range(6, 9)
_SENTENCES = 3
_PARAGRAPHS_ON_PAGE = 3


def write_edition(folder: Path, count: int, seed: str = "letters") -> Path:
    """Write an edition of `count` letters with its registers into the folder, and return the folder of the letters."""
    documents, registers = folder / "tei" / "documents", folder / "tei" / "registers"
    documents.mkdir(parents=True)
    registers.mkdir()
    (folder / "edition.toml").write_text(_EDITION, encoding="utf-8")
    (registers / "persons.xml").write_text(_register("persons", _persons()), encoding="utf-8")
    (registers / "places.xml").write_text(_register("places", _places()), encoding="utf-8")
    for number in range(1, count + 1):
        (documents / f"letter-{number:05}.xml").write_text(letter(number, seed), encoding="utf-8")
    return documents


def letter(number: int, seed: str = "letters") -> str:
    """Return the letter with this number, which is the same whatever other letters there are."""
    pick = random.Random(f"{seed} {number}")  # noqa: S311 - a sample, not a secret
    written = date(1901, 1, 1) + timedelta(days=pick.randrange(3650))
    received = written + timedelta(days=pick.randrange(1, 20))
    sender, addressee = pick.sample(range(len(_FORENAMES) * len(_SURNAMES)), 2)
    cape = pick.randrange(len(_CAPES))
    body = "\n".join(_paragraph(pick, number) for number in range(pick.choice(_PARAGRAPHS)))
    return f"""{_HEAD}xml:id="letter-{number:05}" type="letter">
  <teiHeader xml:lang="en">
    <fileDesc>
      <titleStmt>
        <title>Letter {number} from {_name(sender)} to {_name(addressee)}</title>
        <author ref="{_person_ref(sender)}">{_name(sender)}</author>
        <respStmt>
          <resp>invention</resp>
          <orgName>The benchmark</orgName>
        </respStmt>
      </titleStmt>
      {_PUBLICATION}
      <sourceDesc>
        <msDesc>
          <msIdentifier>
            <repository>Archive of Lights</repository>
            <idno type="shelfmark">Box <idno type="box">{number // 100 + 1}</idno>, folder <idno
              type="folder">{number % 100 + 1}</idno></idno>
          </msIdentifier>
        </msDesc>
        <listBibl>
          <bibl type="print" xml:id="print">Printed nowhere.</bibl>
        </listBibl>
      </sourceDesc>
    </fileDesc>
    {_ENCODING}
    <profileDesc>
      <creation>
        <date type="written" when="{written}">{written}</date>
        <date type="received" when="{received}">{received}</date>
      </creation>
      <langUsage>
        <language ident="en">English</language>
      </langUsage>
      <abstract source="#print">
        <p>{_sentence(pick)}</p>
      </abstract>
      <correspDesc>
        <correspAction type="sent">
          <persName ref="{_person_ref(sender)}">{_name(sender)}</persName>
          <placeName ref="{_place_ref(cape)}">Cape {_CAPES[cape]}</placeName>
          <date when="{written}">{written}</date>
        </correspAction>
        <correspAction type="received">
          <persName ref="{_person_ref(addressee)}">{_name(addressee)}</persName>
        </correspAction>
      </correspDesc>
    </profileDesc>
    <revisionDesc status="published">
      <change when="2001-01-01">Made up.</change>
    </revisionDesc>
  </teiHeader>
  <text xml:lang="en">
    <body>
      <div type="document">
        <pb n="1"/>
        <head>No. {number}</head>
        <opener><dateline>Cape {_CAPES[cape]}, <date when="{written}">{written}</date></dateline>
          <salute>Dear {_name(addressee)},</salute></opener>
{body}
        <closer><salute>Yours in all weathers,</salute> <signed>{_name(sender)}</signed></closer>
      </div>
    </body>
  </text>
</TEI>
"""


def _paragraph(pick: random.Random, number: int) -> str:
    """Return paragraph number `number`: sentences with a name or a reading in each, a note, and maybe a page break."""
    sentences = [
        f"{_sentence(pick)} {pick.choice(_markup(pick))}{pick.choice((',', ' and', ' but'))} {_clause(pick)}."
        for _ in range(_SENTENCES)
    ]
    at = pick.randrange(len(sentences))
    sentences[at] += f'<note type="editorial" place="foot" n="{number + 1}">{_sentence(pick)}</note>'
    page, first = divmod(number, _PARAGRAPHS_ON_PAGE)
    begin = f'        <pb n="{page + 1}"/>\n' if page and not first else ""
    words = "\n          ".join(sentences)
    return f"{begin}        <p>{words}</p>"


def _markup(pick: random.Random) -> Sequence[str]:
    person, place = pick.randrange(len(_FORENAMES) * len(_SURNAMES)), pick.randrange(len(_CAPES))
    return (
        f'<persName ref="{_person_ref(person)}">{_name(person)}</persName>',
        f'<placeName ref="{_place_ref(place)}">Cape {_CAPES[place]}</placeName>',
        f"<orgName>{pick.choice(_BODIES)}</orgName>",
        "<choice><sic>recieved</sic><corr>received</corr></choice>",
        '<unclear reason="illegible">three</unclear> barrels',
        '<hi rend="underline">at once</hi>',
    )


def _sentence(pick: random.Random) -> str:
    clause = _clause(pick)
    return f"{clause[0].upper()}{clause[1:]}."


def _clause(pick: random.Random) -> str:
    return f"{pick.choice(_WHO)} {pick.choice(_DID)} that {pick.choice(_WHAT)}"


def _name(number: int) -> str:
    return f"{_FORENAMES[number % len(_FORENAMES)]} {_SURNAMES[number // len(_FORENAMES)]}"


def _person_ref(number: int) -> str:
    return f"../registers/persons.xml#person-{number:03}"


def _place_ref(number: int) -> str:
    return f"../registers/places.xml#place-{number}"


def _persons() -> str:
    numbers = range(len(_FORENAMES) * len(_SURNAMES))
    entries = (
        f'<person xml:id="person-{number:03}"><persName type="main">{_name(number)}</persName></person>'
        for number in numbers
    )
    return f"<listPerson>{''.join(entries)}</listPerson>"


def _places() -> str:
    entries = (
        f'<place xml:id="place-{number}"><placeName type="main">Cape {cape}</placeName></place>'
        for number, cape in enumerate(_CAPES)
    )
    return f"<listPlace>{''.join(entries)}</listPlace>"


def _register(name: str, entries: str) -> str:
    return f"""{_HEAD}xml:id="{name}" type="register" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Register of {name}</title>
        <respStmt>
          <resp>invention</resp>
          <orgName>The benchmark</orgName>
        </respStmt>
      </titleStmt>
      {_PUBLICATION}
      <sourceDesc>
        <p>Made up.</p>
      </sourceDesc>
    </fileDesc>
    {_ENCODING}
    <revisionDesc status="published">
      <change when="2001-01-01">Made up.</change>
    </revisionDesc>
  </teiHeader>
  <text>
    <body>{entries}</body>
  </text>
</TEI>
"""


if __name__ == "__main__":
    write_edition(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
