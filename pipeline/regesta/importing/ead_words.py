"""The words and dates of a finding aid: what stands in its elements, as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from regesta.importing import when
from regesta.importing.markup import folded
from regesta.importing.when import When
from regesta.reading import local_name

_COMPONENT = re.compile(r"c(0[1-9]|1[0-2])?")


def is_component(element: etree._Element) -> bool:
    """Return whether an element is a component, of whatever depth."""
    return _COMPONENT.fullmatch(local_name(element)) is not None


def kind_of(element: etree._Element) -> str:
    """Return the kind of statement that an element is marked as, in either version of EAD, "" for none."""
    return element.get("localtype") or element.get("type") or ""


def title_of(component: etree._Element) -> str:
    """Return the title of a component without its dates and subtitles."""
    titles = [each for each in component.iterfind("{*}did/{*}unittitle") if kind_of(each) != "sub"]
    return "; ".join(filter(None, (words_of(each, besides=("unitdate",)) for each in titles)))


def words_of(element: etree._Element | None, besides: tuple[str, ...] = ()) -> str:
    """Return the words of an element, parts set apart by spaces; without those of the elements named `besides`.

    Where parts are taken together, what set them apart at the ends is dropped.
    """
    if element is None:
        return ""
    words = folded("".join(_pieces(element, besides)))
    return words.strip(" ,;") if len(element) else words


def _pieces(element: etree._Element, besides: tuple[str, ...]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in besides:
            joined = "".join(_pieces(child, besides))
            yield joined if local_name(child) in _WITHIN_WORDS else f" {joined} "
        yield child.tail or ""


_WITHIN_WORDS = frozenset({"emph", "ref", "extref", "title", "abbr", "expan", "foreign", "quote", "num", "date"})


def repository_of(stated: etree._Element | None = None, *_others: etree._Element) -> str:
    """Return the name in a statement of repository, without its address."""
    name = None if stated is None else next(stated.iterchildren("{*}corpname", "{*}name"), None)
    return words_of(stated, besides=("address",)) if name is None else name_of(name)


def name_of(made: etree._Element) -> str:
    """Return a name; of EAD3's parts surname and forename make one, and others follow after a comma."""
    parts = [words_of(each) for each in made.iterchildren("{*}part")]
    return ", ".join(filter(None, parts)) if parts else words_of(made)


def container_of(box: etree._Element) -> str:
    """Return a container with what it is."""
    kind = box.get("localtype") or box.get("type") or box.get("label") or ""
    words = words_of(box)
    return (
        words if not kind or words.casefold().startswith(kind.casefold()) else f"{kind[:1].upper()}{kind[1:]} {words}"
    )


def meant_by(unit: etree._Element) -> When | None:
    """Return what the machine-readable form of a date says, None where there is none that is certain."""
    if local_name(unit) == "unitdate":
        start, slash, end = unit.get("normal", "").partition("/")
        return _period(start, end if slash else start)
    single = [each.get("standarddate", "") for each in unit.iter("{*}datesingle")]
    if len(single) == 1 and not list(unit.iter("{*}daterange")):
        return _period(single[0], single[0])
    ranges = list(unit.iter("{*}daterange"))
    if len(ranges) == 1 and not single:
        ends = [ranges[0].find(f"{{*}}{name}") for name in ("fromdate", "todate")]
        stated = ["" if each is None else each.get("standarddate", "") for each in ends]
        return _period(*stated) if None not in ends else _open(*stated)
    return None


def _period(start: str, end: str) -> When | None:
    first, last = when.iso(start), when.iso(end)
    return When(first.start, last.end) if first and last and first.start[:4] <= last.end[:4] else None


def _open(start: str, end: str) -> When | None:
    """Return a period of which one end is known."""
    first, last = when.iso(start), when.iso(end)
    return When(first.start if first else "", last.end if last else "") if first or last else None


def told_period(meant: When | None) -> str:
    """Return a date in words that no finding aid has put into words."""
    if meant is None:
        return ""
    return meant.start if meant.start == meant.end else f"{meant.start} to {meant.end}"
