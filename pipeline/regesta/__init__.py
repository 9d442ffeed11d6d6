"""Regesta: from a folder of TEI-encoded documents to a checked, searchable, citable edition.

`regesta.open(FOLDER)` gives an edition to programs (`regesta.library`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.library import OpenedEdition, open

__version__ = "0.1.0"
__all__ = ["OpenedEdition", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """Return what programs use; it is loaded only for them, so that the commands start fast."""
    if name in {"OpenedEdition", "open"}:
        from regesta import library  # noqa: PLC0415 - see above

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
