"""Every fault of an `edition.toml` in one message: its line, what is wrong, and the nearest right thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from regesta import rules
from regesta.errors import UsageError
from regesta.toml_lines import KeyPath, key_lines

_WORDING = {
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list in [brackets]",
    "int_type": "must be a whole number without quotes",
    "greater_than_equal": "must be {ge} or more",
    "missing": "is missing",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "mapping_type": "must be a table",
}
_PATTERNS = {"admin_email": "must be an e-mail address"}
_PATTERN = "must be a colour such as #7a1f1f"


def explain(error: ValidationError, model: type[BaseModel], text: str, file: Path) -> UsageError:
    """Return one UsageError with all faults that `error` has found in `text`, in the order of their lines."""
    lines = key_lines(text)
    faults = sorted(
        (_line(lines, _path(detail["loc"])), _sentence(detail, model)) for detail in error.errors(include_url=False)
    )
    count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
    listing = "".join(f"\n  line {line}: {sentence}" for line, sentence in faults)
    return UsageError(f"{file} has {count}:{listing}\n", "Mend them and run the command again.")


def _path(location: tuple[str | int, ...]) -> KeyPath:
    """Return where the fault lies: pydantic puts "[key]" behind a mapping's key that is wrong itself."""
    return location[:-1] if location[-1:] == ("[key]",) else location


def _line(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of the key, or of the nearest table around it: a key that is missing has none."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    path = _path(detail["loc"])
    name = _shown(path)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(path, name, model)
    if detail["loc"][-1:] == ("[key]",):
        return f"{name} is not a rule{_did_you_mean(str(path[-1]), rules.all_rules())}"
    if detail["type"] == "literal_error" or detail["type"] == "enum":
        return _wrong_choice(detail, name)
    if detail["type"] == "string_pattern_mismatch":
        return f"{name} {_PATTERNS.get(str(path[-1]), _PATTERN)}"
    if detail["type"] == "value_error":
        return f"{name} {detail['ctx']['error']}"
    wording = _WORDING.get(detail["type"])
    return f"{name} {wording.format(**detail.get('ctx', {}))}" if wording else f"{name}: {detail['msg']}"


def _unknown_key(path: KeyPath, name: str, model: type[BaseModel]) -> str:
    """Say which key was meant: one of the same table, or the same name in another table."""
    key = str(path[-1])
    siblings = _keys(_model_at(path[:-1], model))
    homes = [f"[{table}] {key}" for table in _keys(model) if key in _keys(_model_at((table,), model))]
    if homes and len(path) < 3:
        meant = f"; did you mean {' or '.join(homes)}?"
    else:
        meant = _did_you_mean(key, siblings) or f"; the keys here are {', '.join(siblings)}"
    kind = "table" if len(path) == 1 else "key"
    return f"{name} is not a known {kind}{meant}"


def _wrong_choice(detail: ErrorDetails, name: str) -> str:
    expected = detail["ctx"]["expected"]
    choices = [choice.strip("' ") for choice in expected.replace(" or ", ",").split(",")]
    if len(choices) < 8:
        return f"{name} must be {expected.replace(chr(39), chr(34))}, not {_toml(detail['input'])}"
    meant = _did_you_mean(str(detail["input"]), choices) or f"; there are {', '.join(choices)}"
    return f"{name} does not know {_toml(detail['input'])}{meant}"


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def _shown(path: KeyPath) -> str:
    """Return a path as a reader of the file knows it: `[site] menu, item 2, href`."""
    table, *keys = path or ("",)
    parts = [f"item {key + 1}" if isinstance(key, int) else key for key in keys]
    return f"[{table}] {', '.join(parts)}".strip()


def _did_you_mean(word: str, names: Iterable[str]) -> str:
    nearest = get_close_matches(word.lower(), sorted(names), n=1, cutoff=0.6)
    return f"; did you mean {nearest[0]}?" if nearest else ""


def _keys(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(path: KeyPath, model: type[BaseModel]) -> type[BaseModel] | None:
    """Return the model of the table at `path`, or None where a table has no fixed keys."""
    current: type[BaseModel] | None = model
    for key in path:
        current = _submodel(current, key) if current and isinstance(key, str) else current
    return current


def _submodel(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return _model_in(field.annotation)
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model that a type names: `Site`, `tuple[MenuItem, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)
