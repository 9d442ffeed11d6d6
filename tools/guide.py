"""The examples of docs/encoding.md: each is put into a document, checked and made a page, and what came of it is told.

A section of the guide is a heading with a number. Its fenced blocks say after `xml` where the example stands in a
document (a slot of TEMPLATE); those that also say `wrong` take the place of the right one of that slot. The blocks
`text page` and `text validator` are made here: what the section adds to a page without it, and the findings on the
wrong example.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "encoding.md"
TEI = "http://www.tei-c.org/ns/1.0"
_FENCE = re.compile(r"```(?P<words>[^\n]*)\n(?P<body>.*?)```\n", re.DOTALL)
_HEADING = re.compile(r"^### (?P<number>\d+)\. .*$", re.MULTILINE)
_BLOCKS = {
    "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr",
    "ul",
}  # fmt: skip
EDITION = """[edition]
title = "Examples"
url = "https://examples.example.org/"
licence = "CC0-1.0"
languages = ["en"]
editors = ["The Regesta edition"]
publisher = "The Regesta edition"

[sources]
schema = "regesta"
"""
TEMPLATE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="ID" type="report">
<teiHeader xml:lang="en"><fileDesc>
<titleStmt><title>An example</title><?titles?>
<respStmt><resp>invention</resp><orgName>The Regesta edition</orgName></respStmt></titleStmt>
<publicationStmt><publisher>The Regesta edition</publisher>
<availability><licence target="https://creativecommons.org/publicdomain/zero/1.0/">CC0 1.0</licence></availability>
</publicationStmt>
<?notesStmt?>
<sourceDesc><?msDesc?><listBibl><bibl xml:id="list" type="listing">A list</bibl></listBibl><?listWit?></sourceDesc>
</fileDesc>
<encodingDesc><?encodingDesc?></encodingDesc>
<profileDesc><?creation?><?langUsage?><?settingDesc?><?handNotes?></profileDesc>
<revisionDesc status="published"><change>Made up.</change></revisionDesc></teiHeader>
<text xml:lang="en"><?text?></text></TEI>
"""
DEFAULTS = {
    "creation": '<creation><date type="event" when="1953-06-09">9 June 1953</date></creation>',
    "encodingDesc": '<editorialDecl><p xml:id="editors">The editors of the examples.</p></editorialDecl>',
    "handNotes": "",
    "text": "<body><div><?top?><?div?></div></body>",
    "div": "<p>Lamps.</p>",
}


@dataclass(frozen=True)
class Example:
    """A fenced block of TEI: where it goes in the document, and whether it is the wrong one."""

    slot: str
    markup: str
    wrong: bool


@dataclass(frozen=True)
class Section:
    """A section of the guide: its number, its right examples, and its wrong ones in their order."""

    number: int
    text: str
    start: int
    end: int

    @property
    def examples(self) -> list[Example]:
        """Return the examples in their order."""
        return [
            Example(words[1], found["body"].strip(), "wrong" in words)
            for found in _FENCE.finditer(self.text)
            if (words := found["words"].split())[:1] == ["xml"]
        ]

    def document(self, identifier: str, wrong: Example | None = None) -> str:
        """Return the document of the right examples; the wrong one takes the place of that of its slot."""
        slots: dict[str, list[str]] = {}
        for each in self.examples:
            if not each.wrong and not (wrong and each.slot == wrong.slot):
                slots.setdefault(each.slot, []).append(each.markup)
        if wrong:
            slots[wrong.slot] = [wrong.markup]
        return document(identifier, {slot: "\n".join(those) for slot, those in slots.items()})


def document(identifier: str, slots: dict[str, str]) -> str:
    """Return a document with the slots filled.

    `root` gives the attributes of TEI; `p` is the content of a paragraph, after the blocks of `div`.
    """
    slots = {**DEFAULTS, **slots}
    if "p" in slots:
        blocks = "" if slots["div"] == DEFAULTS["div"] else slots["div"]
        slots["div"] = f"{blocks}<p>{slots['p']}</p>"
    text = TEMPLATE.replace('"ID"', f'"{identifier}"', 1)
    for slot in ("text", *slots):
        text = text.replace(f"<?{slot}?>", slots[slot])
    attributes = re.findall(r' (?:sub)?type="[^"]*"', slots.get("root", ""))
    if attributes:
        text = text.replace(' type="report"', "".join(attributes), 1)
    return re.sub(r"<\?[a-zA-Z]+\?>", "", text)


def sections(text: str) -> Iterator[Section]:
    """Yield the numbered sections of the guide."""
    starts = list(_HEADING.finditer(text))
    for found in starts:
        rest = re.search(r"^#{2,3} ", text[found.end() :], re.MULTILINE)
        end = found.end() + rest.start() if rest else len(text)
        yield Section(int(found["number"]), text[found.start() : end], found.start(), end)


