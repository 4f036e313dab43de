"""The questions of a round as a form, and what was filled in: read, masked, looked over for names. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from bot.model.cards import ChoiceField, FormField, FormValues, ManyField, Option, TextField, shorten
from bot.model.limits import OPTION_LABEL
from bot.texts import Words
from knowledge.masking import mask
from knowledge.surveys import Question
from storage.surveys_answers import Answer

LONGEST = 1_500
_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 3
_PICKED = ("surveys.pick_1", "surveys.pick_2", "surveys.pick_3")

Answers = dict[str, Answer]


def field_id(place: int, shown: int) -> str:
    """Another id each time the form is shown: Slack keeps what was typed in a field it has seen before."""
    return f"q{place}" + (f"_r{shown}" if shown else "")


def draw_fields(
    words: Words, questions: Sequence[Question], answers: Mapping[str, Answer], shown: int = 0
) -> tuple[FormField, ...]:
    """Every question may be left out."""
    fields: list[FormField] = []
    for place, question in enumerate(questions):
        id, answer = field_id(place, shown), answers.get(question.id, Answer())
        drawn = _draw_picks(words, question, id, answer) if question.kind == "pick" else []
        fields += drawn or [_draw(words, question, id, answer)]
    return tuple(fields)


def _draw_picks(words: Words, question: Question, id: str, answer: Answer) -> list[FormField]:
    """One after the other: check boxes hold ten, and a team writes more than that."""
    options = tuple(
        Option(value=one.id, label=shorten(f"{one.id}. {one.text.in_language(words.language)}", OPTION_LABEL))
        for one in question.options
    )
    return [
        ChoiceField(
            id=_pick_id(id, number),
            label=words(key),
            options=options,
            value=answer.chosen[number] if number < len(answer.chosen) else None,
            required=False,
        )
        for number, key in enumerate(_PICKED)
    ]


def _pick_id(id: str, number: int) -> str:
    return f"{id}_p{number + 1}"


def list_offers(words: Words, questions: Sequence[Question]) -> str:
    """What can be picked, whole: an option is cut short."""
    lines = [
        f"{one.id}. {one.text.in_language(words.language)}"
        for question in questions
        if question.kind == "pick"
        for one in question.options
    ]
    return "\n".join(lines)


def _draw(words: Words, question: Question, id: str, answer: Answer) -> FormField:
    label = question.ask.in_language(words.language)
    if question.is_text:
        return TextField(
            id=id, label=label, value=answer.words[:LONGEST], multiline=True, max_length=LONGEST, required=False
        )
    options = tuple(
        Option(value=option.id, label=option.text.in_language(words.language)) for option in question.options
    )
    chosen = tuple(one for one in answer.chosen if one in {option.value for option in options})
    if question.takes_many:
        return ManyField(id=id, label=label, options=options, value=chosen, required=False)
    return ChoiceField(id=id, label=label, options=options, value=chosen[0] if chosen else None, required=False)


def read_answers(values: FormValues, questions: Sequence[Question], shown: int = 0) -> Answers:
    """What was filled in, by question; a choice that was not offered counts as none."""
    found = {}
    for place, question in enumerate(questions):
        id = field_id(place, shown)
        picks = tuple(str(values.get(_pick_id(id, number)) or "") for number in range(len(_PICKED)))
        found[question.id] = _read(picks if question.kind == "pick" else values.get(id), question)
    return found


def _read(value: object, question: Question) -> Answer:
    if question.is_text:
        return Answer(words=str(value or "").replace("\r\n", "\n").strip()[:LONGEST])
    picked: Collection[object] = value if isinstance(value, tuple | list) else (value,)
    chosen = tuple(option.id for option in question.options if option.id in picked)
    return Answer(chosen if question.takes_many or question.kind == "pick" else chosen[:1])


def mask_answers(answers: Answers) -> Answers:
    return {id: Answer(answer.chosen, mask(answer.words).text[:LONGEST]) for id, answer in answers.items()}


def find_named(answers: Answers, names: Sequence[str]) -> list[str]:
    """Colleagues whose first or last name stands in what was written; they may be recognised by it."""
    written = {word.lower() for answer in answers.values() for word in _WORD.findall(answer.words)}
    return [name for name in names if _parts(name) & written]


def _parts(name: str) -> set[str]:
    """The first name and the last word of it; what stands between is in every sentence ("de", "van")."""
    words = _WORD.findall(name.lower())
    return {word for word in (words[0], words[-1]) if len(word) >= _SHORTEST_NAME} if words else set()
