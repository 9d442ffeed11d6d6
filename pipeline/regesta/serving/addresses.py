"""Addresses: from what a client asks for to a path below the site, or to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

INDEX = "index.html"

_HIDDEN = re.compile(r"%(?:2f|5c|00)", re.IGNORECASE)
"""Slashes, backslashes and NUL that are written so that a server in between does not see them."""

_STRANGE = re.compile(r"[\x00-\x1f\x7f\\:]")
"""Signs that no path on a site holds; on Windows some would lead elsewhere."""


def site_path(environ: WSGIEnvironment) -> str | None:
    """Return the path below the site that a request means, "documents/a.html"; None for one that can mean none.

    What ends in a slash means the index within. Neither the path nor any part of it begins with a dot, is empty, or
    holds what an operating system might take for a separator.
    """
    raw = str(environ.get("REQUEST_URI") or environ.get("RAW_URI") or "").partition("?")[0]
    try:
        path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    return None if _HIDDEN.search(raw) else below(path.removeprefix("/"))


def below(path: str) -> str | None:
    """Return the path below the site that these decoded characters mean, as `site_path` does."""
    if not path or path.endswith("/"):
        path += INDEX
    if _STRANGE.search(path) or any(not part or part.startswith(".") for part in path.split("/")):
        return None
    return path
