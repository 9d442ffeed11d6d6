"""A build takes over what an earlier one worked out, and its bytes are those of a clean build, whatever was changed.

Each run makes random edits to an edition, one after another, builds it after each, and builds the same edition cleanly
in another folder: in another process too where stylesheets or schemas are others, so that nothing is compared with what
this process once compiled. All other builds are in this process, so a run costs what its two builds cost.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta import digests, keeping
from regesta.analysis import SourceAnalysis, SourceTask, Tools, analyse
from regesta.build import Options, build
from regesta.cli import main
from regesta.edition import open_edition
from regesta.page_making import MadePage, PageTask, ProvedPage, make_pages
from regesta.progress import Silent
from small_editions import TITLED, person, register, status, tei, text_of, tree_bytes, write

CUSTOM = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xpath-default-namespace="http://www.tei-c.org/ns/1.0"><xsl:include href="more/rules.xsl"/></xsl:stylesheet>'
)
RULE = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xpath-default-namespace="http://www.tei-c.org/ns/1.0"><xsl:template match="hi[@rend=\'{}\']" mode="#all"><b>'
    '<xsl:apply-templates mode="#current"/></b></xsl:template></xsl:stylesheet>'
)
TITLES = ("Letter", "Note", "Cable", "Журнал", "회의록", "")
BUILD = ("build", "--quiet", "--executor", "serial")
COMPILED = ("restyle", "configure", "reschema", "switch_branch", "fail_a_page")
"""What an editor does to stylesheets and schemas."""
WORDS = ("plenum", "harbour", "слово", "편지", "lamp", "recieved", "商人")


class Editor:
    """Somebody who works on an edition and does one random thing at a time."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.pick = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self.branches: dict[str, dict[str, bytes]] = {}
        self.made = 0
        for _ in range(6):
            self.add()
        self.name_persons()
        self.configure()
        self.restyle()

    def edit(self) -> str:
        """Do one thing and return its name."""
        # fmt: off
        doings: list[Callable[[], object]] = [
            self.add, self.remove, self.rename, self.change_text, self.change_text, self.change_date, self.name_persons,
            self.restyle, self.configure, self.reschema, self.touch, self.lie_about_time, self.switch_branch,
            self.break_one, self.withhold, self.include, self.clutter, self.nothing, self.damage_site,
            self.damage_cache, self.fail_a_page, self.style_sheet,
        ]
        # fmt: on
        doing = self.pick.choice(doings)
        doing()
        return doing.__name__

    def letters(self) -> list[Path]:
        return sorted((self.folder / "tei" / "letters").glob("*.xml"))

    def one(self) -> Path:
        return self.pick.choice(self.letters() or [self.add()])

    def letter(self) -> str:
        pick = self.pick
        names = " ".join(f"<persName ref='../persons.xml#p{pick.randrange(6)}'>X</persName>" for _ in range(3))
        to = f"<ref target='{pick.choice(self.letters()).name}'>see</ref>" if self.letters() else ""
        words = " ".join(pick.choices(WORDS, k=8))
        return tei(
            f"<p>{words} <hi rend='{pick.choice('ab')}'>so</hi> {names} {to}</p>",
            title=pick.choice(TITLES),
            header=f"<profileDesc><creation><date when='1956-{1 + pick.randrange(12):02}'/></creation></profileDesc>",
            attributes=pick.choice(["", f'xml:id="L{pick.randrange(4)}"']),
        )

    def add(self) -> Path:
        self.made += 1
        path = self.folder / "tei" / "letters" / f"{self.pick.randrange(100):02}-{self.made}.xml"
        write(path.parent, {path.name: self.letter()})
        return path

    def remove(self) -> None:
        if len(self.letters()) > 3:
            self.one().unlink()

    def rename(self) -> None:
        path = self.one()
        path.rename(path.with_name(f"{self.pick.randrange(100):02}-r{self.made}.xml"))
        self.made += 1

    def change_text(self) -> None:
        path = self.one()
        path.write_text(path.read_text("utf-8").replace("<p>", f"<p>{self.pick.choice(WORDS)} ", 1), "utf-8")

    def change_date(self) -> None:
        path = self.one()
        path.write_text(path.read_text("utf-8").replace("1956-0", f"195{self.pick.randrange(10)}-0"), "utf-8")

    def name_persons(self) -> None:
        entries = "".join(person(f"p{n}", f"Person {n} {self.pick.choice(WORDS)}") for n in range(5))
        write(self.folder, {"tei/persons.xml": register(entries)})

    def restyle(self) -> None:
        write(self.folder, {"page.xsl": CUSTOM, "more/rules.xsl": RULE.format(self.pick.choice("abc"))})

    def style_sheet(self) -> None:
        write(self.folder, {"edition.css": f"p {{ margin: {self.pick.randrange(9)}px }}\n"})

    def configure(self) -> None:
        self.style_sheet()
        order = self.pick.choice(["date", "collection"])
        more = self.pick.choice(["", f'[collection]\norder = "{order}"\n'])
        schema = self.pick.choice(["", '[sources]\nschema = "own.rng"\n'])
        custom = self.pick.choice(["", 'custom-page = "page.xsl"\n'])
        title = TITLED.replace("Small", f"Small {self.pick.choice(WORDS)}")
        self.reschema()
        write(self.folder, {"edition.toml": f'{title}{more}{schema}[render]\ncss = "edition.css"\n{custom}'})

    def reschema(self) -> None:
        name = self.pick.choice(["TEI", "other"])
        anything = (
            "<zeroOrMore><choice><text/><attribute><anyName/></attribute><element><anyName/><ref name='any'/></element>"
        )
        grammar = (
            '<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"><start>'
            f"<element name='{name}'><ref name='any'/></element></start><define name='any'>{anything}</choice>"
            "</zeroOrMore></define></grammar>"
        )
        write(self.folder, {"own.rng": grammar})

    def touch(self) -> None:
        path = self.one()
        os.utime(path, (self.pick.randrange(10**9), self.pick.randrange(2 * 10**9)))

    def lie_about_time(self) -> None:
        """Change a source and a style sheet, and give them back the times and sizes that they had."""
        for path in (self.one(), self.folder / "edition.css"):
            data, times = path.read_bytes(), path.stat()
            path.write_bytes(data.replace(b"lamp", b"lens").replace(b"margin", b"border"))
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def switch_branch(self) -> None:
        """Keep the state of the edition under a name, and go back to another where there is one."""
        self.branches[self.pick.choice("xyz")] = tree_bytes(self.folder / "tei") | {
            f"../{name}": (self.folder / name).read_bytes() for name in ("edition.toml", "page.xsl", "edition.css")
        }
        chosen = self.branches[self.pick.choice(sorted(self.branches))]
        shutil.rmtree(self.folder / "tei")
        write(self.folder / "tei", chosen)

    def break_one(self) -> None:
        path = self.one()
        path.write_text(path.read_text("utf-8").replace("</p>", "", 1), "utf-8")

    def withhold(self) -> None:
        path = self.one()
        path.write_text(path.read_text("utf-8").replace("</teiHeader>", status("draft") + "</teiHeader>"), "utf-8")

    def include(self) -> None:
        word = self.pick.choice(WORDS)
        write(
            self.folder,
            {
                "tei/main.xml": tei("<xi:include href='part.xml'/><p><xi:include href='a.txt' parse='text'/></p>"),
                "tei/part.xml": f'<p xmlns="http://www.tei-c.org/ns/1.0">{word}</p>',
                "tei/a.txt": f"{word} as text",
                "tei/volume.xml": text_of(
                    "<body>"
                    + "".join(f"<div type='document' n='{n}'><p>{word} {n}</p></div>" for n in range(3))
                    + "</body>"
                ),
            },
        )

    def clutter(self) -> None:
        write(self.folder, {f"notes-{self.made}.txt": "nothing to do with it", "tei/picture.jpg": b"none"})

    def nothing(self) -> None:
        """Change nothing."""

    def fail_a_page(self) -> None:
        """Have a stylesheet fail on some documents, so that they are refused."""
        rule = RULE.format("a").replace("<b>", "<b><xsl:sequence select='error()'/>")
        write(self.folder, {"more/rules.xsl": rule})

    def damage_site(self) -> None:
        for path in sorted((self.folder / "build" / "site").rglob("*.html"))[:3]:
            times = path.stat()
            path.write_bytes(b"?" * times.st_size)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def damage_cache(self) -> None:
        cache = self.folder / "build" / "cache"
        for path in sorted(cache.iterdir()) if cache.is_dir() else []:
            if path.is_dir():
                self._damage_spare(path)
                continue
            data = bytearray(path.read_bytes())
            for _ in range(20):
                data[self.pick.randrange(len(data))] ^= 0xFF
            path.write_bytes(bytes(data))

    def _damage_spare(self, folder: Path) -> None:
        """Remove a file, have another one be of its own with other bytes, and add one."""
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        for path in self.pick.sample(files, min(2, len(files))):
            path.unlink()
        if files and not files[0].exists():
            files[0].write_bytes(b"damaged")
        (folder / "stray.html").write_bytes(b"stray")


