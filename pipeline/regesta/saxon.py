"""Saxon: the only module that knows saxonche.

One `Saxon` a process, made in its main thread (a second processor in a thread ends the process). All stylesheets
are compiled first; then the processor is locked: no protocol is allowed any more, so that neither a source nor a
stylesheet can read a file or an address, and what Saxon reads afterwards is text that lxml has parsed safely.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from saxonche import PySaxonApiError, PySaxonProcessor, PyXdmNode, PyXsltExecutable

from regesta import labels
from regesta.errors import StylesheetError
from regesta.labels import IN_ENGLISH, Language

_FEATURE = "http://saxon.sf.net/feature/"
_FOLDER = re.compile(r" of file:\S*/(?=:|\s|$)")
_PARSER_LIMITS = ("maxElementDepth", "elementAttributeLimit", "entityReplacementLimit")


@dataclass(frozen=True)
class Stylesheet:
    """A stylesheet to compile: from a file, or (for compiled Schematron and drivers) from text."""

    name: str
    path: Path | None = None
    text: str = ""


class TransformFailure(Exception):  # noqa: N818 - a failure of one document, turned into a finding by its caller
    """A stylesheet failed on a document; `reason` is Saxon's own sentence."""

    def __init__(self, stylesheet: str, reason: str) -> None:
        super().__init__(f"{stylesheet}: {reason}")
        self.stylesheet = stylesheet
        self.reason = reason


class Saxon:
    """Compiled stylesheets of one process.

    Raises StylesheetError when one does not compile. Compiled Schematron is added when it is needed (`add`). What the
    site itself says is said in `language`.
    """

    def __init__(
        self,
        stylesheets: tuple[Stylesheet, ...],
        language: Language = IN_ENGLISH,
    ) -> None:
        self._labels = {"language": language.tag, "words": labels.as_json(language.tag, language.own)}
        self._processor = PySaxonProcessor(license=False)
        self._log = _Log()
        self._compiled = {each.name: self._compile(each) for each in stylesheets}
        self._lock()
        self._builder = self._processor.new_document_builder()
        self._builder.set_base_uri("urn:regesta:document")
        self._last: tuple[str, PyXdmNode] | None = None

    def add(self, stylesheet: Stylesheet) -> None:
        """Compile one more stylesheet, from text. Raises TransformFailure when it does not compile."""
        self._compiled[stylesheet.name] = self._try_to_compile(stylesheet)

    def knows(self, name: str) -> bool:
        """Say whether there is a compiled stylesheet of the name."""
        return name in self._compiled

    def document(self, xml: str) -> PyXdmNode:
        """Return the tree of `xml`, which comes from our own serialisation and holds no DOCTYPE."""
        if self._last is None or self._last[0] != xml:  # Schematron and the record look at the same one in turn
            self._last = xml, self._builder.parse_xml(xml_text=xml)
        return self._last[1]

    def transform(self, name: str, document: PyXdmNode, parameters: Mapping[str, str] | None = None) -> str:
        """Return what stylesheet `name` makes of `document`, serialised as its xsl:output says.

        Raises TransformFailure when it ends with an error.
        """
        executable = self._compiled[name]
        self._set(executable, parameters)
        with self._log.listening():
            try:
                result = executable.transform_to_string(xdm_node=document)
            except PySaxonApiError as error:
                raise TransformFailure(name, _reason(str(error), self._log.read())) from None
        return result or ""

    def call(self, name: str, parameters: Mapping[str, str]) -> str:
        """Return what the initial template (`xsl:initial-template`) of stylesheet `name` makes, serialised.

        Raises TransformFailure when it ends with an error.
        """
        executable = self._compiled[name]
        self._set(executable, parameters)
        with self._log.listening():
            try:
                result = executable.call_template_returning_string(None)
            except PySaxonApiError as error:
                raise TransformFailure(name, _reason(str(error), self._log.read())) from None
        return result or ""

    def _set(self, executable: PyXsltExecutable, parameters: Mapping[str, str] | None) -> None:
        for key, value in (parameters or {}).items():
            executable.set_parameter(key, self._processor.make_string_value(value))

    def _compile(self, stylesheet: Stylesheet) -> PyXsltExecutable:
        try:
            return self._try_to_compile(stylesheet)
        except TransformFailure as failure:
            where = stylesheet.path or stylesheet.name
            raise StylesheetError(
                f"The stylesheet {where} does not compile: {failure.reason}", "Mend it, then build again."
            ) from None

    def _try_to_compile(self, stylesheet: Stylesheet) -> PyXsltExecutable:
        compiler = self._processor.new_xslt30_processor()
        for name, value in self._labels.items():
            compiler.set_parameter(f"{{urn:regesta:labels}}{name}", self._processor.make_string_value(value))
        with self._log.listening():
            try:
                if stylesheet.path is not None:
                    return compiler.compile_stylesheet(stylesheet_file=str(stylesheet.path))
                return compiler.compile_stylesheet(stylesheet_text=stylesheet.text)
            except PySaxonApiError as error:
                raise TransformFailure(stylesheet.name, _reason(str(error), self._log.read())) from None

    def _lock(self) -> None:
        for limit in _PARSER_LIMITS:
            uri = f"http://www.oracle.com/xml/jaxp/properties/{limit}"
            self._processor.set_configuration_property(f"{_FEATURE}parserProperty?uri={uri}", "0")
        self._processor.set_configuration_property(f"{_FEATURE}allowedProtocols", "")


def driver(ours: Path, custom: Path | None, name: str) -> Stylesheet:
    """Return `ours`, or where an edition has a stylesheet of its own, a driver that imports both, its own last."""
    if custom is None:
        return Stylesheet(name, path=ours)
    imports = "".join(f'<xsl:import href="{path.resolve().as_uri()}"/>' for path in (ours, custom))
    sheet = f'<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">{imports}</xsl:stylesheet>'
    return Stylesheet(name, text=sheet)


class _Log:
    """What Saxon writes to descriptor 2: it tells there the code and line that its exceptions leave out."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this process works

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Divert descriptor 2 into the log, emptied first: what was said of one document is not said of the next."""
        self.read()
        sys.stderr.flush()
        saved = os.dup(2)
        os.dup2(self._file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)

    def read(self) -> str:
        """Return what was written since the last reading."""
        descriptor = self._file.fileno()
        os.lseek(descriptor, 0, os.SEEK_SET)
        text = os.read(descriptor, 16_384).decode("utf-8", "replace")
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return text


def _reason(message: str, log: str) -> str:
    """Return Saxon's message with the first lines of what it wrote beside it, without the folder we are in."""
    details = [line.strip() for line in log.splitlines() if line.strip()]
    return _FOLDER.sub("", " ".join(dict.fromkeys([message.strip(), *details[:4]])))
