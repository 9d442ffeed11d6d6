"""Our RELAX NG against the specification, section by section, and jing against the same cases."""

from __future__ import annotations

from pathlib import Path

import jing
import pytest
from lxml import etree
from specification import CASES, Case

from regesta.validation.grammar import Grammar, GrammarError

# Where jing says something else than the specification, and so than we.
JING_DIFFERS = {
    "4.3.12 fractionDigits": "jing counts digits as written; 1.250 is the value 1.25, which has two",
}


def written(case: Case, folder: Path) -> Path:
    for name, text in case.beside.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "schema.rng"
    path.write_text(case.written, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case.section for case in CASES])
def test_the_specification_is_followed(case: Case, tmp_path: Path) -> None:
    path = written(case, tmp_path)
    if not case.is_correct:
        with pytest.raises(GrammarError):
            Grammar(path)
        return
    grammar = Grammar(path)
    for document in case.right:
        assert grammar.judge(etree.fromstring(document)).faults == (), document
    for document in case.wrong:
        assert grammar.judge(etree.fromstring(document)).faults != (), document


@pytest.mark.proof
def test_jing_judges_the_cases_alike(tmp_path: Path) -> None:
    differ = []
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = written(case, folder)
        documents = [folder / f"{at}.xml" for at in range(len(case.right) + len(case.wrong) or 1)]
        for document, text in zip(documents, (*case.right, *case.wrong) or ("<a/>",), strict=True):
            document.write_text(text, encoding="utf-8")
        try:
            said = jing.judge(path, documents)
            if not case.is_correct:
                differ += [case.section] if all(not each for each in said.values()) else []
                continue
        except AssertionError:  # jing spoke of the schema itself
            differ += [case.section] if case.is_correct else []
            continue
        valid = [not said[document] for document in documents]
        if valid != [True] * len(case.right) + [False] * len(case.wrong):
            differ.append(case.section)
    assert sorted(differ) == sorted(JING_DIFFERS)
