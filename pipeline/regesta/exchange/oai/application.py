"""The WSGI application (PEP 3333) that answers harvesters from a store; any server can run it.

It reads nothing but the store, answers GET and POST, and takes no request longer than it can need.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from regesta.exchange.oai.protocol import respond
from regesta.exchange.oai.store import Store
from regesta.exchange.wsgi import ARGUMENTS, LONGEST, PerThread, origin, refused

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_FORM = "application/x-www-form-urlencoded"


class Application:
    """Answers requests from the store at `path`; `base_url` is where it can be reached, "" for what the server says."""

    def __init__(self, path: Path, base_url: str = "") -> None:
        self._base_url = base_url
        self._stores = PerThread(lambda: Store(path))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method = environ.get("REQUEST_METHOD", "GET")
        if method not in {"GET", "HEAD", "POST"}:
            return refused(start_response, "405 Method Not Allowed", [("Allow", "GET, HEAD, POST")])
        query = environ.get("QUERY_STRING", "")
        if method == "POST":
            given = _form(environ)
            if given is None:
                return refused(start_response, "413 Content Too Large", [])
            query = given
        if len(query) > LONGEST:
            return refused(start_response, "414 URI Too Long", [])
        try:
            arguments = parse_qsl(query, keep_blank_values=True, max_num_fields=ARGUMENTS, errors="replace")
        except ValueError:
            return refused(start_response, "400 Bad Request", [])
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        body = respond(
            self._stores.get(), self._base_url or origin(environ) + str(environ.get("PATH_INFO", "")), now, arguments
        )
        headers = [("Content-Type", "text/xml; charset=UTF-8"), ("X-Content-Type-Options", "nosniff")]
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = gzip.compress(body, compresslevel=4, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if method == "HEAD" else [body]


def application(path: str | Path, base_url: str = "") -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application for the store that `regesta export oai` wrote to `path`."""
    return Application(Path(path), base_url)


def _form(environ: WSGIEnvironment) -> str | None:
    """Return the form that a request carries, "" when it carries another thing, None when it is too long."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > LONGEST:
        return None
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    data: bytes = environ["wsgi.input"].read(max(length, 0))
    return data.decode("ascii", "replace") if kind == _FORM else ""
