"""The ledger: what became of every source and document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from regesta.analysis import DocumentAnalysis, SourceAnalysis
from regesta.assembly import Assembly
from regesta.documents import Nature
from regesta.gathering import Gathered
from regesta.page_making import ProvedPage
from regesta.report import Outcome, Row, source_row


def rows(
    gathered: Gathered, analyses: Sequence[SourceAnalysis], assembly: Assembly, pages: Iterable[ProvedPage]
) -> tuple[Row, ...]:
    """Return one row for each source, followed by one for each of its documents, in the order of the sources."""
    made = {(page.source, page.part): page for page in pages}
    ids = {(document.source, document.part): document.id for document in assembly.catalogue.documents}
    found: list[tuple[str, list[Row]]] = [
        (file.name, [Row(file.name, None, Outcome.REFUSED, reason=fault.message)]) for file, fault in gathered.refused
    ]
    found += [(analysis.name, list(rows_of(analysis, made, ids))) for analysis in analyses]
    return tuple(row for _name, group in sorted(found, key=lambda pair: pair[0]) for row in group)


def rows_of(
    analysis: SourceAnalysis, made: Mapping[tuple[str, str], ProvedPage], ids: Mapping[tuple[str, str], str]
) -> Iterator[Row]:
    """Yield the rows of one source; `made` and `ids` are the pages and the identifiers of its documents."""
    if analysis.nature is Nature.DOCUMENTS:
        documents = [_document_row(analysis, document, made, ids) for document in analysis.documents]
        documents += [
            Row(analysis.name, each.wanted_id, Outcome.REFUSED, schema=analysis.schema, reason=each.reason)
            for each in analysis.unrecorded
        ]
        yield source_row(analysis.name, documents, analysis.schema)
        yield from documents
    elif analysis.nature is Nature.REGISTER:
        outcome = Outcome.WITHHELD if analysis.withheld else Outcome.REGISTER
        yield Row(analysis.name, None, outcome, schema=analysis.schema, reason=analysis.reason or None)
    elif analysis.nature is Nature.FRAGMENT:
        yield Row(analysis.name, None, Outcome.PART, reason=analysis.reason)
    else:
        yield Row(analysis.name, None, Outcome.REFUSED, reason=analysis.reason)


def _document_row(
    analysis: SourceAnalysis,
    document: DocumentAnalysis,
    made: Mapping[tuple[str, str], ProvedPage],
    ids: Mapping[tuple[str, str], str],
) -> Row:
    key = (analysis.name, document.part)
    identifier = ids.get(key, document.wanted_id)
    if document.withheld:
        return Row(analysis.name, identifier, Outcome.WITHHELD, schema=analysis.schema, reason=document.withheld)
    page = made[key]
    if not page.is_made:
        return Row(analysis.name, identifier, Outcome.REFUSED, schema=analysis.schema, reason=page.findings[0].message)
    return Row(
        analysis.name,
        identifier,
        Outcome.PUBLISHED,
        page=f"documents/{identifier}.html",
        schema=analysis.schema,
        proof=page.proof,
        without_text=not document.has_text,
    )
