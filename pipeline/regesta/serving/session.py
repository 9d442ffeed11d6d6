"""A session: the edition as it is built, served, and built again whenever its files change."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from regesta import page_making, reading
from regesta.build import Options, build
from regesta.edition import Edition
from regesta.errors import RegestaError
from regesta.execution import FEW, Serial
from regesta.exporting import export
from regesta.findings import Finding, Severity
from regesta.gathering import gather
from regesta.page_making import MadePage
from regesta.page_workshop import paths
from regesta.progress import Each, Progress, Silent
from regesta.report import Outcome, Report
from regesta.reporting.text import plain, summary
from regesta.serving.addresses import INDEX
from regesta.serving.live import STEP, Live, State
from regesta.serving.mounting import Mounts
from regesta.serving.protocols import PROTOCOLS
from regesta.serving.site import Site
from regesta.serving.watching import Watcher
from regesta.sources import printable
from regesta.survey import SUFFIXES
from regesta.unchanged import Look, look
from regesta.workshop import Workshop

Tell = Callable[[str], None]


class Session:
    """Builds what `opened` returns and serves it by `application`, with the `protocols` named ("oai", "dts").

    Raises UsageError when the edition cannot be opened or a protocol is not spoken here.
    """

    def __init__(
        self, opened: Callable[[], Edition], options: Options, progress: Progress, protocols: Iterable[str] = ()
    ) -> None:
        self._opened = opened
        self.edition = opened()
        self._options = options
        self._progress = progress
        self._protocols = tuple(protocols)
        for name in self._protocols:
            PROTOCOLS[name].require()
        site = self.edition.output / "site"
        self.live = Live(site)
        self.application = Mounts(Site(site, self.live), {STEP: self.live})
        self._watcher = Watcher(self.edition.where)  # looks before the first build, so that no change is overlooked
        self._refused: frozenset[str] = frozenset()
        self._broken: dict[Path, Finding] = {}

    def start(self, url: str) -> Report:
        """Build the edition, make the stores of its protocols, and answer at `url`, the address of the front page.

        Raises RegestaError for what keeps the edition from being built or a store from being made.
        """
        report = self._build(self._options, self._progress, self._look())
        self._show(report, others=True)
        for name in self._protocols:
            protocol = PROTOCOLS[name]
            store = export(self.edition, protocol.format, None, self._progress, jobs=self._options.jobs).path
            self.application.mount(name, protocol.application(store, url + name))
        return report

    def follow(self, tell: Tell) -> None:
        """Build again whenever something changes, without end; `tell` is given a sentence about each build."""
        self._warm_up()
        while True:
            self.renew(self._watcher.wait(), tell)

    def renew(self, changed: Collection[Path], tell: Tell) -> None:
        """Build again after a change of these files; what keeps that from being done is shown on all pages.

        A source that cannot be read any more, because somebody is typing, keeps the site as it was.
        """
        self._look_for_broken(changed)
        if self._broken:
            self._show_faults([each.to_json() for each in self._broken.values()])
            tell(f"Waiting for {', '.join(each.path for each in self._broken.values())} to be mended")
            return
        try:
            # The look comes first: what is saved after the settings were read is then a change for the next build.
            found = self._look()
            self.edition = self._opened()
            if found is not None and found.summary is not None:
                self._show_faults(())
                tell("All is as it was built")
                return
            sources_alone = all(path.suffix.lower() in SUFFIXES for path in changed)
            if sources_alone and len(changed) <= FEW:
                report = self._build(replace(self._options, jobs=1), _Previews(self.live), found)
            else:
                report = self._build(self._options, Silent(), found)
        except RegestaError as error:
            self._show_faults([_fault(error.message, error.remedy)])
            tell(str(error))
        except Exception as error:  # the server lives on, whatever a build meets
            self._show_faults([_fault(f"An unexpected fault of Regesta: {type(error).__name__}: {error}", "")])
            tell(f"An unexpected fault of Regesta: {type(error).__name__}: {error}")
        else:
            self._show(report, others=not sources_alone)
            written = report.pages.written
            pages, counts = "page" if written == 1 else "pages", plain(summary(report.findings)).strip()
            tell(f"{written:,} {pages} written in {report.seconds['total']:.1f} s; {counts}")

    def _warm_up(self) -> None:
        """Have the stylesheets and schemas of one source compiled, so that the first change is as fast as others."""
        name = next((row.source for row in self._report.ledger if row.outcome is Outcome.PUBLISHED), None)
        if name is None:
            return
        with contextlib.suppress(RegestaError, OSError):
            gathered = gather(self.edition, {name})
            Workshop(self.edition, gathered, Serial(), Silent()).analyse()
            page_making.engine(gathered.tools(self.edition.tools))

    def _look(self) -> Look | None:
        """Return what there is now and what the last build left; None where folders cannot be listed."""
        try:
            return look(self.edition.where, strict=False)
        except OSError:
            return None

    def _build(self, options: Options, progress: Progress, found: Look | None) -> Report:
        gc.disable()  # as `regesta build` does
        try:
            report = build(self.edition, options, progress, found)
        finally:
            gc.enable()
        self._report = report
        self._refused = frozenset(row.source for row in report.ledger if row.outcome is Outcome.REFUSED)
        return report

    def _show(self, report: Report, *, others: bool) -> None:
        """Have pages show what was found; `others` tells that more than sources had changed."""
        before = self.live.state
        findings = _by_page(self.edition, report)
        self.live.show(State(before.builds + 1, before.others + others, findings=findings))

    def _look_for_broken(self, changed: Collection[Path]) -> None:
        folder = self.edition.sources.resolve()
        for path in changed:
            self._broken.pop(path, None)
            if path.suffix.lower() not in SUFFIXES or not path.is_relative_to(folder):
                continue
            name = path.relative_to(folder).as_posix()
            found = None if name in self._refused else _refusal(path, printable(self.edition.sources / name))
            if found is not None:
                self._broken[path] = found

    def _show_faults(self, faults: Sequence[Mapping[str, object]]) -> None:
        self.live.show(replace(self.live.state, faults=faults))


class _Previews:
    """Shows nothing of the progress, but has pages served as they are made: the rest of a build takes longer."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def track(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        """Yield the same things; a page among them is served from now on."""
        for item in each:
            for page in item if isinstance(item, tuple) else ():
                if isinstance(page, MadePage) and page.html and len(self._live.previews) < FEW:
                    self._live.preview(paths(page.proved)[0], page.html)
            yield item


def _refusal(path: Path, shown: str) -> Finding | None:
    """Return why a source cannot be read; None where it can, or is gone, which is a change like others."""
    try:
        found = reading.parse(path.read_bytes(), shown)
    except OSError:
        return None
    return found if isinstance(found, Finding) else None


def _fault(message: str, hint: str) -> dict[str, object]:
    return {"severity": Severity.ERROR.value, "message": message, "hint": hint, "path": "", "line": 0, "rule": ""}


def _by_page(edition: Edition, report: Report) -> dict[str, list[Finding]]:
    """Return the findings by the pages of the sources that have them; those of no page stand on the front page."""
    pages: dict[str, list[str]] = {}
    for row in report.ledger:
        if row.document is not None and row.page:
            pages.setdefault(printable(edition.sources / row.source), []).append(row.page)
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        for page in pages.get(finding.path, [INDEX]):
            found.setdefault(page, []).append(finding)
    return found
