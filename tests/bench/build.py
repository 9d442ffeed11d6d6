"""How fast `regesta build` is beside tools that only transform, on this machine and now, in one run.

    python tests/bench/build.py [--letters 2000] [--turns 5] [--saxon-j JAR] [--ant] [--uedition PYTHON]
                                [--growth 2000,20000]

Regesta reads, validates (RELAX NG and Schematron), records, renders, proves, indexes, makes search data and publishes,
with two workers. Beside it stand tools that only transform, and read and write files: saxonche bare in two processes,
Saxon-HE for Java in directory mode, Ant's xslt task, uEdition (a site by Sphinx; PYTHON is that of an environment
with `pip install uedition`); with `like.xsl`, a small stylesheet for pages of the same content,
and Saxon-HE also with our own stylesheets, which make the very pages that Regesta makes: record.xsl and page.xsl, from
the documents and what Regesta knows beyond each (whom names mean, citations), and page.xsl alone, where the records
are handed over too. All take turns; medians and ratios are printed, of the seconds that one waits and of the seconds
of processors, which hold on a busy machine too. Then what a second build costs when nothing, one text, or one name of
a register has changed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from letters import write_edition
from lxml import etree
from uedition_site import made_by_sphinx

from regesta import labels, rendering, resources
from regesta.build import Options, build
from regesta.edition import open_edition
from regesta.progress import Silent
from regesta.records import Record
from regesta.rendering import PageFacts
from regesta.saxon import Saxon

HERE = Path(__file__).resolve().parent
SHEET = HERE / "like.xsl"
JARS = (Path("/usr/share/java/Saxon-HE.jar"), Path("/usr/share/java/saxon-he.jar"))


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        letters = write_edition(folder / "edition", options.letters)
        size = statistics.fmean(path.stat().st_size for path in letters.iterdir())
        print(
            f"{options.letters:,} letters of {size / 1000:.1f} kB, {os.cpu_count()} processors, {options.turns} turns"
        )
        tools = _tools(folder, letters, options)
        taken = _side_by_side(tools, options.turns, folder)
        ours = taken["regesta build, 2 workers"]
        for tool, (waited, worked) in taken.items():
            ratios = f"{ours[0] / waited:5.2f} times, {ours[1] / worked:5.2f} of processors"
            print(f"{tool:34} {waited:7.2f} s, {worked:7.2f} s of processors; regesta takes {ratios}")
        _changes(folder / "edition")
        for letters_in_all in options.growth:
            _growth(folder / f"growth-{letters_in_all}", letters_in_all)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=2_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--saxon-j", type=Path, default=next((jar for jar in JARS if jar.exists()), None))
    parser.add_argument("--ant", action="store_true")
    parser.add_argument("--uedition", type=Path)
    parser.add_argument("--growth", type=lambda text: [int(each) for each in text.split(",")], default=[])
    return parser.parse_args()


def _tools(folder: Path, letters: Path, options: argparse.Namespace) -> dict[str, Callable[[], None]]:
    output = folder / "output"

    def bare() -> None:
        names = sorted(letters.iterdir())
        context = multiprocessing.get_context("spawn")
        workers = [context.Process(target=transform_all, args=(names[n::2], output)) for n in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        _expect(output, len(names))

    def saxon_j() -> None:
        command = ["java", "-cp", str(options.saxon_j), "net.sf.saxon.Transform", f"-s:{letters}", f"-o:{output}"]
        _run([*command, f"-xsl:{SHEET}"])
        _expect(output, options.letters)

    def same_pages(sheet: Path) -> None:
        command = ["java", "-cp", str(options.saxon_j), "net.sf.saxon.Transform", f"-s:{given}", f"-o:{output}"]
        _run([*command, f"-xsl:{sheet}", *(f"{{urn:regesta:labels}}{name}={text}" for name, text in words.items())])
        _expect(output, options.letters)

    def ant() -> None:
        build = folder / "build.xml"
        build.write_text(
            f'<project default="all"><target name="all"><xslt basedir="{letters}" destdir="{output}" extension=".html"'
            f' style="{SHEET}" classpath="{options.saxon_j}"><factory name="net.sf.saxon.TransformerFactoryImpl"/>'
            f'<include name="*.xml"/></xslt></target></project>',
            encoding="utf-8",
        )
        _run(["ant", "-q", "-f", str(build)])
        _expect(output, options.letters)

    def regesta() -> None:
        _run([*_regesta(folder / "edition"), "--jobs", "2"])

    def uedition() -> None:
        made_by_sphinx(options.uedition, letters.glob("*.xml"), output)
        if not all((output / "pages" / f"{path.stem}.html").is_file() for path in letters.iterdir()):
            sys.exit("uEdition has not made every page.")

    tools = {"regesta build, 2 workers": regesta, "saxonche bare, 2 processes": bare}
    if options.saxon_j is not None and shutil.which("java"):
        given, words = _page_inputs(folder)
        tools["Saxon-HE (Java), directory mode"] = saxon_j
        tools["the same, record.xsl and page.xsl"] = partial(same_pages, _our_sheet(folder, with_record=True))
        tools["the same, page.xsl of our records"] = partial(same_pages, _our_sheet(folder, with_record=False))
    if options.ant and shutil.which("ant"):
        tools["Ant, xslt task"] = ant
    if options.uedition is not None:
        tools["uEdition, by Sphinx"] = uedition
    return tools


def _page_inputs(folder: Path) -> tuple[Path, dict[str, str]]:
    """Build once and keep what page.xsl was given in `handed/`; return a folder of documents, the words of the site."""
    given = folder / "given"
    given.mkdir()
    numbers = count()
    page = rendering.page

    def keep(saxon: Saxon, root: etree._Element, record: Record, facts: PageFacts, citing: str = "{}") -> str:
        name = f"{next(numbers):05}"
        text = etree.tostring(root, encoding="unicode", with_tail=False)
        (given / f"{name}.xml").write_text(text, encoding="utf-8")
        handed = {"record": rendering.to_json(record), "facts": rendering.to_json(facts), "citing": citing}
        (folder / "handed").mkdir(exist_ok=True)
        for parameter, value in handed.items():
            (folder / "handed" / f"{name}.{parameter}").write_text(value, encoding="utf-8")
        return page(saxon, root, record, facts, citing)

    rendering.page = keep
    build(open_edition(folder / "edition", None, None), Options(jobs=1), Silent())
    rendering.page = page
    words = {"language": labels.IN_ENGLISH.tag, "words": labels.as_json("en", labels.IN_ENGLISH.own)}
    return given, words


def _our_sheet(folder: Path, *, with_record: bool) -> Path:
    """Return page.xsl with parameters that it reads itself from the files beside each document.

    With `with_record`, it takes the record from the document, by record.xsl.
    """
    ours = resources.folder("xslt")
    read = """unparsed-text(replace(document-uri(/), '/given/(.*)xml$', '/handed/$1{}'))"""
    values = {name: read.format(name) for name in ("record", "facts", "citing")}
    if with_record:
        values["record"] = "serialize(r:record(/*), map { 'method': 'json' })"
    imports = [(ours / name).as_uri() for name in (("record.xsl", "page.xsl") if with_record else ("page.xsl",))]
    sheet = folder / ("whole.xsl" if with_record else "same.xsl")
    sheet.write_text(
        f"""<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:r="urn:regesta:record">
        {"".join(f'<xsl:import href="{uri}"/>' for uri in imports)}
        {"".join(f'<xsl:variable name="{name}" as="xs:string" select="{how}"/>' for name, how in values.items())}
        </xsl:stylesheet>""",
        encoding="utf-8",
    )
    return sheet


def transform_all(names: Sequence[Path], output: Path) -> None:
    """Transform files with saxonche and nothing else: what one of two processes does."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(SHEET))
    for name in names:
        page = sheet.transform_to_string(source_file=str(name))  # type: ignore[call-arg] # Regesta itself never does so
        (output / f"{name.stem}.html").write_text(page or "", encoding="utf-8")


