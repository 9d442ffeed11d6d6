"""Keeping: results of work on sources as bytes, to travel between processes and to be kept, and back again.

Python's pickle, which is fast; but what is read back can only be made of the dataclasses and enumerations of which
results are made: a file that somebody else has put into the cache cannot have anything else done.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar, get_args, get_origin, get_type_hints

_Make = Callable[..., Any]
_Makers = dict[tuple[str, str], _Make]
_MOST_SHARED = 100_000
_SHORT = 80


class Value:
    """What all dataclasses are that travel and are kept: frozen, with slots, and written as the values of their fields.

    They take a third of the memory of others, and are made again by their constructors.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Return what makes the value again."""
        return self.__class__, values_of(self)


class Choice(StrEnum):
    """What all enumerations in values are: written as their words, which early releases of Python 3.11 do otherwise."""

    def __reduce_ex__(self, _protocol: object) -> tuple[type, tuple[str]]:
        """Return what finds the member again."""
        return self.__class__, (self.value,)


class Recurring(Value):
    """A small value that is often the same in many documents; its fields are such, texts, numbers and truth values."""

    __slots__ = ()


Kept = TypeVar("Kept", bound=Value)
Row = TypeVar("Row", bound=Value)


def values_of(value: Any) -> tuple[Any, ...]:
    """Return the values of a dataclass's fields, in their order."""
    found: tuple[Any, ...] = _getter(value.__class__)(value)
    return found


