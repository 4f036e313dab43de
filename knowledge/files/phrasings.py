"""phrasings.yaml: ways people say each row; optional, and a row may have none."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from knowledge.checking import Entry
from knowledge.content import LANGUAGES, Language
from knowledge.errors import suggest
from knowledge.files.examples import Examples


def read_phrasings(
    file: Entry, use_cases: Collection[str], examples: Examples
) -> dict[str, Mapping[Language, tuple[str, ...]]]:
    fields = file.fields(("version", "phrasings"))
    fields["version"].whole(least=1)
    found: dict[str, Mapping[Language, tuple[str, ...]]] = {}
    for use_case, entry in fields["phrasings"].pairs():
        if use_case not in use_cases:
            entry.fail("a use case that is not in matrix.yaml", suggest(use_case, use_cases))
        found[use_case] = _read_languages(entry, use_case, examples)
    return found


def _read_languages(entry: Entry, use_case: str, examples: Examples) -> dict[Language, tuple[str, ...]]:
    fields = entry.fields((), LANGUAGES)
    found: dict[Language, tuple[str, ...]] = {}
    for language in LANGUAGES:
        texts = []
        for item in fields[language].each():
            text = item.text()
            examples.note(item, text, use_case)
            texts.append(text)
        found[language] = tuple(texts)
    return found
