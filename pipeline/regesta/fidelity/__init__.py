"""Prove: every character of a source once on its page, in order, and none added.

The proof is independent of the stylesheets: it reads the source (`source_streams`, with what `policy` knows of TEI)
and the finished page as a browser would (`page_streams`), and compares the two. Where they agree, which is the
common case, that is one comparison of strings; where they do not, `alignment` finds what they share and
`differences` names the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from regesta.fidelity.entries import Prose, prose_of, prove_entry
from regesta.fidelity.proof import Proof, prove
from regesta.fidelity.results import Fault, Fidelity
from regesta.fidelity.suspects import suspect
from regesta.findings import Finding, Place
from regesta.rules import finding

__all__ = [
    "Fault",
    "Fidelity",
    "Proof",
    "Prose",
    "fault_findings",
    "prose_of",
    "prove",
    "prove_entry",
    "suspect",
]


def fault_findings(
    faults: Iterable[Fault], place_of: Callable[[int], Place], shown_by: Callable[[int], str] = lambda _: ""
) -> list[Finding]:
    """Return a finding for each fault.

    `place_of` gives the place of the source's element of that number, counted from 0 in document order, and `shown_by`
    says in words what shows it, "" when that is not known. A fault that belongs to no element is put at the root.
    """
    return [
        finding(
            "element-unhandled" if fault.kind == "unhandled" else f"text-{fault.kind}",
            place_of(fault.element or 0),
            words=fault.words,
            count=fault.count,
            context=_context(fault, shown_by),
        )
        for fault in faults
    ]


def _context(fault: Fault, shown_by: Callable[[int], str]) -> str:
    if fault.element is None:
        return "no element"
    template = "" if fault.kind == "unhandled" else shown_by(fault.element)
    return f"{fault.context}, shown by {template}" if template else fault.context
