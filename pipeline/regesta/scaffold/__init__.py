"""Scaffold: the files of a new edition, which validates and builds at once and shows one of each main thing.

They lie as they are in `edition/` beside this module; only the title is put in. `writing.py` alone writes them.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from regesta.errors import UsageError

_TEMPLATE = Path(__file__).resolve().parent / "edition"
_TITLE = "@@TITLE@@"
_LONGEST = 300
# The names of files that would mean something to tools in the place where the template lies.
_RENAMED = {"gitignore": ".gitignore"}


def files(title: str) -> dict[str, bytes]:
    """Return the files of a new edition by their POSIX paths. Raises UsageError for a title that is none."""
    words = _checked(title)
    return {
        _RENAMED.get(path.name, path.relative_to(_TEMPLATE).as_posix()): _filled(path, words)
        for path in sorted(_TEMPLATE.rglob("*"))
        if path.is_file()
    }


def default_title(folder: Path) -> str:
    """Return the title that the name of the folder suggests."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "An edition"


def _checked(title: str) -> str:
    words = " ".join(title.split(" ")).strip()
    if not words:
        raise UsageError("The title is empty.", "Say what the edition is called, with --title.")
    if any(unicodedata.category(each) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for each in words):
        raise UsageError("The title holds a line break or a sign that cannot be shown.", "Leave it out.")
    if len(words) > _LONGEST:
        raise UsageError(f"The title has {len(words)} characters; at most {_LONGEST} will do.", "Shorten it.")
    return words


def _filled(path: Path, title: str) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".png":
        return data
    text = data.decode("utf-8").replace("\r\n", "\n")
    if path.suffix == ".toml":
        text = text.replace(f'"{_TITLE}"', json.dumps(title, ensure_ascii=False))
    elif path.suffix == ".md":
        text = text.replace(_TITLE, title)
    return text.encode("utf-8")
