"""The registers of an edition: what is there stays as it is, what is new is added in the order of the ids.

Names are matched letter for letter against main names, and nothing else: variants never match, nothing is merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from regesta.documents import TEI
from regesta.identifiers import short_hash
from regesta.importing import naming, when
from regesta.importing.headers import FILES, availability
from regesta.importing.mapping import Entry, RecordText, RegisterFile
from regesta.importing.markup import XML_ID, append, element
from regesta.importing.when import When

_PARENTHESES = re.compile(r"\s*\(([^()]*)\)\s*$")
_DATE_INSIDE = re.compile(
    r"(?:(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) )?"
    r"(?:1\d{3}|20\d{2})(?:(?:-| to )(?:1\d{3}|20\d{2}))?"
)


@dataclass(frozen=True)
class Kind:
    """A kind of entity: its list, its entry, its name in TEI, and what its register is called."""

    name: str
    list: str
    entry: str
    title: str
    id: str

    @property
    def file(self) -> str:
        """Return the name of the register's file."""
        return FILES[self.name]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("person", "listPerson", "person", "Register of persons", "persons"),
        Kind("org", "listOrg", "org", "Register of organisations", "organisations"),
        Kind("place", "listPlace", "place", "Register of places", "places"),
        Kind("event", "listEvent", "event", "Register of events", "events"),
        Kind("term", "list", "label", "Register of terms and abbreviations", "terms"),
    )
}


