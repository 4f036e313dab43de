"""How the club does, in numbers of nobody in particular: surveys, tickets and the reviews of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from storage.database import table_of
from storage.tables.matrix import MatrixReviewRow
from storage.tables.surveys import SurveyRoundRow
from storage.tables.tickets import TicketRow
from storage.transaction import Transaction

TICKETS_BACK = timedelta(days=90)
SURVEYS_BACK = timedelta(days=365)
_OPEN = ("open", "claimed", "asking")


@dataclass(frozen=True, slots=True)
class Numbers:
    surveys_open: int
    surveys_closed: int
    """In the past year; drafts and what was dropped do not count."""
    invited: int
    answered: int
    tickets_open: int
    tickets_answered: int
    """Of those that were opened in the past 90 days."""
    reviews_late: int


async def find_numbers(tx: Transaction, now: datetime) -> Numbers:
    rounds, tickets, reviews = (table_of(one).c for one in (SurveyRoundRow, TicketRow, MatrixReviewRow))
    opened = func.sum(case((rounds.state == "open", 1), else_=0))
    closed = (rounds.state == "closed", rounds.closes_at > now - SURVEYS_BACK)
    ended = select(func.count(), func.sum(rounds.invited), func.sum(rounds.answered)).where(*closed)
    answered = (tickets.opened_at >= now - TICKETS_BACK, tickets.state == "answered")
    late = (reviews.due_at <= now) | reviews.because.is_not(None)
    many = (await tx.execute(ended)).one()

    async def count(query: Select[Any]) -> int:
        return int((await tx.execute(query)).scalar() or 0)

    return Numbers(
        surveys_open=await count(select(opened)),
        surveys_closed=int(many[0]),
        invited=int(many[1] or 0),
        answered=int(many[2] or 0),
        tickets_open=await count(select(func.count()).where(tickets.state.in_(_OPEN))),
        tickets_answered=await count(select(func.count()).where(*answered)),
        reviews_late=await count(select(func.count()).where(late)),
    )
