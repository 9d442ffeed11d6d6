"""Opens a file of XML that is to be imported as a whole: one that cannot be read ends the import in one sentence."""

from __future__ import annotations

from pathlib import Path

from regesta import reading
from regesta.errors import UsageError
from regesta.findings import Finding
from regesta.reading import ParsedFile
from regesta.sources import printable

_MOST_BYTES = 256_000_000


def parsed(path: Path) -> ParsedFile:
    """Return the parsed file. Raises UsageError when it is not there, too large, or no XML that is safe to read."""
    shown = printable(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"The file {shown} is larger than {_MOST_BYTES // 1_000_000} MB.", "Divide it.")
        found = reading.parse(path.read_bytes(), shown)
    except OSError as error:
        raise UsageError(f"The file {shown} cannot be read: {error.strerror}.", "Check the path.") from None
    if isinstance(found, Finding):
        raise UsageError(f"The file {shown} cannot be read. {found.message}", found.hint)
    return found
