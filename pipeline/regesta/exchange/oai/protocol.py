"""The protocol: a request becomes a response, from the store alone (OAI-PMH 2.0, sections 3 and 4)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from lxml import etree

from regesta.exchange.oai.store import FORMATS, Selection, Store, StoredRecord

_OAI = "http://www.openarchives.org/OAI/2.0/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{_OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")

PAGE = 100
"""Records in one response; identifiers and sets: ten times as many."""

Arguments = Sequence[tuple[str, str]]
_REQUIRED = {"GetRecord": {"identifier", "metadataPrefix"}, "ListRecords": {"metadataPrefix"}}
_REQUIRED["ListIdentifiers"] = _REQUIRED["ListRecords"]
_ALLOWED = {
    "Identify": set[str](),
    "ListMetadataFormats": {"identifier"},
    "ListSets": {"resumptionToken"},
    "GetRecord": {"identifier", "metadataPrefix"},
    "ListRecords": {"from", "until", "metadataPrefix", "set", "resumptionToken"},
    "ListIdentifiers": {"from", "until", "metadataPrefix", "set", "resumptionToken"},
}


class ProtocolError(Exception):
    """One of the errors that the protocol names (section 3.6): `code`, and what was wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class _Token:
    """Where a list goes on: stands by itself, so that it outlives a restart.

    `after` is the datestamp and identifier of the last record that was given, or ("", the spec of the last set).
    """

    selection: Selection
    after: tuple[str, str] = ("", "")
    cursor: int = 0

    def written(self, verb: str) -> str:
        data = json.dumps([verb, asdict(self.selection), self.after, self.cursor], ensure_ascii=True)
        return base64.urlsafe_b64encode(data.encode("ascii")).decode("ascii").rstrip("=")

    @staticmethod
    def read(text: str, verb: str) -> _Token:
        """Return the token that `text` stands for. Raises ProtocolError when it is not one for this verb."""
        try:
            data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            said, selection, (stamp, last), cursor = json.loads(data)
            token = _Token(Selection(**selection), (stamp, last), cursor)
            texts = (stamp, last, *asdict(token.selection).values())
            good = said == verb and isinstance(cursor, int) and cursor >= 0 and all(isinstance(t, str) for t in texts)
        except (ValueError, TypeError, binascii.Error):
            good = False
        if not good:
            raise ProtocolError("badResumptionToken", "The token is none that this repository gave for this request.")
        return token


