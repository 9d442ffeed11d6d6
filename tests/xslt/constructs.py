"""How each construct of TEI is shown: a folder each, with a made-up source and the part of its page that must come out.

`python tests/xslt/constructs.py [NAME…]` makes the pages anew after a change of the stylesheets; what the change did
is then what `git diff tests/xslt/constructs` shows, and a reviewer reads that.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import etree
from pages import Made, Maker, facts

from regesta.records import Record
from regesta.rendering import Medium, NameLink, PageFacts
from regesta.resources import folder
from regesta.saxon import Saxon, Stylesheet

FOLDER = Path(__file__).parent / "constructs"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())

# What the catalogue knows in all of these cases.
KNOWN = facts(
    names=(
        NameLink("person", "#ell", "../persons/ell.html", "Ell"),
        NameLink("organisation", "#mint", "../organisations/mint.html", "Mint"),
        NameLink("place", "places.xml#harbour", "../places/harbour.html", "Harbour Town"),
        NameLink("term", "#salt", "../terms/salt.html", "salt"),
    ),
    media=(
        Medium("bridge.png", "../media/bridge.png", "image", 200, 100),
        Medium("talk.ogg", "../media/talk.ogg", "audio"),
    ),
)
_BLOCKS = (
    "article section div header p h[1-6] table tbody tr td th ul ol li dl dt dd figure blockquote aside svg fieldset"
)


def source(name: str) -> etree._Element:
    """Return the root of a case's source."""
    return etree.parse(FOLDER / name / "source.xml", etree.XMLParser(collect_ids=False)).getroot()


def made(maker: Maker, name: str, known: PageFacts = KNOWN) -> Made:
    """Return the page of a case."""
    return maker(source(name), Record(title="T"), known)


def excerpt(page: Made) -> str:
    """Return what lies between the regest and the names: the text, its switch and its notes, a line a block."""
    main = re.sub(r'^.*?<main id="main">', "", page.text, flags=re.DOTALL)
    main = re.sub(r"^.*?</header>", "", main, count=1, flags=re.DOTALL)
    main = re.sub(r'(<section class="names".*)?</main>.*$', "", main, flags=re.DOTALL)
    return re.sub(rf"\s*(?=<(?:{_BLOCKS.replace(' ', '|')})\b)", "\n", main).strip() + "\n"


def expected(name: str) -> Path:
    """Return the file that holds the excerpt of a case's page."""
    return FOLDER / name / "page.html"


if __name__ == "__main__":
    maker = Maker(Saxon((Stylesheet("page", path=folder("xslt") / "page.xsl"),)))
    for wanted in sys.argv[1:] or NAMES:
        expected(wanted).write_text(excerpt(made(maker, wanted)), encoding="utf-8")
