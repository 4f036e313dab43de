"""The letterbox: what is sent anonymously waits here without a moment or a name, until it is emptied.

What led from a question to who asked it is taken out in the same transaction as the letter goes in, as if it had
never been asked: the question itself, what the answer said, and in the web workspace the words as they were typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import String, cast, delete, insert, select, update
from sqlmodel import col

from storage import people
from storage.tables.digests import DigestConsentRow
from storage.tables.outbox import OutboxRow
from storage.tables.questions import QuestionRow
from storage.tables.tickets import LetterRow
from storage.tables.web import WebMessageRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Letter:
    id: str
    hash: str
    kind: str
    text: str
    note: str
    language: str
    reading: Mapping[str, Any]


_SETTLED = ("sent", "failed", "unclear", "cancelled")
_COLUMNS = tuple(col(getattr(LetterRow, name)) for name in Letter.__slots__)


async def put(
    tx: Transaction,
    *,
    hash: str,
    kind: str,
    text: str,
    language: str,
    note: str = "",
    reading: Mapping[str, Any] | None = None,
) -> None:
    row = {"id": uuid4().hex, "hash": hash, "kind": kind, "text": text, "note": note, "language": language}
    await tx.execute(insert(LetterRow).values(**row, reading=dict(reading or {})))


async def take_all(tx: Transaction, most: int = 500) -> list[Letter]:
    """What lies in the box, taken out of it, questions before replies; in no order of when it came."""
    query = select(*_COLUMNS).order_by(col(LetterRow.kind), col(LetterRow.id)).limit(most).with_for_update()
    letters = [Letter(*row) for row in await tx.execute(query)]
    await tx.execute(delete(LetterRow).where(col(LetterRow.id).in_([letter.id for letter in letters])))
    return letters


async def blank_answers(tx: Transaction) -> None:
    """Everybody's answers that were sent are kept without what they said, so that nobody's stands out."""
    sent = (col(OutboxRow.kind) == "answer", col(OutboxRow.state).in_(_SETTLED), col(OutboxRow.card).is_not(None))
    await tx.execute(update(OutboxRow).where(*sent).values(card=None))


async def is_waiting(tx: Transaction, hash: str) -> bool:
    query = select(col(LetterRow.id)).where(col(LetterRow.hash) == hash).limit(1)
    return (await tx.execute(query)).first() is not None


async def take_back_question(tx: Transaction, question_id: str, person_id: str, text: str) -> None:
    """Nothing that is kept says that this person ever asked this."""
    named = f"%{question_id}%"
    theirs = (col(OutboxRow.person_id) == person_id, cast(col(OutboxRow.card), String).like(named))
    await tx.execute(update(OutboxRow).where(*theirs, col(OutboxRow.state).in_(_SETTLED)).values(card=None))
    for account in await people.find_accounts(tx, person_id):
        if account.platform == "web":
            await _take_out_of_workspace(tx, account.user, text, named)
    await tx.execute(delete(DigestConsentRow).where(col(DigestConsentRow.question_id) == question_id))
    await tx.execute(delete(QuestionRow).where(col(QuestionRow.id) == question_id))


async def _take_out_of_workspace(tx: Transaction, user: str, text: str, named: str) -> None:
    typed = (col(WebMessageRow.author) == user, col(WebMessageRow.text).contains(text, autoescape=True))
    await tx.execute(delete(WebMessageRow).where(*typed))
    await tx.execute(delete(WebMessageRow).where(cast(col(WebMessageRow.card), String).like(named)))
