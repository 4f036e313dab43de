"""The default texts are read by people: whole sentences, in both languages, without the words of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from knowledge.content import DataKind, ToolStatus, Verdict, Wording
from knowledge.diploma import Risk, Scenario
from knowledge.files.policy import EXPERIMENTATION, PRIORITIES, STANCES
from knowledge.library import DEFAULT_FOLDER, FILES, load
from knowledge.masking import mask

KNOWLEDGE = load(DEFAULT_FOLDER)


def list_sentences() -> Iterator[tuple[str, Wording]]:
    policy = KNOWLEDGE.policy
    yield "statement", policy.statement
    for principle in policy.principles:
        yield principle.id, principle.text
    for condition in policy.conditions:
        yield condition.id, condition.text
    for described in (*policy.data_classes, *policy.levels):
        yield described.id, described.description
    for tool in KNOWLEDGE.tools:
        yield tool.id, tool.note
    for row in KNOWLEDGE.use_cases:
        for text in (row.description, row.why, row.instead):
            if text is not None:
                yield row.id, text


SENTENCES = list(list_sentences())


@pytest.mark.parametrize(("id", "text"), SENTENCES, ids=[f"{id}-{n}" for n, (id, _) in enumerate(SENTENCES)])
def test_a_text_is_a_sentence_in_two_languages_without_ids(id: str, text: Wording) -> None:
    ids = {row.id for row in KNOWLEDGE.use_cases if "-" in row.id}
    for written in (text.nl, text.en):
        assert written[0].isupper()
        assert written[-1] in ".?"
        assert not ids & set(re.findall(r"[\w-]+", written)) - {"ai-agent"}
        assert not re.search(r"\bu\b|\buw\b|gebruiker|helaas|!", written)
        assert mask(written).kinds == ()
    assert text.nl != text.en


def test_the_readme_names_every_fixed_word() -> None:
    readme = (DEFAULT_FOLDER / "README.md").read_text(encoding="utf-8")
    vocabularies = (Verdict, ToolStatus, DataKind, Risk, Scenario, STANCES, PRIORITIES, EXPERIMENTATION, FILES)
    for vocabulary in vocabularies:
        for word in vocabulary:
            assert f"`{word}`" in readme


def test_titles_differ_between_rows_and_languages() -> None:
    titles = [row.title for row in KNOWLEDGE.use_cases]
    for language in ("nl", "en"):
        assert len({title.in_language(language) for title in titles}) == len(titles)
    assert all(title.nl != title.en for title in titles)


def test_what_is_refused_everywhere_asks_no_conditions() -> None:
    for row in KNOWLEDGE.use_cases:
        if set(row.verdicts.values()) == {"mag_niet"}:
            assert row.conditions == ()
