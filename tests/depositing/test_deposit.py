"""One command makes what an archive asks for, and checks what others have made; bagit-python is the oracle."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from regesta.cli import main
from regesta.depositing.profile import DEFAULT, PLACES, load
from regesta.exchange.bagit import bagged
from regesta.importing.containers import open_container
from small_editions import tree_bytes

sys.path.append(str(Path(__file__).parents[1] / "exchange"))
from exchange_editions import stated_edition

PROFILE = """
name = "The archive's profile"
package = "zip"
contents = ["tei", "ead3", "readme"]
algorithms = ["sha512"]
required = ["Source-Organization", "Bag-Group-Identifier"]
rights = "required"
[bag-info]
Bag-Group-Identifier = "deposits-7"
"""


def run(*arguments: str | Path) -> Result:
    """Run `regesta deposit` and see that it ends as it should, whatever it says."""
    result = CliRunner().invoke(main, ["deposit", *map(str, arguments)], catch_exceptions=False)
    assert "Traceback" not in result.output
    assert "unexpected fault" not in result.output
    return result


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stated_edition(tmp_path_factory.mktemp("deposit") / "edition")


@pytest.fixture(scope="session")
def made(edition: Path) -> Path:
    result = run("--edition", edition)
    assert result.exit_code == 0, result.output
    assert "3 documents by Regesta's own profile" in result.output
    return edition / "build" / "deposit"


def test_the_deposit_is_a_valid_bag_with_every_part(made: Path) -> None:
    bag = bagit.Bag(str(made))
    bag.validate()
    assert {"sha256", "sha512"} <= set(bag.algorithms)
    assert bag.info["Source-Organization"] == "Press & Archive"
    for part in set(DEFAULT.contents) - {"schema"}:  # of which the made-up edition has none
        assert (made / "data" / PLACES[part]).exists(), part
    assert len(list((made / "data/tei/documents").glob("*.xml"))) == 3
    assert etree.parse(made / "data/metadata/ead3.xml").find("{*}archdesc") is not None
    assert (made / "data/site/index.html").is_file()
    assert b'"findings"' in (made / "data/validation/findings.json").read_bytes()


def test_the_readme_says_what_it_is_and_how_to_check_it(made: Path) -> None:
    words = (made / "data/README.txt").read_text(encoding="utf-8")
    assert "schema/" not in words
    for part in ("Title: Papers of the Ostrava legation", "Documents: 3", "metadata/ead3.xml", "Editors: Novák, Jana"):
        assert part in words
    command = next(line for line in words.splitlines() if "sum -c" in line).rpartition(": ")[2]
    if shutil.which(command.split()[0]):
        assert subprocess.run(command.split(), cwd=made, capture_output=True, check=False).returncode == 0


def test_what_was_made_is_accepted(made: Path) -> None:
    result = run("--check", made)
    assert result.exit_code == 0, result.output
    assert "accepted by Regesta's own profile" in result.output


def test_a_deposit_made_twice_has_the_same_bytes(edition: Path, made: Path, tmp_path: Path) -> None:
    assert run("--edition", edition, "--output", tmp_path / "again", "--quiet").exit_code == 0
    assert tree_bytes(tmp_path / "again") == tree_bytes(made)


def test_an_archive_s_own_profile_is_kept_to(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(PROFILE, encoding="utf-8")
    result = run("--edition", edition, "--profile", tmp_path / "p.toml", "--output", tmp_path / "d.zip")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(tmp_path / "d.zip") as package:
        names = package.namelist()
        package.extractall(tmp_path / "out")
    assert "d/manifest-sha512.txt" in names
    assert "d/manifest-sha256.txt" not in names
    assert not any(name.startswith(("d/data/site/", "d/data/validation/")) for name in names)
    bag = bagit.Bag(str(tmp_path / "out/d"))
    bag.validate()
    assert bag.info["Bag-Group-Identifier"] == "deposits-7"
    assert run("--check", tmp_path / "d.zip", "--profile", tmp_path / "p.toml").exit_code == 0
    told = run("--check", tmp_path / "d.zip")
    assert told.exit_code == 1
    for lacking in ("site (data/site/)", "sums by sha256", "report (data/validation/)"):
        assert lacking in " ".join(told.output.split())


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ('contnts = ["tei"]', "contnts is not a key (did you mean contents?)"),
        ('contents = ["tei", "tape"]', "contents.1"),
        ("contents = []", "name one thing at least"),
        ('algorithms = ["sha256", "sha256"]', "each once"),
        ('algorithms = ["crc32"]', "algorithms.0"),
        ('[bag-info]\n"a:b" = "c"', "cannot be a label"),
        ("most-megabytes = -1", "most-megabytes"),
        ("contents = [", "is no TOML"),
    ],
)
def test_a_wrong_profile_ends_in_one_sentence(profile: str, told: str, edition: Path, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(profile, encoding="utf-8")
    for mode in (("--edition", edition, "--output", tmp_path / "d"), ("--check", tmp_path)):
        result = run(*mode, "--profile", tmp_path / "p.toml")
        assert result.exit_code == 2
        assert told in result.output
    assert not (tmp_path / "d").exists()
    assert "There is no" in run("--check", tmp_path / "gone").output
    assert "cannot be read" in run("--check", tmp_path, "--profile", tmp_path / "gone.toml").output


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ('required = ["Source-Organization", "Contact-Name"]', "Contact-Name (under [bag-info] in the profile)"),
        ("optional = []", "asks for schema, of which the edition has nothing"),
        ("most-megabytes = 1\n", "larger than the 1 MB"),
        ('rights = "required"', "1 documents state none: paper-2"),
    ],
)
def test_what_an_archive_asks_for_and_nothing_states_is_never_made_up(profile: str, told: str, tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    paper = root / "tei/documents/paper-2.xml"
    words = paper.read_text(encoding="utf-8")
    start, end = words.index("<availability>"), words.index("</availability>") + len("</availability>")
    filler = "<!-- " + "x" * 1_100_000 + " -->" if "megabytes" in profile else ""
    paper.write_text(words[:start] + words[end:], encoding="utf-8")
    (root / "tei/registers/persons.xml").open("a", encoding="utf-8").write(filler)
    if filler:
        (root / "tei/documents/long.xml").write_text(
            words.replace("paper-2", "long").replace("<body>", f"<body><p>{'word ' * 260_000}</p>"), encoding="utf-8"
        )
    (tmp_path / "p.toml").write_text(f'errors = "allowed"\n{profile}', encoding="utf-8")
    result = run("--edition", root, "--profile", tmp_path / "p.toml", "--output", tmp_path / "d")
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
    assert [path.name for path in tmp_path.iterdir() if path.name not in {"edition", "p.toml"}] == []
    if "rights" in profile:
        allowed = run("--edition", root, "--output", tmp_path / "d")
        assert allowed.exit_code == 0
        assert "conditions of access and use, which paper-2 does not state" in " ".join(allowed.output.split())
        assert b"availability" not in (tmp_path / "d/data/tei/documents/paper-2.xml").read_bytes()


def test_an_edition_with_errors_is_refused_unless_the_profile_allows_them(tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    (root / "tei/documents/broken.xml").write_text("<TEI>", encoding="utf-8")
    result = run("--edition", root, "--output", tmp_path / "d")
    assert result.exit_code == 2
    assert "errors, and Regesta's own profile takes none" in result.output
    assert not (tmp_path / "d").exists()


def deposit_of(folder: Path, **files: bytes) -> Path:
    """Return a bag of these files (two _ for a slash, one for the dot)."""
    for name, data in bagged(((k.replace("__", "/").replace("_", "."), v) for k, v in files.items()), []):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_changed_and_hostile_deposits_are_not_accepted(made: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(made, changed)
    (changed / "data/README.txt").write_bytes(b"other")
    result = run("--check", changed)
    assert result.exit_code == 1
    assert "README.txt is not what its sum" in result.output
    (changed / "data/README.txt").unlink()
    assert "is listed and not there" in run("--check", changed).output
    (changed / "data/link").symlink_to("/etc/passwd")
    assert "is a link or device" in " ".join(run("--check", changed).output.split())
    outward = tmp_path / "out.zip"
    with zipfile.ZipFile(outward, "w") as package:
        package.writestr("../../outside.txt", b"x")
    assert "would lead out of the folder" in run("--check", outward).output
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(6):
            package.writestr(f"d/{number}", bytes(90_000_000))
    told = run("--check", bomb)
    assert told.exit_code in {1, 2}
    assert "accepted by" not in told.output.replace("not accepted by", "")
    assert not (tmp_path.parent / "outside.txt").exists()
    (tmp_path / "no.zip").write_bytes(b"PK\3\4 nothing")
    assert run("--check", tmp_path / "no.zip").exit_code in {1, 2}


def test_tei_that_is_none_is_told(tmp_path: Path) -> None:
    bag = deposit_of(
        tmp_path / "bag",
        tei__a_xml=b"<html/>",
        tei__b_xml=b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    )
    said = " ".join(run("--check", bag).output.split())
    assert "a.xml" in said
    assert "not-tei" in said
    assert "root:" not in said
    assert open_container(bag).strange == ()


def test_check_goes_with_a_profile_only(tmp_path: Path) -> None:
    result = run("--check", tmp_path, "--output", tmp_path / "x")
    assert result.exit_code == 2
    assert "--check goes with --profile only" in result.output


def test_the_profile_in_the_documentation_is_one(repository: Path, tmp_path: Path) -> None:
    page = (repository / "docs" / "depositing.md").read_text(encoding="utf-8")
    (tmp_path / "p.toml").write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    stated = load(tmp_path / "p.toml")
    assert stated.contents == DEFAULT.contents
    assert stated.model_fields_set == set(type(stated).model_fields)
