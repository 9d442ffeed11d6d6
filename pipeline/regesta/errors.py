"""Faults of the tool or of how it is called.

A fault in the sources is a `Finding` (see `findings.py`) and never one of these. Each error carries the
sentence that says what happened, a remedy that says what to do, and the exit status of DESIGN's contract:
2 for wrong usage, 3 and above for a failure of the tool. The command line maps them in one place.
"""

from __future__ import annotations


class RegestaError(Exception):
    """A failure that ends the command: `message` says what and where, `remedy` what to do."""

    exit_status = 3

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(RegestaError):
    """The command was called in a way that cannot work: a path that is not there, a wrong configuration."""

    exit_status = 2


class OutputError(RegestaError):
    """The output folder cannot be used or written: it is not ours, full, read-only or in use."""

    exit_status = 3


class StylesheetError(RegestaError):
    """A stylesheet, ours or the edition's own, does not compile or fails outside any document."""

    exit_status = 3


class WorkerError(RegestaError):
    """Worker processes keep dying for a reason that no single document explains."""

    exit_status = 3
