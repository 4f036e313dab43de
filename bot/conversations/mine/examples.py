"""Every card and form of one's own data with example data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.conversations.mine import cards, pause_cards
from bot.model.cards import Card, Example
from bot.model.events import Person
from bot.texts import WORDS
from knowledge.content import Language


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    noor = Person(id="0" * 32, name="Noor Bakker", email="noor.bakker@voorbeeld.example", language=language)
    link = "https://promptclub.voorbeeld.example/stored"
    many = cards.data_card(words, noor, ["slack", "teams"], 12, 2, link, secret=True)
    none = cards.data_card(words, noor, ["web"], 0, 0, link, secret=False)
    yield Example(name=words("mine.card_language"), card=cards.language_card(words))
    yield Example(name=words("mine.card_data"), card=many)
    yield Example(name=words("mine.card_data_empty"), card=none)
    yield Example(name=words("mine.card_forget"), card=cards.forget_form(words))
    yield Example(name=words("mine.card_forgotten"), card=Card.of_words(words("mine.forgotten", n=12)))
    back = date(2027, 1, 4)
    yield Example(name=words("mine.card_pause"), card=pause_cards.ask_card(words, None))
    yield Example(name=words("mine.card_pause_again"), card=pause_cards.ask_card(words, back, unread="kerst"))
    yield Example(name=words("mine.card_paused"), card=pause_cards.paused_card(words, back))
    yield Example(name=words("mine.card_pause_day"), card=pause_cards.day_form(words))
