"""Named queries of questions: keep one with its outcome, find it for its asker, rate it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.prepared import Prepared
from storage.tables.questions import AskerRow, QuestionRow, RatingRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was kept: masked."""

    id: str
    text: str
    language: str
    outcome: str
    use_case: str | None
    row_version: int | None
    verdict: str | None
    reading: dict[str, Any]
    asked_at: datetime


_questions, _askers = table_of(QuestionRow).c, table_of(AskerRow).c
_ASKED = select(
    _questions.id,
    _questions.text,
    _questions.language,
    _questions.outcome,
    _questions.use_case,
    _questions.row_version,
    _questions.verdict,
    _questions.reading,
    _questions.asked_at,
).select_from(table_of(QuestionRow).join(table_of(AskerRow), _askers.question_id == _questions.id))
_FIND_ASKED_BY = Prepared(
    _ASKED.where(_questions.id == bindparam("question_id"), _askers.person_id == bindparam("person_id"))
)
_FIND_LAST_ASKED = Prepared(
    _ASKED.where(_askers.person_id == bindparam("person_id"), _questions.outcome != "smalltalk")
    .order_by(_askers.asked_at.desc(), _questions.id)
    .limit(bindparam("most"))
)
_ADD_QUESTION = Prepared(insert(table_of(QuestionRow)))
_ADD_ASKER = Prepared(insert(table_of(AskerRow)))
_SAVE_OUTCOME = Prepared(update(table_of(QuestionRow)).where(_questions.id == bindparam("question_id")))


async def add_question(
    tx: Transaction,
    *,
    person_id: str,
    text: str,
    language: str,
    outcome: str,
    use_case: str | None,
    row_version: int | None,
    verdict: str | None,
    reading: dict[str, Any],
    now: datetime,
) -> str:
    """The new question's id. Who asked is a row of its own."""
    id = uuid4().hex
    question = {
        "id": id,
        "text": text,
        "language": language,
        "outcome": outcome,
        "use_case": use_case,
        "row_version": row_version,
        "verdict": verdict,
        "reading": reading,
        "asked_at": now,
    }
    await _ADD_QUESTION.run(tx, **question)
    await _ADD_ASKER.run(tx, question_id=id, person_id=person_id, asked_at=now)
    return id


async def find_asked_by(tx: Transaction, question_id: str, person_id: str) -> Asked | None:
    """The question, only if this person asked it."""
    rows = await _FIND_ASKED_BY.rows(tx, question_id=question_id, person_id=person_id)
    return Asked(*rows[0]) if rows else None


async def is_kept(tx: Transaction, question_id: str) -> bool:
    """Whoever asked it."""
    return (await tx.execute(select(_questions.id).where(_questions.id == question_id))).first() is not None


async def find_last_asked(tx: Transaction, person_id: str, most: int) -> list[Asked]:
    """This person's answered questions, newest first."""
    return [Asked(*row) for row in await _FIND_LAST_ASKED.rows(tx, person_id=person_id, most=most)]


async def count_asked(tx: Transaction, person_id: str) -> int:
    query = select(func.count()).select_from(AskerRow).where(col(AskerRow.person_id) == person_id)
    return int((await tx.execute(query)).scalar_one())


async def save_outcome(
    tx: Transaction,
    question_id: str,
    *,
    outcome: str,
    use_case: str | None,
    row_version: int | None,
    verdict: str | None,
    reading: dict[str, Any],
) -> None:
    """What the question came to after the asker picked a row or said which data goes in."""
    values = {
        "question_id": question_id,
        "outcome": outcome,
        "use_case": use_case,
        "row_version": row_version,
        "verdict": verdict,
        "reading": reading,
    }
    await _SAVE_OUTCOME.run(tx, **values)


async def rate(tx: Transaction, question_id: str, *, helpful: bool, reason: str, now: datetime) -> None:
    """One rating a question; a second one replaces it. The reason comes masked."""
    values = {"helpful": helpful, "reason": reason, "rated_at": now}
    if not await add_once(tx, RatingRow, question_id=question_id, **values):
        await tx.execute(update(RatingRow).where(col(RatingRow.question_id) == question_id).values(**values))


async def forget_asker(tx: Transaction, person_id: str) -> int:
    """Cut the link between this person and all they asked; the masked questions stay, without a name."""
    return (await tx.execute(delete(AskerRow).where(col(AskerRow.person_id) == person_id))).rowcount
