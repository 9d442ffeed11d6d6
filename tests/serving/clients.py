"""Clients that send exactly what a test says, and the command as it runs."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """A response; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Send a request whose path is taken as it is; "_" in names of headers stands for "-"."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


def connected(url: str) -> socket.socket:
    """Return a connection on which nothing was sent yet."""
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=30)


@dataclass
class Command:
    """A running `regesta serve`."""

    url: str
    process: subprocess.Popen[str]

    def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[Command]:
    """Run `regesta serve` in a folder until the block ends; it must not have said a word of a traceback."""
    command = [sys.executable, "-m", "regesta", "serve", "--port", "0", "--jobs", "1", *options]
    log = folder.parent / f"{folder.name}.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            yield Command(_url(process, log), process)
        finally:
            process.kill()
            process.communicate()
    assert "Traceback" not in log.read_text()


def _url(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.match(r"Serving (http://\S+/)$", line):
            return found[1]
    raise AssertionError(log.read_text())
