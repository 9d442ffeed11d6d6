"""A site of uEdition, to be compared with ours."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

BLOCKS = "p ab div head list item table row cell lg l sp speaker stage note quote figure opener closer body front back"
SETTINGS = f"""
extensions = ["uedition.ext.config", "uedition.ext.tei"]
tei = {{
    "blocks": [{{"name": name, "selector": "tei:" + name, "tag": "div"}} for name in {BLOCKS.split()!r}],
    "marks": [{{"name": "any", "selector": "*", "tag": "span"}}],
    "sections": [{{"name": "text", "title": None, "type": "text", "selector": "/tei:TEI/tei:text"}}],
}}
"""


def made_by_sphinx(python: Path, sources: Iterable[Path], folder: Path) -> None:
    """Make pages of documents in the folder `pages` below an empty one; some may be missing.

    `python` is that of an environment with `pip install uedition`.
    """
    (folder / "conf.py").write_text(SETTINGS, encoding="utf-8")
    (folder / "index.rst").write_text("Index\n=====\n\n.. toctree::\n   :glob:\n\n   *\n", encoding="utf-8")
    for path in sources:
        shutil.copyfile(path, folder / f"{path.stem}.tei")
    command = [str(python), "-m", "sphinx", "-q", "-b", "html", str(folder), str(folder / "pages")]
    subprocess.run(command, check=False, capture_output=True)
