"""The real editions that tests try, and samples of them: the same documents each time."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

EDITIONS = (
    "aozora-tei", "dila-ming-biographies", "ehri-editions", "frus-history", "frus-volumes", "ministerratsprotokolle",
    "rusdracor", "schnitzler-briefe", "tei-p5-test", "tei-stylesheets-test", "yidracor",
)  # fmt: skip


def copy_sample(corpora: Path, folder: Path, *, share: int, largest: int) -> Path:
    """Copy `share` sources, or all there are, of each edition, none above `largest` bytes, and return `folder`."""
    for edition in EDITIONS:
        files = [path for path in sorted((corpora / edition).rglob("*.xml")) if path.stat().st_size < largest]
        for path in random.Random(edition).sample(files, min(share, len(files))):  # noqa: S311 - a sample, not a secret
            target = folder / edition / path.relative_to(corpora / edition)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return folder
