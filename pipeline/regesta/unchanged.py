"""Unchanged: what a build leaves behind for the next one, by which that one knows that it has nothing to do.

The file `cache/last` has all that went into the last build, as it was surveyed, with the digests of files that it read
besides sources and of all that came out, and what it told its user. It is written last; where it is missing, damaged,
or in doubt, a build does its work.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from regesta import digests, manifest
from regesta.exchanging import replace_file
from regesta.locking import try_lock
from regesta.summary import Summary
from regesta.survey import OUTPUT_MARKER, Folders, Sized, Survey, outcome, survey

_LAST = Path("cache", "last")
_JOURNAL = Path("cache", "journal.json")


@dataclass(frozen=True)
class Last:
    """The last build.

    What was surveyed before it, path and digest of the files that it read besides, the digest of what it published, and
    what it told.
    """

    survey: Survey
    besides: Mapping[str, str]
    outcome: str
    summary: Summary


@dataclass(frozen=True)
class Look:
    """What a look at the edition showed: `summary` is that of the last build where nothing is other than it left it.

    Where the contents of some sources, and nothing else, are other than the last build read them, `changed` names
    these, `last` is the digest of what that build had surveyed, and `besides` are the other files that it read.
    """

    survey: Survey
    summary: Summary | None = None
    changed: frozenset[str] = frozenset()
    last: str = ""
    besides: Mapping[str, str] = field(default_factory=dict)


def look(where: Folders, *, strict: bool) -> Look:
    """Return what there is now, and whether the last build said all there is to say of it.

    Raises OSError when a folder of the edition cannot be listed.
    """
    start = time.monotonic()
    last = _read(where.output)
    found = survey(where, *(("strict",) if strict else ()), known=last.survey.stamps if last else None)
    if last is None or not _is_at_rest(where.output):
        return Look(found)
    if _read_again(last.besides) != last.besides:
        return Look(found)
    if found.table != last.survey.table:
        changed = found.changed(last.survey)
        return Look(found, changed=changed, last=last.survey.digest(last.besides), besides=last.besides)
    try:
        if outcome(where.output) != last.outcome:
            return Look(found)
        return Look(found, _report_again(where.output, replace(last, survey=found), start))
    except (OSError, ValueError):
        return Look(found)


def remember(
    where: Folders,
    before: Survey,
    sources: Mapping[str, str],
    besides: Mapping[str, str],
    summary: Summary,
    *,
    published: Mapping[str, Mapping[str, Sized]],
) -> None:
    """Write down the build that has just ended: `before` is what was surveyed when it began.

    `sources` are the digests of the sources that it read, `besides` paths and digests of other files, `published` the
    files of each published folder. Nothing is written when they are not what was surveyed. Raises OSError.
    """
    if before.holds(sources):
        _write(where.output, Last(before, besides, outcome(where.output, published), summary))


def _read_again(besides: Mapping[str, str]) -> dict[str, str]:
    return {path: digests.of_file(path) for path in besides}


def _read(output: Path) -> Last | None:
    try:
        content = manifest.unsealed((output / _LAST).read_bytes())
        if content is None:
            return None
        read = json.loads(content)
        return Last(**{**read, "survey": Survey(**read["survey"]), "summary": Summary(**read["summary"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(output: Path, last: Last) -> None:
    content = {**vars(last), "survey": vars(last.survey), "summary": vars(last.summary)}
    data = json.dumps(content, ensure_ascii=True, sort_keys=True).encode("ascii")
    replace_file(output / _LAST, manifest.sealed(data), output / "cache" / "last.new")


def _is_at_rest(output: Path) -> bool:
    """Tell whether no build is at work in the output folder, and none was killed while it published."""
    try:
        descriptor = os.open(output / OUTPUT_MARKER, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return try_lock(descriptor) and not (output / _JOURNAL).exists()
    finally:
        os.close(descriptor)


def _report_again(output: Path, last: Last, start: float) -> Summary:
    """Return the summary of a build that did nothing; `report.json` says so too, if it does not already.

    Raises OSError, ValueError when the report is not ours.
    """
    summary = last.summary.again(time.monotonic() - start)
    if last.summary.written or last.summary.removed:
        path = output / "report.json"
        before, pages, _rest = path.read_text(encoding="utf-8").rpartition(',\n "pages": ')
        if not pages:
            raise ValueError("the report is of another make")
        told = json.dumps({"pages": summary.pages(), "seconds": {"total": round(summary.seconds, 3)}}, indent=1)
        replace_file(path, f"{before},{told[1:]}\n".encode(), output / "cache" / "report.new")
        _write(output, replace(last, outcome=outcome(output), summary=summary))
    return summary
