"""What a team came to, as sentences that all could agree on; its lead reads them over before they are brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversations.surveys import actions, next_card
from bot.model.cards import Form, FormField, TextField, shorten
from bot.model.limits import FIELD_LABEL
from bot.texts import WORDS, Words
from knowledge.content import Language
from knowledge.survey_questions import read_questions
from knowledge.survey_results import PICKS, find_chosen, find_place
from storage.surveys import Round
from storage.surveys_answers import Result

_LONGEST = 600
_SAID: Mapping[str, tuple[str, str, str]] = {
    "stance": ("surveys.stance_first", "surveys.stance_between", "surveys.stance_last"),
    "priority": ("surveys.priority_first", "surveys.priority_between", "surveys.priority_last"),
    "experimentation": (
        "surveys.experimentation_first",
        "surveys.experimentation_between",
        "surveys.experimentation_last",
    ),
}
_FIRST, _LAST = 0.4, 0.6


def draw(words: Words, round_: Round, results: Mapping[str, Result], languages: Sequence[Language]) -> Form:
    vote = next_card.is_vote(round_)
    sentences = list_chosen(round_, results) if vote else [write_statement(round_, results)]
    return Form(
        title=words("surveys.agree_title"),
        submit=words("surveys.agree_do"),
        cancel=words("surveys.cancel"),
        intro=words("surveys.agree_intro_three" if vote else "surveys.agree_intro_one"),
        action=actions.SendAgreement(round=round_.id).pack(),
        fields=tuple(
            _field(words, number, language, sentence.get(language, ""))
            for number, sentence in enumerate(sentences)
            for language in languages
        ),
    )


def _field(words: Words, number: int, language: Language, text: str) -> FormField:
    label = words("surveys.agree_label_nl" if language == "nl" else "surveys.agree_label_en", n=number + 1)
    return TextField(
        id=_id(number, language),
        label=shorten(label, FIELD_LABEL),
        value=text[:_LONGEST],
        multiline=True,
        max_length=_LONGEST,
        required=False,
    )


def _id(number: int, language: str) -> str:
    return f"sentence_{number}_{language}"


def read(typed: Mapping[str, str], languages: Sequence[Language]) -> list[dict[str, str]]:
    """Those that were left standing."""
    rows: list[dict[str, str]] = [
        {one: " ".join(typed.get(_id(number, one), "").split()) for one in languages} for number in range(PICKS)
    ]
    return [row for row in rows if any(row.values())]


def find_missing(typed: Mapping[str, str], languages: Sequence[Language]) -> list[str]:
    """Fields of a sentence that is there in another language; the first, where nothing is there at all."""
    missing = [
        _id(number, one)
        for number in range(PICKS)
        for one in languages
        if not typed.get(_id(number, one)) and any(typed.get(_id(number, other)) for other in languages)
    ]
    return missing if missing or read(typed, languages) else [_id(0, languages[0])]


def list_chosen(round_: Round, results: Mapping[str, Result]) -> list[dict[str, str]]:
    """The three with most votes. What somebody wrote is there in their own language alone."""
    for question in read_questions(round_.questions):
        if question.id in results:
            chosen = find_chosen(question, results[question.id].counts)[:PICKS]
            return [_in_languages(text.nl, text.en) for text, _ in chosen]
    return []


def _in_languages(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": "" if nl == en else en}


def write_statement(round_: Round, results: Mapping[str, Result]) -> dict[str, str]:
    """A sentence for each line on which it is known where the team stands."""
    keys = []
    for question in read_questions(round_.questions):
        result = results.get(question.id)
        place = find_place(question, result.counts) if result is not None and question.about else None
        if place is not None:
            first, between, last = _SAID[question.about]
            keys.append(first if place < _FIRST else last if place > _LAST else between)
    return {language: " ".join(words(key) for key in keys) for language, words in WORDS.items()}
