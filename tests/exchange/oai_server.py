"""A repository that is served on loopback while a test asks it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from regesta.exchange.oai.application import Application


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 256


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@dataclass
class Served:
    """A repository at `url`; `bodies` are all the responses that `get` was given."""

    url: str
    bodies: list[bytes] = field(default_factory=list)

    def get(self, query: str) -> bytes:
        """Return the response to a query."""
        with urlopen(f"{self.url}?{query}", timeout=60) as response:  # noqa: S310 - loopback
            body: bytes = response.read()
        self.bodies.append(body)
        return body


@contextlib.contextmanager
def served(store: Path) -> Iterator[Served]:
    """Serve the store on a free port of loopback."""
    with make_server("127.0.0.1", 0, Application(store), server_class=_Server, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{server.server_port}/oai")
        finally:
            server.shutdown()
            thread.join()