@dataclass
class Register:
    """The entries of one register by id, and the main names that lead to them; those in `old` were there before."""

    kind: Kind
    root: etree._Element | None = None
    entries: dict[str, tuple[etree._Element, ...]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    old: frozenset[str] = frozenset()
    told: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """Return how many entries were there before."""
        return len(self.old)

    @staticmethod
    def of(kind: Kind, root: etree._Element | None) -> Register:
        """Return the register that the edition has at `root` (None: none yet)."""
        register = Register(kind, root)
        for entry in [] if root is None else root.iterfind(f".//{{{TEI}}}{kind.entry}"):
            identifier = entry.get(XML_ID, "")
            name = entry if kind.name == "term" else next(iter(entry), None)
            item = entry.getnext() if kind.name == "term" else None
            register.entries[identifier] = (entry,) if item is None else (entry, item)
            register.keys[" ".join("".join("" if name is None else name.itertext()).split())] = identifier
        register.names = {key: name for name, key in register.keys.items()}
        register.old = frozenset(register.entries)
        return register

    def add(self, name: str, wanted: str = "") -> str | None:
        """Return the id for a new entry called `name`, None when there is one of that name already."""
        return None if name in self.keys else self.twin(name, wanted)

    def twin(self, name: str, wanted: str = "") -> str:
        """Return the id for a new entry called `name`, though another may have that name."""
        wish = identifier = wanted or naming.key(name, self.kind.name)
        if identifier in self.entries:
            wish = identifier = f"{wish}-{short_hash(name)}"
        count = 1
        while identifier in self.entries:
            count += 1
            identifier = f"{wish}-{count}"
        self.keys.setdefault(name, identifier)
        self.names[identifier] = name
        self.entries[identifier] = ()
        return identifier

    def put(self, identifier: str, *made: etree._Element) -> None:
        """Put the elements of the entry called `identifier`."""
        self.entries[identifier] = made

    def name_of(self, identifier: str) -> str:
        """Return the main name of an entry, "" when there is none."""
        return self.names.get(identifier, "")

    def variants(self, name: str) -> list[str]:
        """Return the variants of the entry with this main name that are neither short nor slips."""
        found = [
            each for part in self.entries.get(self.keys.get(name, ""), ()) for each in part.iterchildren("{*}persName")
        ]
        chosen = [each for each in found if each.get("type") == "variant" and not each.get("subtype")]
        return [" ".join("".join(each.itertext()).split()) for each in chosen]

    @property
    def added(self) -> int:
        """Return how many entries are new."""
        return len(self.entries) - self.held

    def alike(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of names that differ by case, normal form or spaces only: two entries, and perhaps one person."""
        seen: dict[str, str] = {}
        for name in sorted(self.keys):
            first = seen.setdefault(naming.comparable(name), name)
            if first != name:
                yield first, name

    def made(self, words: RecordText) -> etree._Element:
        """Return the whole register as TEI: the old header and entries, the new ones among them."""
        root = self.root if self.root is not None else _empty(self.kind, words)
        entries = root.find(f".//{{{TEI}}}{self.kind.list}")
        if entries is None:
            raise ValueError(f"a register without {self.kind.list} cannot be extended")
        for child in list(entries):
            entries.remove(child)
        for identifier in sorted(self.entries):
            entries.extend(self.entries[identifier])
        return root


def _empty(kind: Kind, words: RecordText) -> etree._Element:
    note = words.register_notes.get(kind.id, "Entries stand as the sources state them; nothing is merged by guess.")
    header = element(
        "teiHeader",
        element(
            "fileDesc",
            element(
                "titleStmt",
                element("title", kind.title),
                element("respStmt", element("resp", "register and encoding"), element("orgName", words.publisher)),
            ),
            element(
                "publicationStmt",
                element("publisher", words.publisher),
                availability(words.licence, words.licence_target),
            ),
            element("sourceDesc", element("p", words.register_source)),
        ),
        element("encodingDesc", element("editorialDecl", element("p", note, xml_id="about"))),
        element("revisionDesc", element("change", "Register made by regesta import."), status="published"),
    )
    list_of = element(kind.list, type="gloss" if kind.name == "term" else None)
    body = element("text", element("body", list_of))
    return element("TEI", header, body, xml_id=kind.id, type="register", xml_lang="en")


# ── entries ────────────────────────────────────────────────────────────────────────────────────────────────


def plain(kind: Kind, identifier: str, name: str) -> tuple[etree._Element, ...]:
    """Return an entry of which no more than the name is known."""
    return stated(kind, identifier, Entry(name=name))


def stated(kind: Kind, identifier: str, entry: Entry) -> tuple[etree._Element, ...]:
    """Return the elements of an entry that a mapping states."""
    if kind.name == "term":
        return (element("label", entry.name, xml_id=identifier), element("item", entry.meaning))
    name = {"person": "persName", "org": "orgName", "place": "placeName", "event": "eventName"}[kind.name]
    made = element(kind.entry, xml_id=identifier, cert=entry.cert if kind.name != "event" else None)
    dated = when.iso(entry.when) or when.read(entry.when) if entry.when else None
    for attribute, value in (dated.attributes if dated else {}).items():
        made.set(attribute, value)
    append(made, _main_name(entry.name) if kind.name == "person" else element(name, entry.name, type="main"))
    append(made, *(element(name, each, type="variant") for each in entry.variants))
    append(made, *(element(name, each, type="abbreviation") for each in entry.abbreviations))
    if kind.name == "place" and (entry.country or entry.coordinates):
        country = element("country", entry.country) if entry.country else None
        geo = element("geo", entry.coordinates, source="#about") if entry.coordinates else None
        append(made, element("location", country, geo))
    append(made, *(element("note", each) for each in entry.notes))
    return (made,)


def person(identifier: str, row: dict[str, str], table: RegisterFile) -> etree._Element:
    """Return an entry of a person from a row of the table of persons."""
    made = element("person", xml_id=identifier)
    append(made, _main_name(row[table.name]))
    notes: list[etree._Element] = []
    for variant in _split(row.get(table.variants, ""), table.separator):
        name, comments = naming.without_comments(variant)
        comment = "; ".join(comments)
        if table.broken and table.broken in name:
            notes.append(element("note", f"A form with broken characters is met: “{name}”."))
            continue
        if not name or name == row[table.name]:
            notes += [element("note", f"“{name}” stands with the remark “{comment}” in its source.")] if comment else []
            continue
        slip = any(each.casefold() in comment.casefold() for each in table.slips) and bool(comment)
        doubtful = any(re.search(rf"\b{re.escape(name)}\b", text) for text in table.doubtful)
        append(
            made,
            element(
                "persName",
                name,
                type="short" if naming.is_short(name) else "variant",
                subtype="slip" if slip else None,
                cert="medium" if doubtful else None,
            ),
        )
        if comment and not slip:
            notes.append(element("note", f"The form “{variant}” stands so in its source."))
        elif comment:
            notes.append(element("note", f"“{name}” stands with the remark “{comment}”."))
    append(made, *(_nationality(each) for each in _split(row.get(table.nationality, ""), table.separator)))
    states: list[etree._Element] = []
    text = row.get(table.roles, "")
    for stated_form, rewritten in table.rewrite.items():
        text = text.replace(stated_form, rewritten)
    for fact in _split(text, table.separator):
        words, dated = _dated(fact)
        attributes = dated.attributes if dated else {}
        if fact.startswith("note:"):
            notes.append(element("note", f"{fact.removeprefix('note:').strip()}.", cert="medium"))
        elif re.match(table.states, words):
            states.append(_with(element("state", element("desc", _capital(words))), attributes))
        else:
            append(made, _with(element("occupation", _capital(words)), attributes))
    append(made, *states, *notes)
    return made


def _main_name(name: str) -> etree._Element:
    parts = naming.surname_first(name)
    if parts is None:
        return element("persName", name, type="main")
    return element("persName", element("surname", parts[0]), ", ", element("forename", parts[1]), type="main")


def _nationality(text: str) -> etree._Element:
    words, dated = _dated(text)
    return _with(element("nationality", words), dated.attributes if dated else {})


def _with(made: etree._Element, attributes: dict[str, str]) -> etree._Element:
    for name, value in attributes.items():
        made.set(name, value)
    return made


def _dated(fact: str) -> tuple[str, When | None]:
    """Return the words of a fact and its date; a date that is not all that stands in brackets stays in the words."""
    found = _PARENTHESES.search(fact)
    whole = when.read(found[1]) if found else None
    if found and whole:
        return fact[: found.start()], whole
    dates = [each.group() for each in _DATE_INSIDE.finditer(found[1])] if found else []
    return fact, when.read(dates[0]) if len(dates) == 1 else None


def _split(text: str, separator: str) -> list[str]:
    """Return the parts of a cell; a separator within brackets divides nothing."""
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character in "([") - (character in ")]")
        if character == separator and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in (*parts, current) if part.strip()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def collect(register: Register, names: Iterable[str]) -> list[str]:
    """Make an entry of a name only for each name that has none; return those names."""
    new = []
    for name in names:
        identifier = register.add(name)
        if identifier is not None:
            register.put(identifier, *plain(register.kind, identifier, name))
            new.append(name)
    return new
