"""Every card of delivery with example data."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversations.deliveries import cards
from bot.delivery_report import Report, Why
from bot.model.cards import Example
from bot.texts import WORDS
from knowledge.content import Language

_LINK = "https://promptclub.voorbeeld.example/deliveries"
_WHY = (
    Why("the app is not installed for this person", 12),
    Why("this person's account has been switched off", 3),
    Why("no answer within 30 seconds", 1),
)
_SOME = Report(days=7, sent=1204, waiting=6, failed=15, unclear=1, cancelled=2, waiting_long=2, why=_WHY)
_WELL = Report(days=7, sent=38, waiting=0, failed=0, unclear=0, cancelled=0, waiting_long=0, why=())
_NOTHING = Report(days=7, sent=0, waiting=0, failed=0, unclear=0, cancelled=0, waiting_long=0, why=())


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    yield Example(name="some were missed", card=cards.report_card(words, _SOME, _LINK, secret=True))
    yield Example(name="all went well", card=cards.report_card(words, _WELL, _LINK, secret=False))
    yield Example(name="nothing was sent", card=cards.report_card(words, _NOTHING, _LINK, secret=False))
