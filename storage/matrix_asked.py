"""Named queries of what was asked about a row or tool lately and by whom, to tell who would hear something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, or_, select, update
from sqlmodel import col

from storage.database import table_of
from storage.tables.questions import AskerRow, QuestionRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Asked:
    id: str
    text: str
    language: str
    use_case: str | None
    verdict: str | None
    reading: dict[str, Any]
    person_id: str | None
    """None: nobody knows any more, or ever did."""


_questions, _askers = table_of(QuestionRow).c, table_of(AskerRow).c
_ASKED = select(
    _questions.id,
    _questions.text,
    _questions.language,
    _questions.use_case,
    _questions.verdict,
    _questions.reading,
    _askers.person_id,
).select_from(table_of(QuestionRow).outerjoin(table_of(AskerRow), _askers.question_id == _questions.id))


async def find_asked(
    tx: Transaction, *, ref: str, words: Sequence[str], since: datetime, most: int = 5_000
) -> list[Asked]:
    """Questions that were read as this row or name this tool, or that say just these words; the newest first."""
    named = cast(_questions.reading, String).contains(f'"{ref}"', autoescape=True)
    said = func.lower(func.trim(_questions.text)).in_([word.strip().lower() for word in words])
    query = _ASKED.where(_questions.asked_at >= since, or_(_questions.use_case == ref, named, said))
    rows = await tx.execute(query.order_by(_questions.asked_at.desc(), _questions.id).limit(most))
    return [Asked(*row) for row in rows]


async def save_verdict(tx: Transaction, question_id: str, *, use_case: str, verdict: str, row_version: int) -> None:
    """What its asker was told since: the next change is compared with this one."""
    query = update(QuestionRow).where(col(QuestionRow.id) == question_id)
    await tx.execute(query.values(outcome="answer", use_case=use_case, verdict=verdict, row_version=row_version))
