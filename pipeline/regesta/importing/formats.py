"""The formats of `regesta import`, and what each needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from regesta.config import load as load_configuration
from regesta.errors import UsageError
from regesta.importing import (
    bags,
    cmif,
    csv,
    ead,
    edition_tables,
    listing,
    markdown,
    mets,
    plain_text,
    tei,
    transcript_mapping,
    transcripts,
    volume,
)
from regesta.importing.docx import reader as docx
from regesta.importing.plan import Import


@dataclass(frozen=True)
class Request:
    """What to import: the format, the source, the edition's folder, and what some formats want besides."""

    form: str
    source: Path
    edition: Path
    mapping: Path | None = None
    join: bool = False


@dataclass(frozen=True)
class Format:
    """A way in: what reads it, and whether it takes a mapping (it may need one, and says so itself)."""

    read: Callable[[Request], Import]
    mapping: bool = False


def read(request: Request) -> Import:
    """Return what the source would become. Raises UsageError when source or edition are not there."""
    form = FORMATS[request.form]
    if request.mapping is not None and not form.mapping:
        able = ", ".join(name for name, each in FORMATS.items() if each.mapping)
        raise UsageError(f"--mapping means nothing for {request.form}.", f"It belongs to {able}.")
    if request.join and request.form != "volume":
        raise UsageError(f"--join means nothing for {request.form}.", "It belongs to volume.")
    if not request.source.exists():
        raise UsageError(f"There is no {request.source}.", "Check the path.")
    if not request.edition.is_dir():
        raise UsageError(f"There is no folder {request.edition}.", "Make it first, or check the path.")
    return form.read(request)


def _table(request: Request) -> Import:
    if request.mapping is None and request.form == "csv" and (folder := edition_tables.folder_of(request.source)):
        return edition_tables.read(folder, request.edition, _publisher(request.edition))
    if request.mapping is None:
        raise UsageError(
            "A table needs a mapping that says what its columns mean.",
            "Name one with --mapping; docs/examples/august-plenum.toml shows every key.",
        )
    publisher, wanted = _publisher(request.edition), request.form == "xlsx"
    return csv.read(request.source, request.mapping, request.edition, publisher, workbook_wanted=wanted)


def _listing(request: Request) -> Import:
    collection = load_configuration(request.edition).collection
    return listing.read(
        request.source, request.edition, _publisher(request.edition), collection.name, collection.holder
    )


def _ead(request: Request) -> Import:
    return ead.read(request.source, request.edition, _publisher(request.edition))


def _bagit(request: Request) -> Import:
    return bags.read(request.source)


def _cmif(request: Request) -> Import:
    return cmif.read(request.source, request.edition, _publisher(request.edition))


def _mets(request: Request) -> Import:
    return mets.read(request.source, request.edition, _publisher(request.edition))


def _transcripts(way: transcripts.Way) -> Callable[[Request], Import]:
    def read_all(request: Request) -> Import:
        mapping = transcript_mapping.load(request.mapping)
        return transcripts.read(request.source, way, mapping, _publisher(request.edition))

    return read_all


def _tei(request: Request) -> Import:
    return tei.read(request.source)


def _volume(request: Request) -> Import:
    return volume.join(request.source) if request.join else volume.read(request.source)


def _publisher(edition: Path) -> str:
    stated = load_configuration(edition).edition
    return stated.publisher or stated.title or edition.resolve().name


FORMATS: Mapping[str, Format] = {
    "bagit": Format(_bagit),
    "cmif": Format(_cmif),
    "csv": Format(_table, mapping=True),
    "docx": Format(_transcripts(docx.WAY), mapping=True),
    "ead": Format(_ead),
    "listing": Format(_listing),
    "markdown": Format(_transcripts(markdown.WAY), mapping=True),
    "mets": Format(_mets),
    "tei": Format(_tei),
    "text": Format(_transcripts(plain_text.WAY), mapping=True),
    "volume": Format(_volume),
    "xlsx": Format(_table, mapping=True),
}