def as_dict(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass with their values, which are left as they are."""
    return dict(zip(_names(value.__class__), values_of(value), strict=True))


class Sharing:
    """What recurs in many results, so that it is held once: short texts, and values of those kinds that do.

    `known` are texts of any length that are held already.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._texts = {text: text for text in known}
        self._most_texts = len(self._texts) + _MOST_SHARED
        self._makers: dict[type, _Makers] = {}

    def makers(self, kind: type) -> _Makers:
        """Return by its name what makes each of the classes of which a result of this kind is made."""
        if kind not in self._makers:
            self._makers[kind] = {name: self._maker(each) for name, each in _classes(kind).items()}
        return self._makers[kind]

    def _maker(self, kind: type) -> _Make:
        if issubclass(kind, Choice):
            return kind
        make = _strict(kind)
        held: dict[tuple[Any, ...], Any] = {}

        def shared(*values: Any) -> Any:
            known = held.get(values)
            if known is None:
                known = make(*map(self._text, values))
                if len(held) < _MOST_SHARED:
                    held[values] = known
            return known

        def single(*values: Any) -> Any:
            return make(*map(self._text, values))

        return shared if issubclass(kind, Recurring) else single

    def _text(self, value: Any) -> Any:
        """Return a short text as it was first met, anything else as it is."""
        if value.__class__ is not str:
            return value
        known = self._texts.get(value)
        if known is not None:
            return known
        if len(value) <= _SHORT and len(self._texts) < self._most_texts:
            self._texts[value] = value
        return value


def dump(value: object) -> bytes:
    """Return a result as bytes."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def load(kind: type[Kept], data: bytes, sharing: Sharing | None = None) -> Kept:
    """Return the result of this kind that the bytes hold. Raises ValueError when they hold anything else."""
    try:
        value = _read(kind, data, sharing)
    except Exception as error:
        raise ValueError("this is no result of ours") from error
    if isinstance(value, kind):
        return value
    raise ValueError(f"this is no {kind.__name__}")


def pack(rows: Sequence[object]) -> bytes:
    """Return rows of texts, bytes and numbers as bytes that take less."""
    return zlib.compress(dump(tuple(rows)), level=1)


def unpack(data: bytes) -> tuple[Any, ...]:
    """Return the rows that were packed. Raises ValueError when the bytes hold anything else."""
    try:
        return tuple(_Reader(io.BytesIO(zlib.decompress(data)), {}).load())
    except Exception as error:
        raise ValueError("these are no rows of ours") from error


class Elsewhere(Protocol):
    """Bytes that are not in memory."""

    def read(self) -> bytes:
        """Return them."""
        ...


PutBy = Callable[[bytes], Elsewhere]
"""What takes bytes out of memory."""


@dataclass(frozen=True, slots=True)
class Packed(Value, Generic[Row]):
    """Rows that are seldom looked at, as bytes that take a tenth of the memory or none; each look unpacks them."""

    data: bytes | Elsewhere = b""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Packed[Row]:
        """Return the rows packed."""
        found = tuple(rows)
        return cls(pack(found)) if found else cls()

    def put_by(self, put: PutBy) -> Packed[Row]:
        """Return the same rows, held elsewhere."""
        return Packed(_put_by(self.data, put))

    def rows(self, kind: type[Row]) -> tuple[Row, ...]:
        """Return the rows, which are of this kind. Raises ValueError when they hold anything else."""
        data = _here(self.data)
        try:
            return tuple(_read(kind, zlib.decompress(data))) if data else ()
        except Exception as error:
            raise ValueError("these are no rows of ours") from error


def in_blocks(rows: Iterable[Row], together: int) -> tuple[Packed[Row], ...]:
    """Return the rows in blocks of so many."""
    pending = iter(rows)
    return tuple(Packed.of(block) for block in iter(lambda: tuple(islice(pending, together)), ()))


@dataclass(frozen=True, slots=True)
class PackedText(Value):
    """A text that is seldom looked at."""

    data: bytes | Elsewhere = b""

    @classmethod
    def of(cls, text: str) -> PackedText:
        """Return the text packed."""
        return cls(text.encode("utf-8", "surrogatepass"))

    def put_by(self, put: PutBy) -> PackedText:
        """Return the same text, held elsewhere."""
        return PackedText(_put_by(self.data, put))

    @property
    def text(self) -> str:
        """Return the text."""
        return _here(self.data).decode("utf-8", "surrogatepass")


def _put_by(data: bytes | Elsewhere, put: PutBy) -> bytes | Elsewhere:
    return put(data) if isinstance(data, bytes) and data else data


def _here(data: bytes | Elsewhere) -> bytes:
    return data if isinstance(data, bytes) else data.read()


def _read(kind: type, data: bytes, sharing: Sharing | None = None) -> Any:
    return _Reader(io.BytesIO(data), _makers(kind) if sharing is None else sharing.makers(kind)).load()


class _Reader(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, makers: _Makers) -> None:
        super().__init__(stream)
        self._makers = makers

    def find_class(self, module: str, name: str) -> _Make:
        """Return what makes a class that results are made of. Raises KeyError for any other."""
        return self._makers[module, name]


@cache
def _makers(kind: type) -> _Makers:
    return {name: each if issubclass(each, Choice) else _strict(each) for name, each in _classes(kind).items()}


def _strict(kind: type) -> _Make:
    """Return a constructor that wants all fields."""
    count = len(_names(kind))

    def make(*values: Any) -> Any:
        if len(values) != count:
            raise ValueError(f"{kind.__name__} has {count} fields")
        return kind(*values)

    return make


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


@cache
def _getter(kind: Any) -> Callable[[Any], Any]:
    """Return what gets the values of a dataclass's fields, as a tuple also where there is one."""
    names = _names(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@cache
def _classes(kind: type) -> dict[tuple[str, str], type]:
    """Return the values and enumerations that stand in the annotations of `kind`, and in theirs."""
    found: dict[tuple[str, str], type] = {}
    pending: list[Any] = [kind]
    while pending:
        each = pending.pop()
        if isinstance(each, type) and issubclass(each, Enum) and not issubclass(each, Choice):
            raise TypeError(f"{each.__name__} is no Choice")
        pending += [part for part in (get_origin(each), *get_args(each)) if part is not None]
        if isinstance(each, type) and issubclass(each, Value | Choice):
            name = (each.__module__, each.__qualname__)
            if name not in found:
                found[name] = each
                pending += get_type_hints(each).values() if is_dataclass(each) else ()
    return found
