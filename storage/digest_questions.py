"""Named queries of what people asked, for the digest: how often, by whom it may be told, and who agreed to it.

No number that this gives comes from fewer people than `LEAST`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, distinct, func, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.digests import DigestConsentRow, DigestLineRow
from storage.tables.questions import AskerRow, QuestionRow
from storage.transaction import Transaction

LEAST = 3
"""A number of fewer people says something about each of them."""
UNANSWERED = "open"
"""Stands among the verdicts for questions that got none."""
LONGEST_QUOTE = 180
"""Characters; short enough to be posted whole, as its asker saw it."""
QUOTED = "quoted"
"""The section of the question somebody agreed to be quoted with."""
_ANSWERED = "answer"

_questions, _askers = table_of(QuestionRow).c, table_of(AskerRow).c
_asked = table_of(QuestionRow).join(table_of(AskerRow), _askers.question_id == _questions.id)
_PEOPLE = func.count(distinct(_askers.person_id))


def _between(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _questions.asked_at >= since, _questions.asked_at < until


async def count_askers(tx: Transaction, since: datetime, until: datetime, most: int) -> list[tuple[str, int]]:
    """Rows of the matrix that people asked about, with the number of different people; most first."""
    query = (
        select(_questions.use_case, _PEOPLE)
        .select_from(_asked)
        .where(*_between(since, until), _questions.outcome == _ANSWERED, _questions.use_case.is_not(None))
        .group_by(_questions.use_case)
        .having(_PEOPLE >= LEAST)
        .order_by(_PEOPLE.desc(), _questions.use_case)
        .limit(most)
    )
    return [(row[0], int(row[1])) for row in await tx.execute(query)]


async def count_by_verdict(tx: Transaction, since: datetime, until: datetime) -> dict[str, int]:
    """Questions by verdict, those that got none among them; without the numbers of too few people."""
    verdict = func.coalesce(_questions.verdict, UNANSWERED).label("what")
    query = (
        select(verdict, func.count())
        .select_from(_asked)
        .where(*_between(since, until), _questions.outcome != "smalltalk")
        .group_by(verdict)
        .having(_PEOPLE >= LEAST)
    )
    return {row[0]: int(row[1]) for row in await tx.execute(query)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question an editor may pick; who asked it is not told."""

    question_id: str
    text: str


async def find_candidates(
    tx: Transaction, since: datetime, until: datetime, language: str, most: int
) -> list[Candidate]:
    """Short answered questions nobody was asked about before, newest first, each wording once."""
    asked_before = select(col(DigestConsentRow.question_id))
    query = (
        select(func.min(_questions.id), _questions.text)
        .select_from(_asked)
        .where(
            *_between(since, until),
            _questions.outcome == _ANSWERED,
            _questions.language == language,
            func.length(_questions.text) <= LONGEST_QUOTE,
            _questions.id.not_in(asked_before),
        )
        .group_by(_questions.text)
        .order_by(func.max(_questions.asked_at).desc(), _questions.text)
        .limit(most)
    )
    return [Candidate(row[0], row[1]) for row in await tx.execute(query)]


# ---------------------------------------------------------------- consent


@dataclass(frozen=True, slots=True)
class Consent:
    id: str
    digest_id: str
    text: str
    person_id: str
    asked_by: str
    state: str


_consents = table_of(DigestConsentRow).c
_CONSENT = select(*(getattr(_consents, name) for name in Consent.__slots__))


async def ask_consent(
    tx: Transaction, digest_id: str, question_id: str, asked_by: str, now: datetime
) -> Consent | None:
    """None where the question is nobody's (any more), or its asker was asked about it before."""
    query = select(_questions.text, _askers.person_id).select_from(_asked).where(_questions.id == question_id)
    found = (await tx.execute(query)).first()
    if found is None:
        return None
    id = uuid4().hex
    consent = Consent(id, digest_id, found[0], found[1], asked_by, "asked")
    row = {name: getattr(consent, name) for name in Consent.__slots__}
    added = await add_once(tx, DigestConsentRow, **row, question_id=question_id, asked_at=now)
    return consent if added else None


async def find_consent(tx: Transaction, id: str) -> Consent | None:
    found = (await tx.execute(_CONSENT.where(_consents.id == id))).first()
    return Consent(*found) if found else None


async def find_running_consent(tx: Transaction, digest_id: str) -> Consent | None:
    """The one question of this digest that waits for an answer or got a yes."""
    query = _CONSENT.where(_consents.digest_id == digest_id, _consents.state.in_(("asked", "yes"))).limit(1)
    found = (await tx.execute(query)).first()
    return Consent(*found) if found else None


async def answer_consent(tx: Transaction, id: str, *, yes: bool) -> None:
    query = update(DigestConsentRow).where(col(DigestConsentRow.id) == id)
    await tx.execute(query.values(state="yes" if yes else "no"))


async def forget_person(tx: Transaction, person_id: str) -> None:
    """Nothing of theirs is quoted any more; what was posted before has no name in it."""
    theirs = select(_consents.id).where(_consents.person_id == person_id)
    lines: Any = delete(DigestLineRow).where(
        col(DigestLineRow.section) == QUOTED, col(DigestLineRow.ref).in_(theirs)
    )
    await tx.execute(lines)
    await tx.execute(delete(DigestConsentRow).where(col(DigestConsentRow.person_id) == person_id))
