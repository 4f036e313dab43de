"""The card that says who has which role, and the form that gives or takes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversations.roles.actions import Change, ChangeForSure
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Element,
    Form,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.texts import Words
from knowledge.roles import Role

_NAMES = 6
_LINE = 400


def roles_card(words: Words, roles: Sequence[Role], names: Mapping[str, Sequence[str]]) -> Card:
    """`names`: who has each role, by its id."""
    given = [role for role in roles if not role.everyone]
    lines = [shorten(_line(words, role, names.get(role.id, ())), _LINE) for role in given[: limits.BULLETS]]
    change = Button.to(Change(), words("roles.change"), opens_form=True)
    listed: tuple[Element, ...] = (Text(text=words("roles.none")),)
    if lines:
        listed = (Bullets(items=tuple(lines)), Buttons(buttons=(change,)))
    return Card(summary=words("roles.title"), elements=(Text(text=words("roles.title"), style="heading"), *listed))


def _line(words: Words, role: Role, names: Sequence[str]) -> str:
    title = role.title.in_language(words.language)
    if not names:
        return words("roles.line_nobody", role=title)
    shown = list(names[:_NAMES])
    if len(names) > _NAMES:
        shown.append(words("roles.more", n=len(names) - _NAMES))
    return words("roles.line", role=title, names=words.listed(shown))


def change_form(words: Words, roles: Sequence[Role]) -> Form:
    given = [role for role in roles if not role.everyone][: limits.OPTIONS]
    options = tuple(
        Option(value=role.id, label=shorten(role.title.in_language(words.language), limits.OPTION_LABEL))
        for role in given
    )
    return Form(
        title=words("roles.form_title"),
        submit=words("roles.form_do"),
        cancel=words("roles.form_cancel"),
        action=ChangeForSure().pack(),
        fields=(
            TextField(id="who", label=words("roles.who"), hint=words("roles.who_hint"), max_length=320),
            ChoiceField(id="role", label=words("roles.role"), options=options),
            ChoiceField(
                id="what",
                label=words("roles.what"),
                options=(
                    Option(value="give", label=words("roles.give")),
                    Option(value="take", label=words("roles.take")),
                ),
                value="give",
            ),
        ),
    )
