"""IIIF Presentation 3.0: a manifest for each document with images of its pages, and a collection of them.

Pages are the surfaces of a `facsimile` or, without one, the page breaks that name an image (TEI Guidelines, 12.1). The
size of an image is read from the file, or taken from `graphic` where the image lies elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from lxml import etree

from regesta.exchange.material import File, Material
from regesta.exchange.model import Exported
from regesta.exchange.pointers import parsed
from regesta.reading import local_name

_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_RIGHTS = re.compile(r"https?://(creativecommons\.org/(licenses|publicdomain)/|rightsstatements\.org/vocab/)")
_PIXELS = re.compile(r"(\d+)(?:px)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TYPES = {"png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif"}


@dataclass(frozen=True)
class Page:
    """A page with an image: its label, the image's address and size in pixels, and the text that stands on it."""

    label: str
    image: str
    width: int
    height: int
    text: str


def files(material: Material) -> Iterator[File]:
    """Yield `ID.json` for each document with page images, and `collection.json`; nothing where there are none."""
    if not material.edition.url:
        material.unset("[edition] url", "IIIF manifests")
        return
    made = []
    for document in material.documents:
        pages = list(_pages(material, document))
        if pages:
            made.append(document)
            yield f"{document.id}.json", _written(_manifest(material, document, pages))
    if made:
        items = [{"id": _address(material, each.id), "type": "Manifest", "label": _label(each.title)} for each in made]
        collection = {"type": "Collection", "label": _label(material.edition.title), "items": items}
        yield "collection.json", _written({"@context": _CONTEXT, "id": _address(material, "collection"), **collection})


def _pages(material: Material, document: Exported) -> Iterator[Page]:
    root = parsed(material.tei(document.id), document.source)
    texts = _texts(root)
    surfaces = list(root.iter(f"{_TEI}surface"))
    named = {f"#{surface.get(_XML_ID)}": surface for surface in surfaces if surface.get(_XML_ID)}
    breaks = {pb.get("facs", ""): pb for pb in root.iter(f"{_TEI}pb")}
    if surfaces:
        found = [(surface.find(f"{_TEI}graphic"), surface) for surface in surfaces]
        pages = [(graphic, graphic.get("url", ""), surface) for graphic, surface in found if graphic is not None]
    else:
        pages = [(pb, facs, pb) for facs, pb in breaks.items() if facs and not facs.startswith("#")]
    pointer_of = {surface: pointer for pointer, surface in named.items()}
    for number, (graphic, url, element) in enumerate(pages, start=1):
        pb = breaks.get(pointer_of.get(element, url)) if surfaces else element
        size = _size(material, document, url, graphic)
        if size is None:
            material.missing(document, "iiif", f"the size of the image {url}", "the page has no canvas")
            continue
        label = element.get("n") or ("" if pb is None else pb.get("n", "")) or str(number)
        yield Page(label, *size, "" if pb is None else texts.get(pb, ""))


def _size(material: Material, document: Exported, url: str, graphic: etree._Element) -> tuple[str, int, int] | None:
    """Return the address, width and height of an image; None where they are not known."""
    medium = material.medium(document.source, url)
    if medium is not None and medium.width and medium.height:
        return f"{material.edition.url}{medium.href.removeprefix('../')}", medium.width, medium.height
    stated = [_PIXELS.fullmatch(graphic.get(name, "")) for name in ("width", "height")]
    if url.startswith(("http://", "https://")) and all(stated):
        width, height = (int(found[1]) for found in stated if found)
        return url, width, height
    return None


def _texts(root: etree._Element) -> dict[etree._Element, str]:
    """Return the text that stands between each page break and the next, white space folded."""
    pieces: dict[etree._Element, list[str]] = {}
    page: list[str] = []
    text = root.find(f"{_TEI}text")
    for event, element in etree.iterwalk(text, events=("start", "end")) if text is not None else ():
        if event == "start":
            if local_name(element) == "pb":
                page = pieces.setdefault(element, [])
            page.append(element.text or "")
        elif element is not text:
            page.append(element.tail or "")
    return {pb: " ".join("".join(words).split()) for pb, words in pieces.items()}


def _manifest(material: Material, document: Exported, pages: list[Page]) -> dict[str, Any]:
    here = _address(material, document.id)
    language = document.languages[0].tag if document.languages else "none"
    manifest = {
        "@context": _CONTEXT,
        "id": here,
        "type": "Manifest",
        "label": _label(document.title),
        "summary": _label(document.abstract) if document.abstract else None,
        "metadata": [{"label": _label(name), "value": _label(value)} for name, value in _metadata(document)],
        "rights": document.rights_url if _RIGHTS.match(document.rights_url) else None,
        "navDate": f"{document.date.start}T00:00:00Z"
        if document.date and _DAY.fullmatch(document.date.start)
        else None,
        "homepage": [_linked(material.address(document.page), "Text", document.title, "text/html")],
        "seeAlso": [_linked(material.address(document.tei), "Dataset", "TEI", "application/tei+xml")],
        "items": [_canvas(here, number, page, language) for number, page in enumerate(pages, start=1)],
    }
    return {key: value for key, value in manifest.items() if value}


def _metadata(document: Exported) -> Iterator[tuple[str, str]]:
    if document.date:
        yield "date", document.date.written
    for name in document.creators():
        yield ", ".join(name.roles), name.name
    for holding in document.holdings:
        yield "archive", ", ".join(filter(None, (holding.repository, holding.collection, holding.shelfmark)))


def _canvas(manifest: str, number: int, page: Page, language: str) -> dict[str, Any]:
    here = f"{manifest}/canvas/{number}"
    ending = page.image.rpartition(".")[2].lower()
    size = {"height": page.height, "width": page.width}
    picture = {"id": page.image, "type": "Image", "format": _TYPES.get(ending, "image/jpeg"), **size}
    painting = {"id": f"{here}/image", "type": "Annotation", "motivation": "painting", "body": picture, "target": here}
    canvas = {
        "id": here,
        "type": "Canvas",
        "label": {"none": [page.label]},
        **size,
        "items": [{"id": f"{here}/page", "type": "AnnotationPage", "items": [painting]}],
    }
    if page.text:
        body = {"type": "TextualBody", "value": page.text, "format": "text/plain", "language": language}
        note = {"type": "Annotation", "motivation": "supplementing", "body": body, "target": here}
        noted = {"id": f"{here}/text", "type": "AnnotationPage", "items": [{"id": f"{here}/text/1", **note}]}
        canvas["annotations"] = [noted]
    return canvas


def _address(material: Material, name: str) -> str:
    return f"{material.edition.url}exchange/iiif/{quote(name)}.json"


def _label(text: str) -> dict[str, list[str]]:
    return {"none": [text]}


def _linked(address: str, kind: str, label: str, form: str) -> dict[str, Any]:
    return {"id": address, "type": kind, "label": _label(label), "format": form}


def _written(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
