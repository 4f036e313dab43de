"""Every card and form of surveys with example data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.conversations.surveys import actions, agreement_form, cards, forms
from bot.conversations.surveys.next_card import draw_next
from bot.conversations.surveys.result_card import result_card
from bot.conversations.surveys.seeing import page_card
from bot.model.cards import Card, Example, Form
from bot.model.cards import Option as Choice
from bot.texts import WORDS, Words
from knowledge.content import LANGUAGES, Language, Wording
from knowledge.survey_questions import pick_question, write_questions
from knowledge.survey_results import Agreed, Theme, write_themes
from knowledge.surveys import Option, Question, Survey
from storage.surveys import Round
from storage.surveys_answers import Answer, Result

_ZONE = "Europe/Amsterdam"
_OFTEN = Question(
    "often",
    "choice",
    Wording("Hoe vaak gebruik je AI in je werk?", "How often do you use AI at work?"),
    (
        Option("daily", Wording("Elke dag", "Every day")),
        Option("weekly", Wording("Elke week", "Every week")),
        Option("never", Wording("Nooit", "Never")),
    ),
)
_WHAT = Question(
    "what",
    "many",
    Wording("Waarvoor gebruik je AI?", "What do you use AI for?"),
    (
        Option("writing", Wording("Schrijven en herschrijven", "Writing and rewriting")),
        Option("sums", Wording("Samenvatten", "Summarising")),
    ),
)
_DOUBT = Question("doubt", "text", Wording("Waar twijfel je over?", "What are you in doubt about?"), about="doubts")
_ROLE = Question(
    "role",
    "scale",
    Wording("Moet AI ons ondersteunen, of werk overnemen?", "Should AI support us, or take over work?"),
    (
        Option("1", Wording("Alleen ondersteunen", "Only support")),
        Option("2", Wording("Vooral ondersteunen", "Mostly support")),
        Option("3", Wording("Overnemen wat kan", "Take over what it can")),
    ),
    "stance",
)
_MISTAKE = Question("mistake", "text", Wording("Wat ging er weleens mis?", "What went wrong now and then?"))
_SURVEY = Survey(
    "gedrag",
    1,
    Wording("Stap 1: wat doen we nu met AI?", "Step 1: what do we do with AI now?"),
    Wording("Goed beleid begint met wat we nu doen.", "Good agreements begin with what we do now."),
    (_OFTEN, _WHAT, _ROLE, _DOUBT, _MISTAKE),
)
_DOUBTS = {
    "nl": (
        "Mag een verslag van een gesprek erin?",
        "Moet ik zeggen dat AI meeschreef?",
        "Wie kijkt de cijfers na?",
    ),
    "en": ("May notes of a talk go in?", "Must I say that AI helped?", "Who checks the figures?"),
}

_OFFERED = (
    ("AI helpt, maar beslist niet.", "AI helps, but does not decide."),
    ("We zeggen het als AI meeschreef.", "We say so when AI helped to write."),
    ("Klantgegevens gaan nergens in.", "Client data goes in nowhere."),
    ("Wie twijfelt, vraagt het eerst.", "Who is in doubt asks first."),
)


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    for key, card in (*_starting(words), *_answering(words), *_results(words)):
        yield Example(name=key, card=card)


def _round() -> Round:
    return Round(
        id="a" * 32,
        survey=_SURVEY.id,
        survey_version=1,
        title={"nl": _SURVEY.title.nl, "en": _SURVEY.title.en},
        purpose={"nl": _SURVEY.purpose.nl, "en": _SURVEY.purpose.en},
        questions=write_questions(_SURVEY.questions, ()),
        lead_id="p1",
        audience="team",
        unit="Klantenservice",
        anonymous=True,
        minimum=5,
        state="draft",
        opened_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        closes_at=datetime(2026, 12, 1, 17, tzinfo=UTC),
        invited=9,
        answered=7,
    )


def _starting(words: Words) -> Iterator[tuple[str, Card | Form]]:
    offered = {"team": "who_team", "channel": "who_channel", "people": "who_people", "drawn": "who_drawn"}
    team = [Choice(value=kind, label=words(f"surveys.{key}", n=9)) for kind, key in offered.items()]
    until = date(2026, 12, 1)
    yield words("surveys.card_start"), forms.start_form(words, [_SURVEY], team, until)
    yield words("surveys.card_emails"), forms.start_form(words, [_SURVEY], team, until, by_email=True)
    yield words("surveys.card_preview"), cards.preview_card(words, _round(), _ZONE)
    yield words("surveys.card_own"), forms.own_form(words, _round())
    yield words("surveys.card_sent"), cards.sent_card(words, _round(), _ZONE)


def _answering(words: Words) -> Iterator[tuple[str, Card | Form]]:
    round_ = _round()
    named = replace(round_, anonymous=False)
    action, again = (actions.Answer(round=id * 32) for id in "ab")
    doubt = {"doubt": Answer(words=_DOUBTS[words.language][0]), "often": Answer(("weekly",))}
    warning = words("surveys.warn_named", names="Sanne de Wit")
    yield words("surveys.card_invitation"), cards.invitation_card(words, round_, "Noor Bakker", _ZONE)
    yield words("surveys.card_named"), cards.invitation_card(words, named, "Noor Bakker", _ZONE)
    yield words("surveys.card_answer"), forms.answer_form(words, round_, action, {})
    yield words("surveys.card_warning"), forms.answer_form(words, round_, again, doubt, warning)
    yield words("surveys.card_kept"), forms.kept_form(words, "K7QF-2M9X-RT4C-8HWZ")
    yield words("surveys.card_code"), forms.code_form(words, round_)
    yield words("surveys.card_thanks"), cards.thanks_card(words, named)
    yield words("surveys.card_declined"), cards.declined_card(words, round_)
    reminder = Card(summary=words("surveys.card_remind"), elements=cards.remind_elements(words, round_, _ZONE))
    yield words("surveys.card_remind"), reminder


def _results(words: Words) -> Iterator[tuple[str, Card | Form]]:
    round_ = replace(_round(), state="closed")
    doubts = _DOUBTS[words.language]
    texts = [{"text": text} for text in (*doubts, *doubts)]
    row, themes = "gesprek", [Theme(doubts[:1] * 5, "gesprek"), Theme(doubts[1:2])]
    agreed = Agreed({row: Wording("Een gesprek laten samenvatten", "Having a talk summarised")}, {"stance": 0.0})
    results = {
        "often": Result(round_.id, "often", 7, {"daily": 4, "weekly": 2, "never": 1}, []),
        "what": Result(round_.id, "what", 6, {"writing": 6, "sums": 3}, []),
        "role": Result(round_.id, "role", 6, {"1": 1, "2": 4, "3": 1}, []),
        "doubt": Result(round_.id, "doubt", 8, {}, texts + texts[:2], write_themes(themes)),
    }
    yield words("surveys.card_result"), result_card(words, round_, results, agreed)
    yield words("surveys.card_result_large"), result_card(words, round_, results, agreed, pictures=False)
    yield words("surveys.card_page"), page_card(words, "https://promptclub.voorbeeld.example/surveys")
    yield words("surveys.card_result_none"), result_card(words, replace(round_, answered=3), {}, agreed)
    following = draw_next(words, round_, results, agreed)
    assert following is not None
    yield words("surveys.card_next"), following
    yield words("surveys.card_repeats"), cards.repeats_card(words, round_, date(2027, 2, 23))
    yield words("surveys.card_again"), cards.again_card(words, round_)
    yield words("surveys.card_statement"), agreement_form.draw(words, round_, results, LANGUAGES)
    yield from _vote(words)


def _vote(words: Words) -> Iterator[tuple[str, Card | Form]]:
    """Three of what was proposed."""
    offered = [Wording(*both) for both in _OFFERED]
    question = pick_question("vote", Wording("Welke drie kies je?", "Which three do you pick?"), offered)
    title = {"nl": WORDS["nl"]("surveys.vote_title"), "en": WORDS["en"]("surveys.vote_title")}
    round_ = replace(
        _round(), title=title, questions=write_questions([question], ()), audience="again", follows="b"
    )
    counts = Result(round_.id, "vote", 7, {"1": 6, "2": 5, "4": 4, "3": 4}, [])
    yield words("surveys.card_vote"), forms.answer_form(words, round_, actions.Answer(round="c" * 32), {})
    closed = replace(round_, state="closed")
    yield words("surveys.card_voted"), result_card(words, closed, {"vote": counts}, Agreed({}, {}))
    other = replace(closed, id="d" * 32)
    yield words("surveys.card_three"), agreement_form.draw(words, other, {"vote": counts}, LANGUAGES)
