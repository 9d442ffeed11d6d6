"""A real cluster, a scheduler and two workers as processes, gives the same bytes, also when one of them is killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from test_reproducible import edition

from regesta.build import Options, build
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.execution import open_executor
from regesta.progress import Each, Progress, Silent
from small_editions import tei, tree_bytes, write

_LISTENS = re.compile(r"Scheduler at:\s+tcp://(\S+)")


@dataclass
class Running:
    """A cluster: the scheduler's address, and its workers, each with a nanny that would start it anew."""

    address: str
    workers: list[subprocess.Popen[bytes]]

    @property
    def executor(self) -> str:
        """Return the name under which a build finds it."""
        return f"dask://{self.address}"

    def kill_one(self) -> None:
        """Kill a worker, and its nanny with it."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)
        self.workers[0].wait()


@dataclass
class Killing(Silent):
    """Kills a worker of the cluster when the first pages have come."""

    cluster: Running
    at: list[tuple[int, int]] = field(default_factory=list)

    def track(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        """Yield the same things."""
        for number, one in enumerate(each):
            if number == 0 and stage == "Making and proving pages":
                self.cluster.kill_one()
                self.at.append((number, total))
            yield one


def built(folder: Path, executor: str, progress: Progress | None = None) -> dict[str, bytes]:
    build(open_edition(folder, None, None), Options(None, executor, clean=True), progress or Silent())
    found = tree_bytes(folder / "build")
    shutil.rmtree(folder / "build")
    return {name: data for name, data in found.items() if name.startswith(("site/", "findings.json"))}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Running]:
    """Start a scheduler and two workers in empty folders: they see no file of the edition by a relative path."""
    log = tmp_path / "scheduler.log"
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str, output: Path) -> subprocess.Popen[bytes]:
        folder = tmp_path / f"machine-{len(started)}"
        folder.mkdir()
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]],
                cwd=folder,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", output=log)
    try:
        address = _address(log)
        options = (address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        workers = [start("dask_worker", *options, output=tmp_path / f"worker-{n}.log") for n in range(2)]
        yield Running(address, workers)
    finally:
        for process in reversed(started):
            with suppress(ProcessLookupError):  # It was killed before, and all of its group is gone.
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address(log: Path) -> str:
    for _ in range(600):
        found = _LISTENS.search(log.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    pytest.fail(f"the scheduler did not start: {log.read_text('utf-8', 'replace')}")


def styled(folder: Path) -> Path:
    """Return an edition whose stylesheet and schema lie in files of its own, in several folders."""
    edition(folder)
    write(folder, {f"tei/more/{n}.xml": tei(f"<p>More {n}</p>", title=f"More {n}") for n in range(150)})
    sheet = '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">{}</xsl:stylesheet>'
    rule = (
        '<xsl:template match="ab" mode="#all" xpath-default-namespace="http://www.tei-c.org/ns/1.0">'
        '<p class="own"><xsl:apply-templates mode="#current"/></p></xsl:template>'
    )
    settings = '[sources]\nschema = "schema/own.sch"\n[render]\ncustom-page = "xslt/page.xsl"\n'
    toml = (folder / "edition.toml").read_text("utf-8")
    return write(
        folder,
        {
            "edition.toml": toml + settings,
            "xslt/page.xsl": sheet.format('<xsl:include href="../shared/rules.xsl"/>'),
            "shared/rules.xsl": sheet.format(rule),
            "schema/own.sch": (
                '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">'
                '<ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="t:ab">'
                "<assert test=\"@type = 'x1'\">An ab should be of type x1.</assert></rule></pattern></schema>"
            ),
        },
    )


def test_a_cluster_makes_the_same_bytes_also_when_a_worker_is_killed(cluster: Running, tmp_path: Path) -> None:
    folder = styled(tmp_path / "edition")
    expected = built(folder, "serial")
    assert any(b"An ab should be of type x1" in data for data in expected.values())
    assert any(b'class="own"' in data for data in expected.values())
    assert built(folder, cluster.executor) == expected
    killing = Killing(cluster)
    assert built(folder, cluster.executor, killing) == expected
    ((number, total),) = killing.at
    assert (number, total > 150) == (0, True), "the worker was not killed in the midst of the work"


def test_nobody_answers() -> None:
    with pytest.raises(UsageError, match="No Dask scheduler answers"), open_executor("dask://127.0.0.1:1"):
        pass


def test_an_executor_that_is_none() -> None:
    with pytest.raises(UsageError, match="no executor"):
        open_executor("fairies")
