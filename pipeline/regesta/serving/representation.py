"""Representations: what is sent of a file, whole, in part, or not at all when the client has it (RFC 9110).

Sections 8.8 (validators), 13 (conditional requests) and 14 (ranges) are followed; of several ranges in one request
none is taken, which section 14.2 leaves to the server.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_BLOCK = 1 << 16
_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)
_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True)
class Representation:
    """A file as it is sent: `size` in bytes, `tag` an entity tag with its quotes, `modified` seconds since 1970."""

    content: IO[bytes]
    size: int
    kind: str
    tag: str
    modified: float

    @property
    def date(self) -> str:
        """Return the Last-Modified date."""
        return formatdate(int(self.modified), usegmt=True)

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD request with it."""
        headers = [
            ("Cache-Control", "no-cache"),
            ("ETag", self.tag),
            ("Last-Modified", self.date),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if self._is_held(environ):
            self.content.close()
            start_response("304 Not Modified", headers)
            return []
        headers += [("Content-Type", self.kind), ("Accept-Ranges", "bytes")]
        span = self._span(environ)
        if span is not None and not span:
            self.content.close()
            return refuse(start_response, "416 Range Not Satisfiable", [("Content-Range", f"bytes */{self.size}")])
        status, span = ("200 OK", range(self.size)) if span is None else ("206 Partial Content", span)
        if status.startswith("206"):
            headers.append(("Content-Range", f"bytes {span.start}-{span.stop - 1}/{self.size}"))
        start_response(status, [*headers, ("Content-Length", str(len(span)))])
        if environ["REQUEST_METHOD"] == "HEAD":
            self.content.close()
            return []
        return self._body(environ, span)

    def _body(self, environ: WSGIEnvironment, span: range) -> Iterable[bytes]:
        self.content.seek(span.start)
        wrapper = environ.get("wsgi.file_wrapper")
        if wrapper is not None and not isinstance(self.content, io.BytesIO):
            # Servers send a file to a slow client without a thread that waits for it, no further than Content-Length.
            wrapped: Iterable[bytes] = wrapper(self.content, _BLOCK)
            return wrapped
        return self._blocks(len(span))

    def _blocks(self, left: int) -> Iterator[bytes]:
        with self.content:
            while left and (block := self.content.read(min(left, _BLOCK))):
                left -= len(block)
                yield block

    def _is_held(self, environ: WSGIEnvironment) -> bool:
        """Tell whether the client says that it has just this (If-None-Match before If-Modified-Since)."""
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags is not None:
            return tags.strip() == "*" or self.tag in _TAG.findall(tags)
        since = _seconds(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
        return since is not None and int(self.modified) <= since

    def _span(self, environ: WSGIEnvironment) -> range | None:
        """Return the bytes that are asked for: None for all, an empty range for such as there are none of."""
        asked = _RANGE.fullmatch(environ.get("HTTP_RANGE", ""))
        if asked is None or environ["REQUEST_METHOD"] != "GET":
            return None
        condition = environ.get("HTTP_IF_RANGE")
        if condition is not None and condition.strip() not in {self.tag, self.date}:
            return None
        first, last = asked.groups()
        if not first:
            return range(max(self.size - int(last), 0), self.size) if last else None
        if last and int(last) < int(first):
            return None
        return range(int(first), min(int(last) + 1, self.size) if last else self.size)


def refuse(
    start_response: StartResponse, status: str, headers: Iterable[tuple[str, str]] = (), body: bytes = b""
) -> Iterable[bytes]:
    """Answer with a status that is no success, and a sentence or a page."""
    data = body or f"{status}\n".encode("ascii")
    kind = "text/html; charset=utf-8" if body else "text/plain; charset=utf-8"
    fixed = [("Content-Type", kind), ("Content-Length", str(len(data))), ("X-Content-Type-Options", "nosniff")]
    start_response(status, [*fixed, *headers])
    return [data]


def _seconds(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None
