"""What was agreed about the diploma as one short decision: scope, levels, terms and who does what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from bot.texts import WORDS, Words
from knowledge.content import Knowledge
from knowledge.diploma_rules import Expiry, Rules, find_rules
from knowledge.roles import list_roles

Section = tuple[str, list[str]]
"""A heading and its lines."""
_GOVERNING = {
    "academy": "diploma.decide_role_academy",
    "hr": "diploma.decide_role_hr",
    "security": "diploma.decide_role_security",
    "works_council": "diploma.decide_role_works_council",
    "executive": "diploma.decide_role_executive",
    "ai_lab": "diploma.decide_role_ai_lab",
}
"""The roles of the starter; what another one does the organisation writes in its own papers."""


def describe(words: Words, knowledge: Knowledge) -> list[Section]:
    """Empty where nothing was agreed."""
    rules = find_rules(knowledge)
    if rules is None:
        return []
    return [
        (words("diploma.decide_scope"), _tell_scope(words, knowledge, rules)),
        (words("diploma.decide_levels"), _tell_levels(words, knowledge, rules)),
        (words("diploma.decide_terms"), _tell_terms(words, rules)),
        (words("diploma.decide_roles"), _tell_roles(words, knowledge)),
    ]


def _tell_scope(words: Words, knowledge: Knowledge, rules: Rules) -> list[str]:
    lines = [words("diploma.decide_who", organisation=knowledge.policy.organisation)]
    if rules.for_all_by is not None:
        lines.append(words("diploma.decide_all_by", day=words.day(rules.for_all_by)))
    for wave in rules.waves:
        level = _label(words, knowledge, wave.level)
        lines.append(words("diploma.decide_wave", unit=wave.unit, level=level, day=words.day(wave.deadline)))
    return lines


def _tell_levels(words: Words, knowledge: Knowledge, rules: Rules) -> list[str]:
    """What each level means, and for which work it is asked."""
    content: Any = knowledge.diploma
    lines = []
    for level in knowledge.policy.levels:
        label = level.label.in_language(words.language)
        titles = [
            str(row["title"].get(words.language) or row["id"])
            for row in content["functions"]
            if rules.function_levels.get(row["id"]) == level.id
        ]
        told = f"{label}: {level.description.in_language(words.language)}"
        lines.append(f"{told} {words('diploma.decide_for', functions=words.listed(titles))}" if titles else told)
    return lines


def _tell_terms(words: Words, rules: Rules) -> list[str]:
    month, day = rules.fixed_day
    keys = {
        Expiry.COMPLETION: "diploma.decide_from_completion",
        Expiry.PREVIOUS: "diploma.decide_from_previous",
        Expiry.FIXED: "diploma.decide_from_day",
    }
    lines = [
        words("diploma.decide_validity", n=rules.validity_months),
        words(keys[rules.expiry], days=rules.window_days, day=f"{day}-{month}"),
        words("diploma.decide_onboarding", n=rules.onboarding_days),
    ]
    before = [str(step) for step in rules.steps if step > 0]
    if before:
        lines.append(words("diploma.decide_reminders", days=words.listed(before)))
    if rules.manager_after is not None:
        lines.append(words("diploma.decide_manager", n=rules.manager_after, later=rules.hr_after))
    return lines


def _tell_roles(words: Words, knowledge: Knowledge) -> list[str]:
    return [
        words(_GOVERNING[role.id], role=role.title.in_language(words.language))
        for role in list_roles(knowledge)
        if role.id in _GOVERNING
    ]


def _label(words: Words, knowledge: Knowledge, id: str) -> str:
    found = next((one.label for one in knowledge.policy.levels if one.id == id), None)
    return found.in_language(words.language).lower() if found else id


def write_content(knowledge: Knowledge) -> dict[str, list[list[object]]]:
    """In every language, as it is kept once adopted."""
    return {
        language: [list(section) for section in describe(words, knowledge)] for language, words in WORDS.items()
    }


def fingerprint_of(content: dict[str, list[list[object]]]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read_sections(kept: Sequence[Sequence[Any]]) -> list[Section]:
    return [(str(heading), [str(line) for line in lines]) for heading, lines in kept]
