"""Small editions for tests: made in a folder from a few words, built or checked in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regesta.build import Options, build
from regesta.checking import check_paths
from regesta.edition import Edition, open_edition
from regesta.edition_checking import check_edition
from regesta.findings import Finding
from regesta.progress import Silent
from regesta.report import Report
from regesta.validation import schema

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
TITLED = '[edition]\ntitle = "Small"\neditors = ["E. Ditor"]\nurl = "https://example.org/"\n'


def tei(body: str = "<p>Words.</p>", *, title: str = "A letter", header: str = "", attributes: str = "") -> str:
    """Return a TEI document; `header` follows fileDesc, `body` is what the body holds."""
    return text_of(f"<body>{body}</body>", title=title, header=header, attributes=attributes)


def text_of(text: str, *, title: str = "A letter", header: str = "", attributes: str = "") -> str:
    """Return a TEI document whose text element holds `text`."""
    return f'<TEI xmlns="{NAMESPACE}" {XI} {attributes}>{header_of(title, header)}<text>{text}</text></TEI>\n'.replace(
        " >", ">"
    )


def header_of(title: str = "A letter", more: str = "") -> str:
    """Return a teiHeader; `more` follows fileDesc."""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><p/></publicationStmt>"
        f"<sourceDesc><p/></sourceDesc></fileDesc>{more}</teiHeader>"
    )


def register(entries: str) -> str:
    """Return a register of persons."""
    return tei(f"<listPerson>{entries}</listPerson>", title="Persons")


def person(key: str, name: str) -> str:
    """Return an entry of a register of persons."""
    return f'<person xml:id="{key}"><persName>{name}</persName></person>'


def status(value: str) -> str:
    """Return a revisionDesc with a status."""
    return f'<revisionDesc status="{value}"><change/></revisionDesc>'


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files below `folder`, which is returned."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


@dataclass(frozen=True)
class Built:
    """A build: its report, and the files that it left."""

    edition: Edition
    report: Report

    @property
    def output(self) -> Path:
        """Return the output folder."""
        return self.edition.output

    @property
    def site(self) -> Path:
        """Return the folder of the site."""
        return self.output / "site"

    def rules(self, name: str = "") -> list[str]:
        """Return the rules of all findings, or of those in the source `name`."""
        return [found.rule for found in self.report.findings if not name or found.path.endswith(name)]

    def outcomes(self) -> dict[str, str]:
        """Return what became of each source."""
        return {row.source: row.outcome.value for row in self.report.ledger if row.document is None}

    def ids(self) -> list[str]:
        """Return the ids of the published documents, in the order of the ledger."""
        return [str(row.document) for row in self.report.ledger if row.document and row.page]

    def json(self, name: str) -> dict[str, Any]:
        """Return report.json or findings.json as it lies there."""
        loaded: dict[str, Any] = json.loads((self.output / name).read_text(encoding="utf-8"))
        return loaded

    def page(self, path: str) -> str:
        """Return a file of the site."""
        return (self.site / path).read_text(encoding="utf-8")

    def bytes(self) -> dict[str, bytes]:
        """Return all files of the site with their bytes."""
        return tree_bytes(self.site)


def tree_bytes(folder: Path) -> dict[str, bytes]:
    """Return all files below `folder` with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def build_in(folder: Path, *, jobs: int | None = None, strict: bool = False, output: Path | None = None) -> Built:
    """Build the edition in `folder` (its sources in tei/) and return what came of it."""
    edition = open_edition(folder, None, output or folder / "build")
    return Built(edition, build(edition, Options(jobs=jobs or 1, strict=strict), Silent()))


def build_sources(folder: Path, output: Path) -> Built:
    """Build a folder of sources, as `build --source` does."""
    edition = open_edition(None, folder, output)
    return Built(edition, build(edition, Options(jobs=1), Silent()))


Make = Callable[[Mapping[str, str | bytes]], Built]


def check_in(folder: Path) -> list[Finding]:
    """Return the findings of the edition in `folder`, as `validate` gives them."""
    return check_edition(open_edition(folder, None, None), (), 1, Silent())


def check_files(*paths: Path, schemas: tuple[Path, ...] = ()) -> list[Finding]:
    """Return the findings of files outside any edition, as `validate PATH` gives them."""
    return check_paths(paths, tuple(schema(path, path.name) for path in schemas), 1, Silent())


def rules_of(findings: list[Finding]) -> list[str]:
    """Return the rules of the findings, without the remark that no grammar judged them."""
    return [found.rule for found in findings if found.rule != "schema-none"]
