"""Identity: identifiers that the schema types as ID must be unique, and references to them must lead somewhere.

See "RELAX NG DTD Compatibility", section 5 (ID, IDREF and IDREFS).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regesta.validation.grammar.datatypes import words
from regesta.validation.grammar.diagnosis import Fault
from regesta.validation.grammar.matching import Identifier


def identity_faults(identifiers: Sequence[Identifier]) -> Iterator[Fault]:
    """Yield a fault for each identifier that was given before and each reference to none."""
    noted = {(each.element, each.name): each for each in identifiers}.values()
    given: dict[str, Identifier] = {}
    for each in noted:
        if each.role == "ID":
            value = each.value.strip()
            if value in given:
                first = given[value].element
                yield Fault("id-repeated", each.element, wrong=value, attribute=each.name, other=first)
            else:
                given[value] = each
    for each in noted:
        if each.role in {"IDREF", "IDREFS"}:
            for value in words(each.value):
                if value not in given:
                    yield Fault("id-unknown", each.element, wrong=value, attribute=each.name)
