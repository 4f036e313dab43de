"""The lists of who is over the day: a manager's, HR's, and the board's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversations.diploma import actions
from bot.conversations.diploma.cards import InTeam, tell_member
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Text, shorten
from bot.texts import Words
from knowledge.content import Knowledge

_LISTED = 15


@dataclass(frozen=True, slots=True)
class LongBehind:
    """Somebody on HR's list."""

    one: InTeam
    unit: str
    led: bool
    """Somebody who works here leads them."""


def late_card(words: Words, knowledge: Knowledge, late: Sequence[InTeam], on: date) -> Card:
    """The one list a manager gets in a week."""
    title = words("diploma.late_title", n=len(late))
    told = [tell_member(words, knowledge, one, on) for one in late]
    return Card(
        summary=title,
        elements=(
            Text(text=title, style="heading"),
            _bullets(words, told, len(late)),
            Text(text=words("diploma.late_kind"), style="quiet"),
            Buttons(buttons=(Button.to(actions.ShowTeam(), words("diploma.team")),)),
        ),
    )


def long_card(words: Words, knowledge: Knowledge, listed: Sequence[LongBehind], total: int, on: date) -> Card:
    """The one list HR gets in a week: who is far over the day, and who has no manager to hear of it."""
    title = words("diploma.long_title", n=max(total, len(listed)))
    told = []
    for long in listed:
        line = tell_member(words, knowledge, long.one, on)
        told.append(line if long.led else words("diploma.long_unled", line=line))
    return Card(
        summary=title,
        elements=(
            Text(text=title, style="heading"),
            _bullets(words, told, max(total, len(listed))),
            Text(text=words("diploma.long_kind"), style="quiet"),
            Buttons(buttons=(Button.to(actions.AskPerson(), words("diploma.find"), opens_form=True),)),
        ),
    )


def board_card(words: Words, number: int, least: int, days: int) -> Card:
    """A number and no names; of a few people not even that."""
    told = words("diploma.board", n=number, days=days) if number >= least else words("diploma.board_few", n=least)
    return Card.of_words(told)


def _bullets(words: Words, told: Sequence[str], total: int) -> Bullets:
    lines = [shorten(line, limits.TEXT // 4) for line in told[:_LISTED]]
    if total > len(lines):
        lines.append(words("diploma.team_more", n=total - len(lines)))
    return Bullets(items=tuple(lines))
