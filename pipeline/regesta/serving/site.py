"""The site as a WSGI application: the files below one folder, read only, and nothing else."""

from __future__ import annotations

import io
import mimetypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from regesta.serving.addresses import INDEX, site_path
from regesta.serving.representation import Representation, refuse

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

LONGEST = 8_192
"""Bytes of a query: the whole state of facets and search fits in a fraction of that."""

_HTML = "text/html"
_ICON = "favicon.ico"  # browsers ask for it unasked, and call its absence an error
_NOT_FOUND = (
    b'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Not found</title>'
    b'<main><h1>Not found</h1><p>There is no such page here. <a href="/">To the front page</a></p></main></html>\n'
)

# The library's own table, and not the machine's: the same file has the same type everywhere.
_TYPES = mimetypes.MimeTypes()
for _suffix, _type in {
    ".bib": "application/x-bibtex",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ris": "application/x-research-info-systems",
    ".toml": "application/toml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(_type, _suffix)
_TEXTS = {"application/json", "application/ld+json", "application/x-bibtex", "application/x-research-info-systems"}


class Additions(Protocol):
    """What a server puts into pages as it sends them."""

    def mark(self, path: str) -> str:
        """Return a few letters that tell one state of a page from another; "" for a page that is not there."""

    def newer(self, path: str) -> bytes | None:
        """Return the page that takes the place of the one on the site, if there is one."""

    def put_into(self, page: bytes, mark: str) -> bytes:
        """Return the page, which has this mark, with what is added."""


class Site:
    """Answers GET and HEAD with the files below `root`, pages with the `additions`, if there are any.

    Links are not followed, and no address leads out of the folder.
    """

    def __init__(self, root: Path, additions: Additions | None = None) -> None:
        self._root = root
        self._additions = additions

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return refuse(start_response, "405 Method Not Allowed", [("Allow", "GET, HEAD")])
        if len(environ.get("QUERY_STRING", "")) > LONGEST:
            return refuse(start_response, "414 URI Too Long")
        path = site_path(environ)
        if path is None:
            return refuse(start_response, "400 Bad Request")
        return self._answer(path, environ, start_response)

    def _answer(self, path: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._is_folder(path):
            where = "/" + quote(path) + "/"
            return refuse(
                start_response, "301 Moved Permanently", [("Location", environ.get("SCRIPT_NAME", "") + where)]
            )
        found = self.find(path)
        if found is not None:
            return found.answer(environ, start_response)
        if path == _ICON:
            start_response("204 No Content", [])
            return []
        missing = _NOT_FOUND if self._additions is None else self._additions.put_into(_NOT_FOUND, "")
        return refuse(start_response, "404 Not Found", body=missing)

    def find(self, path: str) -> Representation | None:
        """Return the file at a path below the site, opened; None where there is none, or a link on the way."""
        kind = content_type(path)
        additions = self._additions if kind.startswith(_HTML) else None
        # Before the page is opened: should it change in between, its mark is old and it is asked for again.
        mark = "" if additions is None else additions.mark(path)
        descriptor = self._descriptor(path)
        if descriptor is None:
            return None
        content = io.FileIO(descriptor, "rb")
        found = os.fstat(descriptor)
        if additions is None:
            tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
            return Representation(io.BufferedReader(content), found.st_size, kind, tag, found.st_mtime)
        with content:
            data = additions.put_into(additions.newer(path) or content.readall(), mark)
        return Representation(io.BytesIO(data), len(data), kind, f'"{mark}"', found.st_mtime)

    def _descriptor(self, path: str) -> int | None:
        file = self._file(path)
        if file is None:
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(file, os.O_RDONLY | flags)
        except OSError:
            return None
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        return None

    def _file(self, path: str) -> str | None:
        """Return where a path lies, None when a link leads there."""
        root = os.path.realpath(self._root)
        file = os.path.join(root, *path.split("/"))  # noqa: PTH118 - Path would tidy what must be compared as it is
        try:
            return file if os.path.realpath(file) == file else None
        except (OSError, ValueError):
            return None

    def _is_folder(self, path: str) -> bool:
        file = self._file(path)
        return file is not None and os.path.isfile(os.path.join(file, INDEX))  # noqa: PTH113, PTH118 - never raises


def content_type(path: str) -> str:
    """Return the media type of a file by its name, with the character set of what is text."""
    kind, encoding = _TYPES.guess_type(f"/{path}")
    if encoding == "gzip":
        return "application/gzip"
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind
