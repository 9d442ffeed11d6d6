"""IIIF manifests: read by iiif-prezi3, which is not ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exchange_editions import Exports, stated_edition
from iiif_prezi3 import Collection, Manifest
from pydantic import ValidationError

from regesta.edition import open_edition
from regesta.exchange.formats import FORMATS
from regesta.exporting import export, opened
from regesta.progress import Silent
from small_editions import tei, write

REMOTE = "https://images.example.org/1/full/max/0/default.jpg"
FACSIMILE = f"""<facsimile><surface xml:id="s1" n="1r"><graphic url="{REMOTE}" width="600px" height="800px"/></surface>
<surface xml:id="s2"><graphic url="{REMOTE}"/></surface></facsimile>"""
BODY = '<p><pb n="1r" facs="#s1"/>First page, <hi>end</hi><pb n="1v" facs="#s2"/> second page.</p>'


@pytest.fixture(scope="session")
def specimen(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return Exports(repository / "tests" / "golden" / "specimen", None, tmp_path_factory.mktemp("iiif"))


def test_manifests_are_what_a_reader_of_iiif_expects(specimen: Exports) -> None:
    files = {path.stem: json.loads(path.read_bytes()) for path in specimen.files("iiif", ".json")}
    collection = Collection(**files.pop("collection"))
    assert len(collection.items) == len(files) > 0
    for data in files.values():
        manifest = Manifest(**data)
        assert all(canvas.width and canvas.height for canvas in manifest.items)
        body = manifest.items[0].items[0].items[0].body
        assert str(body.id).startswith("https://specimen.example.org/media/")


def test_a_wrong_manifest_is_refused(specimen: Exports) -> None:
    path = next(path for path in specimen.files("iiif", ".json") if path.stem != "collection")
    data = json.loads(path.read_bytes())
    del data["label"]
    with pytest.raises(ValidationError):
        Manifest(**data)


def test_images_elsewhere_need_a_stated_size(tmp_path: Path) -> None:
    folder = stated_edition(tmp_path / "edition")
    text = tei(BODY, title="With images").replace("<text>", f"{FACSIMILE}<text>")
    write(folder, {"tei/documents/scan.xml": text})
    made = export(open_edition(folder, None, None), "iiif", tmp_path / "iiif", Silent(), jobs=1)
    manifest = json.loads((made.path / "scan.json").read_bytes())
    (canvas,) = manifest["items"]
    assert (canvas["label"], canvas["width"]) == ({"none": ["1r"]}, 600)
    assert canvas["items"][0]["items"][0]["body"]["id"] == REMOTE
    assert canvas["annotations"][0]["items"][0]["body"]["value"] == "First page, end"
    assert [found.rule for found in made.findings if "size" in found.message] == ["export-field-missing"]


def test_without_an_address_there_are_no_manifests(repository: Path) -> None:
    material = opened(open_edition(repository, None, None), Silent(), 1)
    assert list(FORMATS["iiif"].make(material)) == []
    assert [found.rule for found in material.found] == ["setting-missing"]
