"""Shapes: frozen dataclasses from JSON, as their annotations say, without a library that is slow to load.

It knows what the records are made of: dataclasses, tuples of one kind, strings, numbers, truth values, and None.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Shape = TypeVar("Shape")
_Reader = Callable[[Any], Any]


def from_json(kind: type[Shape], text: str) -> Shape:
    """Return the dataclass `kind` that the JSON text describes; keys that it does not have are passed over.

    Raises ValueError when the text is no JSON, lacks a key, or has a value of another kind.
    """
    read: _Reader = _reader(kind)  # type: ignore[arg-type] # every class has a hash
    made: Shape = read(json.loads(text))
    return made


@cache
def _reader(kind: Any) -> _Reader:
    """Return what turns a value that JSON knows into one of `kind`."""
    if is_dataclass(kind):
        return _of_dataclass(kind)
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        item = _reader(inner[0])
        return lambda value: tuple(map(item, _checked(list, value)))
    if get_origin(kind) is UnionType:
        (other,) = (each for each in inner if each is not type(None))
        given = _reader(other)
        return lambda value: None if value is None else given(value)
    return lambda value: _checked(kind, value)


def _of_dataclass(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def read(value: Any) -> Any:
        if value.__class__ is not dict:
            raise ValueError(f"{value!r} is not of the kind dict")
        try:
            return kind(**{key: readers[key](each) for key, each in value.items() if key in readers})
        except TypeError as error:
            raise ValueError(str(error)) from None

    return read


def _checked(kind: type, value: Any) -> Any:
    if value.__class__ is not kind:
        raise ValueError(f"{value!r} is not of the kind {kind.__name__}")
    return value
