"""The arrow goes one way: who may import what, who may write files, who may look at the clock.

The order of layers is read from `docs/architecture.md`, so that the page and the test cannot differ. Each
check is a function from source text to faults, and is shown to find a fault in a bad snippet.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from regesta.resources import PACKAGE

# Only these hold code that changes files; each says what for.
WRITERS = {
    "staging": "the site and the exchange folder",
    "spare": "the folder in the output's cache with which the next build begins",
    "exchanging": "the exchange of the old site for the new one, and its journal",
    "cache": "what builds keep for the next ones, in the output's cache: it removes a damaged file",
    "spill": "a nameless temporary file of what a build has no memory for, in the output's cache",
    "cluster": "the files that came along with work, in a temporary folder on a worker of a cluster",
    "output_folder": "the output folder itself: its marker, cache and staging area",
    "exchange.writing": "exports, where --output says or below the output folder's export/",
    "importing.writing": "imported files, into the edition's tei/ folder",
    "reporting.writing": "the report and the baseline, where --output and --write-baseline say; sources with --fix",
    "scaffold.writing": "the files of a new edition, and never over what is there",
    "saxon": "a nameless temporary file that catches what Saxon writes to descriptor 2",
}
# Only these may import the library.
OWNERS = {
    "saxonche": "saxon",
    "click": "cli",
    "rich": "cli",
    "pygls": "editor",
    "lsprotocol": "editor",
    "waitress": "serving",
}
# What these say of the time is an answer to somebody who asks now, and shows in no site.
CLOCKS = {
    "cli.release": "the day of a release, where nobody names one",
    "survey": "how long ago a file was changed: what was changed a moment ago is read",
    "exchange.oai.application": "the date that OAI-PMH wants in every response",
}
# Libraries that come with a declared one, and are its own parts.
BROUGHT_ALONG = {"pydantic_core", "lsprotocol"}
# Packages whose module has another name.
MODULES = {"citeproc_py": "citeproc", "markdown_it_py": "markdown_it"}

# fmt: off
_WRITING_METHODS = {
    "write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "rename", "renames",
    "touch", "symlink_to", "hardlink_to", "chmod", "copyfile", "copytree", "copy2", "mkstemp", "mkdtemp",
    "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile",
}
_WRITING_IN = {
    "os": {"replace", "remove", "link", "symlink", "truncate", "ftruncate", "write", "removedirs"},
    "shutil": {"copy", "move", "copyfileobj", "copymode", "copystat"},
}
# fmt: on
_CLOCK_AND_CHANCE = re.compile(
    r"datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|ctime|strftime)"
    r"|os\.urandom|locale\..*|getpass\..*|socket\.gethostname|platform\.node"
)
_CHANCE_MODULES = {"random", "uuid", "secrets", "locale"}


def top(name: str) -> str:
    """Return the first part of a dotted name: the module or package that stands in the list of layers."""
    return name.partition(".")[0]


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name below `regesta`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name not in {"", "__main__"}:
            found[name] = path
    return found


def layers(text: str) -> list[str]:
    """Return the names in the numbered list under "## Layers", in the order in which they may be imported."""
    section = text.partition("\n## Layers\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\d+\. (.*)$", section, re.MULTILINE)
    return [name for line in lines for name in re.findall(r"`([a-z_]+)/?`", line)]


def imported(source: str) -> Iterator[str]:
    """Yield the dotted name of whatever `source` imports, `regesta.x` for `from regesta import x`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that this test can read them"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(source: str) -> set[str]:
    """Return what `source` imports of the package, without the `regesta.` before it."""
    names = {name.removeprefix("regesta.") for name in imported(source) if name.startswith("regesta.")}
    return {name for name in names if not name.startswith("__")}


def imports_against_the_arrow(module: str, source: str, order: list[str]) -> list[str]:
    """Return what `module` imports though it stands behind it in `order`."""
    own = top(module)
    targets = {top(name) for name in own_imports(source)} - {own}
    before = order[: order.index(own)] if own in order else []
    return sorted(targets - set(before))


def foreign_libraries(module: str, source: str) -> list[str]:
    """Return the libraries that `module` imports though another module owns them."""
    libraries = {top(name) for name in imported(source)}
    return sorted(name for name in libraries if OWNERS.get(name, top(module)) != top(module))


def requirements(project: Mapping[str, Any]) -> set[str]:
    """Return the packages that a plain installation or one of the extras for users brings, as modules are called."""
    lines = [*project["dependencies"]]
    lines += [line for extra, more in project["optional-dependencies"].items() if extra != "dev" for line in more]
    return {re.split(r"[<>=~!;\[ ]", line)[0].lower().replace("-", "_") for line in lines}


def as_modules(packages: set[str]) -> set[str]:
    """Return the names under which the packages are imported."""
    return {MODULES.get(name, name) for name in packages}


def undeclared(source: str, declared: set[str]) -> list[str]:
    """Return the libraries that `source` imports though no installation is sure to hold them."""
    libraries = {top(name) for name in imported(source)} - sys.stdlib_module_names - {"regesta"}
    return sorted(name for name in libraries if name.lower() not in declared)


def writes(source: str) -> list[str]:
    """Return the calls in `source` that create, change or remove files."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if _is_write(call)]


def _is_write(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in _WRITING_METHODS or (function.id == "open" and _opens_to_write(call, 1))
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    if function.attr == "open":
        return "O_RDONLY" not in ast.unparse(call) if owner == "os" else _opens_to_write(call, 0)
    return function.attr in _WRITING_METHODS or function.attr in _WRITING_IN.get(owner, ())


def _opens_to_write(call: ast.Call, position: int) -> bool:
    """Say whether the mode of an open() is not surely one for reading."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[position : position + 1]
    mode = given[0] if given else ast.Constant("r")
    return not (isinstance(mode, ast.Constant) and isinstance(mode.value, str) and not set(mode.value) & set("wax+"))


