"""What goes out comes back: exported, imported into a new edition and exported again, the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from exchange_editions import Exports, settings

from regesta.edition import open_edition
from regesta.exchange.formats import FORMATS
from regesta.exporting import export
from regesta.importing import losses
from regesta.importing.formats import Request, read
from regesta.importing.plan import Fate
from regesta.importing.writing import write as write_imported
from regesta.progress import Silent
from small_editions import tree_bytes

CORPORA = (
    "ehri-editions",
    "schnitzler-briefe",
    "ministerratsprotokolle",
    "aozora-tei",
    "rusdracor",
    "frus-history",
    "frus-volumes",
)


@pytest.fixture
def exports(request: pytest.FixtureRequest) -> Exports:
    found: Exports = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def specimen(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return Exports(repository / "tests" / "golden" / "specimen", None, tmp_path_factory.mktemp("specimen"))


def again(exports: Exports, form: str, folder: Path) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """Return the files of an export, and of the export of an edition that was imported from it."""
    made = exports.of(form)
    new = folder / "edition"
    new.mkdir()
    (new / "edition.toml").write_text(settings(exports.edition), encoding="utf-8")
    source = made.path if made.path.is_dir() else folder / "source"
    if made.path.is_file():
        source.mkdir()
        (source / made.path.name).write_bytes(made.path.read_bytes())
    plan = read(Request("tei", source, new))
    assert plan.counts()[Fate.REFUSED] == 0
    write_imported(plan.files, new, force=False, dry_run=False)
    second = export(open_edition(new, None, None), form, folder / FORMATS[form].place, Silent(), jobs=1)
    files = [tree_bytes(path) if path.is_dir() else {"": path.read_bytes()} for path in (made.path, second.path)]
    return files[0], files[1]


ALL = pytest.mark.parametrize("exports", ["stated", "specimen", "ours"], indirect=True)


@ALL
def test_tei_comes_back_byte_for_byte(exports: Exports, tmp_path: Path) -> None:
    first, second = again(exports, "tei", tmp_path)
    assert set(first) == set(second)
    assert [name for name, data in first.items() if second[name] != data] == []


@ALL
def test_a_corpus_comes_back_but_for_addresses_of_its_registers(exports: Exports, tmp_path: Path) -> None:
    first, second = again(exports, "tei-corpus", tmp_path)
    lines, back = first[""].splitlines(), second[""].splitlines()
    assert len(lines) == len(back)
    added = [new.replace(b'<idno type="URL">', b"\0", 1) for old, new in zip(lines, back, strict=True) if old != new]
    addresses = [line.partition(b"\0")[2].partition(b"</idno>")[0] for line in added]
    assert all(address.startswith(b"https://") for address in addresses)
    known = exports.edition is not None and "\nurl = " in settings(exports.edition)
    assert len(addresses) == (len(exports.files("tei")) - exports.of("tei").documents if known else 0)


@ALL
@pytest.mark.parametrize("form", ["bagit", "mets"])
def test_packages_give_their_tei_back_byte_for_byte(form: str, exports: Exports, tmp_path: Path) -> None:
    new = tmp_path / "edition"
    new.mkdir()
    plan = read(Request(losses.AS_FILES[form][0], exports.of(form).path, new))
    assert plan.counts()[Fate.REFUSED] == 0
    write_imported(plan.files, new, force=False, dry_run=False)
    second = export(open_edition(new, None, None), "tei", tmp_path / "tei", Silent(), jobs=1)
    first = tree_bytes(exports.of("tei").path)
    sent = {name: data for name, data in first.items() if form == "bagit" or name.startswith("documents/")}
    came = tree_bytes(second.path)
    assert set(came) == set(sent)
    if form == "bagit":
        assert [name for name in sent if came[name] != sent[name]] == []
    taken = {file.path.removeprefix("tei/"): file.content() for file in plan.files}
    held = {path.relative_to(exports.of(form).path).as_posix(): path.read_bytes() for path in exports.files(form)}
    assert all(data in held.values() for data in taken.values())


def test_a_difference_would_be_seen(stated: Exports, tmp_path: Path) -> None:
    first, second = again(stated, "tei", tmp_path)
    changed = {**second, "documents/paper-1.xml": second["documents/paper-1.xml"].replace(b"envoy", b"envoys")}
    assert [name for name, data in first.items() if changed[name] != data] == ["documents/paper-1.xml"]


@pytest.mark.proof
@pytest.mark.parametrize("name", CORPORA)
def test_corpora_come_back_byte_for_byte(name: str, corpora: Path, tmp_path: Path) -> None:
    exports = Exports(None, corpora / name, tmp_path / "first")
    first, second = again(exports, "tei", tmp_path)
    differing = [path for path in first if second.get(path) != first[path]]
    print(f"{name}: {exports.of('tei').documents} documents, {len(first)} files, {len(differing)} differ")
    assert set(first) == set(second)
    assert differing == []
