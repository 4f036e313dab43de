"""A survey's questions as a round keeps them: what was asked stays what was asked, whatever the files say later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.content import Language, Tool, Wording
from knowledge.surveys import LONGEST_OPTION, MOST_OPTIONS, About, Option, Question

OTHER = "other"
"""The last option of a question about tools."""
_TOOL = "tool:"
_MOST_TOOLS = MOST_OPTIONS - 1
_OTHER = Wording("Een andere tool", "Another tool")


def write_questions(questions: Sequence[Question], tools: Sequence[Tool]) -> list[dict[str, Any]]:
    return [_write(question, tools) for question in questions]


def own_question(number: int, ask: str) -> Question:
    """A team lead's own, in their own words."""
    return Question(f"own-{number}", "text", Wording(ask, ask))


def _write(question: Question, tools: Sequence[Tool]) -> dict[str, Any]:
    options = question.options
    if question.kind == "tools":
        named = [Option(_TOOL + tool.id, Wording(_cut(tool.name), _cut(tool.name))) for tool in tools[:_MOST_TOOLS]]
        options = (*named, Option(OTHER, _OTHER))
    return {
        "id": question.id,
        "kind": question.kind,
        "ask": _both(question.ask),
        "options": [{"id": option.id, "text": _both(option.text)} for option in options],
        "about": question.about,
    }


def read_questions(kept: Sequence[Mapping[str, Any]]) -> list[Question]:
    return [
        Question(
            one["id"],
            one["kind"],
            Wording(**one["ask"]),
            tuple(Option(option["id"], Wording(**option["text"])) for option in one["options"]),
            one.get("about", ""),
        )
        for one in kept
    ]


def count_options(question: Question, counts: Mapping[str, int], language: Language) -> list[tuple[str, int]]:
    """In the order they were offered, those that nobody chose as well."""
    return [(option.text.in_language(language), counts.get(option.id, 0)) for option in question.options]


def find_about(questions: Sequence[Question], about: About) -> list[Question]:
    return [question for question in questions if question.about == about]


def pick_question(id: str, ask: Wording, offered: Sequence[Wording]) -> Question:
    """Three of these; each is an option by its number."""
    options = tuple(Option(str(number), wording) for number, wording in enumerate(offered, 1))
    return Question(id, "pick", ask, options)


def _both(wording: Wording) -> dict[str, str]:
    return {"nl": wording.nl, "en": wording.en}


def _cut(name: str) -> str:
    return name[:LONGEST_OPTION]