def made(text: str) -> str:
    """Return the guide with its made blocks as they are now. Raises ValueError for an example that is not right."""
    all_sections = list(sections(text))
    with tempfile.TemporaryDirectory() as folder:
        pages, right, wrong = _tried(all_sections, Path(folder))
    for section in all_sections:
        if right.get(f"s-{section.number}"):
            raise ValueError(f"the example of section {section.number} is not right: {right[f's-{section.number}']}")
    done, at = [], 0
    for section in all_sections:
        done.append(text[at : section.start])
        done.append(_filled(section, pages[f"s-{section.number}"], wrong))
        at = section.end
    return "".join(done) + text[at:]


def _filled(section: Section, page: list[str], wrong: dict[str, list[str]]) -> str:
    number = iter(range(1, 100))

    def fill(found: re.Match[str]) -> str:
        words = found["words"].split()
        if words == ["text", "page"]:
            return "```text page\n" + "".join(f"{line}\n" for line in page) + "```\n"
        if words == ["text", "validator"]:
            said = wrong.get(f"s-{section.number}-{next(number)}", [])
            return "```text validator\n" + "".join(f"{line}\n" for line in said) + "```\n"
        return found[0]

    return _FENCE.sub(fill, section.text)


def _tried(
    all_sections: list[Section], folder: Path
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[str]]]:
    """Return the lines that each section adds to a page, the faults of its examples, and those of its wrong ones."""
    tei = folder / "tei"
    tei.mkdir()
    (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
    written = {"base": document("base", {})}
    for section in all_sections:
        written[f"s-{section.number}"] = section.document(f"s-{section.number}")
        for number, example in enumerate((each for each in section.examples if each.wrong), start=1):
            name = f"s-{section.number}-{number}"
            written[name] = section.document(name, example)
    for name, text in written.items():
        (tei / f"{name}.xml").write_text(text, encoding="utf-8")
    output = folder / "build"
    command = [sys.executable, "-m", "regesta", "build", "--edition", str(folder), "--output", str(output), "--quiet"]
    run = subprocess.run([*command, "--jobs", "1"], check=False, capture_output=True, text=True)  # noqa: S603
    if run.returncode not in {0, 1}:
        raise ValueError(run.stderr)
    findings = _findings(output / "findings.json")
    base = _lines(output / "site" / "documents" / "base.html")
    pages = {
        name: _added(base, _lines(output / "site" / "documents" / f"{name}.html"))
        for name in written
        if (output / "site" / "documents" / f"{name}.html").is_file()
    }
    rights = {f"s-{section.number}" for section in all_sections} | {"base"}
    return (
        pages,
        {name: said for name, said in findings.items() if name in rights},
        {name: said for name, said in findings.items() if name not in rights},
    )


def _findings(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in json.loads(path.read_text(encoding="utf-8"))["findings"]:
        found.setdefault(Path(each["path"]).stem, []).append(f"{each['severity']}: {each['message']}  {each['rule']}")
    return found


def _lines(path: Path) -> list[str]:
    """Return the text of a page's main part as it comes, a line a block, without what leads elsewhere."""
    main = html.parse(str(path)).getroot().find(".//main")
    pieces: list[str] = []

    def walk(node: etree._Element, *, apart: bool) -> None:
        if not isinstance(node.tag, str) or _is_aside(node):
            return
        block = node.tag in _BLOCKS
        apart = apart or node.tag in {"dl", "header", "td", "th"} or node.get("id", "").startswith("note-")
        pieces.append("\n" if block else " " if apart else "")
        pieces.append(re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            walk(child, apart=apart)
            pieces.append(re.sub(r"\s+", " ", child.tail or ""))
        pieces.append("\n" if block or node.tag == "br" else " " if apart else "")

    if main is not None:
        walk(main, apart=False)
    return [" ".join(line.split()) for line in "".join(pieces).split("\n") if line.strip()]


def _is_aside(node: etree._Element) -> bool:
    """Say whether an element is no part of the text as the page comes: other readings, their switch, ways to cite."""
    hidden = {"folded", "sigla"} & set(node.get("class", "").split())
    return node.tag in {"nav", "fieldset"} or node.get("id") in {"around", "cite"} or bool(hidden)


def _added(base: list[str], lines: list[str]) -> list[str]:
    """Return the lines that are not those of the base page."""
    known = Counter(base)
    added = []
    for line in lines:
        if known[line]:
            known[line] -= 1
        else:
            added.append(line)
    return added
