"""Making a deposit: the edition is built and checked, and what the profile names is put into one bag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from regesta import output_folder, reporting
from regesta.build import Options, build
from regesta.depositing.profile import PLACES, Part, Profile
from regesta.depositing.readme import readme
from regesta.edition import Edition
from regesta.errors import UsageError
from regesta.exchange.bagit import bag_info, bagged, below
from regesta.exchange.formats import FORMATS
from regesta.exchange.material import File, Material
from regesta.exchange.writing import write
from regesta.exporting import opened
from regesta.findings import Finding, count_by_severity
from regesta.judging import judge
from regesta.progress import Progress
from regesta.reporting import Format, Layout
from regesta.reporting.results import Results

PLACE = "deposit"
_FOLDERS: Mapping[Part, str] = {
    "tei": "tei", "mods": "metadata/mods", "premis": "metadata/premis", "mets": "metadata/mets", "dc": "metadata/dc",
    "csv": "metadata/csv", "text": "text",
}  # fmt: skip
_FILES: frozenset[Part] = frozenset({"tei-corpus", "ead3", "ead"})
_KEYS = {
    "source-organization": "[edition] publisher",
    "contact-email": "[exchange] admin_email",
    "external-description": "[edition] title",
    "external-identifier": "[edition] url",
    "bagging-date": "[edition] date",
}
_MEGABYTE = 1_000_000
_MOST_NAMED = 5


@dataclass(frozen=True)
class Deposit:
    """What was made: where it lies, its size in bytes, how many documents, what the documents do not state."""

    path: Path
    size: int
    documents: int
    findings: tuple[Finding, ...]


def make(
    edition: Edition, profile: Profile, path: Path | None, progress: Progress, *, jobs: int | None, force: bool
) -> Deposit:
    """Write the deposit to `path`, or to its default place under the output folder.

    Raises UsageError when the edition has errors that the profile does not allow or lacks what it requires, OutputError
    when it cannot be written: then there is none.
    """
    report = build(edition, Options(jobs=jobs), progress)
    counts = count_by_severity(report.findings)
    if counts["error"] and profile.errors == "refused":
        told = f"The edition has {counts['error']:,} errors, and {profile.name} takes none."
        raise UsageError(told, f"See {edition.output.as_posix()}/findings.json, or `regesta validate`.")
    material = opened(edition, progress, jobs)
    info = information(material, profile)
    _rights(material, profile)
    payload = _bounded(_payload(edition, material, profile, report.findings), profile)
    bag = bagged(payload, info, profile.algorithms)
    size, path = _write(bag, edition, profile, path, force=force)
    found = judge(material.found, edition.config, edition.configuration)
    return Deposit(path, size, len(material.documents), tuple(found))


def information(material: Material, profile: Profile) -> list[tuple[str, str]]:
    """Return what bag-info.txt says: the profile's own values, then what the edition states.

    Raises UsageError that names all labels which the profile requires and nothing states.
    """
    own = {label.casefold() for label in profile.bag_info}
    stated = [*profile.bag_info.items(), *(each for each in bag_info(material) if each[0].casefold() not in own)]
    if profile.bagit_profile:
        stated.append(("BagIt-Profile-Identifier", profile.bagit_profile))
    known = {label.casefold() for label, value in stated if value}
    absent = [label for label in profile.required if label.casefold() not in known]
    if absent:
        told = ", ".join(f"{each} ({_KEYS.get(each.casefold(), 'under [bag-info] in the profile')})" for each in absent)
        raise UsageError(
            f"{profile.name} asks for what nothing states: {told}.", "State it; nothing is put in its place."
        )
    return stated


def _rights(material: Material, profile: Profile) -> None:
    """Tell of documents without conditions of access and use. Raises UsageError where the profile requires them."""
    silent = [each for each in material.documents if not (each.access or each.rights or each.rights_url)]
    if silent and profile.rights == "required":
        named = ", ".join(each.id for each in silent[:_MOST_NAMED]) + (" …" if len(silent) > _MOST_NAMED else "")
        told = f"{profile.name} asks for rights or conditions of access; {len(silent):,} documents state none: {named}."
        raise UsageError(told, "State them in the documents' headers, under availability.")
    for each in silent:
        material.missing(each, PLACE, "conditions of access and use", "the deposit states none for it")


def _payload(edition: Edition, material: Material, profile: Profile, findings: tuple[Finding, ...]) -> Iterator[File]:
    """Yield the files of all parts, the README last, which names those that are there.

    Raises UsageError where the edition has nothing of a part that the profile does not call optional.
    """
    there: list[Part] = []
    for part in profile.contents:
        files = 0
        for files, file in enumerate(_part(part, edition, material, findings), start=1):  # noqa: B007 - it counts
            yield file
        if files:
            there.append(part)
        elif part != "readme" and part not in profile.optional:
            told = f"{profile.name} asks for {part}, of which the edition has nothing."
            raise UsageError(told, "Leave it out under contents, or name it under optional.")
    if "readme" in profile.contents:
        counts = count_by_severity(findings)
        there.append("readme")
        yield PLACES["readme"], readme(material.edition, profile, there, len(material.documents), counts)


def _part(part: Part, edition: Edition, material: Material, findings: tuple[Finding, ...]) -> Iterable[File]:
    """Return the files of a part of the payload, none for the README."""
    if part in _FOLDERS:
        return below(_FOLDERS[part], FORMATS[part].make(material))
    if part in _FILES:
        return below("metadata", FORMATS[part].make(material))
    if part == "schema":
        return below("schema", material.schema())
    if part == "site":
        return below("site", _tree(edition.output / "site"))
    if part == "report":
        return below("validation", _report(findings))
    return []


def _tree(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _report(findings: tuple[Finding, ...]) -> Iterator[File]:
    for name, style in (("findings.html", Format.HTML), ("findings.json", Format.JSON)):
        yield name, b"".join(reporting.report(Results(list(findings)), Layout(style)))


def _bounded(files: Iterable[File], profile: Profile) -> Iterator[File]:
    """Yield the files. Raises UsageError once they are more than the profile takes."""
    total = 0
    for path, data in files:
        total += len(data)
        if profile.most_megabytes and total > profile.most_megabytes * _MEGABYTE:
            told = f"The deposit is larger than the {profile.most_megabytes:,} MB that {profile.name} takes."
            raise UsageError(told, "Leave something out under contents, or ask the archive.")
        yield path, data


def _write(
    bag: Iterable[File], edition: Edition, profile: Profile, path: Path | None, *, force: bool
) -> tuple[int, Path]:
    if path is not None:
        return write(path, bag, folder=True, force=force), path
    folder = output_folder.claim(edition.output, edition.sources)
    try:
        place = edition.output / (f"{PLACE}.zip" if profile.package == "zip" else PLACE)
        return write(place, bag, folder=True, force=True), place
    finally:
        folder.release()
