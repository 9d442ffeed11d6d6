"""The recipes of docs/publishing.md: nginx as Debian has it, a workflow for GitHub Pages, a folder on a stick."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from clients import ask
from playwright.sync_api import expect

from readers import browser_at, page_without_faults
from regesta.cli import main
from small_editions import Built, build_in, tei, write

CONFIG = '[edition]\ntitle = "Small"\neditors = ["E. Ditor"]\nurl = "https://example.org/"\n'
MIME = Path("/etc/nginx/mime.types")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    text = " ".join(f"<p>Paragraph {number} of the lighthouse.</p>" for number in range(200))
    return build_in(write(tmp_path_factory.mktemp("e"), {"edition.toml": CONFIG, "tei/a.xml": tei(text)}))


@pytest.fixture(scope="module")
def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None or not MIME.is_file():
        if os.environ.get("CI"):
            pytest.fail("needs nginx")
        pytest.skip("needs nginx")
    return found


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _configuration(repository: Path, folder: Path, site: Path, port: int) -> str:
    """Return the recipe with another address and root, in what Debian's nginx.conf puts around it."""
    server = (repository / "docs" / "examples" / "nginx.conf").read_text()
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/letters/site;", f"{site};")
    assert str(site) in server
    places = "".join(f"{name}_temp_path {folder};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    http = f"include {MIME}; default_type application/octet-stream; access_log off; {places}\n{server}"
    return f"{user} pid {folder}/pid; error_log {folder}/log; events {{}}\nhttp {{ {http} }}\n"


@pytest.fixture(scope="module")
def url(nginx: str, built: Built, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("nginx"), _free_port()
    (built.output / "secret.txt").write_text("secret")
    (built.site / "link.txt").symlink_to(built.output / "secret.txt")
    (folder / "nginx.conf").write_text(_configuration(repository, folder, built.site, port))
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        for _attempt in range(100):
            assert process.poll() is None, (folder / "log").read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/documents/a.html", "text/html; charset=utf-8"),
        ("/assets/regesta.css", "text/css; charset=utf-8"),
        ("/assets/regesta.js", "application/javascript; charset=utf-8"),
        ("/data/references.json", "application/json; charset=utf-8"),
        ("/data/references.bib", "application/x-bibtex; charset=utf-8"),
        ("/data/references.ris", "application/x-research-info-systems; charset=utf-8"),
        ("/tei/a.xml", "text/xml"),
    ],
)
def test_nginx_tells_types(url: str, path: str, kind: str) -> None:
    got = ask(url, path)
    assert (got.status, got.headers["content-type"]) == (200, kind)
    assert got.headers["x-content-type-options"] == "nosniff"


def test_nginx_compresses_and_asks_to_be_asked(url: str, built: Built) -> None:
    plain, packed = ask(url, "/documents/a.html"), ask(url, "/documents/a.html", Accept_Encoding="gzip")
    assert plain.body == (built.site / "documents" / "a.html").read_bytes()
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert plain.headers["cache-control"] == "no-cache"
    assert ask(url, "/documents/a.html", If_None_Match=plain.headers["etag"]).status == 304
    assert ask(url, "/documents/a.html", Range="bytes=0-4").body == plain.body[:5]


@pytest.mark.parametrize("path", ["/none.html", "/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/.hidden"])
def test_nginx_sends_nothing_else(url: str, path: str) -> None:
    got = ask(url, path)
    assert got.status in {400, 403, 404}
    assert got.body != b"secret"


def test_nginx_leads_on_from_the_folder_of_documents_and_has_no_icon(url: str) -> None:
    got = ask(url, "/documents")
    assert (got.status, got.headers["location"].endswith("/documents/")) == (301, True)
    got = ask(url, "/documents/")
    assert (got.status, got.headers["location"]) == (302, url)
    assert ask(url, "/favicon.ico").status == 204


def test_the_workflow_publishes_what_was_built(repository: Path, built: Built) -> None:
    workflow = yaml.safe_load((repository / "docs" / "examples" / "pages.yml").read_text())
    steps = workflow["jobs"]["publish"]["steps"]
    (command,) = (step["run"] for step in steps if step.get("run", "").startswith("regesta"))
    with contextlib.chdir(built.edition.root):
        assert CliRunner().invoke(main, command.split()[1:]).exit_code == 0
    (artifact,) = (step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert (built.edition.root / artifact["with"]["path"] / "index.html").is_file()
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}


@pytest.mark.browser
def test_a_copy_on_a_stick_works_below_any_path(built: Built, tmp_path: Path, chromium: str) -> None:
    """A volume's name may hold signs that mean something in addresses."""
    stick = tmp_path / "USB stick #1 (50%)" / "My edition"
    shutil.copytree(built.site, stick, ignore=shutil.ignore_patterns("link.txt"))
    with browser_at(chromium) as browser, page_without_faults(browser) as page:
        page.goto((stick / "index.html").as_uri())
        page.get_by_role("link", name="A letter").first.click()
        expect(page.locator("main")).to_contain_text("Paragraph 199 of the lighthouse.")
        page.goto((stick / "search.html").as_uri())
        page.fill("#search-words", "lighthouse")
        page.keyboard.press("Enter")
        expect(page.locator("#search-results h2 a")).to_have_attribute("href", re.compile(r"documents/a\.html"))
