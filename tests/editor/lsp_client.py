"""A client of the Language Server Protocol, as an editor has one: JSON-RPC over the standard streams of a process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any

_PATIENCE = 60
Json = dict[str, Any]


class Client:
    """Starts `regesta lsp` in a folder and speaks with it; ends it when the block ends."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "regesta", "lsp"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._messages: Queue[Json] = Queue()
        self._kept: list[Json] = []
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Client:
        self.capabilities = self.ask(
            "initialize",
            {"processId": None, "rootUri": None, "capabilities": {"general": {"positionEncodings": ["utf-16"]}}},
        )["capabilities"]
        self.tell("initialized", {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
            self.status = self._process.wait(_PATIENCE)
        self._process.kill()
        self._process.wait()

    def tell(self, method: str, params: Json | None) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Json | None) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer = self._await(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def diagnostics(self, path: Path) -> list[Json]:
        """Return the next diagnostics that are published for the document."""
        uri = path.as_uri()
        message = self._await(
            lambda each: each.get("method") == "textDocument/publishDiagnostics" and each["params"]["uri"] == uri
        )
        found: list[Json] = message["params"]["diagnostics"]
        return found

    def shown(self) -> str:
        """Return the next message that the editor is to show."""
        return str(self._await(lambda each: each.get("method") == "window/showMessage")["params"]["message"])

    def open(self, path: Path, text: str | None = None) -> None:
        text = path.read_bytes().decode("utf-8") if text is None else text
        item = {"uri": path.as_uri(), "languageId": "xml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def type(self, path: Path, text: str, version: int = 2) -> None:
        """Have the document hold this text from now on, without saving it."""
        document = {"uri": path.as_uri(), "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def hover(self, path: Path, line: int, character: int) -> str:
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        found = self.ask("textDocument/hover", place)
        return str(found["contents"]["value"]) if found else ""

    def actions(self, path: Path, diagnostic: Json) -> list[Json]:
        params = {
            "textDocument": {"uri": path.as_uri()},
            "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic]},
        }
        found: list[Json] = self.ask("textDocument/codeAction", params) or []
        return found

    def _send(self, message: Json) -> None:
        assert self._process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode("utf-8")
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            size = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._messages.put(json.loads(stream.read(size)))

    def _await(self, wanted: Any) -> Json:
        for message in self._kept:
            if wanted(message):
                self._kept.remove(message)
                return message
        while True:
            try:
                message = self._messages.get(timeout=_PATIENCE)
            except Empty:
                self._process.kill()
                assert self._process.stderr is not None
                raise AssertionError(self._process.stderr.read().decode("utf-8", "replace")) from None
            if wanted(message):
                return message
            self._kept.append(message)


def applied(text: str, action: Json, path: Path) -> str:
    """Return the text with the action's edits made, as an editor makes them."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode("utf-16-le")) // 2 + 1)
    units = text.encode("utf-16-le")

    def offset(position: Json) -> int:
        return 2 * (starts[position["line"]] + int(position["character"]))

    for edit in sorted(action["edit"]["changes"][path.as_uri()], key=lambda each: -offset(each["range"]["start"])):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        units = units[:start] + edit["newText"].encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le")
