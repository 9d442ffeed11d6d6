"""Identifiers of documents and entities: path-safe, unique after NFC and case folding, stable."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regesta.keeping import Value

_UNSAFE = re.compile(r"[^\w.\-]+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|index)(\.|$)", re.IGNORECASE)
_MOST_BYTES = 120


@dataclass(frozen=True, slots=True)
class Claim(Value):
    """A wish for an identifier.

    `wanted` is as the source has it, `source` its path; `part` tells apart the documents of one source; `firm` is
    true where the file's name and the identifier agree.
    """

    wanted: str
    source: str
    part: str = ""
    firm: bool = False


def path_safe(wanted: str) -> str:
    """Return `wanted` as a file name that every system takes: NFC letters, digits, `.`, `-` and `_`.

    Other characters become `-`; a name that is empty, starts with a dot, or is a device of Windows is mended;
    one that is too long is cut and told apart by a hash. Returns "document" when nothing is left.
    """
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", wanted.strip())).strip("-.")
    if _DEVICES.match(name):
        name = f"{name.partition('.')[0]}-{short_hash(wanted)}"
    encoded = name.encode("utf-8")
    if len(encoded) > _MOST_BYTES:
        name = f"{encoded[: _MOST_BYTES - 9].decode('utf-8', 'ignore').rstrip('-.')}-{short_hash(wanted)}"
    return name or "document"


def fold(identifier: str) -> str:
    """Return the form in which two identifiers must differ: NFC and case-folded."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", identifier).casefold())
    return identifier if folded == identifier else folded  # One text, not two: most are folded already.


def short_hash(text: str) -> str:
    """Return eight hexadecimal digits of SHA-256: enough to tell apart, short enough to cite."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def assign(claims: Iterable[Claim], former: Mapping[str, str] | None = None) -> dict[Claim, str]:
    """Return one unique identifier for each claim.

    Where several want the same, it goes to the one that `former` (identifier → source path, from `history.json`)
    names, else to the one whose file bears it, else to the first by path; each other gets a suffix from the hash of its
    own path, so that it keeps it whatever is added later.
    """
    former = former or {}
    wanted_by: dict[str, list[Claim]] = {}
    for claim in claims:
        wanted_by.setdefault(fold(path_safe(claim.wanted)), []).append(claim)
    assigned: dict[Claim, str] = {}
    taken: set[str] = set(wanted_by)
    for folded in sorted(wanted_by):
        group = sorted(wanted_by[folded], key=lambda claim: _precedence(claim, former))
        assigned[group[0]] = path_safe(group[0].wanted)
        for claim in group[1:]:
            assigned[claim] = _suffixed(claim, taken)
    return assigned


def _precedence(claim: Claim, former: Mapping[str, str]) -> tuple[bool, bool, str, str]:
    released = former.get(path_safe(claim.wanted)) == claim.source
    return (not released, not claim.firm, claim.source, claim.part)


def _suffixed(claim: Claim, taken: set[str]) -> str:
    name, salt = path_safe(claim.wanted), f"{claim.source}\0{claim.part}"
    while True:
        candidate = f"{name}-{short_hash(salt)}"
        if fold(candidate) not in taken:
            taken.add(fold(candidate))
            return candidate
        salt += "\0"
