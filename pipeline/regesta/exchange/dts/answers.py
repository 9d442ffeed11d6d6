"""Answers: what the endpoints of Distributed Text Services 1.0 say, from a store and the arguments of a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape

from lxml import etree

from regesta.exchange.dts.passages import passage
from regesta.exchange.dts.store import Placed, Resource, Store
from regesta.exchange.pointers import parsed

CONTEXT = "https://dtsapi.org/context/v1.0.json"
VERSION = "1.0"
TEI, PLAIN = "application/tei+xml", "text/plain"
PAGE = 100
"""So many members of a collection are told at once."""

UNITS = 1_000
"""So many units of a citation tree are told at once."""

_JSON = "application/ld+json; charset=utf-8"
_DEEPEST = 1 << 30
_STATUS = {400: "Bad Request", 404: "Not Found"}
Arguments = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """A response: its status, its media type, its body, and where its neighbours are (the header Link)."""

    body: bytes
    media_type: str = _JSON
    status: str = "200 OK"
    link: str = ""


class Fault(Exception):  # noqa: N818 - a request that is wrong, which the caller answers
    """What is wrong with a request: 400 or 404, and a sentence."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


def answer(store: Store, base: str, endpoint: str, arguments: Arguments) -> Answer:
    """Return the response of an endpoint ("", "collection", "navigation" or "document") of the service at `base`."""
    service = _Service(store, base)
    endpoints = {
        "": service.entry,
        "collection": service.collection,
        "navigation": service.navigation,
        "document": service.document,
    }
    if endpoint not in endpoints:
        return _faulty(Fault(404, "There is no such endpoint."), is_xml=False)
    try:
        return endpoints[endpoint](arguments)
    except Fault as fault:
        return _faulty(fault, is_xml=endpoint == "document")


def _faulty(fault: Fault, *, is_xml: bool) -> Answer:
    status, title, said = fault.status, _STATUS[fault.status], str(fault)
    if not is_xml:
        told = {"@context": CONTEXT, "dtsVersion": VERSION, "statusCode": status, "title": title, "description": said}
        return Answer(_json(told), status=f"{status} {title}")
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<error xmlns="https://w3id.org/api/dts#" statusCode="{status}">'
        f"<title>{title}</title><description>{escape(said)}</description></error>\n"
    )
    return Answer(body.encode("utf-8"), "application/xml; charset=utf-8", f"{status} {title}")


