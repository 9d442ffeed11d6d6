"""Makes .docx files for tests, by hand and at random, and reads the characters of files and documents independently."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEI = "{http://www.tei-c.org/ns/1.0}"


def docx(
    path: Path, body: str, parts: Mapping[str, str] | None = None, *, more: Mapping[str, bytes] | None = None
) -> Path:
    """Write a .docx whose body is `body`; `parts` are others by kind (footnotes, comments, styles, numbering)."""
    parts = dict(parts or {})
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_KIND}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    relations += (
        f'<Relationship Id="link" Type="{_KIND}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    )
    relations += f'<Relationship Id="bad" Type="{_KIND}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels", _rels(f'<Relationship Id="a" Type="{_KIND}/officeDocument" Target="word/document.xml"/>')
        )
        package.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", _rels(relations))
        for kind, content in parts.items():
            package.writestr(f"word/{kind}.xml", f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>")
        for name, data in (more or {}).items():
            package.writestr(name, data)
    return path


def _rels(content: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{content}</Relationships>'


def p(content: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(words: str, properties: str = "", *, tag: str = "t") -> str:
    """Return a run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


# ── characters, read without the product ───────────────────────────────────────────────────────────────────


def told_by_file(root: etree._Element) -> tuple[str, list[str]]:
    """Return the words of a part in order, without those of text boxes, and those of each box, without white space."""
    main: list[str] = []
    boxes: dict[etree._Element, list[str]] = {}
    for text in root.iter(f"{{{W}}}t", f"{{{W}}}delText"):
        around = list(text.iterancestors())
        if any(str(each.tag).endswith("}Fallback") for each in around):
            continue
        box = next((each for each in around if str(each.tag).endswith("}txbxContent")), None)
        (main if box is None else boxes.setdefault(box, [])).append(text.text or "")
    return squeezed("".join(main)), [squeezed("".join(words)) for words in boxes.values()]


def told_by_tei(body: etree._Element) -> tuple[str, list[str], list[str]]:
    """Return the words of the body, of its text boxes together, and of each note, without white space."""
    main: list[str] = []
    boxed: list[str] = []
    notes: list[str] = []
    _walk(body, main, boxed, notes)
    return squeezed("".join(main)), [squeezed("".join(boxed))], [squeezed(each) for each in notes]


def _walk(node: etree._Element, main: list[str], boxed: list[str], notes: list[str]) -> None:
    main.append(node.text or "")
    for child in node:
        if child.tag == f"{TEI}note":
            own: list[str] = []
            _walk(child, own, boxed, notes)
            notes.append("".join(own))
        elif "text-box" in child.get("rend", ""):
            _walk(child, boxed, boxed, notes)
        elif child.tag not in {f"{TEI}gap", f"{TEI}fw"}:
            _walk(child, main, boxed, notes)
        main.append(child.tail or "") if "text-box" not in node.get("rend", "") else boxed.append(child.tail or "")


def squeezed(words: str) -> str:
    """Return the words without white space."""
    return "".join(words.split())


# ── documents at random ────────────────────────────────────────────────────────────────────────────────────

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{based}</w:style>'
    for name, based in (
        ("Normal", ""), ("heading 1", ""), ("heading 2", ""), ("heading 3", ""), ("Title", ""), ("Quote", ""),
        ("Signature", ""), ("Date", ""), ("Own", '<w:basedOn w:val="heading2"/>'), ("Odd", '<w:rPr><w:i/></w:rPr>'),
    )
)  # fmt: skip
STYLES += '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate((("decimal", "%1."), ("lowerLetter", "%2)"), ("upperRoman", "%1.%3")))
    )
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


