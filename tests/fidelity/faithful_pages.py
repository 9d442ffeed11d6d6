"""Small TEI documents made at random from a seed, a renderer that is true to them, and ways to spoil its pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from lxml import etree

NS = "http://www.tei-c.org/ns/1.0"
_VOCABULARY = (
    "the Central Committee delegation report of Korean Workers’ Party und Besprechung über Größe naïve café señor "
    "Москва совещание Ёлкин пленум 평양 조선로동당 중앙위원회 编号 文献 会谈纪要 אַרכיוו 1956 30. August (secret) "
    "“urgent” Nr. 7 telegram"
)
WORDS = tuple(_VOCABULARY.split())


def seeded(seed: int) -> Random:
    """Return a source of chance that is the same on each run."""
    return Random(seed)  # noqa: S311 (nothing is kept secret with it)


def found(tree: etree._Element, path: str) -> etree._Element:
    """Return the first element at `path`, which must be there."""
    element = tree.find(path)
    assert element is not None, path
    return element


def tei(body: str, header: str = "<title>Never on the page</title>") -> etree._Element:
    """Return a TEI element with this body."""
    return etree.fromstring(f'<TEI xmlns="{NS}"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>')


def html(body: str) -> str:
    """Return a page with this body."""
    return f"<!DOCTYPE html><html><head><title>Not text</title></head><body>{body}</body></html>"


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────


def random_document(random: Random) -> etree._Element:
    """Return a TEI element with paragraphs, lists, tables, notes, choices and breaks."""
    return tei("\n".join(_division(random) for _ in range(random.randint(1, 3))))


def _division(random: Random) -> str:
    blocks = [random.choice((_paragraph, _paragraph, _paragraph, _list, _table))(random) for _ in range(4)]
    return f"<div>\n<head>{_text(random, 3)}</head>\n" + "\n".join(blocks) + "\n</div>"


def _paragraph(random: Random) -> str:
    return "<p>" + "".join(_phrase(random, 0) for _ in range(random.randint(2, 6))) + "</p>"


def _list(random: Random) -> str:
    items = "\n  ".join(f"<item>{_phrase(random, 1)}</item>" for _ in range(random.randint(1, 4)))
    return f"<list>\n  {items}\n</list>"


def _table(random: Random) -> str:
    row = "<row>" + "".join(f"<cell>{_text(random, 2)}</cell>" for _ in range(3)) + "</row>"
    return f"<table>{row}\n{row}</table>"


def _phrase(random: Random, depth: int) -> str:
    text = f"{_text(random, random.randint(3, 8))}{random.choice(' -')}"
    inner = _text(random, 2) if depth > 1 else _phrase(random, depth + 1)
    return text + random.choice(
        (
            " ",
            f"<hi>{inner}</hi>",
            f"in{'word'}<hi>side</hi> ",
            f" <persName>{inner}</persName>, ",
            f"<note>{inner}</note>, ",
            f" <choice>\n<sic>{_text(random, 1)}</sic>\n<corr>{_text(random, 1)}</corr>\n</choice> ",
            '<lb/>after exam<lb break="no"/>ple ',
            " <pb n='2'/> ",
            " <quote>\n<p>" + inner + "</p>\n</quote>\n ",
            "<!-- a remark --> ",
        )
    )


def _text(random: Random, count: int) -> str:
    return escape(" ".join(random.choice(WORDS) for _ in range(count)))


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────

_TAGS = {"p": "p", "div": "div", "list": "ul", "item": "li", "table": "table", "row": "tr", "cell": "td", "head": "h2"}


def faithful_page(document: etree._Element, *, displace: bool = True) -> etree._Element:
    """Return the tree of a page that is true to the document; notes stand at its foot if `displace`."""
    notes = list(document.iter(f"{{{NS}}}note")) if displace else []
    page = etree.fromstring(
        "<html><head><title>T</title></head><body><nav data-generated=''>Go home</nav><main/></body></html>"
    )
    main = found(page, ".//main")
    for text in document.iterchildren(f"{{{NS}}}text"):
        main.append(_rendered(text, notes))
    for number, note in enumerate(notes, 1):
        shown = _rendered(note, notes, note)
        shown.set("data-note", str(number))
        main.append(shown)
    return page


def _rendered(
    element: etree._Element, notes: list[etree._Element], top: etree._Element | None = None
) -> etree._Element:
    if element in notes and element is not top:
        number = str(notes.index(element) + 1)
        call = etree.Element("a", {"data-generated": "", "data-note-call": number})
        call.text = number
        return call
    name = etree.QName(element).localname
    if name == "lb" and element.get("break") is None:
        return etree.Element("br")
    inside_quote = next(element.iterancestors(f"{{{NS}}}p", f"{{{NS}}}item"), None) is not None
    tag = "div" if name == "p" and inside_quote else _TAGS.get(name, "div" if name in ("text", "body") else "span")
    made = etree.Element(tag)
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str):
            made.append(_rendered(child, notes))
            made[-1].tail = child.tail
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + (child.tail or "")
        else:
            made.text = (made.text or "") + (child.tail or "")
    return made


def serialised(page: etree._Element) -> bytes:
    """Return the page as HTML."""
    return etree.tostring(page, method="html", encoding="utf-8")


# ── sabotage ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sabotage:
    """A way to spoil a page: the kind of fault it makes, and the function that does it or says that it cannot.

    The function returns how much the proof should count, or None when the page gives no occasion.
    """

    kind: str
    name: str
    spoil: Callable[[Random, etree._Element], int | None]


def _texts(page: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in found(page, ".//main").iter():
        if element.get("data-generated") is None and element.text:
            yield element, "text"
        if element.tag != "main" and element.tail:
            yield element, "tail"


def _edit(random: Random, page: etree._Element, change: Callable[[str], tuple[str, int] | None]) -> int | None:
    places = list(_texts(page))
    random.shuffle(places)
    for element, part in places:
        result = change(getattr(element, part))
        if result is not None:
            setattr(element, part, result[0])
            return result[1]
    return None


def _on_words(
    random: Random, change: Callable[[list[str], int], int | None]
) -> Callable[[str], tuple[str, int] | None]:
    """Make an edit of a word between two others; the white space at the ends stays."""

    def edit(text: str) -> tuple[str, int] | None:
        words = text.split(" ")
        places = [n for n in range(1, len(words) - 1) if all(words[n - 1 : n + 2])]
        if not places:
            return None
        count = change(words, random.choice(places))
        return None if count is None else (" ".join(words), count)

    return edit


def _drop(words: list[str], n: int) -> int | None:
    return len(words.pop(n))


def _double(words: list[str], n: int) -> int | None:
    words.insert(n, words[n])
    return len(words[n])


def _swap(words: list[str], n: int) -> int | None:
    short, long = sorted(words[n : n + 2], key=len)
    if len(short) < 4 or long.startswith(short):  # "word word-" swapped is no more than a hyphen that moved
        return None
    words[n], words[n + 1] = words[n + 1], words[n]
    return 0


def _glue(words: list[str], n: int) -> int | None:
    words[n : n + 2] = [words[n] + words[n + 1]]
    return 1


def _split(words: list[str], n: int) -> int | None:
    if len(words[n]) < 2:
        return None
    words[n : n + 1] = [words[n][:1], words[n][1:]]
    return 1


def _insert(words: list[str], n: int) -> int | None:
    words.insert(n, "zzqxj")
    return 5


def _normalise(text: str) -> tuple[str, int] | None:
    spoilt = unicodedata.normalize("NFD", text)
    changed = sum(unicodedata.normalize("NFD", character) != character for character in text)
    return (spoilt, changed) if spoilt != text else None


def _drop_call(random: Random, page: etree._Element) -> int | None:
    calls = page.findall(".//*[@data-note-call]")
    if not calls:
        return None
    del random.choice(calls).attrib["data-note-call"]
    return 0


def _move_call(random: Random, page: etree._Element) -> int | None:
    calls = page.findall(".//*[@data-note-call]")
    if not calls:
        return None
    call = random.choice(calls)
    stay = etree.Element("span")
    stay.tail, call.tail = call.tail, None
    call.addprevious(stay)
    found(page, ".//h2").append(call)
    return 0


def _words_of(change: Callable[[list[str], int], int | None]) -> Callable[[Random, etree._Element], int | None]:
    return lambda random, page: _edit(random, page, _on_words(random, change))


SABOTAGES = (
    Sabotage("missing", "drop", _words_of(_drop)),
    Sabotage("duplicated", "double", _words_of(_double)),
    Sabotage("moved", "swap", _words_of(_swap)),
    Sabotage("glued", "glue", _words_of(_glue)),
    Sabotage("split", "split", _words_of(_split)),
    Sabotage("inserted", "insert", _words_of(_insert)),
    Sabotage("changed", "normalise", lambda random, page: _edit(random, page, _normalise)),
    Sabotage("moved", "drop-call", _drop_call),
    Sabotage("moved", "move-call", _move_call),
)
