"""A new row out of the little that was typed: the rest from the nearest row, never milder than what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts import WORDS
from knowledge.content import Knowledge, Language, UseCase, Verdict
from knowledge.contents import Content
from knowledge.trying import find_row_with, make_id


@dataclass(frozen=True, slots=True)
class Typed:
    """What the short form asks, and the question it came from, if there was one."""

    title: str
    verdict: str
    conditions: tuple[str, ...]
    instead: str
    why: str
    language: Language
    question: str = ""
    question_language: Language = "nl"


def find_data(knowledge: Knowledge, near: UseCase | None, asked: str | None) -> str:
    """The data the verdict is about: what was asked with, else what the nearest row assumes."""
    if asked is not None and knowledge.find_data_class(asked) is not None:
        return asked
    return near.typical_data if near is not None else knowledge.policy.data_classes[0].id


def draft_row(knowledge: Knowledge, typed: Typed, near: UseCase | None, data: str) -> Content:
    languages = knowledge.policy.languages
    title = dict.fromkeys(languages, typed.title)
    row: Content = {
        "id": make_id(knowledge, typed.title),
        "title": title,
        "task": near.task if near else knowledge.use_cases[0].task,
        "description": title,
        "typical_data": data,
        "verdicts": spread_verdict(knowledge, Verdict(typed.verdict), near, data),
        "conditions": list(typed.conditions),
        "why": dict.fromkeys(languages, typed.why),
        "level": near.level if near else knowledge.policy.levels[0].id,
        "principles": list(near.principles) if near else [],
        "policies": list(near.policies) if near else [],
        "examples": {one: [_example(knowledge, typed, one)] for one in languages},
    }
    return {**row, "instead": dict.fromkeys(languages, typed.instead)} if typed.instead else row


def spread_verdict(knowledge: Knowledge, said: Verdict, near: UseCase | None, data: str) -> dict[str, str]:
    """What was said holds for this data and what is less sensitive. Of what is more sensitive nobody said anything:
    a no, or a grey area where the nearest row says no more than that."""
    limit = knowledge.sensitivity(data)
    verdicts: dict[str, str] = {}
    for place, one in enumerate(knowledge.policy.data_classes):
        held = near.verdicts.get(one.id, Verdict.MAG_NIET) if near else Verdict.MAG_NIET
        careful = max(said, held, Verdict.GRIJS, key=lambda verdict: verdict.strictness)
        verdicts[one.id] = (said if place <= limit else careful).value
    return verdicts


def _example(knowledge: Knowledge, typed: Typed, language: Language) -> str:
    """The question as it was asked; else one made of the title."""
    asked = typed.question if typed.question_language == language else ""
    if asked and find_row_with(knowledge, asked) is None:
        return asked
    return WORDS[language]("matrix.asked_about", work=typed.title)


def is_untranslated(content: Content) -> bool:
    """Every language says the same: somebody has yet to put it into the others."""
    texts: Mapping[str, str] = content["why"]
    return len(texts) > 1 and len(set(texts.values())) == 1
