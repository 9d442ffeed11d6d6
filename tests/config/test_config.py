# ruff: noqa: E501 (a fault and its whole message stand on one line, to be read side by side)
from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from regesta.config import Colours, EditionConfig, Judgement, MenuItem, Order, load
from regesta.errors import UsageError

FULL = """
[edition]
title = "The August Plenum"
subtitle = "Documents"
editors = ["A. Editor", "B. Editor"]
publisher = "A Press"
licence = "CC0-1.0"
rights = "Free."
languages = ["en", "ko", "zh-Hant"]
url = "https://example.org/edition"
date = 1957-01-31

[sources]
documents = "tei/documents"
registers = ["tei/registers/*.xml"]
schema = "own.rng"
exclude = ["drafts/*"]

[collection]
name = "A collection"
holder = "An archive"
order = "date"
from = "1956"
to = 1956-12-31
total = 129

[validation]
not-well-formed = { severity = "warning", reason = "The scans are being read again" }
schematron = "info"

[render]
reading = "normalised"
notes = "margin"
custom-page = "custom-page.xsl"
css = "own.css"

[site]
menu = [{ label = "About", href = "pages/about.html" }]
logo = "logo.svg"
colours = { accent = "#7a1f1f" }
languages = ["en"]
sizes = [10, 50]

[exchange]
formats = ["bagit", "tei-corpus"]
repository = "A repository"
agency = "XX-1"
admin_email = "a@example.org"
identifier_prefix = "oai:example.org"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("own.rng", "custom-page.xsl", "own.css", "logo.svg"):
        (tmp_path / name).touch()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path, text: str) -> list[str]:
    """Return the lines of the message that `text` earns, without the head line that names the file."""
    with pytest.raises(UsageError) as caught:
        load(write(folder, text))
    assert caught.value.exit_status == 2
    assert caught.value.remedy
    head, *lines = caught.value.message.strip().splitlines()
    assert str(folder / "edition.toml") in head
    return [line.strip() for line in lines] or [head]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config == EditionConfig()
    assert config.collection.order is Order.COLLECTION
    assert config.site.sizes == (10, 50)


def test_every_key_of_the_contract_is_read(folder: Path) -> None:
    config = load(write(folder, FULL))
    assert config.edition.editors == ("A. Editor", "B. Editor")
    assert config.edition.url == "https://example.org/edition/"
    assert config.edition.date == "1957-01-31"
    assert config.sources.documents == ("tei/documents",)
    assert config.sources.schemas == ("own.rng",)
    assert (config.collection.date_from, config.collection.date_to) == ("1956", "1956-12-31")
    assert config.collection.order is Order.DATE
    assert config.validation["schematron"].severity == "info"
    assert config.validation["not-well-formed"].reason.startswith("The scans")
    assert config.render.custom_page == "custom-page.xsl"
    assert config.site.menu[0].href == "pages/about.html"
    assert config.exchange.formats == ("bagit", "tei-corpus")


def test_nothing_of_the_settings_can_be_changed(folder: Path) -> None:
    config = load(write(folder, FULL))
    with pytest.raises(ValidationError):
        setattr(config.edition, "title", "Another")  # noqa: B010 (the type checker refuses the plain way too)


def test_every_key_is_described() -> None:
    tables = [field.annotation for field in EditionConfig.model_fields.values()]
    models: list[type[BaseModel]] = [Judgement, MenuItem, Colours, EditionConfig]
    models += [table for table in tables if isinstance(table, type) and issubclass(table, BaseModel)]
    assert len(models) == 10
    undescribed = [
        f"{model.__name__}.{name}"
        for model in models
        for name, field in model.model_fields.items()
        if not field.description
    ]
    assert undescribed == []


def test_all_faults_are_told_at_once_in_the_order_of_lines(folder: Path) -> None:
    text = """
[edition]
titel = "x"
url = "ftp://example.org"