def respond(store: Store, base_url: str, now: str, arguments: Arguments) -> bytes:
    """Return the response to a request: `now` is the time of the response, in UTC, `base_url` where it is served."""
    root = etree.Element(f"{{{_OAI}}}OAI-PMH", nsmap={None: _OAI, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    _add(root, "responseDate", now)
    request = _add(root, "request", base_url)
    try:
        verb, given = _checked(arguments)
        for name, value in arguments:
            request.set(name, value)
        root.append(_VERBS[verb](store, base_url, given))
    except ProtocolError as error:
        if error.code in {"badVerb", "badArgument"}:
            request.attrib.clear()
        _add(root, "error", error.message).set("code", error.code)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _checked(arguments: Arguments) -> tuple[str, dict[str, str]]:
    """Return the verb and the other arguments. Raises ProtocolError for any that may not be there, or are missing."""
    given = dict(arguments)
    repeated = [name for name, count in Counter(name for name, _ in arguments).items() if count > 1]
    if "verb" not in given or "verb" in repeated:
        raise ProtocolError("badVerb", "The request has no verb, or several.")
    verb = given.pop("verb")
    if verb not in _ALLOWED:
        raise ProtocolError("badVerb", "The verb is none of the protocol.")
    unknown = sorted(set(given) - _ALLOWED[verb])
    if unknown or repeated:
        raise ProtocolError("badArgument", f"{verb} does not take {', '.join(unknown or repeated)} like that.")
    if "resumptionToken" in given and len(given) > 1:
        raise ProtocolError("badArgument", "A resumptionToken stands alone.")
    missing = sorted(_REQUIRED.get(verb, set()) - set(given))
    if missing and "resumptionToken" not in given:
        raise ProtocolError("badArgument", f"{verb} needs {' and '.join(missing)}.")
    for name, value in arguments:
        if not _is_xml(value):
            raise ProtocolError("badArgument", f"The value of {name} holds a character that no XML can hold.")
    return verb, given


def _identify(store: Store, base_url: str, given: Mapping[str, str]) -> etree._Element:
    element = _element("Identify")
    _add(element, "repositoryName", store.facts["name"])
    _add(element, "baseURL", base_url)
    _add(element, "protocolVersion", "2.0")
    _add(element, "adminEmail", store.facts["email"])
    _add(element, "earliestDatestamp", store.earliest)
    _add(element, "deletedRecord", "persistent")
    _add(element, "granularity", "YYYY-MM-DD")
    return element


def _list_formats(store: Store, base_url: str, given: Mapping[str, str]) -> etree._Element:
    if "identifier" in given:
        _known(store, given["identifier"])
    element = _element("ListMetadataFormats")
    for prefix, (schema, namespace) in FORMATS.items():
        form = _add(element, "metadataFormat")
        _add(form, "metadataPrefix", prefix)
        _add(form, "schema", schema)
        _add(form, "metadataNamespace", namespace)
    return element


def _list_sets(store: Store, base_url: str, given: Mapping[str, str]) -> etree._Element:
    token = _Token(Selection(""))
    if "resumptionToken" in given:
        token = _Token.read(given["resumptionToken"], "ListSets")
    total = store.count_sets()
    if not total:
        raise ProtocolError("noSetHierarchy", "This repository has no sets.")
    found = store.sets(token.after[1], PAGE * 10)
    if not found:
        raise ProtocolError("badResumptionToken", "The list ends before the place that the token names.")
    element = _element("ListSets")
    for spec, name in found:
        one = _add(element, "set")
        _add(one, "setSpec", spec)
        _add(one, "setName", name)
    _go_on(element, "ListSets", token, last=("", found[-1][0]), shown=len(found), total=total)
    return element


def _get_record(store: Store, base_url: str, given: Mapping[str, str]) -> etree._Element:
    record = _known(store, given["identifier"])
    _refuse_unknown_format(given["metadataPrefix"])
    element = _element("GetRecord")
    element.append(_record(store, record, given["metadataPrefix"]))
    return element


def _list_records(store: Store, base_url: str, given: Mapping[str, str]) -> etree._Element:
    return _list(store, given, "ListRecords", PAGE, lambda record, prefix: _record(store, record, prefix))


def _list_identifiers(store: Store, base_url: str, given: Mapping[str, str]) -> etree._Element:
    return _list(store, given, "ListIdentifiers", PAGE * 10, lambda record, _prefix: _header(record))


def _list(
    store: Store, given: Mapping[str, str], verb: str, limit: int, shown: Callable[[StoredRecord, str], etree._Element]
) -> etree._Element:
    if "resumptionToken" in given:
        token = _Token.read(given["resumptionToken"], verb)
    else:
        token = _Token(_selection(store, given))
    found = store.select(token.selection, token.after, limit)
    if not found:
        if token.cursor:
            raise ProtocolError("badResumptionToken", "The list ends before the place that the token names.")
        raise ProtocolError("noRecordsMatch", "No record was changed then in that set.")
    element = _element(verb)
    for record in found:
        element.append(shown(record, token.selection.prefix))
    last = (found[-1].datestamp, found[-1].identifier)
    _go_on(element, verb, token, last=last, shown=len(found), total=store.count(token.selection))
    return element


def _go_on(element: etree._Element, verb: str, token: _Token, *, last: tuple[str, str], shown: int, total: int) -> None:
    """Add the token for the rest of a list: an empty one at the end of a list in several parts, none for one in one."""
    done = token.cursor + shown
    if done >= total and not token.cursor:
        return
    more = _Token(token.selection, last, done).written(verb) if done < total else ""
    added = _add(element, "resumptionToken", more)
    added.set("completeListSize", str(max(total, done)))
    added.set("cursor", str(token.cursor))


def _selection(store: Store, given: Mapping[str, str]) -> Selection:
    _refuse_unknown_format(given["metadataPrefix"])
    days = {name: given[name] for name in ("from", "until") if name in given}
    for name, day in days.items():
        if not _is_day(day):
            raise ProtocolError("badArgument", f"{name} is no day of the form YYYY-MM-DD, the granularity here.")
    if len(days) == len(("from", "until")) and days["from"] > days["until"]:
        raise ProtocolError("badArgument", "from is later than until.")
    if "set" in given and not store.count_sets():
        raise ProtocolError("noSetHierarchy", "This repository has no sets.")
    return Selection(given["metadataPrefix"], days.get("from", ""), days.get("until", ""), given.get("set", ""))


def _refuse_unknown_format(prefix: str) -> None:
    if prefix not in FORMATS:
        raise ProtocolError("cannotDisseminateFormat", "ListMetadataFormats names the formats that there are.")


def _known(store: Store, identifier: str) -> StoredRecord:
    record = store.record(identifier)
    if record is None:
        raise ProtocolError("idDoesNotExist", "No record has this identifier.")
    return record


def _record(store: Store, record: StoredRecord, prefix: str) -> etree._Element:
    element = _element("record")
    element.append(_header(record))
    if not record.deleted:
        _add(element, "metadata").append(etree.fromstring(store.metadata(record.number, prefix), _parser()))
    return element


def _header(record: StoredRecord) -> etree._Element:
    header = _element("header")
    if record.deleted:
        header.set("status", "deleted")
    _add(header, "identifier", record.identifier)
    _add(header, "datestamp", record.datestamp)
    for spec in record.sets:
        _add(header, "setSpec", spec)
    return header


def _parser() -> etree.XMLParser:
    """Return a parser for what the store holds: our own XML, in which nothing is looked for outside."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False, huge_tree=True)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.match(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_xml(text: str) -> bool:
    return all(
        sign in "\t\n\r" or "\x20" <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
        for sign in text
    )


def _element(name: str) -> etree._Element:
    return etree.Element(f"{{{_OAI}}}{name}", nsmap={None: _OAI})


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{_OAI}}}{name}")
    element.text = text or None
    return element


_VERBS: Mapping[str, Callable[[Store, str, Mapping[str, str]], etree._Element]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListRecords": _list_records,
    "ListIdentifiers": _list_identifiers,
}