class Chance:
    """One random document: its body, and its notes and comments in the order in which the body leads to them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - tests that come out the same each time
        self.words = 0
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": [], "comment": []}

    def body(self) -> str:
        """Return the content of a body."""
        return "".join(self.block(2) for _ in range(self.random.randint(1, 12)))

    def parts(self) -> dict[str, str]:
        """Return the other parts of the document."""
        made = {"styles": STYLES, "numbering": NUMBERING}
        for kind, listed in self.notes.items():
            notes = "".join(
                f'<w:{kind} w:id="{number}" w:author="A B" w:date="2020-01-02T00:00:00Z">{content}</w:{kind}>'
                for number, content in enumerate(listed)
            )
            made[f"{kind}s"] = notes
        return made

    def block(self, depth: int) -> str:
        """Return a paragraph, table or content control."""
        choice = self.random.random()
        if choice < 0.1 and depth:
            rows = "".join(
                "<w:tr>"
                + "".join(f"<w:tc>{self.cell(depth - 1)}</w:tc>" for _ in range(self.random.randint(1, 3)))
                + "</w:tr>"
                for _ in range(self.random.randint(1, 3))
            )
            return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"
        if choice < 0.15 and depth:
            return f"<w:sdt><w:sdtContent>{self.block(depth - 1)}</w:sdtContent></w:sdt>"
        return self.paragraph(depth)

    def cell(self, depth: int) -> str:
        """Return the content of a cell, with what merges it."""
        merge = self.random.choice(["", "", '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'])
        return f"<w:tcPr>{merge}</w:tcPr>" + "".join(self.block(depth) for _ in range(self.random.randint(1, 2)))

    def paragraph(self, depth: int) -> str:
        """Return a paragraph of some style."""
        style = self.random.choice(
            ["Normal"] * 6
            + ["heading1", "heading2", "heading3", "Title", "Quote", "Signature", "Date", "Own", "Odd", "None"]
        )
        properties = f'<w:pStyle w:val="{style}"/>'
        if self.random.random() < 0.25:
            level, number = self.random.randint(0, 2), self.random.choice("12")
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        properties += self.random.choice(["", "", '<w:jc w:val="right"/>', "<w:pageBreakBefore/>"])
        return p("".join(self.piece(depth) for _ in range(self.random.randint(0, 5))), properties)

    def piece(self, depth: int) -> str:
        """Return a run or something around runs."""
        choice = self.random.randint(0, 15)
        if choice > 5 or not depth:
            return self.run()
        inner = "".join(self.piece(depth - 1) for _ in range(self.random.randint(1, 2)))
        who = f'w:author="{self.random.choice(["A B", "C D"])}" w:date="2020-01-0{self.random.randint(1, 3)}T00:00:00Z"'
        return (
            f'<w:ins w:id="1" {who}>{inner}</w:ins>',
            f'<w:del w:id="2" {who}>{inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")}</w:del>',
            f'<w:hyperlink r:id="{self.random.choice(["link", "bad"])}">{inner}</w:hyperlink>',
            f"<w:smartTag>{inner}</w:smartTag>",
            self.box(depth),
            self.reference(),
        )[choice]

    def run(self) -> str:
        """Return a run of a new word, so that none can be taken for another."""
        self.words += 1
        look = self.random.choice(
            ["", "", "<w:b/>", "<w:i/><w:b/>", '<w:rStyle w:val="Strong"/>', '<w:u w:val="single"/>', "<w:vanish/>"]
        )
        return r(f"{self.random.choice(['', ' '])}w{self.words}ü한", look) + self.random.choice(
            ["", "", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"]
        )

    def reference(self) -> str:
        """Return a note or comment with its reference."""
        kind = self.random.choice(list(self.notes))
        self.notes[kind].append("")
        number = len(self.notes[kind]) - 1
        self.notes[kind][number] = "".join(p(self.run()) for _ in range(self.random.randint(1, 2)))
        start = f'<w:commentRangeStart w:id="{number}"/>' if kind == "comment" else ""
        return f'{start}{self.run()}<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def box(self, depth: int) -> str:
        """Return a text box, in its new and old form."""
        content = f"<w:txbxContent>{self.block(depth - 1)}</w:txbxContent>"
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>'
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