class _Service:
    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base.rstrip("/")

    def entry(self, _arguments: Arguments) -> Answer:
        """Return the entry point: where the endpoints are."""
        return _told(
            {
                "@id": f"{self._base}/",
                "@type": "EntryPoint",
                "collection": self._address("collection") + "{?id,page,nav}",
                "navigation": self._address("navigation") + "{?resource,ref,start,end,down,tree,page}",
                "document": self._address("document") + "{?resource,ref,start,end,tree,mediaType}",
            }
        )

    def collection(self, arguments: Arguments) -> Answer:
        """Return the collection of all documents, or one document, with members or (`nav=parents`) parents."""
        identifier = arguments.get("id", "") or self._store.facts["id"]
        nav, page = arguments.get("nav", "children"), _page(arguments)
        if nav not in {"children", "parents"}:
            raise Fault(400, "nav is children or parents.")
        if identifier == self._store.facts["id"]:
            told: dict[str, object] = self._collection()
            if nav == "parents":
                return _told({**told, "member": []})
            last = max(1, -(-self._store.count // PAGE))
            if page > last:
                raise Fault(404, f"There are {last} pages.")
            members = [self._resource(each) for each in self._store.resources((page - 1) * PAGE, PAGE)]
            view = self._view("collection", {"id": identifier}, page, last) if last > 1 else {}
            return _told({**told, "member": members, **view})
        resource = self._store.resource(identifier)
        if resource is None:
            raise Fault(404, f"There is no collection or resource {identifier}.")
        if page > 1:
            raise Fault(404, "There is one page.")
        return _told({**self._resource(resource), **({"member": [self._collection()]} if nav == "parents" else {})})

    def navigation(self, arguments: Arguments) -> Answer:
        """Return units of a document's citation tree."""
        resource, tree = self._chosen(arguments)
        down, page = _down(arguments), _page(arguments)
        ref, start, end = self._asked(resource, tree, arguments)
        if down is None and ref is None and start is None:
            raise Fault(400, "State ref, start and end, or down.")
        if down == 0 and ref is None:
            raise Fault(400, "With down=0, state ref.")
        kept = ("resource", "ref", "start", "end", "down", "tree", "page")
        told: dict[str, object] = {
            "@id": self._address("navigation") + "?" + _query({k: arguments[k] for k in kept if k in arguments}),
            "@type": "Navigation",
            "resource": self._resource(resource),
        }
        told |= {name: _unit(each) for name, each in (("ref", ref), ("start", start), ("end", end)) if each}
        skip = (page - 1) * UNITS
        if down == 0 and ref is not None:
            members = self._store.siblings(resource, tree, ref.unit, limit=UNITS + 1, skip=skip)
            return self._navigated(told, members, page, None, arguments)
        span, top = self._span(resource, tree, ref, start, end)
        level = _DEEPEST if down == -1 else top + (down or 0)
        if down is None and start is not None and end is not None:
            return _told({**told, "member": [_unit(each) for each in dict.fromkeys((start, end))]})
        members = self._store.units(resource, tree, span, level, limit=UNITS + 1, skip=skip)
        count = self._store.count_units(resource, tree, span, level)
        return self._navigated(told, members, page, max(1, -(-count // UNITS)), arguments)

    def document(self, arguments: Arguments) -> Answer:
        """Return a document, or a passage of it, as TEI or as plain text."""
        resource, tree = self._chosen(arguments)
        media_type = arguments.get("mediaType", "") or TEI
        if media_type not in {TEI, "application/xml", PLAIN}:
            raise Fault(404, f"There is no {media_type}; there are {TEI} and {PLAIN}.")
        ref, start, end = self._asked(resource, tree, arguments)
        first, last = (ref, ref) if ref else (start, end)
        link = f'<{self._address("collection")}?{_query({"id": resource.id})}>; rel="collection"'
        if first is None or last is None:
            data = self._store.tei(resource)
        else:
            elements = [self._store.element(resource, each.unit.element) for each in (first, last)]
            data = passage(*elements)
        if media_type == PLAIN:
            return Answer(_plain(data), f"{PLAIN}; charset=utf-8", link=link)
        return Answer(data, f"{media_type}; charset=utf-8", link=link)

    def _chosen(self, arguments: Arguments) -> tuple[Resource, int]:
        identifier, tree = arguments.get("resource", ""), arguments.get("tree", "")
        if not identifier:
            raise Fault(400, "State the resource.")
        resource = self._store.resource(identifier)
        if resource is None:
            raise Fault(404, f"There is no resource {identifier}.")
        names = [name for name, _structure in resource.trees]
        if tree not in names:
            raise Fault(404, f"There is no citation tree {tree}.")
        return resource, names.index(tree)

    def _asked(
        self, resource: Resource, tree: int, arguments: Arguments
    ) -> tuple[Placed | None, Placed | None, Placed | None]:
        """Return the units that ref, start and end name."""
        named = {name: arguments[name] for name in ("ref", "start", "end") if arguments.get(name)}
        if "ref" in named and len(named) > 1:
            raise Fault(400, "State ref, or start and end.")
        if ("start" in named) != ("end" in named):
            raise Fault(400, "State both start and end.")
        found = {name: self._store.unit(resource, tree, ref) for name, ref in named.items()}
        for name, unit in found.items():
            if unit is None:
                raise Fault(404, f"There is no unit {named[name]}.")
        start, end = found.get("start"), found.get("end")
        if start and end and start.number > end.number:
            raise Fault(400, "The end stands before the start.")
        return found.get("ref"), start, end

    def _span(
        self, resource: Resource, tree: int, ref: Placed | None, start: Placed | None, end: Placed | None
    ) -> tuple[range, int]:
        """Return the places of the units that are asked for, and the level from which `down` counts."""
        if ref is not None:
            return range(ref.number, self._store.end(resource, tree, ref)), ref.unit.level
        if start is not None and end is not None:
            stop = self._store.end(resource, tree, end)
            return range(start.number, stop), min(start.unit.level, end.unit.level)
        return range(_DEEPEST), 0

    def _navigated(
        self, told: dict[str, object], members: list[Placed], page: int, last: int | None, arguments: Arguments
    ) -> Answer:
        if page > 1 and not members:
            raise Fault(404, "There is no such page.")
        more = len(members) > UNITS
        if page > 1 or more:
            last = last or (page + 1 if more else page)
            kept = ("resource", "ref", "start", "end", "down", "tree")
            told |= self._view("navigation", {key: arguments[key] for key in kept if key in arguments}, page, last)
        return _told({**told, "member": [_unit(each) for each in members[:UNITS]]})

    def _collection(self) -> dict[str, object]:
        facts = self._store.facts
        core = {"title": [facts["title"]], "publisher": [facts["publisher"]]}
        return {
            "@id": facts["id"],
            "@type": "Collection",
            "title": facts["title"],
            "totalParents": 0,
            "totalChildren": self._store.count,
            "collection": f"{self._address('collection')}?{_query({'id': facts['id']})}{{&page,nav}}",
            "dublinCore": {key: value for key, value in core.items() if value != [""]},
        }

    def _resource(self, resource: Resource) -> dict[str, object]:
        chosen = _query({"resource": resource.id})
        return {
            "@id": resource.id,
            "@type": "Resource",
            "title": resource.title,
            "totalParents": 1,
            "totalChildren": 0,
            "dublinCore": dict(resource.record),
            "collection": f"{self._address('collection')}?{_query({'id': resource.id})}{{&nav}}",
            "navigation": f"{self._address('navigation')}?{chosen}{{&ref,start,end,down,tree,page}}",
            "document": f"{self._address('document')}?{chosen}{{&ref,start,end,tree,mediaType}}",
            "download": f"{self._address('document')}?{chosen}",
            "mediaTypes": [TEI, PLAIN],
            "citationTrees": [
                {"@type": "CitationTree", **({"identifier": name} if name else {}), "citeStructure": structure}
                for name, structure in resource.trees
            ],
        }

    def _view(self, endpoint: str, arguments: Arguments, page: int, last: int) -> dict[str, object]:
        def at(number: int) -> str:
            return f"{self._address(endpoint)}?{_query({**arguments, 'page': str(number)})}"

        told: dict[str, object] = {"@id": at(page), "@type": "Pagination", "first": at(1), "last": at(last)}
        if page > 1:
            told["previous"] = at(page - 1)
        if page < last:
            told["next"] = at(page + 1)
        return {"view": told}

    def _address(self, endpoint: str) -> str:
        return f"{self._base}/{endpoint}"


def _unit(placed: Placed) -> dict[str, object]:
    unit = placed.unit
    told: dict[str, object] = {
        "identifier": unit.ref,
        "@type": "CitableUnit",
        "level": unit.level,
        "parent": unit.parent or None,
        "citeType": unit.kind,
    }
    return {**told, "dublinCore": {"title": [unit.title]}} if unit.title else told


def _page(arguments: Arguments) -> int:
    page = arguments.get("page", "1")
    if not (page.isascii() and page.isdecimal() and 0 < len(page) < 8 and int(page) > 0):
        raise Fault(400, "page is a whole number from 1.")
    return int(page)


def _down(arguments: Arguments) -> int | None:
    down = arguments.get("down", "")
    if not down:
        return None
    if down != "-1" and not (down.isascii() and down.isdecimal() and len(down) < 8):
        raise Fault(400, "down is a whole number from -1.")
    return int(down)


def _plain(data: bytes) -> bytes:
    """Return the text of a document or passage, its header left out."""
    root = parsed(data, "document")
    parts = (child for child in root if isinstance(child.tag, str) and etree.QName(child).localname != "teiHeader")
    return "".join(str(text) for part in parts for text in part.itertext(etree.Element)).encode("utf-8")


def _query(arguments: Arguments) -> str:
    return urlencode(arguments, quote_via=quote, safe="")


def _told(values: dict[str, object]) -> Answer:
    return Answer(_json({"@context": CONTEXT, "dtsVersion": VERSION, **values}))


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
