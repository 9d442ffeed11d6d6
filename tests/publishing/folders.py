"""What the tests publish and how they look at the result."""

from __future__ import annotations

from pathlib import Path

from regesta.publishing import Publication
from regesta.staging import PublishedPages

Files = dict[str, bytes]


def publish(output: Path, site: Files, exchange: Files | None = None) -> PublishedPages:
    """Publish the files and return the counts."""
    with Publication(output) as publication:
        for path, data in site.items():
            publication.write(path, data)
        for path, data in (exchange or {}).items():
            publication.write_exchange(path, data)
        return publication.commit()


def files_below(folder: Path) -> Files:
    """Return every file below the folder by its POSIX path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def names_in(folder: Path) -> list[str]:
    """Return the names in the folder, sorted."""
    return sorted(path.name for path in folder.iterdir())
