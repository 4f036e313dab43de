"""Named queries of cases: keep one, change it if nobody else did, find it for its sharer or for the Lab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, insert, or_, select, text, update
from sqlmodel import col

from storage.database import table_of
from storage.prepared import Prepared
from storage.tables.cases import CaseMomentRow, CaseReactionRow, CaseRow
from storage.tables.people import PersonRow
from storage.transaction import Transaction

OPEN = ("new", "claimed")
_OPEN = text("state IN ('new', 'claimed')")
"""Word for word the condition of the partial index."""
_NO_WORDS: Mapping[str, Any] = {"did": "", "happened": "", "learned": "", "tool": "", "task": "", "proposed": None}


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    person_id: str | None
    code_sum: str | None
    kind: str
    did: str
    happened: str
    learned: str
    tool: str
    task: str
    language: str
    in_digest: bool
    state: str
    version: int
    shared_on: datetime
    claimed_by: str | None
    reason: str
    merged_into: str | None
    use_case: str | None
    stance: str | None
    tags: Sequence[str]
    proposed: Mapping[str, str] | None
    published_at: datetime | None
    message_key: str | None
    stale: bool
    name: str | None = None
    """Of whoever shared it with their name."""

    @property
    def anonymous(self) -> bool:
        return self.code_sum is not None

    @property
    def is_open(self) -> bool:
        """The Lab has not decided on it yet."""
        return self.state in OPEN


_cases, _people = table_of(CaseRow).c, table_of(PersonRow).c
_joined = table_of(CaseRow).outerjoin(table_of(PersonRow), _people.id == _cases.person_id)
CASE: Select[Any] = select(*(getattr(_cases, name) for name in Case.__slots__[:-1]), _people.name).select_from(
    _joined
)
"""Everything there is to show of a case, its sharer's name with it."""


def day_of(moment: datetime) -> datetime:
    """Nothing finer is kept of when somebody shared something."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


async def add(tx: Transaction, *, now: datetime, **values: Any) -> str:
    """The new case's id."""
    id = uuid4().hex
    row = {"id": id, "state": "new", "version": 1, "shared_on": day_of(now), "reason": "", "tags": [], **values}
    await tx.execute(insert(CaseRow).values(**row))
    return id


async def find(tx: Transaction, id: str) -> Case | None:
    return await _find_one(tx, _cases.id == id)


async def find_by_code(tx: Transaction, code_sum: str) -> Case | None:
    return await _find_one(tx, _cases.code_sum == code_sum)


async def _find_one(tx: Transaction, where: ColumnElement[bool]) -> Case | None:
    found = (await tx.execute(CASE.where(where))).first()
    return Case(*found) if found else None


async def change(tx: Transaction, case: Case, **values: Any) -> bool:
    """False, and nothing done, where it is no longer the case that was looked at."""
    query = update(CaseRow).where(col(CaseRow.id) == case.id, col(CaseRow.version) == case.version)
    return bool((await tx.execute(query.values(version=case.version + 1, **values))).rowcount)


async def withdraw(tx: Transaction, case: Case, now: datetime) -> bool:
    """Its words go at once. What was merged into it lies with the Lab again."""
    values = {**_NO_WORDS, "tags": [], "reason": "", "state": "withdrawn", "published_at": None}
    gone = await change(
        tx, case, **values, person_id=None, claimed_by=None, in_digest=False, settled_on=day_of(now), stale=True
    )
    if gone:
        again = update(CaseRow).where(col(CaseRow.merged_into) == case.id, col(CaseRow.state) == "merged")
        values = {"state": "new", "merged_into": None, "claimed_by": None, "stale": True}
        await tx.execute(again.values(**values, version=col(CaseRow.version) + 1))
        await tx.execute(delete(CaseReactionRow).where(col(CaseReactionRow.case_id) == case.id))
    return gone


async def note_shown(tx: Transaction, id: str, message_key: str | None) -> None:
    """The Lab's card says what is there now. `message_key`: a new card; None: there is none any more."""
    await tx.execute(update(CaseRow).where(col(CaseRow.id) == id).values(message_key=message_key, stale=False))


# ---------------------------------------------------------------- lists


async def find_waiting(tx: Transaction, most: int, *, before: datetime | None = None) -> list[Case]:
    """What the Lab has not decided on, oldest first."""
    query = CASE.where(_OPEN)
    if before is not None:
        query = query.where(_cases.shared_on < before)
    rows = await tx.execute(query.order_by(_cases.shared_on, _cases.id).limit(most))
    return [Case(*row) for row in rows]


async def count_waiting(tx: Transaction, *, before: datetime) -> int:
    query = select(func.count()).select_from(CaseRow).where(_OPEN, col(CaseRow.shared_on) < before)
    return int((await tx.execute(query)).scalar_one())


async def find_stale(tx: Transaction, most: int) -> list[Case]:
    """Cases whose card at the Lab says something older, or that have none yet."""
    query = CASE.where(text("stale")).order_by(_cases.shared_on, _cases.id).limit(most)
    return [Case(*row) for row in await tx.execute(query)]


