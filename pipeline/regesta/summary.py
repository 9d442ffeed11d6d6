"""Summary: a build in a few numbers, so that the next one can tell them again when nothing has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Summary:
    """A published build: its documents, its findings by severity, and what became of its pages (see `report.json`)."""

    edition: str
    documents: int
    findings: dict[str, int]
    written: int
    unchanged: int
    removed: int
    seconds: float

    @property
    def has_errors(self) -> bool:
        """Tell whether any finding is an error."""
        return self.findings["error"] > 0

    def pages(self) -> dict[str, int]:
        """Return the key `pages` of `report.json`."""
        total = self.written + self.unchanged
        return {"total": total, "written": self.written, "unchanged": self.unchanged, "removed": self.removed}

    def again(self, seconds: float) -> Summary:
        """Return the summary of a build that found everything as this one left it."""
        return replace(self, written=0, unchanged=self.written + self.unchanged, removed=0, seconds=seconds)