[collection]
total = "many"
holders = "An archive"
"""
    assert faults(folder, text) == [
        "line 3: [edition] titel is not a known key; did you mean title?",
        "line 4: [edition] url must be an address that starts with http:// or https:// and has no ? or # in it",
        "line 7: [collection] total must be a whole number without quotes",
        "line 8: [collection] holders is not a known key; did you mean holder?",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[editon]\ntitle = 'x'", "line 1: [editon] is not a known table; did you mean edition?"),
        ("title = 'x'", "line 1: [title] is not a known table; did you mean [edition] title?"),
        ("[site]\nholder = 'x'", "line 2: [site] holder is not a known key; did you mean [collection] holder?"),
        (
            "[collection]\nzzz = 1",
            "line 2: [collection] zzz is not a known key; the keys here are name, holder, order, from, to, total",
        ),
        ("[exchange]\nadmin-email = ''", "line 2: [exchange] admin-email is not a known key; did you mean admin_email?"),
        ("[render]\ncustom_page = 'a'", "line 2: [render] custom_page is not a known key; did you mean custom-page?"),
        ("edition = 1", "line 1: [edition] must be a table"),
        ("[edition]\ntitle = 1", "line 2: [edition] title must be a text in quotes"),
        ("[edition]\neditors = 'A'", "line 2: [edition] editors must be a list in [brackets]"),
        ("[edition]\neditors = [\n'A',\n2]", "line 4: [edition] editors, item 2 must be a text in quotes"),
        (
            "[edition]\nlanguages = ['english language']",
            "line 2: [edition] languages, item 1 must be language tags such as en, ko or zh-Hant (BCP 47), "
            "not 'english language'",
        ),
        ("[edition]\ndate = '1956-02-30'", "line 2: [edition] date is not a date that exists: 1956-02-30"),
        ("[edition]\ndate = 1956-01-01T10:00:00", "line 2: [edition] date must be a date without a time"),
        (
            "[collection]\nfrom = 'August'",
            'line 2: [collection] from must be a date such as 1956-08-30, "1956-08" or "1956"',
        ),
        (
            "[collection]\nfrom = 1957-01-01\nto = 1956-01-01",
            "line 1: [collection] from (1957-01-01) must not be later than to (1956-01-01)",
        ),
        ("[collection]\ntotal = 0", "line 2: [collection] total must be 1 or more"),
        ("[collection]\ntotal = true", "line 2: [collection] total must be a whole number without quotes"),
        ("[collection]\norder = 'size'", 'line 2: [collection] order must be "collection" or "date", not "size"'),
        ("[exchange]\nformats = ['markdwn']", 'line 2: [exchange] formats, item 1 does not know "markdwn"; did you mean markdown?'),
        ("[exchange]\nadmin_email = 'me'", "line 2: [exchange] admin_email must be an e-mail address"),
        ("[site]\ncolours = { accent = 'red' }", "line 2: [site] colours, accent must be a colour such as #7a1f1f"),
        ("[[site.menu]]\nlabel = 'x'", "line 1: [site] menu, item 1, href is missing"),
        (
            "[validation]\nnot-well-fromed = 'off'",
            "line 2: [validation] not-well-fromed is not a rule; did you mean not-well-formed?",
        ),
        (
            "[validation]\nschematron = 'fatal'",
            'line 2: [validation] schematron, severity must be "error", "warning", "info" or "off", not "fatal"',
        ),
        ("[render]\ncss = 'no.css'", "line 2: [render] css names the file no.css, which is not there"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line(folder: Path, text: str, message: str) -> None:
    assert faults(folder, text) == [message]


@pytest.mark.parametrize("path", ["../x.xml", "/etc/x", "C:/x", "C:x", "//host/x", "tei/../../x", "..\\x", ""])
@pytest.mark.parametrize("key", ["sources.documents", "sources.exclude", "sources.schema", "render.css", "site.logo"])
def test_no_path_leads_out_of_the_edition(folder: Path, key: str, path: str) -> None:
    (fault,) = faults(folder, f"{key} = '{path}'")
    assert fault.startswith("line 1: ")
    assert "must be a path" in fault


def test_a_link_out_of_the_edition_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "own.css"
    outside.touch()
    try:
        (folder / "linked.css").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    (fault,) = faults(folder, "render.css = 'linked.css'")
    assert "a link that leads out" in fault


@pytest.mark.parametrize(
    ("text", "place"),
    [("a = 1\na = 2\n", "line 2"), ("[edition\n", "line 1"), ('[edition]\ntitle = "open\n', "line 2"), ("x", "its last line")],
)  # fmt: skip
def test_what_is_not_toml_is_told_with_its_line(folder: Path, text: str, place: str) -> None:
    (fault,) = faults(folder, text)
    assert f"is not TOML: {place}: " in fault


def test_bytes_that_are_not_utf_8_are_told_with_their_line(folder: Path) -> None:
    (folder / "edition.toml").write_bytes("[edition]\ntitle = 'Ère'".encode("latin-1"))
    with pytest.raises(UsageError, match="line 2"):
        load(folder)


def test_byte_order_mark_and_windows_line_ends_are_welcome(folder: Path) -> None:
    (folder / "edition.toml").write_bytes(b"\xef\xbb\xbf[edition]\r\ntitle = 'x'\r\n")
    assert load(folder).edition.title == "x"


def test_a_folder_in_the_place_of_the_file_is_one_sentence(folder: Path) -> None:
    (folder / "edition.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        load(folder)


def test_the_edition_of_this_repository_loads(repository: Path) -> None:
    config = load(repository)
    assert config.edition.title
