"""Finds the product files `schema/`, `xslt/` and `assets/`, in a wheel and in a checkout alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

EDITION_FILE = "edition.toml"
"""The file that makes a folder an edition."""

PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder of product files called `name` (`schema`, `xslt` or `assets`).

    In a checkout `schema/` and `xslt/` lie two folders above the package and win over a stale copy beside it;
    in a wheel they lie inside the package. Raises FileNotFoundError when the installation is damaged.
    """
    checkout = PACKAGE.parent.parent / name
    if PACKAGE.parent.name == "pipeline" and checkout.is_dir():
        return checkout
    inside = PACKAGE / name
    if inside.is_dir():
        return inside
    raise FileNotFoundError(f"Regesta's own folder {name!r} is missing beside {PACKAGE}; reinstall the package.")