def built(folder: Path, *arguments: str) -> dict[str, bytes]:
    """Build with the command line and return the published bytes."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(main, [*BUILD, *arguments])
    finally:
        os.chdir(before)
    assert done.exit_code in {0, 1}, done.output
    return published(folder)


def built_apart(folder: Path) -> dict[str, bytes]:
    """Build in a process of its own, which has compiled nothing yet, and return the published bytes."""
    done = subprocess.run([sys.executable, "-m", "regesta", *BUILD], cwd=folder, check=False, capture_output=True)
    assert done.returncode in {0, 1}, done.stderr
    return published(folder)


def published(folder: Path) -> dict[str, bytes]:
    """Return what must be the same bytes."""
    found = tree_bytes(folder / "build")
    return {name: data for name, data in found.items() if name.startswith(("site/", "exchange/", "findings.json"))}


def edit_and_compare(folder: Path, seed: int, edits: int) -> None:
    editor = Editor(folder / "edition", seed)
    clean = folder / "clean" / "edition"
    built(editor.folder)
    for number in range(edits):
        doing = editor.edit()
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(editor.folder, clean, ignore=shutil.ignore_patterns("build"))
        expected = built_apart(clean) if doing in COMPILED else built(clean)
        found = built(editor.folder)
        other = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        assert other == [], f"edit {number} of seed {seed}: {doing}"


def test_after_any_edit_the_bytes_are_those_of_a_clean_build(tmp_path: Path) -> None:
    edit_and_compare(tmp_path, 1956, 25)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(8))
def test_after_three_hundred_edits_the_bytes_are_those_of_clean_builds(tmp_path: Path, seed: int) -> None:
    edit_and_compare(tmp_path, seed, 40)


# ── what is worked out again ───────────────────────────────────────────────────────────────────────────────


def edition(folder: Path) -> Path:
    """Return an edition of ten letters that are not all alike: three name a person, each has its own date."""
    return write(
        folder,
        {
            "edition.toml": TITLED,
            "tei/persons.xml": register(person("p1", "Ada") + person("p2", "Bruno")),
            **{
                f"tei/{n}.xml": tei(
                    f"<p>Letter {n} <persName ref='persons.xml#p{1 + n % 2}'>X</persName> \u00a0</p><!-- {n} -->",
                    title=f"Letter {n}",
                    header=f"<profileDesc><creation><date when='1956-0{n}'/></creation></profileDesc>",
                )
                for n in range(1, 10)
            },
        },
    )


@dataclass
class Counted:
    """What a build worked out: sources, documents, index pages; and the pages that it wrote."""

    analysed: list[str]
    rendered: list[str]
    written: set[str]


def counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Build in this process and return what was worked out."""
    found = Counted([], [], set())
    before = stamps(folder / "build" / "site")

    def analysed(task: SourceTask, tools: Tools) -> SourceAnalysis:
        found.analysed.append(task.name)
        return analyse(task, tools)

    def rendered(task: PageTask, tools: Tools) -> tuple[MadePage, ...]:
        found.rendered.append(task[0].name)
        return make_pages(task, tools)

    with monkeypatch.context() as patch:
        patch.setattr("regesta.workshop.analyse", analysed)
        patch.setattr("regesta.page_workshop.make_pages", rendered)
        build(open_edition(folder, None, None), Options(jobs=1), Silent())
    after = stamps(folder / "build" / "site")
    found.written = {name for name, stamp in after.items() if before.get(name) != stamp}
    return found


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    """Return inode and time of each file: both are kept by a file that nobody has written."""
    found = {path.relative_to(site).as_posix(): path.stat() for path in site.rglob("*") if path.is_file()}
    return {name: (each.st_ino, each.st_mtime_ns) for name, each in found.items()}


