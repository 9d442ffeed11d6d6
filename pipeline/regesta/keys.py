"""Keys: of what each result of a build is made, as digests. Two results with one key are the same bytes.

Three kinds of things are worked out: what a source holds (from its bytes and those of what it includes, the schemas
that judge it, record.xsl), a document's page (from the source, the page facts, record.xsl and page.xsl), and an index
page (from its model and index.xsl). Regesta itself is a part of every key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from regesta import closures, digests
from regesta.config import FILE_NAME
from regesta.edition import Edition
from regesta.gathering import Gathered
from regesta.page_making import PageOrder
from regesta.rendering import to_json
from regesta.sources import SourceFile
from regesta.validation import Schema


@dataclass(frozen=True)
class Keys:
    """The keys of one build."""

    edition: Edition
    gathered: Gathered

    def analyses(self) -> dict[str, str]:
        """Return the key of what each source holds, by the source's name."""
        judged = {file.name: self._judging(file) for file in self.gathered.files}
        return {name: digests.digest("analysis", key, judged[name]) for name, key in self._sources.items()}

    def page(self, source: str, order: PageOrder) -> str:
        """Return the key of a page of the source called so; the document's record follows from the source."""
        parts = [(source, order), *([order.facing] if order.facing else [])]
        made_of = [each for name, of in parts for each in (self._sources[name], of.part, to_json(of.facts))]
        return digests.digest("page", self._page_making, *made_of)

    def index(self, model: str) -> str:
        """Return the key of an index page: `model` is all that it says."""
        return digests.digest("index", self._index, model)

    def besides(self) -> dict[str, str]:
        """Return path and digest of every file that a build reads besides sources and its own."""
        edition, config = self.edition, self.edition.config
        named = [config.render.custom_index, config.render.css, config.site.logo, FILE_NAME, "history.json"]
        named += config.site.pages
        paths = [edition.root / name for name in named if name]
        paths += [file.path for file in self.gathered.beside.values()]
        paths += closures.paths(edition.tools)
        paths += closures.paths(tuple(self._schemas))
        found = {each for path in paths for each in closures.files(path)}
        return {str(path): digests.of_file(path) for path in sorted(found)}

    @cached_property
    def _sources(self) -> dict[str, str]:
        """Return by name the key of each source as it is, whatever judges it."""
        return {file.name: self._source(file) for file in self.gathered.files}

    def _source(self, file: SourceFile) -> str:
        gathered = self.gathered
        flags = [file.name in names for names in (gathered.included, gathered.members, gathered.withheld)]
        contents = gathered.contents(file)
        return digests.digest("source", self._recording, file.name, file.shown, repr(flags), *contents)

    def _judging(self, file: SourceFile) -> str:
        return digests.digest(*(self._schemas[schema] for schema in self.gathered.schemas[file.name]))

    @cached_property
    def _recording(self) -> str:
        tools = replace(self.edition.tools, schemas=(), custom_page=None)
        return digests.digest(digests.product(), closures.digest(tools))

    @cached_property
    def _page_making(self) -> str:
        tools = replace(self.edition.tools, schemas=(), custom_record=None)
        return digests.digest(digests.product(), closures.digest(tools))

    @cached_property
    def _index(self) -> str:
        custom = self.edition.config.render.custom_index
        path = self.edition.root / custom if custom else None
        return digests.digest(digests.product(), closures.digest(path), closures.digest(self.edition.tools.language))

    @cached_property
    def _schemas(self) -> dict[Schema, str]:
        named: Iterable[Schema] = (schema for schemas in self.gathered.schemas.values() for schema in schemas)
        return {schema: closures.digest(schema) for schema in set(named)}
