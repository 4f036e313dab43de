"""Finding tickets: the queue, searching by the beginnings of words, how many there are, how fast they went.

Every question here is answered by an index, however many tickets there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, select

from storage.database import table_of
from storage.tables.tickets import TicketRow, TicketWordRow
from storage.transaction import Transaction

WHICH = ("open", "mine", "waiting", "late", "closed", "all")
_WORD = re.compile(r"\w{2,}")
_LONGEST, _MOST_WORDS, _MOST_SEARCHED = 40, 500, 6
_OPEN, _ENDED = ("open", "claimed", "asking"), ("answered", "closed")

_tickets, _words = table_of(TicketRow).c, table_of(TicketWordRow).c


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket as one line of a list."""

    id: str
    state: str
    text: str
    asks: int
    claimed_by: str | None
    opened_at: datetime
    due_by: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    which: str
    person_id: str
    now: datetime
    search: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many there are of each; `late` of those that are open."""

    open: int
    mine: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Timed:
    """When a ticket was opened, and in how many working minutes people heard something."""

    opened_at: datetime
    reaction: int | None
    answer: int | None


async def keep_words(tx: Transaction, ticket_id: str, *texts: str) -> None:
    """It is found by the words of these too."""
    known = set((await tx.execute(select(_words.word).where(_words.ticket_id == ticket_id))).scalars())
    new = [word for word in split_words(" ".join(texts)) if word not in known][:_MOST_WORDS]
    if new:
        await tx.execute(table_of(TicketWordRow).insert(), [{"word": w, "ticket_id": ticket_id} for w in new])


def split_words(text: str) -> list[str]:
    """Each once, in lower case; what is longer than a word is cut off."""
    return list(dict.fromkeys(word[:_LONGEST] for word in _WORD.findall(text.lower())))


async def find_page(tx: Transaction, wanted: Wanted, *, most: int, after: int = 0) -> list[Listed]:
    """The longest waiting first; of what has ended the newest."""
    newest = wanted.which in ("closed", "all")
    first = _tickets.opened_at.desc() if newest else _tickets.opened_at
    query = select(*(getattr(_tickets, name) for name in Listed.__slots__)).where(*_conditions(tx, wanted))
    order = (_tickets.due_by, _tickets.id) if wanted.which == "late" else (first, _tickets.id)
    return [Listed(*row) for row in await tx.execute(query.order_by(*order).limit(most).offset(after))]


async def count(tx: Transaction, wanted: Wanted, most: int) -> int:
    """How many that are; no further than `most`."""
    some = select(_tickets.id).where(*_conditions(tx, wanted)).limit(most).subquery()
    return int((await tx.execute(select(func.count()).select_from(some))).scalar_one())


async def count_queue(tx: Transaction, person_id: str, now: datetime) -> Numbers:
    mine = case((and_(_tickets.claimed_by == person_id), 1), else_=0)
    late = case((_tickets.due_by < now, 1), else_=0)
    query = (
        select(_tickets.state, func.count(), func.sum(mine), func.sum(late))
        .where(_tickets.state.in_(_OPEN))
        .group_by(_tickets.state)
    )
    rows = (await tx.execute(query)).all()
    return Numbers(
        open=sum(int(row[1]) for row in rows),
        mine=sum(int(row[2] or 0) for row in rows),
        waiting=sum(int(row[1]) for row in rows if row[0] == "asking"),
        late=sum(int(row[3] or 0) for row in rows),
    )


async def find_times(tx: Transaction, since: datetime, most: int = 4_000) -> list[Timed]:
    """Of what was opened since and had a reaction, newest first; so many are enough for a middle."""
    query = (
        select(_tickets.opened_at, _tickets.reaction_minutes, _tickets.answer_minutes)
        .where(_tickets.opened_at >= since, _tickets.reaction_minutes.is_not(None))
        .order_by(_tickets.opened_at.desc())
        .limit(most)
    )
    return [Timed(*row) for row in await tx.execute(query)]


def _conditions(tx: Transaction, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    state = _tickets.state
    match wanted.which:
        case "open":
            yield state.in_(_OPEN)
        case "mine":
            yield _tickets.claimed_by == wanted.person_id
            yield state.in_(_OPEN)
        case "waiting":
            yield state == "asking"
        case "late":
            yield _tickets.due_by < wanted.now
        case "closed":
            yield state.in_(_ENDED)
    for word in split_words(wanted.search)[:_MOST_SEARCHED]:
        yield _tickets.id.in_(select(_words.ticket_id).where(_begins_with(tx, word)))


def _begins_with(tx: Transaction, word: str) -> ColumnElement[bool]:
    """As each database does it by its index: PostgreSQL orders words by the rules of a language, where a range of
    words is not those with one beginning."""
    if tx.dialect.name == "postgresql":
        return _words.word.like(word.replace("_", r"\_") + "%")
    return and_(_words.word >= word, _words.word < word + "\U0010ffff")