def test_a_first_build_works_everything_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = counted(edition(tmp_path), monkeypatch)
    assert (len(found.analysed), len(found.rendered)) == (10, 9)


def test_a_second_build_works_nothing_out_and_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted(edition(tmp_path), monkeypatch)
    assert counted(tmp_path, monkeypatch) == Counted([], [], set())


def test_of_a_changed_text_only_its_page_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = edition(tmp_path) / "tei" / "4.xml"
    counted(tmp_path, monkeypatch)
    path.write_text(path.read_text("utf-8").replace("Letter 4 <", "Letter lighthouse <"), "utf-8")
    found = counted(tmp_path, monkeypatch)
    assert (found.analysed, found.rendered) == (["4.xml"], ["4.xml"])
    pages = {name for name in found.written if not name.startswith("data/search/")}
    assert pages == {"documents/4.html", "tei/4.xml"}


def test_of_a_changed_name_only_pages_that_show_it_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = edition(tmp_path) / "tei" / "persons.xml"
    counted(tmp_path, monkeypatch)
    path.write_text(path.read_text("utf-8").replace("Ada", "Ada Lamp"), "utf-8")
    found = counted(tmp_path, monkeypatch)
    assert found.analysed == ["persons.xml"]
    assert found.rendered == ["2.xml", "4.xml", "6.xml", "8.xml"]


