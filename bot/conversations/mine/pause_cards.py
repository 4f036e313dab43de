"""Cards and the form of a pause in reminders."""

from __future__ import annotations

from datetime import date

from bot.conversations.mine.actions import EndPause, PauseFor, PauseUntil, PickDay
from bot.model import limits
from bot.model.cards import Button, Buttons, Card, DateField, Element, Form, Text, shorten
from bot.texts import Words

_OFFERED = {1: "mine.pause_day", 7: "mine.pause_week", 14: "mine.pause_fortnight"}


def ask_card(words: Words, until: date | None, *, unread: str = "") -> Card:
    """How long? `until`: reminders are paused already; `unread`: what was typed and is no day we can use."""
    question = words("mine.pause_ask")
    elements: list[Element] = []
    if until is not None:
        elements.append(Text(text=words("mine.pause_now", day=words.day(until))))
    if unread:
        elements.append(Text(text=words("mine.pause_unread", typed=shorten(unread, 60))))
    buttons = [Button.to(PauseFor(days=days), words(key)) for days, key in _OFFERED.items()]
    buttons.append(Button.to(PickDay(), words("mine.pause_pick"), opens_form=True))
    if until is not None:
        buttons.append(Button.to(EndPause(), words("mine.pause_end")))
    elements += [Text(text=question), Buttons(buttons=tuple(buttons))]
    return Card(summary=shorten(question, limits.SUMMARY), elements=tuple(elements))


def paused_card(words: Words, day: date) -> Card:
    told = words("mine.paused", day=words.day(day))
    return Card(
        summary=told,
        elements=(
            Text(text=told),
            Buttons(buttons=(Button.to(EndPause(), words("mine.pause_end")),)),
        ),
    )


def day_form(words: Words) -> Form:
    return Form(
        title=words("mine.pause_title"),
        submit=words("mine.pause_yes"),
        cancel=words("mine.cancel"),
        action=PauseUntil().pack(),
        fields=(DateField(id="until", label=words("mine.pause_until")),),
    )
