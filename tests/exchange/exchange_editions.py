"""Editions to export, and their exports, each made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regesta.edition import open_edition
from regesta.exchange.formats import FORMATS
from regesta.exporting import Export, export
from regesta.progress import Silent
from small_editions import NAMESPACE, write

CONFIG = """
[edition]
title = "Papers of the Ostrava legation"
subtitle = "A made-up edition"
editors = ["Novák, Jana", "Reuß, Otto"]
publisher = "Press & Archive"
licence = "https://creativecommons.org/licenses/by/4.0/"
rights = "Free to use with the name of the edition"
languages = ["en", "cs"]
url = "https://papers.example.org/legation"
date = 2024-05-02

[collection]
name = "Legation papers"
holder = "Archive of the Legation"

[exchange]
repository = "Archive of the Legation"
agency = "CZ-000000000"
admin_email = "archive@example.org"
identifier_prefix = "oai:papers.example.org"
"""

PERSONS = """
<person xml:id="hajek"><persName type="main">Hájek, Karel</persName><persName>K. Hajek</persName>
<idno type="VIAF">https://viaf.org/viaf/0000001</idno></person>
<person xml:id="orlova"><persName type="main">Orlova &lt;A.&gt;</persName></person>
"""
PLACES = '<place xml:id="ostrava"><placeName>Ostrava</placeName><location><geo>49.83 18.28</geo></location></place>'


def document(number: int, *, body: str, title: str, kind: str, more: str = "") -> str:
    """Return a TEI document with a full header."""
    return f"""<TEI xmlns="{NAMESPACE}" xml:id="paper-{number}" type="{kind}"><teiHeader xml:lang="en"><fileDesc>
<titleStmt><title>{title}</title><author ref="../registers/persons.xml#hajek">K. Hájek</author></titleStmt>
<publicationStmt><publisher>Press &amp; Archive</publisher><idno type="DOI">10.5555/paper-{number}</idno>
<availability><licence target="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</licence></availability>
</publicationStmt>
<sourceDesc><msDesc><msIdentifier><settlement>Ostrava</settlement><repository>Archive of the Legation</repository>
<idno type="shelfmark">Fond 7, box {number}</idno></msIdentifier></msDesc></sourceDesc></fileDesc>
<profileDesc><creation><date type="written" when="195{number}-03-0{number}">{number} March 195{number}</date></creation>
<langUsage><language ident="cs">Czech</language></langUsage>
<abstract><p>What is in paper {number}.</p></abstract>
<correspDesc><correspAction type="sent"><persName ref="../registers/persons.xml#hajek">K. Hájek</persName>
<placeName ref="../registers/places.xml#ostrava">Ostrava</placeName>
<date when="195{number}-03-0{number}"/></correspAction>
<correspAction type="received"><persName ref="../registers/persons.xml#orlova">A. Orlova</persName></correspAction>
</correspDesc>{more}</profileDesc></teiHeader><text><body>{body}</body></text></TEI>
"""


BODIES = {
    1: """<div><head>Report</head><p xml:id="p1">The envoy met <persName ref="../registers/persons.xml#orlova">Mrs
Orlova</persName>; see <ref target="paper-2.xml#p1">the reply</ref><note xml:id="n1" place="foot">Lost
<hi rend="italic">since</hi> 1960.</note> and <ref target="#n1">the note</ref>.</p>
<list><item>one &amp; two</item><item>3 &lt; 4</item></list>
<table><row><cell>a</cell><cell>b</cell></row></table></div>""",
    2: """<p xml:id="p1"><choice><sic>recieved</sic><corr>received</corr></choice> with thanks, дорогой друг, 朋友.</p>
<quote><p>As <hi rend="bold">agreed</hi>.</p></quote><lg><l>First line</l><l>second line</l></lg>""",
    3: "<div><gap reason='not-held' unit='document'/></div>",
}
TITLES = {1: "Report on a visit", 2: 'Reply: "yes" &amp; thanks', 3: "A paper that is known by its title only"}
KINDS = {1: "report", 2: "letter", 3: "telegram"}


def stated_edition(folder: Path) -> Path:
    """Write the made-up edition into `folder`, which is returned."""
    head = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt><publicationStmt><publisher>P</publisher>"
    head += "</publicationStmt><sourceDesc><p>Made up</p></sourceDesc></fileDesc></teiHeader>"
    register = f'<TEI xmlns="{NAMESPACE}">{head}<text><body><{{0}}>{{1}}</{{0}}></body></text></TEI>\n'
    return write(
        folder,
        {
            "edition.toml": CONFIG,
            "tei/registers/persons.xml": register.replace("{}", "Persons").format("listPerson", PERSONS),
            "tei/registers/places.xml": register.replace("{}", "Places").format("listPlace", PLACES),
            **{
                f"tei/documents/paper-{number}.xml": document(
                    number, body=body, title=TITLES[number], kind=KINDS[number]
                )
                for number, body in BODIES.items()
            },
        },
    )


def settings(edition: Path | None) -> str:
    """Return what an edition's edition.toml says of the edition and its collection, not where its sources are."""
    if edition is None:
        return ""
    lines, wanted = [], True
    for line in (edition / "edition.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            wanted = line.strip() in {"[edition]", "[collection]", "[exchange]"}
        lines += [line] if wanted else []
    return "\n".join(lines) + "\n"


@dataclass
class Exports:
    """The exports of an edition, each made when it is first asked for."""

    edition: Path | None
    source: Path | None
    folder: Path
    made: dict[str, Export] = field(default_factory=dict)

    def of(self, form: str) -> Export:
        """Return the export in the format `form`."""
        if form not in self.made:
            opened = open_edition(self.edition, self.source, self.folder / "build")
            self.made[form] = export(opened, form, self.folder / FORMATS[form].place, Silent(), jobs=1)
        return self.made[form]

    def files(self, form: str, ending: str = ".xml") -> list[Path]:
        """Return the files of the export whose names end in `ending`."""
        return sorted(self.of(form).path.rglob(f"*{ending}"))