def test_of_a_changed_date_its_page_and_its_neighbours_links_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = edition(tmp_path) / "tei" / "5.xml"
    write(tmp_path, {"edition.toml": TITLED + '[collection]\norder = "date"\n'})
    counted(tmp_path, monkeypatch)
    path.write_text(path.read_text("utf-8").replace("1956-05", "1956-12"), "utf-8")
    assert counted(tmp_path, monkeypatch).rendered == ["4.xml", "5.xml", "6.xml", "9.xml"]


def test_a_page_that_is_not_as_it_was_made_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted(edition(tmp_path), monkeypatch)
    page = tmp_path / "build" / "site" / "documents" / "3.html"
    whole, times = page.read_bytes(), page.stat()
    page.write_bytes(whole.replace(b"Letter", b"Setter"))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert counted(tmp_path, monkeypatch).rendered == ["3.xml"]
    assert page.read_bytes() == whole


def test_where_nothing_has_changed_no_stage_is_loaded(tmp_path: Path) -> None:
    folder = edition(tmp_path)
    code = (
        "import sys\nfrom regesta.cli import main\nmain(['build', *sys.argv[1:]], standalone_mode=False)\n"
        "print(sorted(sys.modules.keys() & {'saxonche', 'lxml', 'pydantic', 'rich', 'regesta.build'}))\n"
    )
    run = [sys.executable, "-c", code, "--edition", str(folder)]
    first, second, third = (subprocess.run(run, check=True, capture_output=True, text=True) for _ in range(3))
    assert "saxonche" in first.stdout.splitlines()[-1]
    assert second.stdout.splitlines()[-1] == third.stdout.splitlines()[-1] == "[]"
    report = json.loads((folder / "build" / "report.json").read_text("utf-8"))
    assert report["pages"]["written"] == 0
    assert report["pages"]["unchanged"] == report["pages"]["total"] > 10
    assert report["documents"]["published"] == 9


def test_every_library_that_may_show_is_part_of_the_key(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=~!;\[ ]", line)[0].replace("-", "_") for line in project["dependencies"]}
    assert declared - {"click", "rich", "waitress"} <= set(digests.LIBRARIES)


def test_what_is_kept_can_only_be_results(tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, ...]:
            return (os.mkdir, (str(tmp_path / "harm"),))

    with pytest.raises(ValueError, match="no result"):
        keeping.load(ProvedPage, pickle.dumps(Harm()))
    with pytest.raises(ValueError, match="no result"):
        keeping.load(ProvedPage, b"")
    assert not (tmp_path / "harm").exists()
