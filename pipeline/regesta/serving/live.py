"""What open pages ask the server: whether they are still current, and what was found in their sources.

The script that asks is put into pages as they are sent and never stands on the site.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from regesta import digests
from regesta.edition import COLOURS, CSS
from regesta.findings import Finding
from regesta.serving.addresses import below
from regesta.serving.representation import refuse

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

STEP = "_regesta"
"""The first step of its addresses: no page of a site has it."""

_HERE = Path(__file__).parent
_FILES = {"/live.js": "text/javascript; charset=utf-8", "/live.css": "text/css; charset=utf-8"}
_POLICY = b"default-src 'none';"
_MOST = 50


@dataclass(frozen=True)
class State:
    """What pages show: `faults` concern all of them, `findings` one each, by its address.

    `builds` are counted, and by `others` those among them that followed a change of more than sources.
    """

    builds: int = 0
    others: int = 0
    faults: Sequence[Mapping[str, object]] = ()
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)


class Live:
    """The WSGI application below /_regesta, for the site below `root`; `show` exchanges its state as a whole."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.previews: dict[str, bytes] = {}
        self.state = State()

    def preview(self, path: str, page: bytes) -> None:
        """Serve a page that is made and proved in the place of the one there is, until its build has ended (`show`)."""
        if self._is_there(path):
            self.previews[path] = page

    def show(self, state: State) -> None:
        """Take the state in which a build has left the site."""
        self.state = state
        self.previews = {}

    def newer(self, path: str) -> bytes | None:
        """Return the page that is made and not yet published, if there is one."""
        return self.previews.get(path)

    def mark(self, path: str) -> str:
        """Return what changes when a page does; "" for one that is not there.

        A document's page is what its content and style sheets are, known before its build ends; other pages show data
        besides, and count builds.
        """
        newer = self.previews.get(path)
        if newer is None and not self._is_there(path):
            return ""
        page = digests.of_file(self._root / path) if newer is None else digests.of_bytes(newer)
        styles = [digests.of_file(self._root / each) for each in (CSS, COLOURS)]
        state = self.state
        builds = state.others if path.startswith("documents/") else state.builds
        return digests.digest(page, *styles, str(builds), str(state.others))[:16]

    def _is_there(self, path: str) -> bool:
        return (self._root / path).is_file()

    def put_into(self, page: bytes, mark: str) -> bytes:
        """Return a page with the script that asks, and the leave to ask in its content security policy."""
        tags = (
            f'<link rel="stylesheet" href="/{STEP}/live.css">'
            f'<script src="/{STEP}/live.js" data-mark="{mark}" defer="defer"></script>'
        ).encode("ascii")
        allowed = page.replace(_POLICY, _POLICY + b" connect-src 'self';", 1)
        head, end, rest = allowed.partition(b"</head>")
        return head + tags + end + rest if end else allowed + tags

    def _told(self, page: str) -> dict[str, object]:
        """Return what is told to a page."""
        mark, state = self.mark(page), self.state
        found = state.findings.get(page, ())
        return {
            "mark": mark,
            "faults": list(state.faults),
            "findings": [each.to_json() for each in found[:_MOST]],
            "more": max(len(found) - _MOST, 0),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ.get("PATH_INFO", ""))
        if path in _FILES:
            return _send(start_response, (_HERE / path[1:]).read_bytes(), _FILES[path])
        if path != "/state":
            return refuse(start_response, "404 Not Found")
        asked = parse_qs(str(environ.get("QUERY_STRING", ""))[:4_096], max_num_fields=64).get("page", [""])[0]
        page = below(asked)
        if page is None:
            return refuse(start_response, "400 Bad Request")
        return _send(start_response, json.dumps(self._told(page)).encode("ascii"), "application/json")


def _send(start_response: StartResponse, body: bytes, kind: str) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    start_response("200 OK", headers)
    return [body]
