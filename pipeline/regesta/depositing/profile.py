"""The profile of a deposit: what an archive asks for, in TOML. `docs/depositing.md` explains every key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from regesta.importing.mapping import Model, load_model

Part = Literal[
    "tei",
    "tei-corpus",
    "schema",
    "site",
    "ead3",
    "ead",
    "mods",
    "premis",
    "mets",
    "dc",
    "csv",
    "text",
    "readme",
    "report",
]
PARTS: tuple[Part, ...] = get_args(Part)
Algorithm = Literal["sha256", "sha512", "sha1", "md5"]
PLACES: dict[Part, str] = {
    "tei": "tei/", "tei-corpus": "metadata/tei-corpus.xml", "schema": "schema/", "site": "site/",
    "ead3": "metadata/ead3.xml", "ead": "metadata/ead.xml", "mods": "metadata/mods/", "premis": "metadata/premis/",
    "mets": "metadata/mets/", "dc": "metadata/dc/", "csv": "metadata/csv/", "text": "text/", "readme": "README.txt",
    "report": "validation/",
}  # fmt: skip
"""Where each part lies in the payload: a file, or a folder with a slash at its end."""


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values) or not values:
        raise ValueError("it should name one thing at least, and each once")
    return values


def _labels(stated: dict[str, str]) -> dict[str, str]:
    wrong = [label for label in stated if not label.strip() or ":" in label or "\n" in label]
    if wrong:
        raise ValueError(f"{wrong[0]!r} cannot be a label in bag-info.txt")
    return stated


class Profile(Model):
    """What an archive asks for.

    `optional` are contents that may be wanting where an edition has none; `required` are labels of bag-info.txt;
    `most_megabytes` 0 sets no limit.
    """

    name: str = "Regesta's own profile"
    package: Literal["folder", "zip"] = "folder"
    contents: Annotated[tuple[Part, ...], AfterValidator(_once)] = (
        "tei", "schema", "site", "ead3", "mods", "premis", "readme", "report"
    )  # fmt: skip
    algorithms: Annotated[tuple[Algorithm, ...], AfterValidator(_once)] = ("sha256", "sha512")
    optional: tuple[Part, ...] = ("schema",)
    bag_info: Annotated[dict[str, str], AfterValidator(_labels)] = Field(default_factory=dict)
    required: tuple[str, ...] = ()
    bagit_profile: str = ""
    rights: Literal["asked", "required"] = "asked"
    errors: Literal["allowed", "refused"] = "refused"
    most_megabytes: int = Field(0, ge=0)


DEFAULT = Profile()


def load(path: Path | None) -> Profile:
    """Return the profile in the file, ours for None. Raises UsageError that names every fault of it."""
    return DEFAULT if path is None else load_model(path, Profile, "docs/depositing.md", "profile")
