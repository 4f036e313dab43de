"""The cards of moments: the three questions, which channels are asked, and one that is asked no longer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.cases.actions import Open, SetMoments
from bot.conversations.cases.cards import listed_card
from bot.model.cards import Bullets, Button, Buttons, Card, Text
from bot.texts import Words
from storage.cases_moments import Moment


def moment_card(words: Words, channel: str) -> Card:
    """What worked, what went wrong, what is learned; one press to the form."""
    title, intro = words("cases.moment_title"), words("cases.moment_intro")
    questions = (words("cases.moment_worked"), words("cases.moment_wrong"), words("cases.moment_learned"))
    share = Button.to(Open(channel=channel), words("cases.share"), opens_form=True, primary=True)
    return Card(
        summary=f"{title}. {intro}",
        elements=(
            Text(text=title, style="heading"),
            Text(text=intro),
            Bullets(items=questions),
            Text(text=words("cases.moment_hint"), style="quiet"),
            Buttons(buttons=(share,)),
        ),
    )


def moments_card(words: Words, moments: Sequence[Moment]) -> Card:
    """Which channels are asked, and how one is added."""
    how = Text(text=words("cases.moments_how"), style="quiet")
    lines = [words("cases.moments_line", channel=name_of(one), n=one.weeks) for one in moments]
    if not lines:
        said = words("cases.moments_none")
        return Card(summary=said, elements=(Text(text=said), how))
    card = listed_card(words("cases.moments_title"), lines)
    return Card(summary=card.summary, elements=(*card.elements, how))


def stopped_card(words: Words, moment: Moment) -> Card:
    said = words("cases.moments_stopped", channel=name_of(moment))
    again = Button.to(SetMoments(channel=moment.channel, on=True), words("cases.moments_again"))
    return Card(summary=said, elements=(Text(text=said), Buttons(buttons=(again,))))


def name_of(moment: Moment) -> str:
    return str(moment.place.get("id") or moment.channel)
