"""What the applications of the protocols share: bounds of requests, addresses, refusals (WSGI, PEP 3333)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Opened = TypeVar("Opened")

LONGEST = 4_096
"""Bytes of a query or of a form: no request of a protocol needs half of that."""

ARGUMENTS = 32
"""How many arguments a request may have."""


class PerThread(Generic[Opened]):
    """Something that each thread opens for itself; the first is opened at once, so that what is wrong shows early."""

    def __init__(self, opened: Callable[[], Opened]) -> None:
        self._open = opened
        self._local = threading.local()
        self.get()

    def get(self) -> Opened:
        """Return this thread's own."""
        if not hasattr(self._local, "opened"):
            self._local.opened = self._open()
        opened: Opened = self._local.opened
        return opened


def origin(environ: WSGIEnvironment) -> str:
    """Return where the application stands, by what the server says of itself; a client's Host header is not asked."""
    scheme, host, port = (str(environ[name]) for name in ("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT"))
    shown = "" if (scheme, port) in {("http", "80"), ("https", "443")} else f":{port}"
    return f"{scheme}://{host}{shown}{environ.get('SCRIPT_NAME', '')}"


def refused(start_response: StartResponse, status: str, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    """Answer with a status and nothing else."""
    body = f"{status}\n".encode("ascii")
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), *headers])
    return [body]
