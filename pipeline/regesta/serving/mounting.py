"""Mounting: one application of the site and of the protocols that stand beside it, each below its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.serving.protocols import PROTOCOLS
from regesta.serving.site import Site

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Application = Callable[..., Iterable[bytes]]


class Mounts:
    """Hands a request to the application at its first step ("oai" for /oai and all below), others to the `rest`."""

    def __init__(self, rest: Application, mounted: Mapping[str, Application]) -> None:
        self._rest = rest
        self._mounted = dict(mounted)

    def mount(self, step: str, application: Application) -> None:
        """Put an application in the place of the one at `step`; requests under way end with the old one."""
        self._mounted = {**self._mounted, step: application}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        step, slash, below = str(environ.get("PATH_INFO", "")).removeprefix("/").partition("/")
        found = self._mounted.get(step)
        if found is None:
            return self._rest(environ, start_response)
        inside = {**environ, "SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}/{step}", "PATH_INFO": slash + below}
        return found(inside, start_response)


def application(
    site: str | Path, oai: str | Path | None = None, dts: str | Path | None = None, base_url: str = ""
) -> Mounts:
    """Return the WSGI application of a site, and of the stores that `regesta export oai` and `dts-store` wrote.

    `base_url` is where it can be reached, "https://example.org"; without it the protocols say what the server says.
    Raises UsageError for a store that is none, or a protocol that this version does not speak.
    """
    stores = {"oai": oai, "dts": dts}
    mounted = {
        name: PROTOCOLS[name].application(Path(store), f"{base_url.rstrip('/')}/{name}" if base_url else "")
        for name, store in stores.items()
        if store is not None
    }
    return Mounts(Site(Path(site)), mounted)
