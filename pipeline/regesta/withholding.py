"""Withholding: which documents an edition holds back, by the status in their header (TEI Guidelines, 2.6).

`revisionDesc/@status` counts; without it the status of the latest `change` that has one. What stands in a file that is
held back is nowhere on the site: not by an include either, and the members of a corpus share its status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_TEI = "{http://www.tei-c.org/ns/1.0}"
_REVISIONS = f"{_TEI}teiHeader/{_TEI}revisionDesc"
_NOT_LETTER = re.compile(r"[\W_\d]+")

HOLDING_BACK = frozenset(
    {"draft", "underreview", "inreview", "embargo", "embargoed", "underembargo", "withheld", "withdrawn"}
)
"""The statuses that hold a document back, in small letters and without what stands between the words."""

SHOWN = frozenset(
    {
        *("approved", "candidate", "cleared", "deprecated", "expired", "final", "frozen", "galley", "proofread"),
        *("proposed", "public", "published", "recommended", "reviewed", "submitted", "unfinished"),
    }
)
"""Statuses that are known and do not: those that TEI suggests, and common ones."""


def status(root: etree._Element) -> str:
    """Return the status that the header of a TEI or teiCorpus element states, "" when it states none."""
    revisions = root.find(_REVISIONS)
    if revisions is None:
        return ""
    if revisions.get("status"):
        return revisions.get("status", "").strip()
    changes = [change for change in revisions.iter(f"{_TEI}change") if change.get("status")]
    latest = max(changes, key=lambda change: change.get("when", ""), default=None)
    return "" if latest is None else latest.get("status", "").strip()


def holds_back(stated: str) -> bool:
    """Return whether the status `stated` holds a document back; case, spaces and hyphens do not matter."""
    return _folded(stated) in HOLDING_BACK


def is_known(stated: str) -> bool:
    """Return whether the status is one whose meaning is known."""
    return not stated or _folded(stated) in HOLDING_BACK | SHOWN


def withholding_status(element: etree._Element) -> str:
    """Return the status that holds back what `element` stands in: its own TEI's or that of one around it; else ""."""
    return next((stated for stated in _statuses(element) if holds_back(stated)), "")


def _statuses(element: etree._Element) -> Iterator[str]:
    current: etree._Element | None = element
    while current is not None:
        if current.tag in {f"{_TEI}TEI", f"{_TEI}teiCorpus"}:
            yield status(current)
        current = current.getparent()


def _folded(stated: str) -> str:
    return _NOT_LETTER.sub("", stated).casefold()
