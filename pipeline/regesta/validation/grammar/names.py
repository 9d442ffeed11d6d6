"""Name classes: which names an element or attribute pattern stands for (RELAX NG, section 6.1.1 and 7.3).

A name is written as lxml writes it: `{namespace}local`, or `local` outside any namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

# A namespace and a local name that nobody can mention: they stand for "any other name" (section 7.3).
_NO_NAMESPACE_AT_ALL = "\0"
_NO_NAME_AT_ALL = "\0"


def split(name: str) -> tuple[str, str]:
    """Return (namespace, local name)."""
    if name[0] == "{":
        namespace, _, local = name[1:].rpartition("}")
        return namespace, local
    return "", name


def tag(element: etree._Element) -> str:
    """Return the name of an element."""
    return str(element.tag)


def join(namespace: str, local: str) -> str:
    """Return the name as lxml writes it."""
    return f"{{{namespace}}}{local}" if namespace else local


@dataclass(frozen=True)
class Name:
    """Exactly one name."""

    namespace: str
    local: str

    def contains(self, namespace: str, local: str) -> bool:
        """Say whether the name belongs to the class."""
        return local == self.local and namespace == self.namespace


@dataclass(frozen=True)
class NsName:
    """Every name of a namespace, `without` excepted."""

    namespace: str
    without: NameClass | None = None

    def contains(self, namespace: str, local: str) -> bool:
        """Say whether the name belongs to the class."""
        return namespace == self.namespace and not (self.without and self.without.contains(namespace, local))


@dataclass(frozen=True)
class AnyName:
    """Every name, `without` excepted."""

    without: NameClass | None = None

    def contains(self, namespace: str, local: str) -> bool:
        """Say whether the name belongs to the class."""
        return not (self.without and self.without.contains(namespace, local))


@dataclass(frozen=True)
class NameChoice:
    """The names of any of the classes."""

    among: tuple[NameClass, ...]

    def contains(self, namespace: str, local: str) -> bool:
        """Say whether the name belongs to the class."""
        return any(each.contains(namespace, local) for each in self.among)


NameClass = Name | NsName | AnyName | NameChoice


def listed(names: NameClass) -> Iterator[str]:
    """Yield the names that the class lists one by one."""
    if isinstance(names, Name):
        yield join(names.namespace, names.local)
    elif isinstance(names, NameChoice):
        for each in names.among:
            yield from listed(each)


def is_open(names: NameClass) -> bool:
    """Say whether the class has names that it does not list."""
    if isinstance(names, NameChoice):
        return any(is_open(each) for each in names.among)
    return not isinstance(names, Name)


def overlap(one: NameClass, other: NameClass) -> bool:
    """Say whether any name belongs to both classes (section 7.3)."""
    if isinstance(one, Name) and isinstance(other, Name):
        return one == other
    return any(
        one.contains(*name) and other.contains(*name) for name in {*_representatives(one), *_representatives(other)}
    )


def _representatives(names: NameClass) -> Iterator[tuple[str, str]]:
    """Yield names such that two classes overlap if, and only if, they share one of those of both."""
    if isinstance(names, Name):
        yield names.namespace, names.local
    elif isinstance(names, NameChoice):
        for each in names.among:
            yield from _representatives(each)
    else:
        namespace = names.namespace if isinstance(names, NsName) else _NO_NAMESPACE_AT_ALL
        yield namespace, _NO_NAME_AT_ALL
        if names.without:
            yield from _representatives(names.without)
