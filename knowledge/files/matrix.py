"""matrix.yaml: the use-case matrix, one row per kind of work with a verdict per data class."""

from __future__ import annotations

from datetime import date

from knowledge.checking import Entry, Fields, Once
from knowledge.content import LANGUAGES, Language, UseCase, Verdict
from knowledge.files.examples import Examples
from knowledge.files.policy import Agreed

_REQUIRED = (
    "id", "title", "task", "description", "typical_data", "verdicts", "conditions",
    "why", "level", "principles", "policies", "examples",
)  # fmt: skip
_OPTIONAL = ("instead", "version", "since")
REVIEW_DAYS = 90


def read_matrix(file: Entry, agreed: Agreed, examples: Examples, changed: date) -> tuple[UseCase, ...]:
    """The rows; `changed`, the day the file last changed, is for rows that do not say since when they hold."""
    fields = file.fields(("version", "use_cases"), ("since", "review_days"))
    version = fields["version"].whole(least=1)
    since = (fields["since"].day() if "since" in fields else None) or changed
    ids = Once("give each row its own id")
    rows = []
    for entry in fields["use_cases"].each(least=1):
        row = entry.fields(_REQUIRED, _OPTIONAL)
        use_case = _read_row(row, agreed, examples, version, since)
        ids.note(row["id"], use_case.id)
        rows.append(use_case)
    return tuple(rows)


def read_review_days(file: Entry) -> int:
    """After how many days a row is looked at again."""
    return next((entry.whole(least=1) for key, entry in file.pairs() if key == "review_days"), REVIEW_DAYS)


def _read_row(row: Fields, agreed: Agreed, examples: Examples, version: int, since: date) -> UseCase:
    id = row["id"].id()
    languages = agreed.languages
    return UseCase(
        id=id,
        title=row["title"].wording(languages),
        task=row["task"].id(),
        description=row["description"].wording(languages),
        typical_data=row["typical_data"].one_of(agreed.among("data_classes")),
        verdicts=_read_verdicts(row["verdicts"], agreed),
        conditions=_read_ids(row["conditions"], agreed, "conditions"),
        why=row["why"].wording(languages),
        level=row["level"].one_of(agreed.among("levels")),
        principles=_read_ids(row["principles"], agreed, "principles"),
        policies=_read_ids(row["policies"], agreed, "policies"),
        examples=_read_examples(row["examples"], id, languages, examples),
        instead=row["instead"].wording(languages) if "instead" in row else None,
        version=row["version"].whole(least=1) if "version" in row else version,
        since=(row["since"].day() if "since" in row else None) or since,
    )


def _read_verdicts(entry: Entry, agreed: Agreed) -> dict[str, Verdict]:
    classes = tuple(agreed.among("data_classes"))
    cells = entry.fields(classes).found.items() if classes else entry.pairs()
    vocabulary = tuple(Verdict)
    return {data: Verdict(cell.one_of(vocabulary) or Verdict.MAG_NIET) for data, cell in cells}


def _read_ids(entry: Entry, agreed: Agreed, name: str) -> tuple[str, ...]:
    once = Once("keep one of the two")
    ids = []
    for item in entry.each():
        id = item.one_of(agreed.among(name))
        once.note(item, id)
        ids.append(id)
    return tuple(ids)


def _read_examples(
    entry: Entry, use_case: str, languages: tuple[Language, ...], examples: Examples
) -> dict[Language, tuple[str, ...]]:
    fields = entry.fields(languages, [one for one in LANGUAGES if one not in languages])
    found: dict[Language, tuple[str, ...]] = {}
    for language in LANGUAGES:
        texts = []
        for item in fields[language].each(least=1 if language in languages else 0):
            text = item.text()
            examples.note(item, text, use_case)
            texts.append(text)
        found[language] = tuple(texts)
    return found
