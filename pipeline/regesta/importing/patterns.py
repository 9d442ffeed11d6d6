"""The patterns of a mapping, compiled once."""

from __future__ import annotations

import re
from functools import cache


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def search(pattern: str, text: str) -> re.Match[str] | None:
    """Return the first match of the pattern in the text."""
    return _compiled(pattern).search(text)


def whole(pattern: str, text: str) -> re.Match[str] | None:
    """Return the match of the pattern with the whole text."""
    return _compiled(pattern).fullmatch(text)
