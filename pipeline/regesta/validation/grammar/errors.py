"""The one exception of the grammar engine."""

from __future__ import annotations


class GrammarError(ValueError):
    """A schema cannot be used; the message is the end of the sentence "The schema cannot be used: …"."""
