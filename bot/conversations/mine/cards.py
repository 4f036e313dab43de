"""Cards and forms of one's own data and settings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.mine.actions import ChooseLanguage, Forget, ForgetForSure
from bot.model.cards import Button, Buttons, Card, ChoiceField, Fact, Facts, Form, Link, Option, Text
from bot.model.events import Person
from bot.texts import Words


def language_card(words: Words) -> Card:
    return Card(
        summary=words("mine.language"),
        elements=(
            Text(text=words("mine.language")),
            Buttons(
                buttons=(
                    Button.to(ChooseLanguage(language="nl"), words("mine.dutch")),
                    Button.to(ChooseLanguage(language="en"), words("mine.english")),
                )
            ),
        ),
    )


def data_card(
    words: Words, person: Person, platforms: Sequence[str], asked: int, shared: int, link: str, *, secret: bool
) -> Card:
    """What is kept of this person, why and for how long, with a way to be forgotten. `link`: to all of it."""
    facts = (
        Fact(label=words("mine.name"), value=person.name or words("mine.unknown")),
        Fact(label=words("mine.email"), value=person.email or words("mine.unknown")),
        Fact(label=words("mine.spoken"), value=words(f"mine.spoken_{person.language or 'either'}")),
        Fact(label=words("mine.time_zone"), value=person.time_zone or words("mine.time_zone_default")),
        Fact(
            label=words("mine.accounts"),
            value=words.listed([name.capitalize() for name in dict.fromkeys(platforms)]),
        ),
        Fact(label=words("mine.questions"), value=words("mine.questions_kept", n=asked)),
        Fact(label=words("mine.cases"), value=words("mine.cases_kept", n=shared)),
    )
    return Card(
        summary=words("mine.data_title"),
        elements=(
            Text(text=words("mine.data_title"), style="heading"),
            Facts(facts=facts),
            Text(text=words("mine.data_why")),
            Link(label=words("mine.data_all"), url=link),
            *((Text(text=words("pages.link_hint"), style="quiet"),) if secret else ()),
            Buttons(buttons=(Button.to(Forget(), words("mine.forget"), opens_form=True),)),
        ),
    )


def forget_form(words: Words) -> Form:
    return Form(
        title=words("mine.forget_title"),
        submit=words("mine.forget_yes"),
        cancel=words("mine.cancel"),
        intro=words("mine.forget_intro"),
        action=ForgetForSure().pack(),
        fields=(
            ChoiceField(
                id="sure",
                label=words("mine.forget_sure"),
                options=(
                    Option(value="yes", label=words("mine.forget_do")),
                    Option(value="no", label=words("mine.forget_not")),
                ),
                value="yes",
            ),
        ),
    )
