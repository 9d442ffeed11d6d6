"""Stems: which forms of a word belong together, by the Snowball stemmers (https://snowballstem.org/).

The stems of all forms stand in the index, so that a query's word finds its sisters there. Only for a word that the
edition does not have does a browser need the stemmer itself: `assets/stemmers/` holds those of the same version.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from regesta.search.words import fold

# Languages by their code, with the stemmer's name; the first are those of the Latin script.
_LATIN = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "nn": "norwegian",
    "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_CYRILLIC = {"ru": "russian"}
_OTHER_CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "sr", "tg", "tt", "uk"})
_OTHER_LATIN = frozenset({"bs", "ca", "cs", "cy", "et", "ga", "hr", "la", "lt", "lv", "pl", "sk", "sl", "sq", "vi"})
_IS_CYRILLIC = re.compile("[\\u0400-\\u04ff]")
_IS_LATIN = re.compile("[A-Za-z\\u00c0-\\u024f]")

Stemmers = tuple[str, str]
"""The stemmers of a document's words in Latin and in Cyrillic letters, "" for none."""


def stemmers(languages: Iterable[str], latin: str = "english") -> Stemmers:
    """Return the stemmers for a document in these languages; `latin` is for one that names none in Latin letters.

    Titles and summaries are often in another language than the text, so that each script has its stemmer.
    """
    codes = [language.partition("-")[0].lower() for language in languages]
    known = next((_LATIN.get(code, "") for code in codes if code in _LATIN or code in _OTHER_LATIN), latin)
    cyrillic = next(
        (_CYRILLIC.get(code, "") for code in codes if code in _CYRILLIC or code in _OTHER_CYRILLIC), "russian"
    )
    return known, cyrillic


def prevailing(languages: Iterable[Iterable[str]]) -> str:
    """Return the Latin-script stemmer of most documents, given the languages of each; English for none."""
    found = Counter(
        _LATIN[code] for codes in languages for code in {each.partition("-")[0] for each in codes} & set(_LATIN)
    )
    return min(found, key=lambda name: (-found[name], name)) if found else "english"


def stem(word: str, chosen: Stemmers) -> str:
    """Return the folded stem of a word that is lower-case and not folded, "" where its script has no stemmer."""
    name = chosen[0] if _IS_LATIN.match(word) else chosen[1] if _IS_CYRILLIC.match(word) else ""
    return fold(_stem_word(name)(word)).replace(" ", "") if name else ""


@cache
def _stem_word(name: str) -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - slow to load, and whoever hands out the work stems nothing

    stemmer = snowballstemmer.stemmer(name)
    return stemmer.stemWord
