"""How Prompt Club itself does, as a table beside the figures."""

from __future__ import annotations

from datetime import datetime

from bot.delivery_report import Report as Delivered
from bot.delivery_report import make_report
from bot.figures.report import Cell, Table
from bot.texts import Words
from knowledge.content import Knowledge
from storage import club_numbers
from storage.club_numbers import Numbers
from storage.transaction import Transaction


async def find_club(tx: Transaction, words: Words, knowledge: Knowledge, now: datetime) -> Table:
    numbers = await club_numbers.find_numbers(tx, now)
    return tell_club(words, numbers, await make_report(tx, now), len(knowledge.use_cases))


def tell_club(words: Words, numbers: Numbers, delivered: Delivered, agreed: int) -> Table:
    took_part = numbers.answered / numbers.invited if numbers.invited else 0
    told: dict[str, Cell] = {
        "surveys": numbers.surveys_open,
        "surveys_closed": numbers.surveys_closed,
        "answered": took_part,
        "tickets": numbers.tickets_open,
        "tickets_closed": numbers.tickets_answered,
        "matrix": agreed,
        "matrix_late": numbers.reviews_late,
        "sent": delivered.sent,
        "unreached": delivered.unreached,
    }
    if not numbers.invited:
        del told["answered"]
    rows = [(words(f"figures.club_{key}"), value) for key, value in told.items()]
    return Table("club", words("figures.club"), (words("figures.what"), words("figures.number")), rows)