def _side_by_side(tools: dict[str, Callable[[], None]], turns: int, folder: Path) -> dict[str, tuple[float, float]]:
    """Return the median seconds of each tool, waited and worked; they take turns, so that all meet the same noise."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tools}
    for turn in range(turns):
        for number, (name, tool) in enumerate(tools.items()):
            _clear(folder, folder / f"done-{turn}-{number}")
            start, worked = time.perf_counter(), _worked()
            tool()
            taken[name].append((time.perf_counter() - start, _worked() - worked))
    return {name: tuple(map(statistics.median, zip(*seconds, strict=True))) for name, seconds in taken.items()}


def _worked() -> float:
    """Return the seconds that processors have worked for processes started here and ended since."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _changes(edition: Path) -> None:
    """Print what a build costs after a whole one, when nothing or little has changed."""
    letter = next((edition / "tei" / "documents").iterdir())
    persons = edition / "tei" / "registers" / "persons.xml"

    def change(path: Path, old: str, new: str) -> Callable[[], None]:
        def edit() -> None:
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

        return edit

    edits = {
        "nothing changed (first look)": lambda: None,
        "nothing changed": lambda: None,
        "one text changed": change(letter, "<body>", "<body><div><p>Lenses.</p></div>"),
        "one name of a register changed": change(persons, "Ada Lamp", "Ada Lampe"),
    }
    _run(_regesta(edition))
    for name, edit in edits.items():
        edit()
        start, worked = time.perf_counter(), _worked()
        _run(_regesta(edition))
        seconds, worked = time.perf_counter() - start, _worked() - worked
        pages = json.loads((edition / "build" / "report.json").read_text("utf-8"))["pages"]
        written = f"pages written: {pages['written']} of {pages['total']}"
        print(f"{name:34} {seconds:7.2f} s, {worked:7.2f} s of processors; {written}")


