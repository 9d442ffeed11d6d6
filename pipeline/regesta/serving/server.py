"""The server: waitress, with limits that no client can stretch.

One thread speaks with all clients, a few others answer; a client that sends or reads slowly holds a connection and no
thread. Waitress takes any byte for a sign of life, so that a request which comes in a byte a second would never end:
`_Channel` knows when a request began, and `_Server` ends what takes too long.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from regesta.errors import RegestaError
from regesta.serving.representation import refuse

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

SECONDS = 20
"""How long a request may take to come in, and a connection may be idle."""

CONNECTIONS = 900
"""Connections at a time; those beyond wait to be accepted. Below the 1,024 files that systems allow at the least."""

THREADS = 8
_LONGEST_HEADER = 16_384
_LONGEST_BODY = 65_536


class ServerError(RegestaError):
    """The server cannot start: its address is in use or not this machine's."""


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection that knows when the request that is coming in began."""

    begun: float | None = None

    def received(self, data: bytes) -> bool:
        taken: bool = super().received(data)
        if self.request is None:
            self.begun = None
        elif self.begun is None:
            self.begun = time.monotonic()
        return taken


class _Server(TcpWSGIServer):  # type: ignore[misc] # waitress has no types
    channel_class = _Channel
    ended = False

    def run(self) -> None:
        """Speak with the clients until told that it has ended; what is open is then still open."""
        while not self.ended:
            wasyncore.loop(self.adj.asyncore_loop_timeout, use_poll=True, map=self._map, count=1)

    def pull_trigger(self) -> None:
        if not self.ended:
            super().pull_trigger()

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        oldest = time.monotonic() - self.adj.channel_timeout
        for channel in self.active_channels.values():
            if channel.begun is not None and channel.begun < oldest:
                channel.will_close = True


class Server:
    """Serves an application at an address while its block runs; `url` says where. Port 0 takes a free one.

    Raises ServerError when the address cannot be had. Leaving the block ends it within seconds, whatever clients do.
    """

    def __init__(
        self, application: Callable[..., Iterable[bytes]], host: str, port: int, *, seconds: float = SECONDS
    ) -> None:
        logging.getLogger("waitress").setLevel(logging.ERROR)
        try:
            settings = Adjustments(
                host=host,
                port=port,
                threads=THREADS,
                ident=None,
                channel_timeout=seconds,
                cleanup_interval=max(seconds / 4, 0.1),
                connection_limit=CONNECTIONS,
                backlog=CONNECTIONS,
                max_request_header_size=_LONGEST_HEADER,
                max_request_body_size=_LONGEST_BODY,
            )
            self._server = _Server(
                _for_this_machine(application) if is_loopback(host) else application,
                adj=settings,
                sockinfo=settings.listen[0],
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            remedy = "Another program may be there: choose another --port, or an address of this machine for --host."
            raise ServerError(f"The address {host}:{port} cannot be served: {reason}.", remedy) from error
        self._thread = threading.Thread(target=self._server.run, name="server", daemon=True)
        self._host = host

    @property
    def url(self) -> str:
        """Return the address of the front page; for all addresses of the machine, the one from itself."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - named to be replaced
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self._server.effective_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let answers under way end, for two seconds, and close all connections."""
        logging.getLogger("waitress").setLevel(logging.CRITICAL)
        self._server.task_dispatcher.shutdown(timeout=2)
        self._server.ended = True
        self._server.trigger.pull_trigger()
        self._thread.join()
        wasyncore.close_all(self._server._map, ignore_all=True)


def _for_this_machine(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the application for requests to this machine by one of its own names.

    A page of another site may have its name lead here, so as to read by its visitor's browser what only that visitor
    should see ("DNS rebinding"): the browser then names that site as the host.
    """

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            name = urlsplit(f"//{environ.get('HTTP_HOST', 'localhost')}").hostname or ""
        except ValueError:
            name = ""
        if not is_loopback(name):
            return refuse(start_response, "421 Misdirected Request")
        return application(environ, start_response)

    return guarded


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
