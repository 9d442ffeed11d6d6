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

from regesta.findings import Finding
from regesta.serving.addresses import INDEX
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
    """What pages show: `faults` concern all of them, `findings` one each, by its address; `version` counts builds."""

    version: int = 0
    faults: Sequence[Mapping[str, object]] = ()
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    def of(self, page: str) -> dict[str, object]:
        """Return what is told to a page."""
        found = self.findings.get(page, ())
        return {
            "version": self.version,
            "faults": list(self.faults),
            "findings": [each.to_json() for each in found[:_MOST]],
            "more": max(len(found) - _MOST, 0),
        }


class Live:
    """The WSGI application below /_regesta; `state` is exchanged as a whole."""

    def __init__(self) -> None:
        self.state = State()

    @property
    def mark(self) -> str:
        """Return what tells apart the pages of one build from those of another."""
        return f"live{self.state.version}"

    def put_into(self, page: bytes) -> bytes:
        """Return a page with the script that asks, and the leave to ask in its content security policy."""
        tags = (
            f'<link rel="stylesheet" href="/{STEP}/live.css">'
            f'<script src="/{STEP}/live.js" data-version="{self.state.version}" defer="defer"></script>'
        ).encode("ascii")
        allowed = page.replace(_POLICY, _POLICY + b" connect-src 'self';", 1)
        head, end, rest = allowed.partition(b"</head>")
        return head + tags + end + rest if end else allowed + tags

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ.get("PATH_INFO", ""))
        if path in _FILES:
            return _send(start_response, (_HERE / path[1:]).read_bytes(), _FILES[path])
        if path != "/state":
            return refuse(start_response, "404 Not Found")
        asked = parse_qs(str(environ.get("QUERY_STRING", ""))[:4_096], max_num_fields=64).get("page", [""])[0]
        page = asked + INDEX if asked.endswith("/") or not asked else asked
        return _send(start_response, json.dumps(self.state.of(page)).encode("ascii"), "application/json")


def _send(start_response: StartResponse, body: bytes, kind: str) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    start_response("200 OK", headers)
    return [body]
