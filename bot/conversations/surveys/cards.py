"""The cards of surveys: how it goes out, the invitation, the reminder, and what follows."""

from __future__ import annotations

from datetime import date

from bot.conversation import Turn
from bot.conversations.surveys import actions
from bot.conversations.surveys.audience import tell_audience
from bot.conversations.surveys.forms import IN_LANGUAGE, OWN_LANGUAGE
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Fact, Facts, Text, shorten
from bot.model.limits import SUMMARY
from bot.texts import Words, words_in
from knowledge.survey_questions import read_questions
from storage.surveys import Round

_HEADING = 140


def preview_card(words: Words, round_: Round, time_zone: str) -> Card:
    """To whoever starts it: everything as it goes out."""
    title = round_.title[words.language]
    who = tell_audience(words, round_.audience, round_.unit, round_.invited)
    language = words(IN_LANGUAGE[round_.language or OWN_LANGUAGE])
    facts = (
        Fact(label=words("surveys.fact_who"), value=who),
        Fact(label=words("surveys.fact_until"), value=words.moment(round_.closes_at, time_zone)),
        Fact(label=words("surveys.start_language"), value=language),
    )
    asked = tuple(question.ask.in_language(words.language) for question in read_questions(round_.questions))
    send = Button.to(actions.Send(round=round_.id), words("surveys.send", n=round_.invited), primary=True)
    buttons = (
        send,
        Button.to(actions.OpenOwn(round=round_.id), words("surveys.own"), opens_form=True),
        Button.to(actions.Drop(round=round_.id), words("surveys.drop")),
    )
    return Card(
        summary=shorten(words("surveys.preview", title=title), SUMMARY),
        elements=(
            Text(text=shorten(title, _HEADING), style="heading"),
            Text(text=words("surveys.preview_intro")),
            Facts(facts=facts),
            Bullets(items=asked),
            Text(text=tell_who_sees(words, round_)),
            Buttons(buttons=buttons),
        ),
    )


def sent_card(words: Words, round_: Round, time_zone: str) -> Card:
    until = words.moment(round_.closes_at, time_zone)
    return Card.of_words(words("surveys.sent", n=round_.invited, title=round_.title[words.language], until=until))


def dropped_card(words: Words) -> Card:
    return Card.of_words(words("surveys.dropped"))


def invitation_card(words: Words, round_: Round, lead: str, time_zone: str) -> Card:
    """What it is for, who sees what, and until when."""
    title = round_.title[words.language]
    until = words.moment(round_.closes_at, time_zone)
    asks = words("surveys.invite", name=lead, until=until) if lead else words("surveys.invite_nobody", until=until)
    elements: list[Element] = [
        Text(text=shorten(title, _HEADING), style="heading"),
        Text(text=f"{asks} {round_.purpose[words.language]}"),
        Text(text=tell_who_sees(words, round_)),
        _answer_buttons(words, round_),
    ]
    return Card(summary=shorten(f"{title}. {asks}", SUMMARY), elements=tuple(elements))


def words_for(round_: Round, words: Words) -> Words:
    """A person's own, unless the lead chose one language for all."""
    return words_in(round_.language) if round_.language else words


def speak_its_language(turn: Turn, round_: Round) -> None:
    turn.language = words_for(round_, turn.words).language


def tell_who_sees(words: Words, round_: Round) -> str:
    """The same words for who starts it and for who answers."""
    key = "surveys.who_sees_anonymous" if round_.anonymous else "surveys.who_sees_named"
    return words(key, n=round_.minimum)


def remind_elements(words: Words, round_: Round, time_zone: str) -> tuple[Element, ...]:
    until = words.moment(round_.closes_at, time_zone)
    text = words("surveys.remind", title=round_.title[words.language], until=until)
    return (Text(text=text), _answer_buttons(words, round_))


def _answer_buttons(words: Words, round_: Round) -> Buttons:
    fill_in = Button.to(actions.Open(round=round_.id), words("surveys.fill_in"), opens_form=True, primary=True)
    return Buttons(buttons=(fill_in, Button.to(actions.Decline(round=round_.id), words("surveys.not_for_me"))))


def thanks_card(words: Words, round_: Round) -> Card:
    """Of a round with names; of an anonymous one a form says it."""
    change = Button.to(actions.Open(round=round_.id), words("surveys.change"), opens_form=True)
    text = words("surveys.thanks")
    return Card(summary=text, elements=(Text(text=text), Buttons(buttons=(change,))))


def declined_card(words: Words, round_: Round) -> Card:
    fill_in = Button.to(actions.Open(round=round_.id), words("surveys.after_all"), opens_form=True)
    text = words("surveys.declined", title=round_.title[words.language])
    return Card(summary=shorten(text, SUMMARY), elements=(Text(text=text), Buttons(buttons=(fill_in,))))


def repeats_card(words: Words, round_: Round, day: date) -> Card:
    text = words("surveys.repeats", title=round_.title[words.language], day=words.day(day))
    end = Button.to(actions.Repeat(round=round_.id), words("surveys.repeat_end"))
    return Card(summary=shorten(text, SUMMARY), elements=(Text(text=text), Buttons(buttons=(end,))))


def again_card(words: Words, round_: Round) -> Card:
    """To the lead, a quarter later."""
    text = words("surveys.again", title=round_.title[words.language])
    buttons = (
        Button.to(actions.Renew(round=round_.id), words("surveys.again_do"), primary=True),
        Button.to(actions.Repeat(round=round_.id), words("surveys.repeat_end")),
    )
    return Card(summary=shorten(text, SUMMARY), elements=(Text(text=text), Buttons(buttons=buttons)))
