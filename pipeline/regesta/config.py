"""The edition's own settings: `edition.toml` as one frozen value, or one error that names every fault in it.

The models below are the only list of keys. Their docstrings say what each key means; `docs/configuration.md`
and the "did you mean" of error messages are made from them. A file that is not there is no error: everything
has a default.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from regesta import rules
from regesta.config_errors import explain
from regesta.errors import UsageError
from regesta.resources import EDITION_FILE

FILE_NAME = EDITION_FILE
OUR_SCHEMA = "regesta"
"""What stands in `[sources] schema` for the schema that travels with Regesta."""

# fmt: off
FormatName = Literal[
    "bagit", "oai", "ead3", "ead", "mets", "mods", "premis", "dc", "datacite", "cmif", "iiif", "dts",
    "jsonld", "rocrate", "csv", "xlsx", "jsonl", "text", "markdown", "sqlite", "epub", "pdf", "tei",
    "tei-corpus", "csl", "bibtex", "ris",
]
# fmt: on


class Order(StrEnum):
    """How the combined index is ordered first."""

    COLLECTION = "collection"
    DATE = "date"


def _inside(value: str) -> str:
    """Return `value` when it is a relative POSIX path or pattern that cannot lead out of its folder."""
    windows, posix = PureWindowsPath(value), PurePosixPath(value)
    if not value.strip() or "\\" in value or "\0" in value:
        raise ValueError("must be a path with / between its parts")
    if posix.is_absolute() or windows.is_absolute() or windows.drive or ".." in posix.parts:
        raise ValueError("must be a path below the edition's folder, without .. in it")
    return value


def _present(value: str, info: ValidationInfo) -> str:
    """Return `value` when it names a file that really lies in the edition's folder, links resolved."""
    folder = _folder(info).resolve()
    file = (folder / value).resolve()
    if not file.is_relative_to(folder):
        raise ValueError("must be a file below the edition's folder; this is a link that leads out of it")
    if not file.is_file():
        raise ValueError(f"names the file {value}, which is not there")
    return value


