"""The WSGI application (PEP 3333) that answers clients of Distributed Text Services from a store.

It reads nothing but the store, answers GET and HEAD, and takes no request longer than it can need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from regesta.exchange.dts.answers import answer
from regesta.exchange.dts.store import Store
from regesta.exchange.wsgi import ARGUMENTS, LONGEST, PerThread, origin, refused

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


class Application:
    """Answers requests from the store at `path`; `base_url` is where it can be reached, "" for what the server says."""

    def __init__(self, path: Path, base_url: str = "") -> None:
        self._base_url = base_url
        self._stores = PerThread(lambda: Store(path))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method, query = environ.get("REQUEST_METHOD", "GET"), environ.get("QUERY_STRING", "")
        if method not in {"GET", "HEAD"}:
            return refused(start_response, "405 Method Not Allowed", [("Allow", "GET, HEAD")])
        if len(query) > LONGEST:
            return refused(start_response, "414 URI Too Long", [])
        try:
            arguments = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=ARGUMENTS, errors="replace"))
        except ValueError:
            return refused(start_response, "400 Bad Request", [])
        endpoint = str(environ.get("PATH_INFO", "")).strip("/")
        made = answer(self._stores.get(), self._base_url or origin(environ), endpoint, arguments)
        headers = [("Content-Type", made.media_type), ("X-Content-Type-Options", "nosniff")]
        headers += [("Access-Control-Allow-Origin", "*"), ("Content-Length", str(len(made.body)))]
        headers += [("Link", made.link)] if made.link else []
        start_response(made.status, headers)
        return [] if method == "HEAD" else [made.body]


def application(path: str | Path, base_url: str = "") -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application for the store that `regesta export dts-store` wrote to `path`."""
    return Application(Path(path), base_url)
