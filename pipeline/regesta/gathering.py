"""Gather: the sources of an edition as tasks, each with the files that it includes and the schemas that judge it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from regesta import closures, digests, including, reading, rules, sources, validation
from regesta.analysis import SourceTask, Tools
from regesta.errors import RegestaError, UsageError
from regesta.findings import Finding, Place
from regesta.reading import ParsedFile
from regesta.sources import Discovery, SourceFile
from regesta.validation import Schema

if TYPE_CHECKING:
    from regesta.edition import Edition

_HEAD = 16_384


@dataclass(frozen=True)
class Gathered:
    """All sources: those to work on, those refused at the door, and what includes what.

    `beside` are files that are no sources themselves, but that sources include as text, by name; `including` names the
    sources that ask for any other file, be it there or not.
    """

    files: tuple[SourceFile, ...]
    refused: tuple[tuple[SourceFile, Finding], ...]
    includes: Mapping[str, tuple[str, ...]]
    included: frozenset[str]
    members: frozenset[str]
    withheld: frozenset[str]
    schemas: Mapping[str, tuple[Schema, ...]]
    findings: tuple[Finding, ...]
    beside: Mapping[str, SourceFile]
    including: frozenset[str] = frozenset()
    digests: dict[str, str] = field(default_factory=dict)

    def tools(self, tools: Tools) -> Tools:
        """Return `tools` with every schema that judges a source, so that each worker can compile them all."""
        named = {schema for schemas in self.schemas.values() for schema in schemas}
        return replace(tools, schemas=tuple(sorted(named, key=lambda schema: (schema.name, str(schema.path)))))

    @property
    def count(self) -> int:
        """Return how many sources there are to work on."""
        return len(self.files)

    def contents(self, file: SourceFile) -> list[str]:
        """Return the digest of the file's bytes, then name, path and digest of each file that it includes."""
        found = [self._digest(file)]
        below = sorted(_closure(self.includes, file.name)) if file.name in self.includes else ()
        for name in below:
            found += [name, self._by_name[name].shown, self._digest(self._by_name[name])]
        return found

    def _digest(self, file: SourceFile) -> str:
        if file.name not in self.digests:
            self._read(file)
        return self.digests[file.name]

    @cached_property
    def _by_name(self) -> dict[str, SourceFile]:
        return {**self.beside, **{file.name: file for file in self.files}}

    def tasks(self, names: Iterable[str] | None = None) -> Iterator[SourceTask]:
        """Yield the task of each source, or of those with these names in their order, read when it is its turn.

        Raises RegestaError when a file has changed since it was first read.
        """
        yield from map(self._task, self.files if names is None else map(self._by_name.__getitem__, names))

    def _task(self, file: SourceFile) -> SourceTask:
        data = self._read(file)
        below = sorted(_closure(self.includes, file.name))
        others = {name: (self._by_name[name].shown, self._read(self._by_name[name])) for name in below}
        return SourceTask(
            name=file.name,
            shown=file.shown,
            data=data,
            included=file.name in self.included,
            member=file.name in self.members,
            withheld=file.name in self.withheld,
            others=others,
            schemas=self.schemas[file.name],
        )

    def _read(self, file: SourceFile) -> bytes:
        data = sources.read_bytes(file)
        if isinstance(data, Finding):
            raise RegestaError(f"{file.shown} cannot be read any more.", "Leave the sources alone and run this again.")
        digest = digests.of_bytes(data)
        if self.digests.setdefault(file.name, digest) != digest:
            raise RegestaError(f"{file.shown} changed while it was being worked on.", "Run this again.")
        return data


def gather(edition: Edition, only: Collection[str] | None = None) -> Gathered:
    """Return the sources of the edition, or those with the names `only`; a folder without any is worth a finding."""
    config = edition.config.sources
    if only is None:
        found = sources.discover(edition.sources, exclude=config.exclude, outputs=[edition.output])
    else:
        found = sources.among(edition.sources, only, exclude=config.exclude)
    patterns = (*config.documents, *config.registers)
    if patterns:
        found = _only(found, edition, patterns)
    gathered = _gathered(found, edition.tools.schemas, config.exclude, config.withheld)
    if gathered.files or gathered.refused:
        return gathered
    nothing = rules.finding("sources-none", Place(sources.printable(edition.sources)))
    return replace(gathered, findings=(nothing,))


def gather_paths(paths: Iterable[Path], schemas: tuple[Schema, ...]) -> Gathered:
    """Return the files and folders that the user names, outside any edition. Raises UsageError for a missing one."""
    paths = tuple(paths)
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"There is no file or folder {path}.", "Check the path.")
    return _gathered(sources.from_paths(paths), schemas)


