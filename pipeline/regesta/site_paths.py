"""The addresses of published files: checked once more before anything is written, whoever made them.

An address must be a plain relative POSIX path that Linux, macOS and Windows all take, and no two may fall
together on a file system that ignores case or Unicode normal forms. Identifiers are made so that this holds;
one that fails here is a fault of the tool.
"""

from __future__ import annotations

import re

from regesta.errors import RegestaError
from regesta.identifiers import fold

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_MOST_BYTES = 255


class SitePathError(RegestaError):
    """An address below the site that not every system can hold: a fault of the tool."""

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(
            f"The page address {path!r} cannot be published: {fault}.",
            "This is a fault in Regesta: please report it with the name of the source.",
        )


class SitePaths:
    """The addresses taken so far in one published folder."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def take(self, path: str) -> None:
        """Note that `path` is a file from now on; raises SitePathError when it is unsafe or not distinct."""
        names = path.split("/")
        for name in names:
            if fault := _fault(name):
                raise SitePathError(path, fault)
        for depth in range(1, len(names)):
            self._take_folder(path, "/".join(names[:depth]))
        self._take_file(path)

    def give_back(self, path: str) -> None:
        """Note that there is no such file after all."""
        self._files.pop(fold(path), None)

    def _take_folder(self, path: str, folder: str) -> None:
        folded = fold(folder)
        if folded in self._files:
            raise SitePathError(path, f"{self._files[folded]!r} is a file already")
        other = self._folders.setdefault(folded, folder)
        if other != folder:
            raise SitePathError(path, f"the folder {other!r} differs only by case or Unicode normal form")

    def _take_file(self, path: str) -> None:
        folded = fold(path)
        other = self._files.get(folded) or self._folders.get(folded)
        if other is not None:
            raise SitePathError(path, f"{other!r} is taken, and some systems cannot tell the two apart")
        self._files[folded] = path


def _fault(name: str) -> str:
    """Return what is wrong with one name of a path, or an empty string."""
    if name in {"", ".", ".."}:
        return "it is not a plain relative path"
    if _FORBIDDEN.search(name):
        return "it has a character that a file name cannot have everywhere"
    if name.endswith((".", " ")):
        return "a name in it ends with a dot or a space, which Windows drops"
    if _DEVICES.match(name):
        return "a name in it is a device of Windows"
    return _encoding_fault(name)


def _encoding_fault(name: str) -> str:
    try:
        size = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        return "it is not Unicode text"
    return f"a name in it is longer than {_MOST_BYTES} bytes" if size > _MOST_BYTES else ""
