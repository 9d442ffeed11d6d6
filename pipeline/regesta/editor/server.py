"""The server: what an editor asks and is told (Language Server Protocol 3.17), by pygls, over standard streams.

Everything runs in the main thread, where alone Saxon may be made. Documents are checked when they are opened, saved,
and when the typing pauses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from regesta import __version__, fixing
from regesta.editor.desk import Desk
from regesta.editor.spans import Spot, Text
from regesta.errors import RegestaError
from regesta.findings import Finding, Severity
from regesta.rules import all_rules

_PAUSE = 0.3
"""Seconds without a keystroke after which a document is checked."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


@dataclass
class _Told:
    """What an editor was last told of a document, with the text that it was told of."""

    text: str = ""
    findings: list[tuple[types.Range, Finding]] = field(default_factory=list)

    def at(self, wanted: types.Range) -> list[tuple[types.Range, Finding]]:
        """Return the findings that touch the range."""
        return [(place, finding) for place, finding in self.findings if _touch(place, wanted)]


class Server:
    """A language server for TEI documents."""

    def __init__(self) -> None:
        self._lsp = LanguageServer("regesta", __version__)
        self._desks: dict[Path, Desk] = {}
        self._open: dict[str, Path] = {}
        self._told: dict[str, _Told] = {}
        self._keystrokes = 0
        self._register()

    def serve(self) -> None:
        """Serve the editor at standard input and output until it says goodbye."""
        self._lsp.start_io()

    def _register(self) -> None:
        """Name what is answered; pygls wants functions, and has no use for methods."""
        feature = self._lsp.feature

        @feature(types.TEXT_DOCUMENT_DID_OPEN)
        def opened(params: types.DidOpenTextDocumentParams) -> None:
            self._opened(params.text_document.uri)

        @feature(types.TEXT_DOCUMENT_DID_CHANGE)
        async def changed(params: types.DidChangeTextDocumentParams) -> None:
            await self._changed(params.text_document.uri)

        @feature(types.TEXT_DOCUMENT_DID_SAVE)
        def saved(params: types.DidSaveTextDocumentParams) -> None:
            self._check(params.text_document.uri)

        @feature(types.TEXT_DOCUMENT_DID_CLOSE)
        def closed(params: types.DidCloseTextDocumentParams) -> None:
            self._closed(params.text_document.uri)

        @feature(types.TEXT_DOCUMENT_HOVER)
        def hover(params: types.HoverParams) -> types.Hover | None:
            return self._hover(params)

        kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]

        @feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
        def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
            return self._actions(params)

    # ── what happens to documents ────────────────────────────────────────────────────────────────────────────

    def _opened(self, uri: str) -> None:
        path = to_fs_path(uri)
        if path is not None and uri.startswith("file:"):
            self._open[uri] = Path(path).resolve()
            self._check(uri)

    async def _changed(self, uri: str) -> None:
        self._keystrokes += 1
        keystroke = self._keystrokes
        await asyncio.sleep(_PAUSE)
        if keystroke == self._keystrokes:
            self._check(uri)

    def _closed(self, uri: str) -> None:
        self._open.pop(uri, None)
        self._told.pop(uri, None)
        self._lsp.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _check(self, changed: str) -> None:
        """Check the edition of the document, and tell what is wrong with all its documents that are open."""
        if changed not in self._open:
            return
        desk = self._desk(self._open[changed])
        beside = {uri: path for uri, path in self._open.items() if self._desk(path) is desk}
        texts = {uri: self._lsp.workspace.get_text_document(uri).source for uri in beside}
        try:
            found = desk.findings({path: texts[uri] for uri, path in beside.items()})
        except RegestaError as error:
            words = f"{error.message} {error.remedy}".strip()
            self._lsp.window_show_message(types.ShowMessageParams(types.MessageType.Error, words))
            return
        by_path: dict[Path, list[Finding]] = {}
        for finding in found:
            by_path.setdefault(Path(finding.path).resolve(), []).append(finding)
        for uri, path in beside.items():
            self._tell(uri, texts[uri], by_path.get(path, []))

    def _desk(self, path: Path) -> Desk:
        made = Desk(path)
        return self._desks.setdefault(made.root or path, made)

    def _tell(self, uri: str, text: str, findings: Sequence[Finding]) -> None:
        lines = Text(text)
        told = _Told(text, [(_range(*lines.span(each.line, each.column)), each) for each in findings])
        self._told[uri] = told
        version = self._lsp.workspace.get_text_document(uri).version
        diagnostics = [_diagnostic(place, finding) for place, finding in told.findings]
        self._lsp.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    # ── what editors ask ─────────────────────────────────────────────────────────────────────────────────────

    def _hover(self, params: types.HoverParams) -> types.Hover | None:
        place = types.Range(params.position, params.position)
        found = self._told.get(params.text_document.uri, _Told()).at(place)
        if not found:
            return None
        words = "\n\n---\n\n".join(_explained(finding) for _place, finding in found)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words), found[0][0])

    def _actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        told = self._told.get(uri, _Told())
        if told.text != self._lsp.workspace.get_text_document(uri).source:
            return []  # what was found no longer stands where it stood
        actions = [
            _action(uri, told.text, f"Write “{finding.fix.new}”", [(place, finding)])
            for place, finding in told.at(params.range)
            if finding.fix is not None
        ]
        fixable = [(place, finding) for place, finding in told.findings if finding.fix is not None]
        if len(fixable) > 1:
            everything = _action(uri, told.text, "Mend all that is beyond doubt", fixable)
            actions.append(everything)
            everything.kind = types.CodeActionKind.SourceFixAll
        return [action for action in actions if action.edit is not None]


def _action(uri: str, text: str, title: str, found: Sequence[tuple[types.Range, Finding]]) -> types.CodeAction:
    """Return the action that mends the findings; without an edit where their place does not read as expected."""
    lines = Text(text)
    edits = [
        types.TextEdit(_range(lines.spot(edit.start), lines.spot(edit.end)), edit.new)
        for edit in fixing.edits(text, [finding for _place, finding in found])
    ]
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(place, finding) for place, finding in found],
        edit=types.WorkspaceEdit(changes={uri: edits}) if edits else None,
    )


def _diagnostic(place: types.Range, finding: Finding) -> types.Diagnostic:
    return types.Diagnostic(
        range=place,
        message=f"{finding.message}\n{finding.hint}",
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        source="regesta",
    )


def _explained(finding: Finding) -> str:
    rule = all_rules()[finding.rule]
    return f"**{finding.rule}** ({finding.severity.value})\n\n{finding.message}\n\n{finding.hint}\n\n{rule.explanation}"


def _range(start: Spot, end: Spot) -> types.Range:
    return types.Range(types.Position(start.line, start.unit), types.Position(end.line, end.unit))


def _touch(one: types.Range, other: types.Range) -> bool:
    return _order(one.start) <= _order(other.end) and _order(other.start) <= _order(one.end)


def _order(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
