"""Every card and form of roles with example data."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversations.roles import cards
from bot.model.cards import Card, Example
from bot.texts import WORDS
from knowledge.content import Language, Wording
from knowledge.diploma import Permission
from knowledge.roles import Role

_ROLES = (
    Role("all", Wording("Medewerker", "Staff"), frozenset({Permission.ASK}), everyone=True),
    Role("lab", Wording("AI Lab", "AI Lab"), frozenset({Permission.TRIAGE})),
    Role("board", Wording("Directie", "Executive board"), frozenset({Permission.ADOPT_POLICY})),
)
_PEOPLE = ["Noor Bakker", "Bram Visser", "Cleo Maas", "Dewi Smit", "Evi Peeters", "Finn Bos", "Gijs Mol"]


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    yield Example(name="who has which role", card=cards.roles_card(words, _ROLES, {"lab": _PEOPLE}))
    yield Example(name="no roles to give", card=cards.roles_card(words, _ROLES[:1], {}))
    yield Example(name="give or take a role", card=cards.change_form(words, _ROLES))
    given = words("roles.given", email="noor.bakker@voorbeeld.example", role="AI Lab")
    yield Example(name="given", card=Card.of_words(given))
    yield Example(name="you have a role", card=Card.of_words(words("roles.you_have", role="AI Lab")))
