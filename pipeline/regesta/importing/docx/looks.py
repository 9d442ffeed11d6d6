"""How a run looks: what its character style and its own properties add to the paragraph's style (17.7.3, 17.3.2)."""

from __future__ import annotations

from lxml import etree

from regesta.importing.docx.parts import Document, is_on, value, w
from regesta.importing.inline import Mark, Marks
from regesta.importing.transcript_mapping import CharacterMeaning, TranscriptMapping

_TOGGLES = {
    "b": "bold", "i": "italic", "caps": "caps", "smallCaps": "small-caps", "strike": "strikethrough",
    "dstrike": "strikethrough", "vanish": "hidden",
}  # fmt: skip
_ORDER = ("bold", "italic", "underline", "small-caps", "caps", "strikethrough", "superscript", "subscript", "hidden")
_LINKS = frozenset(["hyperlink", "internet link", "followedhyperlink", "visited internet link"])
_PLAIN_STYLES = _LINKS | frozenset(
    ["footnote reference", "endnote reference", "annotation reference", "hyperlink", "internet link", "line number",
     "page number", "default paragraph font", "followedhyperlink", "footnote characters", "endnote characters",
     "footnote anchor", "endnote anchor", "visited internet link", "numbering symbols", "bullets"]
)  # fmt: skip


class Looks:
    """Reads run properties into marks; `unknown` counts the character styles that mean nothing here."""

    def __init__(self, document: Document, mapping: TranscriptMapping) -> None:
        self.document, self.mapping = document, mapping
        self.unknown: dict[str, int] = {}
        self._styles: dict[str, dict[str, bool]] = {}

    def marks(self, properties: etree._Element | None, paragraph_style: str) -> Marks:
        """Return the marks of a run with these properties in a paragraph of this style."""
        style = value(properties, "rStyle") or ""
        meaning = self._meaning(style)
        base = self._of_style(paragraph_style)
        shown = dict(base)
        if meaning is None and not self._is_link(style):
            for name, on in self._of_style(style).items():
                shown[name] = on != base.get(name, False) if name in _TOGGLES.values() else on
        shown.update(own(properties))
        words = [name for name in _ORDER if shown.get(name) and not base.get(name)]
        found: list[Mark] = []
        if meaning is not None and meaning.element != "plain":
            found.append(Mark(meaning.element, (("rend", meaning.rend),) if meaning.rend else ()))
        if words:
            found.append(Mark("hi", (("rend", " ".join(words)),)))
        return tuple(found)

    def _meaning(self, style: str) -> CharacterMeaning | None:
        """Return what the mapping says of the style or of one that it is based on; count it when nobody knows it."""
        ancestry = self.document.ancestry(style)
        for each in ancestry:
            stated = self.mapping.character(each.name)
            if stated is not None:
                return stated
        if ancestry and not self._of_style(style) and ancestry[0].name.casefold() not in _PLAIN_STYLES:
            self.unknown[ancestry[0].name] = self.unknown.get(ancestry[0].name, 0) + 1
        return None

    def _is_link(self, identifier: str) -> bool:
        """Return whether the style is that of links, whose look the links themselves bring along."""
        found = self.document.styles.get(identifier)
        return found is not None and found.name.casefold() in _LINKS

    def _of_style(self, identifier: str) -> dict[str, bool]:
        if identifier not in self._styles:
            found: dict[str, bool] = {}
            for style in reversed(self.document.ancestry(identifier)):
                found.update(own(style.element.find(w("rPr"))))
            self._styles[identifier] = found
        return self._styles[identifier]


def own(properties: etree._Element | None) -> dict[str, bool]:
    """Return what these properties themselves say of the look."""
    found: dict[str, bool] = {}
    for name, word in _TOGGLES.items():
        on = is_on(properties, name)
        if on is not None:
            found[word] = on or found.get(word, False)
    underline = value(properties, "u")
    if underline is not None:
        found["underline"] = underline not in {"none", ""}
    position = value(properties, "vertAlign")
    if position is not None:
        found["superscript"], found["subscript"] = position == "superscript", position == "subscript"
    return found
