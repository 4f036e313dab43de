"""policy.yaml: philosophy, principles, data classes, policies, conditions and diploma levels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from knowledge.checking import Anything, Entry, Fields, Once
from knowledge.content import (
    LANGUAGES,
    Condition,
    DataClass,
    DataKind,
    Language,
    Level,
    Policy,
    PolicyDocument,
    Principle,
)

STANCES = ("ondersteuning", "vervanging")
PRIORITIES = ("snelheid", "controle")
EXPERIMENTATION = ("zelf", "binnen_kaders", "centraal")
_LISTS: dict[str, tuple[str, ...]] = {
    "principles": ("id", "text"),
    "data_classes": ("id", "label", "description", "signals"),
    "policies": ("id", "title", "owner"),
    "conditions": ("id", "text"),
    "levels": ("id", "label", "description"),
}
_OPTIONAL = {"data_classes": ("kind",)}
_NEVER_EMPTY = ("data_classes", "levels")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the other files may refer to; anything goes where policy.yaml itself could not be read."""

    languages: tuple[Language, ...] = LANGUAGES
    ids: Mapping[str, Collection[str]] = field(default_factory=dict)
    """List of policy.yaml -> the ids in it."""

    def among(self, name: str) -> Collection[str]:
        return self.ids.get(name, Anything())


def read_policy(file: Entry) -> tuple[Policy, Agreed]:
    fields = file.fields(("version", "organisation", "philosophy", *_LISTS), ("languages",))
    languages = _read_languages(fields)
    organisation = fields["organisation"].fields(("name", "contact_point"))
    philosophy = fields["philosophy"].fields(("stance", "priority", "experimentation", "statement"))
    lists = {name: _read_list(fields[name], name) for name in _LISTS}
    policy = Policy(
        version=fields["version"].whole(least=1),
        organisation=organisation["name"].text(),
        contact_point=organisation["contact_point"].text(),
        stance=philosophy["stance"].one_of(STANCES),
        priority=philosophy["priority"].one_of(PRIORITIES),
        experimentation=philosophy["experimentation"].one_of(EXPERIMENTATION),
        statement=philosophy["statement"].wording(languages),
        principles=tuple(Principle(id, row["text"].wording(languages)) for id, row in lists["principles"]),
        data_classes=tuple(_read_data_class(id, row, languages) for id, row in lists["data_classes"]),
        documents=tuple(
            PolicyDocument(id, row["title"].wording(languages), row["owner"].text())
            for id, row in lists["policies"]
        ),
        conditions=tuple(Condition(id, row["text"].wording(languages)) for id, row in lists["conditions"]),
        levels=tuple(
            Level(id, row["label"].wording(languages), row["description"].wording(languages))
            for id, row in lists["levels"]
        ),
        languages=languages,
    )
    known = {name: [id for id, _ in rows] for name, rows in lists.items() if rows}
    return policy, Agreed(languages, known)


def _read_languages(fields: Fields) -> tuple[Language, ...]:
    if "languages" not in fields:
        return LANGUAGES
    chosen = {entry.one_of(LANGUAGES) for entry in fields["languages"].each(least=1)}
    return tuple(language for language in LANGUAGES if language in chosen) or LANGUAGES


def _read_list(entry: Entry, name: str) -> list[tuple[str, Fields]]:
    rows = []
    ids = Once("give each its own id")
    for item in entry.each(least=1 if name in _NEVER_EMPTY else 0):
        fields = item.fields(_LISTS[name], _OPTIONAL.get(name, ()))
        id = fields["id"].id()
        ids.note(fields["id"], id)
        rows.append((id, fields))
    return rows


def _read_data_class(id: str, row: Fields, languages: tuple[Language, ...]) -> DataClass:
    signals = row["signals"].fields(languages, [one for one in LANGUAGES if one not in languages])
    return DataClass(
        id=id,
        label=row["label"].wording(languages),
        description=row["description"].wording(languages),
        signals={language: signals[language].texts() for language in LANGUAGES},
        kind=DataKind(row["kind"].one_of(tuple(DataKind)) or DataKind.PUBLIC) if "kind" in row else None,
    )
