"""Named queries of questions: keep one with its outcome, find it for its asker, rate it, hand it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import col

from storage.database import Transaction, insert_once
from storage.tables.handovers import HandoverRow
from storage.tables.questions import AskerRow, QuestionRow, RatingRow


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was kept: masked."""

    id: str
    text: str
    language: str
    outcome: str
    use_case: str | None
    verdict: str | None
    reading: dict[str, Any]
    asked_at: datetime


_ASKED = (
    col(QuestionRow.id),
    col(QuestionRow.text),
    col(QuestionRow.language),
    col(QuestionRow.outcome),
    col(QuestionRow.use_case),
    col(QuestionRow.verdict),
    col(QuestionRow.reading),
    col(QuestionRow.asked_at),
)


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
    await tx.execute(
        insert(QuestionRow).values(
            id=id,
            text=text,
            language=language,
            outcome=outcome,
            use_case=use_case,
            row_version=row_version,
            verdict=verdict,
            reading=reading,
            asked_at=now,
        )
    )
    await tx.execute(insert(AskerRow).values(question_id=id, person_id=person_id, asked_at=now))
    return id


async def find_asked_by(tx: Transaction, question_id: str, person_id: str) -> Asked | None:
    """The question, only if this person asked it."""
    query = (
        select(*_ASKED)
        .join(AskerRow, col(AskerRow.question_id) == col(QuestionRow.id))
        .where(col(QuestionRow.id) == question_id, col(AskerRow.person_id) == person_id)
    )
    row = (await tx.execute(query)).first()
    return None if row is None else Asked(*row)


async def find_last_asked(tx: Transaction, person_id: str, most: int) -> list[Asked]:
    """This person's answered questions, newest first."""
    query = (
        select(*_ASKED)
        .join(AskerRow, col(AskerRow.question_id) == col(QuestionRow.id))
        .where(col(AskerRow.person_id) == person_id, col(QuestionRow.outcome) != "smalltalk")
        .order_by(col(AskerRow.asked_at).desc(), col(QuestionRow.id))
        .limit(most)
    )
    return [Asked(*row) for row in (await tx.execute(query)).all()]


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
    await tx.execute(
        update(QuestionRow)
        .where(col(QuestionRow.id) == question_id)
        .values(outcome=outcome, use_case=use_case, row_version=row_version, verdict=verdict, reading=reading)
    )


async def rate(tx: Transaction, question_id: str, *, helpful: bool, reason: str, now: datetime) -> None:
    """One rating a question; a second one replaces it. The reason comes masked."""
    values = {"helpful": helpful, "reason": reason, "rated_at": now}
    added = await tx.execute(insert_once(tx, RatingRow, question_id=question_id, **values))
    if not added.rowcount:
        await tx.execute(update(RatingRow).where(col(RatingRow.question_id) == question_id).values(**values))


async def hand_over(tx: Transaction, question_id: str, *, note: str, now: datetime) -> bool:
    """False where the question lies with the AI Lab already."""
    row = insert_once(
        tx, HandoverRow, id=uuid4().hex, question_id=question_id, note=note, state="open", opened_at=now
    )
    return bool((await tx.execute(row)).rowcount)


async def forget_asker(tx: Transaction, person_id: str) -> int:
    """Cut the link between this person and all they asked; the masked questions stay, without a name."""
    return (await tx.execute(delete(AskerRow).where(col(AskerRow.person_id) == person_id))).rowcount
