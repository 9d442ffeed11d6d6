"""The wheel and the sdist hold all that Regesta needs, outside any checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from regesta import __version__

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A note</title></titleStmt>
<publicationStmt><p>None</p></publicationStmt><sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>
<text><body><p>One sentence.</p></body></text></TEI>"""


@pytest.fixture(scope="module")
def packages(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist of this checkout and the wheel that is made from that sdist."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(repository)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return target


@pytest.fixture(scope="module")
def installed(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of a new environment with the wheel, which borrows the packages that it needs."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = packages.glob("*.whl")
    site = _output(bin_folder, "import sysconfig; print(sysconfig.get_path('purelib'))")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(home),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    run = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    # A path in a .pth file adds the folder but not the .pth files in it: not this checkout's editable install.
    (Path(site) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return bin_folder


def _environment() -> dict[str, str]:
    """Return the environment without what could lead Python to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REGESTA"))}


def _output(bin_folder: Path, code: str) -> str:
    command = [str(bin_folder / "python"), "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=bin_folder, env=_environment())
    return run.stdout.strip()


def _regesta(bin_folder: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(bin_folder / "regesta"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=_environment())


def product_files(repository: Path) -> set[str]:
    """Return the committed product files as they must stand in the wheel."""
    listed = subprocess.run(
        ["git", "ls-files", "schema", "xslt", "pipeline/regesta"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("needs the git checkout to know which files are committed")
    names = [name for name in listed.stdout.splitlines() if (repository / name).is_file()]
    return {name.removeprefix("pipeline/") if name.startswith("pipeline/") else f"regesta/{name}" for name in names}


def test_the_wheel_holds_every_product_file(packages: Path, repository: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = product_files(repository)
    assert {"regesta/schema/rules.toml", "regesta/xslt/page.xsl", "regesta/__init__.py"} <= wanted
    assert sorted(wanted - held) == []


def test_the_wheel_holds_nothing_else(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"regesta", f"regesta-{__version__}.dist-info"}
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []
    assert {f"regesta-{__version__}.dist-info/licenses/{name}" for name in ("LICENSE", "NOTICE")} <= set(names)


def test_the_sdist_holds_what_the_tests_need(packages: Path) -> None:
    (archive,) = packages.glob("*.tar.gz")
    with tarfile.open(archive) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = "pyproject.toml Makefile requirements.lock README.md LICENSE NOTICE edition.toml docs/architecture.md"
    more = "tests/conftest.py tools/make_docs.py typings/saxonche.pyi schema/rules.toml xslt/page.xsl .ci/run"
    assert sorted(set(f"{wanted} {more}".split()) - names) == []
    assert [name for name in names if name.startswith(("build/", ".venv/", "dist/"))] == []


def test_installed_product_files_are_the_wheel_s_own(installed: Path) -> None:
    code = "from regesta.resources import folder; print(*[folder(n) for n in ('schema', 'xslt', 'assets')], sep='\\n')"
    folders = [Path(line) for line in _output(installed, code).splitlines()]
    assert len(folders) == 3
    assert [path for path in folders if not path.is_relative_to(installed.parent.resolve())] == []


def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    run = _regesta(installed, tmp_path, "--version")
    assert (run.returncode, run.stderr) == (0, "")
    assert __version__ in run.stdout


def test_the_installed_command_builds_an_edition(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "note.xml").write_text(TEI, encoding="utf-8")
    run = _regesta(installed, tmp_path, "build")
    assert run.returncode in {0, 1}, run.stderr
    assert "One sentence." in (tmp_path / "build" / "site" / "documents" / "note.html").read_text(encoding="utf-8")
    assert (tmp_path / "build" / "site" / "index.html").is_file()
