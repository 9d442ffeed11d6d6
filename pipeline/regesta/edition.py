"""An edition opened for work: its folders, its configuration, and what every stage needs of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regesta import history, labels, texts, validation
from regesta.analysis import Tools
from regesta.config import FILE_NAME, OUR_SCHEMA, EditionConfig, load
from regesta.errors import UsageError
from regesta.history import History
from regesta.integrity import Surroundings
from regesta.labels import ENGLISH, Language
from regesta.rendering import EditionFacts, Link
from regesta.resources import folder
from regesta.sources import printable
from regesta.survey import Folders, folders
from regesta.texts import Text
from regesta.validation import Schema

COLOURS = "assets/colours.css"
CSS = "assets/edition.css"
FEED = "feed.xml"
CHANGES = "changes.html"


@dataclass(frozen=True)
class Edition:
    """The folder of the edition, the folder of its sources, where the output goes, and the configuration."""

    root: Path
    sources: Path
    output: Path
    config: EditionConfig
    tools: Tools
    history: History

    @property
    def texts(self) -> tuple[Text, ...]:
        """Return the edition's own texts. Raises UsageError when one cannot be read."""
        return texts.read(self.root, self.config.site.pages)

    @property
    def former(self) -> dict[str, str]:
        """Return the source of every released document by its identifier."""
        return {each.id: each.source for each in self.history.documents if each.source}

    @property
    def where(self) -> Folders:
        """Return the edition's folders."""
        return Folders(self.root, self.sources, self.output)

    @property
    def configuration(self) -> str:
        """Return the path of the edition's edition.toml as reports show it, whether the file is there or not."""
        return printable(self.root / FILE_NAME)

    @property
    def surroundings(self) -> Surroundings:
        """Return what is known beyond the sources: the collection's dates, and which files there are."""
        collection = self.config.collection
        return Surroundings(
            complete=True,
            earliest=str(collection.date_from or ""),
            latest=str(collection.date_to or ""),
            has_file=self._has_file,
        )

    def _has_file(self, name: str) -> bool | None:
        """Tell whether the file `name`, from the source folder, is there; None for one outside the edition."""
        root = self.root.resolve()
        try:
            path = (self.sources / name).resolve()
            return path.exists() if path.is_relative_to(root) else None
        except (OSError, ValueError):
            return None

    @property
    def facts(self) -> EditionFacts:
        """Return what every page says of the edition; its folder's name stands in for a missing title."""
        edition, collection = self.config.edition, self.config.collection
        return EditionFacts(
            title=edition.title or printable(Path(self.root.resolve().name)),
            stated_title=edition.title,
            subtitle=edition.subtitle,
            editors=edition.editors,
            language=self.tools.language.tag,
            publisher=edition.publisher,
            licence=edition.licence,
            licence_url=edition.licence if edition.licence.startswith(("http://", "https://")) else "",
            url=str(edition.url or ""),
            date=str(edition.date or ""),
            holder=collection.holder,
            rights=edition.rights,
            menu=tuple(Link(item.href, item.label) for item in self.config.site.menu),
            logo=self.logo,
            styles=self.styles,
            reading=self.config.render.reading,
            notes=self.config.render.notes,
            changes=CHANGES if self.history.releases else "",
            feed=FEED if edition.url and any(each.datestamp for each in self.history.documents) else "",
        )

    @property
    def logo(self) -> str:
        """Return the address of the edition's logo below the site, or an empty string."""
        logo = self.config.site.logo
        return f"assets/logo{Path(logo).suffix.lower()}" if logo else ""

    @property
    def styles(self) -> tuple[str, ...]:
        """Return the addresses of the style sheets that the edition adds to ours, in the order in which they win."""
        colours, css = self.config.site.colours.model_fields_set, self.config.render.css
        return tuple(name for name, wanted in ((COLOURS, colours), (CSS, css)) if wanted)


def open_edition(
    edition: Path | None, source: Path | None, output: Path | None, schemas: Iterable[Path] = ()
) -> Edition:
    """Return the edition in `edition` (default: here), or the folder of sources `source` taken as one.

    `schemas` judge every source and win over those of the configuration. Raises UsageError when a folder or schema is
    not there, or when edition.toml has errors (all of them at once).
    """
    where = folders(edition, source, output)
    root, sources = where.root, where.sources
    if not root.is_dir():
        raise UsageError(f"There is no folder {root}.", "Check the path.")
    if not sources.is_dir():
        if source is None:
            remedy = "Put the TEI documents there, or name their folder with --source."
            raise UsageError(f"There is no folder {sources} with the documents of this edition.", remedy)
        raise UsageError(f"There is no folder {sources}.", "Check the path.")
    config = load(root)
    return Edition(
        root=root,
        sources=sources,
        output=where.output,
        config=config,
        tools=Tools(
            schemas=tuple(_schemas(root, config, tuple(schemas))),
            custom_record=_within(root, config.render.custom_record),
            custom_page=_within(root, config.render.custom_page),
            language=_language(root, config),
        ),
        history=history.read(root),
    )


def _within(root: Path, name: object) -> Path | None:
    return None if name is None else (root / str(name)).resolve()


def _language(root: Path, config: EditionConfig) -> Language:
    """Return the first of the site's languages, which pages speak. Raises UsageError when it has no labels."""
    wanted = config.site.languages[:1] or (ENGLISH,)
    own = (root / config.site.labels).resolve() if config.site.labels else None
    tag = labels.best(wanted[0], own)
    if tag is None:
        known = ", ".join(labels.languages(own))
        raise UsageError(
            f"The site cannot speak {wanted[0]}, the first of [site] languages: there are labels in {known} only.",
            f"Put a file {wanted[0]}.json in a folder of yours and name it in [site] labels; see docs/languages.md.",
        )
    return Language(tag, own)


def _schemas(root: Path, config: EditionConfig, named: tuple[Path, ...]) -> Iterable[Schema]:
    if named:
        return [validation.schema(path.resolve(), path.as_posix()) for path in named]
    chosen: list[Schema] = []
    for name in config.sources.schemas:
        if name == OUR_SCHEMA:
            ours = folder("schema")
            chosen += [validation.schema(ours / f"regesta.{kind}", f"regesta.{kind}") for kind in ("rng", "sch")]
        else:
            chosen.append(validation.schema((root / name).resolve(), name))
    return chosen