async def find_shared_by(tx: Transaction, person_id: str, most: int) -> list[Case]:
    """With their name; the newest first."""
    query = CASE.where(_cases.person_id == person_id).order_by(_cases.shared_on.desc(), _cases.id).limit(most)
    return [Case(*row) for row in await tx.execute(query)]


async def count_shared_by(tx: Transaction, person_id: str) -> int:
    query = select(func.count()).select_from(CaseRow).where(col(CaseRow.person_id) == person_id)
    return int((await tx.execute(query)).scalar_one())


_OF_ROW = Prepared(
    select(_cases.id, _cases.kind, _cases.learned, _cases.happened, _cases.language)
    .where(
        text("published_at IS NOT NULL"),
        _cases.use_case == bindparam("row"),
        or_(_cases.stance.is_(None), _cases.stance == "supports"),
    )
    .order_by(_cases.published_at.desc(), _cases.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Experience:
    """As much of a case as fits below an answer."""

    id: str
    kind: str
    learned: str
    happened: str
    language: str


async def find_experience(tx: Transaction, row: str) -> Experience | None:
    """The newest that is about this row and does not speak against it; asked with every answer."""
    rows = await _OF_ROW.rows(tx, row=row)
    return Experience(*rows[0]) if rows else None


async def find_published_between(
    tx: Transaction, kind: str, since: datetime, until: datetime, most: int
) -> list[Case]:
    """Those that may stand in the weekly post; the newest first."""
    query = CASE.where(
        text("published_at IS NOT NULL"),
        _cases.published_at >= since,
        _cases.published_at < until,
        _cases.kind == kind,
        _cases.in_digest.is_(True),
    )
    rows = await tx.execute(query.order_by(_cases.published_at.desc(), _cases.id).limit(most))
    return [Case(*row) for row in rows]


async def count_merged(tx: Transaction, ids: Sequence[str]) -> dict[str, int]:
    """By case how many others say the same; those no other does are left out."""
    into = col(CaseRow.merged_into)
    query = select(into, func.count()).where(into.in_(ids)).group_by(into)
    return {str(row[0]): int(row[1]) for row in await tx.execute(query)}


# ---------------------------------------------------------------- recognising


async def recognise(tx: Transaction, case_id: str, person_id: str) -> bool:
    """True where they say so now, False where they took it back."""
    theirs = (col(CaseReactionRow.case_id) == case_id, col(CaseReactionRow.person_id) == person_id)
    if (await tx.execute(delete(CaseReactionRow).where(*theirs))).rowcount:
        return False
    await tx.execute(insert(CaseReactionRow).values(id=uuid4().hex, case_id=case_id, person_id=person_id))
    return True


async def count_recognised(tx: Transaction, case_ids: Sequence[str]) -> dict[str, int]:
    """By case how many people; those nobody recognised are left out."""
    case, person = col(CaseReactionRow.case_id), col(CaseReactionRow.person_id)
    query = select(case, func.count(person.distinct())).where(case.in_(case_ids)).group_by(case)
    return {row[0]: int(row[1]) for row in await tx.execute(query)}


# ---------------------------------------------------------------- keeping no longer


async def forget_person(tx: Transaction, person_id: str) -> int:
    """Their cases stay, without their name; how many those are."""
    await tx.execute(delete(CaseReactionRow).where(col(CaseReactionRow.person_id) == person_id))
    theirs = update(CaseRow).where(col(CaseRow.person_id) == person_id)
    return (await tx.execute(theirs.values(person_id=None, version=col(CaseRow.version) + 1))).rowcount


async def forget(tx: Transaction, *, settled_before: datetime, before: datetime) -> int:
    """What was declined, merged or withdrawn some time ago, and whatever is older still; how many that ends."""
    ended = and_(
        col(CaseRow.state).in_(("declined", "merged", "withdrawn")), col(CaseRow.settled_on) < settled_before
    )
    query = delete(CaseRow).where(or_(ended, and_(col(CaseRow.shared_on) < before, ~_is_open())))
    return (await tx.execute(query)).rowcount


def _is_open() -> ColumnElement[bool]:
    return col(CaseRow.state).in_(OPEN)


async def blur(tx: Transaction, now: datetime) -> None:
    """Writes anonymous cases that are new or changed anew, together, and the channels they came from: PostgreSQL
    notes with each row which transaction wrote it, and that would tell which event it came with."""
    last_week = day_of(now) - timedelta(days=7)
    touched = or_(col(CaseRow.shared_on) >= last_week, text("stale"))
    theirs = update(CaseRow).where(col(CaseRow.code_sum).is_not(None), touched)
    await tx.execute(theirs.values(version=col(CaseRow.version)))
    asked = update(CaseMomentRow).where(col(CaseMomentRow.shared_on) >= last_week)
    await tx.execute(asked.values(unanswered=col(CaseMomentRow.unanswered)))
