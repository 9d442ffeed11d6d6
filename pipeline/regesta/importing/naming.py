"""Names and identifiers: slugs, the forms of a personal name, and ids that are readable and never collide."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Sequence

from regesta.identifiers import short_hash

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_COMMENT = re.compile(r"\[([^\]]*)\]")
_INITIAL = re.compile(r"\.\s*(?=\w)")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "index", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"})
_STOP = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"])
_MOST_WORDS = 4


def slug(text: str) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens; "" when no letter of it has such a form."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode("ascii").lower()
    return _NOT_WORD.sub("-", plain.replace("'", "")).strip("-")


def key(text: str, kind: str) -> str:
    """Return an `xml:id` for the entity called `text`; a name without Latin letters gets one by its hash."""
    name = slug(text)
    if not name:
        return f"{kind}-{short_hash(text)}"
    return name if name[0].isalpha() and name not in _DEVICES else f"{kind}-{name}"


def title_words(title: str, besides: str = "") -> str:
    """Return the first telling words of a title as a slug, without those in the slug `besides`."""
    passed_over = {*_STOP, *besides.split("-")}
    return "-".join(_telling(title, passed_over)[:_MOST_WORDS])


def last_words(title: str) -> str:
    """Return the last telling words of a title, by which those that begin alike can be told apart."""
    return "-".join(_telling(title, _STOP)[-_MOST_WORDS:])


def _telling(title: str, passed_over: Container[str]) -> list[str]:
    return [word for word in slug(title).split("-") if word not in passed_over and not word.isdigit()]


def without_comments(name: str) -> tuple[str, list[str]]:
    """Return a name without what stands in square brackets, and those comments."""
    return " ".join(_COMMENT.sub(" ", name).split()), [each.strip() for each in _COMMENT.findall(name)]


def surname_first(name: str) -> tuple[str, str] | None:
    """Return surname and forename of "Mikoyan, A. I."; None for a name that is written whole."""
    surname, comma, forename = name.partition(", ")
    return (surname.strip(), forename.strip()) if comma and surname.strip() and forename.strip() else None


def natural(name: str) -> str:
    """Return the name as one would say it: "A. I. Mikoyan" for "Mikoyan, A. I."."""
    parts = surname_first(name)
    return f"{parts[1]} {parts[0]}" if parts else name


def is_short(name: str) -> bool:
    """Return whether the name is one word and so identifies nobody by itself."""
    return len(name.split()) < 2


def comparable(name: str) -> str:
    """Return the form in which spellings of one name agree: NFC, case folded, spaces after initials dropped."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return " ".join(_INITIAL.sub(".", folded).split())


def unique(wishes: Sequence[tuple[str, Sequence[str]]], taken: set[str]) -> list[str]:
    """Return one id for each wish (an id and words that may be added to tell it apart from others).

    All that wish for the same id, or for one in `taken`, get a word more, so that none owes its id to the order
    of rows; where the words do not tell them apart, a hash of them all does, then a number.
    """
    names = [wish for wish, _more in wishes]
    for depth in range(3):
        groups: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            groups[name].append(number)
        for name, members in groups.items():
            if len(members) > 1 or name in taken:
                for number in members:
                    names[number] = _longer(*wishes[number], depth)
    seen = set(taken)
    for number, name in enumerate(names):
        candidate, count = name, 1
        while candidate in seen:
            count += 1
            candidate = f"{name}-{count}"
        seen.add(candidate)
        names[number] = candidate
    return names


def _longer(wish: str, more: Sequence[str], depth: int) -> str:
    words = [word for word in map(slug, more) if word and f"-{word}-" not in f"-{wish}-"]
    if depth == 0 and words:
        return f"{wish}-{words[0]}"
    return f"{wish}-{short_hash(' '.join((wish, *more)))}"