def _picture(value: str) -> str:
    if PurePosixPath(value).suffix.lower() not in {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"}:
        raise ValueError("must be an image: png, jpg, gif, webp, avif or svg")
    return value


def _schema(value: str, info: ValidationInfo) -> str:
    """Return `value` when it is "regesta" or a file of the edition."""
    return value if value == OUR_SCHEMA else _present(_inside(value), info)


def _folder(info: ValidationInfo) -> Path:
    """Return the edition's folder, which `load` gives to the validators."""
    context: dict[str, Path] = info.context or {}
    return context["folder"]


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _partial_date(value: object) -> str:
    """Return an ISO date of a year, a month or a day, from TOML's own dates or from a text."""
    if isinstance(value, datetime.datetime):
        raise ValueError("must be a date without a time")  # noqa: TRY004 (pydantic collects ValueError only)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        try:
            datetime.date.fromisoformat((value + "-01-01")[:10])
        except ValueError:
            raise ValueError(f"is not a date that exists: {value}") from None
        return value
    raise ValueError('must be a date such as 1956-08-30, "1956-08" or "1956"')


def _language(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
        raise ValueError(f"must be language tags such as en, ko or zh-Hant (BCP 47), not {value!r}")
    return value


def _web_address(value: str) -> str:
    """Return the site's address with a slash at its end, so that page addresses can be put behind it."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise ValueError("must be an address that starts with http:// or https:// and has no ? or # in it")
    return value.rstrip("/") + "/"


def _link(value: str) -> str:
    return value if value.startswith(("http://", "https://")) else _inside(value)


def _known_rule(value: str) -> str:
    if value not in rules.all_rules():
        raise ValueError("is not a rule")
    return value


def _severity_alone(value: object) -> object:
    return {"severity": value} if isinstance(value, str) else value


PathPattern = Annotated[str, AfterValidator(_inside)]
PathPatterns = Annotated[tuple[PathPattern, ...], BeforeValidator(_one_or_more)]
EditionFile = Annotated[str, AfterValidator(_inside), AfterValidator(_present)]
Picture = Annotated[EditionFile, AfterValidator(_picture)]
SchemaName = Annotated[str, AfterValidator(_schema)]
SchemaNames = Annotated[tuple[SchemaName, ...], BeforeValidator(_one_or_more)]
PartialDate = Annotated[str, BeforeValidator(_partial_date)]
LanguageTag = Annotated[str, AfterValidator(_language)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
PositiveInt = Annotated[int, Field(strict=True, ge=1)]
Colour = Annotated[str, Field(pattern=r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")]


class Settings(BaseModel):
    """What all tables share: frozen, no unknown keys, the text under a field is its description."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Edition(Settings):
    """What the edition is called, who made it and on what terms it may be used."""

    title: str = ""
    """The edition's title; without it the site is headed by the folder's name and nothing is cited."""
    subtitle: str = ""
    """A second line under the title."""
    editors: tuple[str, ...] = ()
    """The editors' names, as they should be cited."""
    publisher: str = ""
    """Who publishes the edition: an institution, a project."""
    licence: str = ""
    """The licence of the edition's own texts: a name or SPDX identifier, for example CC0-1.0."""
    rights: str = ""
    """A sentence about rights, shown at the foot of every page."""
    languages: tuple[LanguageTag, ...] = ()
    """The languages of the documents, as BCP 47 tags."""
    url: WebAddress | None = None
    """Where the site will stand; without it pages have no canonical links."""
    date: PartialDate | None = None
    """The date of this state of the edition: a year, month or day."""


class Sources(Settings):
    """Which files are sources; without this table they are recognised by what is in them."""

    documents: PathPatterns = ()
    """Files, folders or patterns below the edition's folder that hold documents."""
    registers: PathPatterns = ()
    """Files, folders or patterns below the edition's folder that hold registers."""
    schemas: SchemaNames = Field(default=(), alias="schema")
    """The RELAX NG and Schematron files that judge the sources; "regesta" stands for those of Regesta itself."""
    withheld: PathPatterns = ()
    """Patterns of documents that are held back, whatever their status, against their path below the source folder."""
    exclude: PathPatterns = ()
    """Patterns of files that are never read, against their path below the source folder."""


class Collection(Settings):
    """The archival collection that the documents belong to."""

    name: str = ""
    """The collection's name."""
    holder: str = ""
    """Who holds the collection."""
    order: Order = Order.COLLECTION
    """What the index shows first: the collection's own order, or the order of dates."""
    date_from: PartialDate | None = Field(default=None, alias="from")
    """The earliest date a document of the collection can have."""
    date_to: PartialDate | None = Field(default=None, alias="to")
    """The latest date a document of the collection can have."""
    total: PositiveInt | None = None
    """How many documents the whole collection has, for "n of total"."""

    @model_validator(mode="after")
    def _in_order(self) -> Collection:
        if self.date_from and self.date_to and self.date_from > self.date_to + "~":  # 1956-08 lies within 1956
            raise ValueError(f"from ({self.date_from}) must not be later than to ({self.date_to})")
        return self


class Judgement(Settings):
    """What the edition makes of one rule. A rule's severity alone may stand for the table."""

    severity: Literal["error", "warning", "info", "off"]
    """How much a finding of the rule weighs here."""
    reason: str = ""
    """Why: shown in the report; a rule that is made milder without one is itself a finding."""


class Render(Settings):
    """How documents become pages."""

    reading: Literal["normalised", "diplomatic"] = "normalised"
    """Which reading a page shows first: the editor's (reg, corr, expan) or the source's (orig, sic, abbr); readers can
    have the other shown beside it."""
    notes: Literal["foot", "margin", "inline"] = "foot"
    """Where notes stand that do not say so themselves (`@place`): at the foot, in the margin, in the line."""
    custom_page: EditionFile | None = Field(default=None, alias="custom-page")
    """A stylesheet of the edition's own, imported over page.xsl."""
    custom_index: EditionFile | None = Field(default=None, alias="custom-index")
    """The same for index.xsl."""
    custom_record: EditionFile | None = Field(default=None, alias="custom-record")
    """The same for record.xsl."""
    css: EditionFile | None = None
    """A style sheet that every page loads after ours."""


class MenuItem(Settings):
    """One entry of the site's menu."""

    label: str
    """What it says."""
    href: Annotated[str, AfterValidator(_link)]
    """Where it leads: a page's path below the site, or an address."""


class Colours(Settings):
    """The site's colours, as #rgb or #rrggbb."""

    text: Colour | None = None
    """The text."""
    background: Colour | None = None
    """What is behind it."""
    accent: Colour | None = None
    """Dates, marks and the ring around what has the focus; links too, unless they have a colour of their own."""
    link: Colour | None = None
    """Links."""


class Site(Settings):
    """How the site looks."""

    menu: tuple[MenuItem, ...] = ()
    """Entries of the menu after the standard ones."""
    logo: Picture | None = None
    """An image (PNG, JPEG, GIF, WebP, AVIF or SVG) for the head of every page."""
    colours: Colours = Colours()
    """The site's colours."""
    languages: tuple[LanguageTag, ...] = ()
    """The languages of labels and navigation, the first one for readers who have not chosen."""
    labels: PathPattern | None = None
    """A folder with labels of the edition's own, a file TAG.json for each language (docs/languages.md)."""
    pages: tuple[EditionFile, ...] = ()
    """Texts of the edition's own in Markdown (about it, its principles): NAME.md becomes pages/NAME.html, to which an
    entry of the menu can lead. NAME.ko.md is in Korean. Those outside a folder pages/ stay out of the sitemap."""
    sizes: tuple[PositiveInt, ...] = (10, 50)
    """How many documents a page of the index shows, smallest first."""


class Exchange(Settings):
    """What archives and harvesters receive."""

    formats: tuple[FormatName, ...] = ()
    """The formats that each build writes under exchange/."""
    repository: str = ""
    """The name of the repository, for OAI-PMH and EAD."""
    agency: str = ""
    """The code of the archival agency (ISIL), for EAD."""
    admin_email: Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    """Whom harvesters write to, for OAI-PMH."""
    identifier_prefix: str = ""
    """What stands before a document's id in identifiers for harvesters, for example oai:example.org."""


RuleId = Annotated[str, AfterValidator(_known_rule)]


class EditionConfig(Settings):
    """All settings of an edition."""

    edition: Edition = Edition()
    """The edition itself."""
    sources: Sources = Sources()
    """Which files are read."""
    collection: Collection = Collection()
    """The collection it edits."""
    validation: Mapping[RuleId, Annotated[Judgement, BeforeValidator(_severity_alone)]] = {}
    """For each rule that the edition weighs differently: its severity here, and why."""
    render: Render = Render()
    """How documents are shown."""
    site: Site = Site()
    """How the site looks."""
    exchange: Exchange = Exchange()
    """What is handed on."""


def load(folder: Path) -> EditionConfig:
    """Return the settings of the edition in `folder`; the defaults when it has no `edition.toml`.

    Raises UsageError with every fault of the file, each with its line.
    """
    file = folder / FILE_NAME
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return EditionConfig()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Make it a file that you may read.") from error
    text = _decoded(content, file)
    try:
        return EditionConfig.model_validate(_parsed(text, file), context={"folder": folder})
    except ValidationError as error:
        raise explain(error, EditionConfig, text, file) from None


def _decoded(content: bytes, file: Path) -> str:
    """Return the text with line feeds only; a byte order mark, which some editors add, is no fault."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{file} is not UTF-8: the fault is on line {line}.", "Save it as UTF-8.") from error


def _parsed(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*?) \((?:at line (\d+), column \d+|at end of document)\)", str(error), re.DOTALL)
        reason, line = (found[1], found[2]) if found else (str(error), None)
        where = f"line {line}" if line else "its last line"
        message = f"{file} is not TOML: {where}: {reason}."
        raise UsageError(message, "Texts stand in quotes, tables in [brackets], one key a line.") from error
