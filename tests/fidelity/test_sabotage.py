"""A true page has no fault; a page that was spoilt in one place has that fault, counted, and no other."""

from __future__ import annotations

from dataclasses import asdict

import faithful_pages
import pytest
from faithful_pages import SABOTAGES, Sabotage

from regesta.fidelity import prove

SAMPLES = 25  # seeds for each way to spoil a page: 225 sabotages in all
PROOF_SAMPLES = 500


@pytest.mark.parametrize("displace", [True, False], ids=["notes-at-the-foot", "notes-in-place"])
def test_a_true_page_has_no_fault(displace: bool) -> None:
    for seed in range(60):
        document = faithful_pages.random_document(faithful_pages.seeded(seed))
        page = faithful_pages.faithful_page(document, displace=displace)
        proof = prove(document, faithful_pages.serialised(page))
        fidelity, faults = proof.text, proof.faults
        assert (seed, faults) == (seed, ())
        text = "".join(faithful_pages.found(document, f"{{{faithful_pages.NS}}}text").itertext("{*}*"))
        assert fidelity.characters == sum(not character.isspace() for character in text)
        assert fidelity.is_perfect


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_each_sabotage_is_caught(sabotage: Sabotage) -> None:
    assert sum(_is_caught(sabotage, seed) for seed in range(SAMPLES)) > SAMPLES // 2


@pytest.mark.proof
@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_many_sabotages_are_caught(sabotage: Sabotage) -> None:
    assert sum(_is_caught(sabotage, seed) for seed in range(SAMPLES, SAMPLES + PROOF_SAMPLES)) > PROOF_SAMPLES // 2


def _is_caught(sabotage: Sabotage, seed: int) -> bool:
    """Tell whether the page gave an occasion; an occasion that the proof misses fails."""
    random = faithful_pages.seeded(seed)
    document = faithful_pages.random_document(random)
    page = faithful_pages.faithful_page(document)
    count = sabotage.spoil(random, page)
    if count is None:
        return False
    proof = prove(document, faithful_pages.serialised(page))
    fidelity, faults = proof.text, proof.faults
    figures = {key: value for key, value in asdict(fidelity).items() if value and key != "characters"}
    assert list(figures) == [sabotage.kind], f"seed {seed}: {figures} {faults}"
    if count:
        assert figures[sabotage.kind] == count, f"seed {seed}: {faults}"
    assert {fault.kind for fault in faults} == {sabotage.kind}
    return True
