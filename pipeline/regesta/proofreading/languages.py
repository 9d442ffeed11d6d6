"""Languages: tags that are no BCP 47, and those that have a shorter or newer form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from regesta import rules
from regesta.findings import Finding
from regesta.walking import Walk, local_attribute

_SYNTAX = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}|-[A-WYZa-wyz0-9](?:-[A-Za-z0-9]{2,8})+)*)?(?:-?x(?:-\w{1,8})+)?|i-\w+"
)
# fmt: off
_COMMON = frozenset({
    "ar", "cs", "da", "de", "el", "en", "eo", "es", "fi", "fr", "grc", "he", "hr", "hu", "it", "ja", "ko", "la", "lt",
    "lv", "mul", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "und", "yi", "zh", "zxx",
})
# fmt: on
"""Tags known without looking into the registry."""
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "russian": "ru",
    "korean": "ko", "chinese": "zh", "japanese": "ja", "polish": "pl", "czech": "cs", "hungarian": "hu",
    "italian": "it", "spanish": "es", "latin": "la", "greek": "el", "yiddish": "yi", "hebrew": "he",
    "kr": "ko", "jp": "ja", "cn": "zh", "cz": "cs", "gr": "el", "dk": "da",
}  # fmt: skip
"""What is written for a language by those who do not know its tag: its name, or the code of a country."""


def check(walk: Walk) -> Iterator[Finding]:
    """Yield a finding for each wrong or outdated tag, at its first place in the source."""
    told: set[str] = set()
    for met, attribute, value in walk.languages:
        tags = value.split() if attribute == "otherLangs" else [value]
        for tag in tags:
            if tag in _COMMON or tag in told or not (tag or attribute != "{http://www.w3.org/XML/1998/namespace}lang"):
                continue
            told.add(tag)
            rule, better = _judge(tag)
            if rule:
                place = walk.tree.place(met.index, met.element)
                proposal = f'Write "{better}"' if better else "Write a tag such as en, ko, zh-Hant or ru-Latn"
                yield rules.finding(
                    rule, place, tag=tag, attribute=local_attribute(attribute), element=met.name, proposal=proposal
                )


@lru_cache(maxsize=1_000)
def _judge(tag: str) -> tuple[str, str]:
    """Return the rule that `tag` breaks ("" for none), and the better tag ("" when none is known)."""
    import langcodes  # noqa: PLC0415 - its registry takes time to load, and few editions need it

    known = _NAMES.get(tag.strip().casefold(), "")
    if not _SYNTAX.fullmatch(tag) or not tag:
        mended = tag.strip().replace("_", "-")
        valid = _SYNTAX.fullmatch(mended) and mended and langcodes.tag_is_valid(mended)
        return "language-malformed", known or (langcodes.standardize_tag(mended) if valid else "")
    if tag.casefold().startswith(("x-", "i-")) or tag.casefold()[:2] in {"qa", "qt"}:
        return "", ""
    if not langcodes.tag_is_valid(tag):
        return "language-unknown", known
    standard = langcodes.standardize_tag(tag)
    if standard.partition("-")[0] != tag.partition("-")[0].casefold() or "-UK" in tag.upper().split("x-")[0]:
        return "language-outdated", standard
    return "", ""
