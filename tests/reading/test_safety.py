"""Sources are untrusted: nothing outside a file is read, and no file can blow up."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from regesta import reading
from regesta.findings import Finding
from regesta.reading import ParsedFile
from small_editions import NAMESPACE, tei

SECRET = "THE-SECRET"  # noqa: S105 - a mark to look for


class Server(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'<!ENTITY e "from the network">')

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server on this machine, and the list of what was asked of it."""

    class Handler(Server):
        asked: ClassVar[list[str]] = []

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", Handler.asked
        server.shutdown()


def read(text: str) -> ParsedFile | Finding:
    return reading.parse(text.encode(), "a.xml")


def rule(text: str) -> str:
    found = read(text)
    assert isinstance(found, Finding), found.text
    return found.rule


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE TEI SYSTEM "{0}">',
        "<!DOCTYPE TEI SYSTEM '{0}'>",
        '<!DOCTYPE TEI PUBLIC "-//TEI//DTD" "{0}">',
        '<?xml version="1.0"?><!-- <!DOCTYPE x> --><?a?>\n<!DOCTYPE\nTEI\nSYSTEM\n"{0}" [<!ENTITY own "own">]>',
        '<!DOCTYPE TEI [<!ENTITY % more SYSTEM "{0}"> %more;]>',
    ],
)
def test_a_dtd_is_never_looked_for(doctype: str, tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    (tmp_path / "a.dtd").write_text('<!ENTITY e "from a file"><!ATTLIST TEI n CDATA "THE-SECRET">')
    address, requests = asked
    for target in (f"{address}/a.dtd", (tmp_path / "a.dtd").as_uri(), (tmp_path / "a.dtd").as_posix()):
        result = read(doctype.format(target) + tei())
        assert isinstance(result, Finding) or result.root.get("n") is None
        assert isinstance(read(doctype.format(target) + tei("<p>&e;</p>")), Finding)
    assert requests == []


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY e SYSTEM "{0}">',
        '<!ENTITY e PUBLIC "p" "{0}">',
        '<!ENTITY % p SYSTEM "{0}"> %p; <!ENTITY e "x">',
        "<!ENTITY % p \"<!ENTITY e SYSTEM '{0}'>\"> %p;",
    ],
)
def test_no_entity_brings_in_a_file(declaration: str, tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    (tmp_path / "secret").write_text(SECRET)
    address, requests = asked
    for target in ((tmp_path / "secret").as_uri(), f"{address}/secret"):
        result = read(f"<!DOCTYPE TEI [{declaration.format(target)}]>" + tei("<p>&e;</p>"))
        assert isinstance(result, Finding), "".join(map(str, result.root.itertext()))
        assert SECRET not in repr(result)
    assert requests == []


def test_an_entity_in_an_attribute_brings_in_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    declaration = f'<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">'
    assert isinstance(read(f"<!DOCTYPE TEI [{declaration}]>" + tei('<p n="&e;"/>')), Finding)


def test_a_files_own_entities_are_read() -> None:
    result = read('<!DOCTYPE TEI [<!ENTITY kim "Kim <hi>Il</hi> Sung">]>' + tei("<p>&kim;!</p>"))
    assert isinstance(result, ParsedFile)
    assert "".join(result.root.itertext(f"{{{NAMESPACE}}}p", f"{{{NAMESPACE}}}hi")).strip() == "Kim Il Sung!"


@pytest.mark.parametrize(
    "doctype", ["", '<!DOCTYPE TEI SYSTEM "a.dtd">', '<!DOCTYPE TEI [<!ENTITY % iso SYSTEM "iso.ent">]>']
)
def test_an_entity_that_is_not_defined_is_refused_where_it_stands(doctype: str) -> None:
    found = read(f"{doctype}\n" + tei("<p>d\n&eacute;j</p>"))
    assert isinstance(found, Finding), "the entity was dropped in silence"
    assert (found.rule, found.line, found.column) == ("entity-undefined", 3, 1)
    assert "&eacute;" in found.message
    assert "é" in found.hint


def test_entities_of_a_file_that_is_not_read_are_never_dropped_in_silence() -> None:
    found = read('<!DOCTYPE TEI [<!ENTITY % iso SYSTEM "iso.ent"> %iso;]>' + tei("<p>d&eacute;j</p>"))
    assert isinstance(found, Finding)
    assert (found.rule, found.line) == ("entity-undefined", 1)


def bomb(levels: int, times: int) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * times}">' for n in range(1, levels))
    return f'<!DOCTYPE TEI [<!ENTITY e0 "ha">{entities}]>' + tei(f"<p>&e{levels - 1};</p>")


def quadratic() -> str:
    return f'<!DOCTYPE TEI [<!ENTITY e "{"a" * 50_000}">]>' + tei(f"<p>{'&e;' * 50_000}</p>")


def test_a_billion_laughs_are_refused() -> None:
    assert rule(bomb(10, 10)) == "xml-too-large"


def test_a_quadratic_blow_up_is_refused() -> None:
    assert rule(quadratic()) == "xml-too-large"


def test_entities_in_a_circle_are_refused() -> None:
    declarations = '<!ENTITY a "&b;"><!ENTITY b "&a;">'
    assert rule(f"<!DOCTYPE TEI [{declarations}]>" + tei("<p>&a;</p>")) in {"xml-too-large", "not-well-formed"}


def test_modest_entities_are_no_bomb() -> None:
    assert isinstance(read(bomb(3, 5)), ParsedFile)


@pytest.mark.parametrize(("depth", "readable"), [(200, True), (300, False), (100_000, False)])
def test_depth_is_bounded(depth: int, *, readable: bool) -> None:
    result = read(tei("<ab>" * depth + "</ab>" * depth))
    assert isinstance(result, ParsedFile) is readable
    if isinstance(result, Finding):
        assert result.rule == "xml-too-large"


def test_doubled_and_odd_ids_are_no_fault_of_the_xml() -> None:
    assert isinstance(read(tei('<p xml:id="1 a"/><p xml:id="1 a"/>')), ParsedFile)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04", b"plain words", b"<", b"<?xml", b"<!DOCTYPE"]
)
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    found = reading.parse(data, "a.xml")
    assert isinstance(found, Finding)
    assert found.rule in {"not-well-formed", "encoding-wrong"}


def test_a_document_of_many_instructions_and_comments_is_read_at_once() -> None:
    remarks = "<?p q?> <!-- c --> " * 5_000
    parsed = reading.parse(f"<?xml version='1.0'?>\n{remarks}<a>{remarks}</a>".encode(), "a.xml")
    assert isinstance(parsed, ParsedFile)
    assert len(parsed.root) == 10_000