def _growth(edition: Path, letters: int) -> None:
    """Print time and memory of a build of so many letters."""
    write_edition(edition, letters)
    before = _worked()
    start = time.perf_counter()
    parent = subprocess.Popen([*_regesta(edition), "--jobs", "2"])
    most, most_worker = 0, 0
    while parent.poll() is None:
        own, workers = _memory(parent.pid)
        most, most_worker = max(most, own), max(most_worker, *workers, 0)
        time.sleep(0.2)
    seconds = time.perf_counter() - start
    each, worked = seconds / letters * 1000, _worked() - before
    print(f"{letters:,} letters: {seconds:.1f} s ({each:.1f} ms each), {worked:.1f} s of processors")
    print(f"    memory at most: {most} MB in the parent, {most_worker} MB in a worker")
    shutil.rmtree(edition)


def _memory(pid: int) -> tuple[int, list[int]]:
    """Return the megabytes in use by a process and by each of its children (Linux)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
        return _megabytes(pid), [_megabytes(int(child)) for child in children]
    except OSError:
        return 0, []


def _megabytes(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1]
        return int(pages) * resource.getpagesize() >> 20
    except OSError:
        return 0


def _regesta(edition: Path) -> list[str]:
    return [sys.executable, "-m", "regesta", "build", "--quiet", "--edition", str(edition)]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _clear(folder: Path, aside: Path) -> None:
    """Move aside what the last tool made, and have it written to the disk.

    Deleting it would slow down the next tool: ext4 creates files more slowly where many were deleted just before.
    """
    aside.mkdir()
    for made in (folder / "output", folder / "edition" / "build"):
        if made.exists():
            made.rename(aside / made.name)
    (folder / "output").mkdir()
    os.sync()


def _expect(folder: Path, count: int) -> None:
    made = [path for path in folder.iterdir() if path.stat().st_size > 1_000]
    if len(made) != count:
        sys.exit(f"{len(made)} pages were made instead of {count}")


if __name__ == "__main__":
    main()
