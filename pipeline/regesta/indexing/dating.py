"""Documents by year and month, as lists and the timeline want them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from regesta.catalogue import Catalogue, CataloguedDocument

_DATE = re.compile(r"(-?\d{4,})(?:-(0[1-9]|1[0-2])(?!\d))?")


def by_date(catalogue: Catalogue) -> list[CataloguedDocument]:
    """Return the documents in the catalogue's order by date, a year's together, those without a year last."""
    documents = {document.id: document for document in catalogue.documents}
    ordered = (documents[document_id] for document_id in catalogue.by_date)
    return sorted(ordered, key=_undated_last)


def by_year(documents: Iterable[CataloguedDocument]) -> dict[str, list[CataloguedDocument]]:
    """Return the documents of each year; those without a date stand under ""."""
    years: dict[str, list[CataloguedDocument]] = {}
    for document in documents:
        years.setdefault(year_and_month(document)[0], []).append(document)
    return years


def by_month(documents: Iterable[CataloguedDocument]) -> dict[str, list[CataloguedDocument]]:
    """Return a year's documents by month, "01" to "12"; those without a month stand under ""."""
    months: dict[str, list[CataloguedDocument]] = {}
    for document in documents:
        months.setdefault(year_and_month(document)[1], []).append(document)
    return months


def year_and_month(document: CataloguedDocument) -> tuple[str, str]:
    """Return the year and the month of the sorting date, "" for what it does not say."""
    found = _DATE.match(document.sort_date)
    return (found[1], found[2] or "") if found else ("", "")


def plain_year(year: str) -> str:
    """Return the year without the zeros that ISO 8601 puts before short ones; "" stays."""
    return str(int(year)) if year else ""


def month_anchor(month: str) -> str:
    """Return the fragment under which a year's list has the month."""
    return f"m{month or '00'}"


def _undated_last(document: CataloguedDocument) -> tuple[bool, int]:
    year, _ = year_and_month(document)
    return (not year, int(year or 0))
