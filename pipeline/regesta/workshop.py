"""Workshop: what sources hold, worked out by processes or taken from what was kept of an earlier build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

from regesta import keeping
from regesta.analysis import SourceAnalysis, analyse, kept, lost_analysis
from regesta.cache import Cache
from regesta.edition import Edition
from regesta.execution import Executor
from regesta.gathering import Gathered
from regesta.keeping import PutBy, Sharing
from regesta.keys import Keys
from regesta.progress import Progress


@dataclass(frozen=True)
class Workshop:
    """Work on the sources of an edition, done by an executor."""

    edition: Edition
    gathered: Gathered
    executor: Executor
    progress: Progress
    cache: Cache = field(default_factory=lambda: Cache(None))
    put_by: PutBy | None = None
    """What takes out of memory what is seldom looked at."""

    def analyse(self) -> list[SourceAnalysis]:
        """Return what was learnt of every source, in the order of their names."""
        keys = self.analysis_keys
        sharing = Sharing(text for file in self.gathered.files for text in (file.name, file.shown))
        found = {analysis.name: analysis for analysis in self._kept(keys, sharing)}
        missing = [name for name in keys if name not in found]
        for analysis in self.progress.track(
            self._worked_out(missing, keys, sharing), "Reading and checking", len(missing)
        ):
            found[analysis.name] = analysis
        return [found[name] for name in sorted(found)]

    @cached_property
    def keys(self) -> Keys:
        """Return the keys of this build."""
        return Keys(self.edition, self.gathered)

    @cached_property
    def analysis_keys(self) -> dict[str, str]:
        """Return the key of what each source holds, by its name."""
        return self.keys.analyses()

    def _kept(self, keys: dict[str, str], sharing: Sharing) -> Iterator[SourceAnalysis]:
        for _key, data in self.cache.take(keys.values()):
            try:
                yield self._loaded(data, sharing)
            except ValueError:
                continue

    def _worked_out(self, names: list[str], keys: dict[str, str], sharing: Sharing) -> Iterator[SourceAnalysis]:
        work = partial(kept, work=analyse, tools=self.gathered.tools(self.edition.tools))
        for result in self.executor.run(work, self.gathered.tasks(names), lost_analysis, len(names)):
            if isinstance(result, SourceAnalysis):
                yield result  # It was lost, perhaps by accident: the next build tries again.
                continue
            analysis = self._loaded(result, sharing)
            self.cache.put(keys[analysis.name], result)
            yield analysis

    def _loaded(self, data: bytes, sharing: Sharing) -> SourceAnalysis:
        """Return the analysis that the bytes hold. Raises ValueError when they hold anything else."""
        analysis = keeping.load(SourceAnalysis, data, sharing)
        return analysis if self.put_by is None else analysis.lightened(self.put_by)