def _gathered(
    found: Discovery, schemas: tuple[Schema, ...], exclude: tuple[str, ...] = (), withheld: tuple[str, ...] = ()
) -> Gathered:
    files: list[SourceFile] = []
    refused = list(found.refused)
    includes: dict[str, tuple[str, ...]] = {}
    judging: dict[str, tuple[Schema, ...]] = {}
    findings: list[Finding] = []
    beside: dict[str, SourceFile] = {}
    whole: dict[str, tuple[str, ...]] = {}
    asking: set[str] = set()
    read: dict[str, str] = {}
    declared = _Schemas()
    closures.look_again()
    names = {file.name for file in found.files}
    for file in found.files:
        data = sources.read_bytes(file)
        if isinstance(data, Finding):
            refused.append((file, data))
            continue
        files.append(file)
        read[file.name] = digests.of_bytes(data)
        judging[file.name], unusable = (schemas, []) if schemas else declared.of(file, data)
        findings += unusable
        if including.mentions_xinclude(data):
            taken = list(_targets(data, file))
            wanted = [name for name, _whole in taken]
            if taken:
                asking.add(file.name)
            whole[file.name] = tuple(name for name, member in taken if member)
            texts = (sources.beside(file, name, exclude) for name in wanted if name not in names)
            beside.update({text.name: text for text in texts if text is not None})
            includes[file.name] = tuple(name for name in wanted if name in names or name in beside)
    readable = {file.name for file in files} | set(beside)
    kept = {name: tuple(each for each in targets if each in readable) for name, targets in includes.items()}
    refused.sort(key=lambda row: row[0].name)
    return Gathered(
        files=tuple(files),
        refused=tuple(refused),
        includes=kept,
        included=_included(kept),
        members=_included({name: tuple(e for e in targets if e in readable) for name, targets in whole.items()}),
        withheld=frozenset(name for name in readable if sources.is_excluded(name, withheld)),
        schemas=judging,
        findings=tuple(findings),
        beside=beside,
        including=frozenset(asking),
        digests=read,
    )


def _included(includes: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return what is part of another source; of files that only include each other, the first stands for itself."""
    targets = {each for name, found in includes.items() for each in found if each != name}
    reached: set[str] = set()
    parts: set[str] = set()
    for name in [*(name for name in includes if name not in targets), *sorted(includes)]:
        if name not in reached:
            below = _closure(includes, name)
            reached |= {name, *below}
            parts |= below
    return frozenset(parts)


def _closure(includes: Mapping[str, tuple[str, ...]], name: str) -> set[str]:
    """Return all that `name` includes, and what that includes in turn, without `name` itself."""
    found: set[str] = set()
    pending = list(includes.get(name, ()))
    while pending:
        each = pending.pop()
        if each not in found and each != name:
            found.add(each)
            pending.extend(includes.get(each, ()))
    return found


def _targets(data: bytes, file: SourceFile) -> Iterator[tuple[str, bool]]:
    parsed = reading.parse(data, file.shown)
    if isinstance(parsed, ParsedFile):
        yield from including.targets(parsed, file.name)


def _only(found: Discovery, edition: Edition, patterns: Iterable[str]) -> Discovery:
    """Keep what one of the patterns names: a file, a folder, or a glob against the path below the edition."""

    def wanted(file: SourceFile) -> bool:
        path = file.path.resolve()
        root = edition.root.resolve()
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else file.name
        names = {name, file.name}
        return any(
            each == pattern.rstrip("/") or each.startswith(pattern.rstrip("/") + "/") or fnmatchcase(each, pattern)
            for pattern in patterns
            for each in names
        )

    return Discovery(
        tuple(file for file in found.files if wanted(file)),
        tuple((file, fault) for file, fault in found.refused if wanted(file)),
    )


@dataclass
class _Schemas:
    """The schemas that documents name themselves by xml-model within their folder, each opened once."""

    usable: dict[Path, Schema] = field(default_factory=dict)
    unusable: dict[Path, str] = field(default_factory=dict)

    def of(self, file: SourceFile, data: bytes) -> tuple[tuple[Schema, ...], list[Finding]]:
        """Return the schemas that judge `file`, and a finding for each that cannot be used."""
        chosen: dict[Path, Schema] = {}
        findings: list[Finding] = []
        for name in validation.declared(_head(data)):
            path = (file.path.parent / name).resolve()
            if path in chosen or not path.is_file() or not path.is_relative_to(file.folder.resolve()):
                continue
            self._open(path, name)
            if path in self.usable:
                chosen[path] = self.usable[path]
            else:
                place = Place(file.shown, 1, 1)
                findings.append(rules.finding("schema-unusable", place, schema=name, reason=self.unusable[path]))
        return tuple(chosen.values()), findings

    def _open(self, path: Path, name: str) -> None:
        if path not in self.usable and path not in self.unusable:
            try:
                self.usable[path] = validation.schema(path, name)
            except UsageError as error:
                said = error.message.removeprefix(f"The schema {name} ").rstrip(".")
                self.unusable[path] = said.removeprefix("cannot be used: ")


def _head(data: bytes) -> str:
    """Return the beginning of a file as text, where its xml-model instructions stand."""
    try:
        return data[:_HEAD].decode(reading.declared_encoding(data), "replace")
    except (LookupError, UnicodeError):
        return ""