def clock_and_chance(source: str) -> list[str]:
    """Return what in `source` depends on the time, on chance, on the machine or on its language."""
    names = [ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    libraries = {top(name) for name in imported(source)}
    return [name for name in names if _CLOCK_AND_CHANCE.search(name)] + sorted(libraries & _CHANCE_MODULES)


def cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the modules of an import cycle in `graph`, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.fixture(scope="session")
def order(repository: Path) -> list[str]:
    return layers((repository / "docs" / "architecture.md").read_text(encoding="utf-8"))


def sources() -> dict[str, str]:
    return {name: path.read_text(encoding="utf-8") for name, path in modules().items()}


def faults(check: Callable[[str, str], list[str]]) -> dict[str, list[str]]:
    found = {name: check(name, source) for name, source in sources().items()}
    return {name: listed for name, listed in found.items() if listed}


def test_every_module_has_its_place_in_the_documented_layers(order: list[str]) -> None:
    assert len(order) == len(set(order)), "a module is named twice"
    assert {top(name) for name in modules()} == set(order)


def test_modules_import_only_what_stands_before_them(order: list[str]) -> None:
    assert faults(lambda name, source: imports_against_the_arrow(name, source, order)) == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = modules()
    graph = {
        name: {target if target in known else target.rpartition(".")[0] for target in own_imports(source)} - {name}
        for name, source in sources().items()
    }
    assert sum(map(len, graph.values())) > 20
    assert cycle(graph) == []


def test_each_library_has_one_owner() -> None:
    assert faults(foreign_libraries) == {}


def test_every_library_is_a_declared_requirement(repository: Path) -> None:
    declared = requirements(tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"])
    assert faults(lambda _, source: undeclared(source, as_modules(declared) | BROUGHT_ALONG)) == {}


def test_every_requirement_is_in_the_lock(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (repository / "requirements.lock").read_text(encoding="utf-8").lower().replace("-", "_")
    locked = set(re.findall(r"^([a-z0-9_.]+)==", lock, re.MULTILINE))
    dev = {**project, "dependencies": [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    assert sorted(requirements(dev) - locked) == []


def test_only_publishing_writes() -> None:
    assert faults(lambda name, source: [] if name in WRITERS else writes(source)) == {}


def test_every_writer_is_there_and_writes() -> None:
    found = sources()
    assert [name for name in WRITERS if not writes(found.get(name, ""))] == []


def test_no_module_looks_at_clock_chance_or_place() -> None:
    assert faults(lambda name, source: [] if name in CLOCKS else clock_and_chance(source)) == {}


# ── the checks themselves ──────────────────────────────────────────────────────────────────────────────────


def test_layers_are_read_from_the_page() -> None:
    page = "# A\n\n## Layers\nWords with `code`.\n\n1. `a` `b` (why)\n2. `c/`\n\n## Next\n3. `d`\n"
    assert layers(page) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "source",
    [
        "from regesta.build import run",
        "from regesta import build",
        "import regesta.build",
        "def f():\n    from regesta import build",
        "from regesta.unlisted import x",
    ],
)
def test_an_import_against_the_arrow_is_found(source: str) -> None:
    order = ["rules", "sources", "build"]
    assert imports_against_the_arrow("sources", source, order)
    assert imports_against_the_arrow("sources", "from regesta.rules import x", order) == []


def test_a_circle_is_found() -> None:
    assert cycle({"a": {"b"}, "b": {"a"}})


def test_a_foreign_library_is_found() -> None:
    assert foreign_libraries("build", "from click import echo") == ["click"]
    assert foreign_libraries("build", "import saxonche") == ["saxonche"]
    assert foreign_libraries("cli.main", "import click, rich.console") == []


def test_an_undeclared_library_is_found() -> None:
    declared = requirements({"dependencies": ["lxml>=6"], "optional-dependencies": {"pdf": ["typst"], "dev": ["ruff"]}})
    assert declared == {"lxml", "typst"}
    assert undeclared("import re, lxml.etree, langcodes", declared) == ["langcodes"]


@pytest.mark.parametrize(
    "source",
    [
        "path.write_text('x')",
        "path.open('w')",
        "path.open(mode='ab')",
        "path.open(mode)",
        "open(path, 'r+')",
        "os.open(path, os.O_WRONLY)",
        "os.replace(a, b)",
        "shutil.rmtree(path)",
        "path.rename(other)",
        "TemporaryDirectory()",
        "path.parent.mkdir()",
    ],
)
def test_a_write_is_found(source: str) -> None:
    assert writes(source)


@pytest.mark.parametrize(
    "source",
    [
        "path.open()",
        "path.open('rb')",
        "open(path)",
        "'a'.replace('b', 'c')",
        "os.open(path, os.O_RDONLY)",
        "a.remove(1)",
    ],
)
def test_reading_is_no_write(source: str) -> None:
    assert writes(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now()",
        "datetime.datetime.now(tz)",
        "import random",
        "from uuid import uuid4",
        "time.time()",
        "os.urandom(8)",
    ],
)
def test_a_look_at_the_clock_is_found(source: str) -> None:
    assert clock_and_chance(source)
    assert clock_and_chance("time.perf_counter()") == []
