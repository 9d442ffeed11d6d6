"""A session: the edition as it is built and served, from the first build on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from regesta.build import Options, build
from regesta.edition import Edition
from regesta.exporting import export
from regesta.progress import Progress
from regesta.report import Report
from regesta.serving.mounting import Mounts
from regesta.serving.protocols import PROTOCOLS
from regesta.serving.site import Site


class Session:
    """Builds what `opened` returns and serves it by `application`, with the `protocols` named ("oai", "dts").

    Raises UsageError when the edition cannot be opened or a protocol is not spoken here.
    """

    def __init__(
        self, opened: Callable[[], Edition], options: Options, progress: Progress, protocols: Iterable[str] = ()
    ) -> None:
        self.edition = opened()
        self._options = options
        self._progress = progress
        self._protocols = tuple(protocols)
        for name in self._protocols:
            PROTOCOLS[name].require()
        self.application = Mounts(Site(self.edition.output / "site"), {})

    def start(self, url: str) -> Report:
        """Build the edition, make the stores of its protocols, and answer at `url`, the address of the front page.

        Raises RegestaError for what keeps the edition from being built or a store from being made.
        """
        report = build(self.edition, self._options, self._progress)
        self._make_stores(url)
        return report

    def _make_stores(self, url: str) -> None:
        for name in self._protocols:
            protocol = PROTOCOLS[name]
            store = export(self.edition, protocol.format, None, self._progress, jobs=self._options.jobs).path
            self.application.mount(name, protocol.application(store, url + name))
