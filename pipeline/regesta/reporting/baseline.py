"""A baseline: the findings that an old corpus is known to have, so that only new ones count.

A finding is known when rule and file are the same and its line still reads the same, whatever its number; what is not
at a line is recognised by its message. Paths are kept relative to the baseline's own folder, so that it does not
matter where `regesta` is started.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regesta import __version__
from regesta.errors import UsageError
from regesta.findings import Finding
from regesta.reporting.results import Baseline, Results

_NUMBER = re.compile(r"(?<![\w#./-])\d+(?![\w/-])")  # a count or line number, not part of a name


@dataclass(frozen=True, order=True)
class _Entry:
    """What a finding is recognised by. Numbers in the message are left out: they may count lines or findings."""

    path: str
    rule: str
    excerpt: str
    message: str

    @property
    def at_a_line(self) -> tuple[str, str, str]:
        """Return what must agree even if the message, which another version may word anew, does not."""
        return self.path, self.rule, self.excerpt


def compare(findings: Iterable[Finding], file: Path, covered: Sequence[Path] = ()) -> Results:
    """Return the findings that the baseline in `file` does not know.

    `covered` are the files and folders that were looked at (none: all); entries elsewhere cannot be said to be gone.
    Each entry is good for one finding: a second one of the same wording is new. Raises UsageError if `file` is not a
    baseline.
    """
    left = _load(file)
    paths = _Paths(file)
    pending: list[tuple[_Entry, Finding]] = []
    known = 0
    for finding in findings:
        entry = paths.entry(finding)
        if left[entry]:
            left[entry] -= 1
            known += 1
        else:
            pending.append((entry, finding))
    reworded = Counter[tuple[str, str, str]]()
    for entry, count in left.items():
        reworded[entry.at_a_line] += count if entry.excerpt else 0
    new: list[Finding] = []
    for entry, finding in pending:
        if reworded[entry.at_a_line]:
            reworded[entry.at_a_line] -= 1
            known += 1
        else:
            new.append(finding)
    unused = [(path, count) for (path, _, _), count in reworded.items()]
    unused += [(entry.path, count) for entry, count in left.items() if not entry.excerpt]
    gone = sum(count for path, count in unused if paths.covers(path, covered))
    return Results(tuple(new), Baseline(file.as_posix(), known, gone))


def chunks(findings: Iterable[Finding], file: Path, covered: Sequence[Path] = ()) -> Iterator[str]:
    """Yield the text of a baseline in `file` that knows all `findings`.

    With `covered`, entries of an existing baseline for other files are kept. Raises UsageError if there is something
    else in `file`.
    """
    paths = _Paths(file)
    entries = Counter(paths.entry(finding) for finding in findings)
    if covered and file.exists():
        entries += Counter({entry: n for entry, n in _load(file).items() if not paths.covers(entry.path, covered)})
    yield f'{{\n"regesta": {json.dumps(__version__)},\n"baseline": ['
    for number, (entry, count) in enumerate(sorted(entries.items())):
        row = {"path": entry.path, "rule": entry.rule, "excerpt": entry.excerpt, "message": entry.message}
        yield ("," if number else "") + "\n" + json.dumps({**row, "count": count}, ensure_ascii=False)
    yield "\n]\n}\n"


class _Paths:
    """Paths of findings, which are relative to the current folder, as the baseline in `file` names them."""

    def __init__(self, file: Path) -> None:
        self._folder = file.absolute().parent
        self._seen: dict[str, str] = {}

    def entry(self, finding: Finding) -> _Entry:
        """Return what `finding` is recognised by."""
        excerpt = " ".join(finding.excerpt.split())
        return _Entry(self._relative(finding.path), finding.rule, excerpt, _NUMBER.sub("#", finding.message))

    def covers(self, path: str, covered: Sequence[Path]) -> bool:
        """Say whether `path`, as the baseline names it, is one of `covered` or lies below one."""
        tops = [self._relative(top.as_posix()) for top in covered]
        return not tops or any(top in {".", path} or path.startswith(f"{top}/") for top in tops)

    def _relative(self, path: str) -> str:
        if path not in self._seen:
            try:
                self._seen[path] = Path(os.path.relpath(path, self._folder)).as_posix()
            except ValueError:  # on another drive of Windows
                self._seen[path] = path
        return self._seen[path]


def _load(file: Path) -> Counter[_Entry]:
    remedy = "Make one with --write-baseline."
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8-sig"))
        rows = content["baseline"]
        return Counter({_entry(row): int(row["count"]) for row in rows})
    except OSError as error:
        raise UsageError(f"The baseline {file} cannot be read: {error.strerror}.", remedy) from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{file} is not a baseline of Regesta.", remedy) from error


def _entry(row: Any) -> _Entry:
    return _Entry(*(str(row[key]) for key in ("path", "rule", "excerpt", "message")))
