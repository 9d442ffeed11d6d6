"""The generated pages are those that the code would generate now, and say something about each of its parts."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from regesta.config import EditionConfig
from regesta.rules import all_rules


@pytest.fixture(scope="module")
def make_docs(repository: Path) -> ModuleType:
    """Return tools/make_docs.py as a module."""
    specification = importlib.util.spec_from_file_location("make_docs", repository / "tools" / "make_docs.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.path.append(str(repository / "tools"))  # as it is for a script
    specification.loader.exec_module(module)
    return module


def test_generated_pages_are_current(repository: Path) -> None:
    run = subprocess.run(
        [sys.executable, "tools/make_docs.py", "--check"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_a_stale_page_is_noticed(
    make_docs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_docs, "DOCS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["make_docs.py"])
    assert make_docs.main() == 0
    monkeypatch.setattr(sys, "argv", ["make_docs.py", "--check"])
    assert make_docs.main() == 0
    (tmp_path / "rules.md").write_text("old", encoding="utf-8")
    (tmp_path / "cli.md").unlink()
    assert make_docs.main() == 1
    assert "docs/rules.md, docs/cli.md" in capsys.readouterr().err


def test_every_rule_has_its_section(make_docs: ModuleType) -> None:
    page = make_docs.rules_page()
    assert [rule_id for rule_id in all_rules() if f"\n### {rule_id}\n" not in page] == []


def test_every_command_and_option_has_help(make_docs: ModuleType) -> None:
    page = make_docs.command_page()
    for context in make_docs._contexts(make_docs.command_line, "regesta", None):
        assert f"\n## {context.command_path}\n" in page
        assert context.command.help, context.command_path
        options = [option for option in context.command.params if option.param_type_name == "option"]
        assert [option.name for option in options if not option.help] == []


def test_every_table_of_the_configuration_has_its_section(make_docs: ModuleType) -> None:
    page = make_docs.configuration_page()
    assert [name for name in EditionConfig.model_fields if f"\n## [{name}]\n" not in page] == []
    assert "| `custom-page` |" in page


def test_every_link_between_pages_leads_somewhere(repository: Path) -> None:
    pages = [*repository.glob("*.md"), *repository.glob("docs/**/*.md")]
    assert len(pages) > 5
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))]
    local = [(page, link) for page, link in links if not link.startswith(("http://", "https://"))]
    assert len(local) > 5
    assert [f"{page.name}: {link}" for page, link in local if not (page.parent / link).exists()] == []


def test_the_example_of_the_readme_works(repository: Path, tmp_path: Path) -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("needs a POSIX shell, as the example does")
    blocks = re.findall(r"```sh\n(.*?)```", (repository / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (example,) = [block for block in blocks if "<TEI" in block]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        [shell, "-e", "-c", example],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    pages = list((tmp_path / "letters" / "build" / "site" / "documents").glob("note*.html"))
    assert "when the plenum would meet" in pages[0].read_text(encoding="utf-8")
