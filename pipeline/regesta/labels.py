"""Labels: the words that the site itself says, one JSON file a language (`xslt/labels/TAG.json`).

A file holds an object of key and words; what it lacks is said in English. Places to fill are written {}, or {1}, {2}
where there are several and a language may want them in another order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regesta.errors import UsageError
from regesta.resources import folder

ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    """A language of the site: its tag, and the edition's own folder of labels where it has one."""

    tag: str = ENGLISH
    own: Path | None = None


IN_ENGLISH = Language()


def languages(own: Path | None = None) -> tuple[str, ...]:
    """Return the tags of all languages with labels: ours, and those in the edition's folder `own`."""
    folders = [folder("xslt") / "labels", *([own] if own else [])]
    return tuple(sorted({path.stem for each in folders for path in each.glob("*.json")}))


def best(wanted: str, own: Path | None = None) -> str | None:
    """Return the tag of the labels for `wanted`: itself, or its language without region and script; None without."""
    known = {tag.casefold(): tag for tag in languages(own)}
    parts = wanted.casefold().split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[tag] for tag in shorter if tag in known), None)


@cache
def table(language: str = ENGLISH, own: Path | None = None) -> Mapping[str, str]:
    """Return all labels in `language`: English ones, over them those of the product, over them the edition's own.

    Raises UsageError when a file of the edition is no object of texts.
    """
    ours = folder("xslt") / "labels"
    words = dict(_read(ours / f"{ENGLISH}.json"))
    for source in (ours, own):
        if source is not None:
            words |= _read(source / f"{language}.json")
    return words


def as_json(language: str = ENGLISH, own: Path | None = None) -> str:
    """Return the labels as the stylesheets' static parameter `l:words` wants them."""
    return json.dumps(table(language, own), ensure_ascii=False)


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    remedy = 'Write {"key": "words", …} in UTF-8, with the keys of the English file.'
    try:
        words = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The labels in {path} cannot be read: {error}.", remedy) from None
    if not isinstance(words, dict) or not all(isinstance(value, str) for value in words.values()):
        raise UsageError(f"The labels in {path} are not an object of texts.", remedy)
    return words
