"""Named queries of survey rounds and whom they ask: draft, open, take part, decline; never what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.people import PersonRow
from storage.tables.surveys import (
    SurveyAnswerRow,
    SurveyFollowUpRow,
    SurveyInvitationRow,
    SurveyRoundRow,
)
from storage.transaction import Transaction

LEAST_MINIMUM = 3
"""Whatever an organisation says: nothing is shown of fewer people."""
_MANY = 500
_PAST = "past"


@dataclass(frozen=True, slots=True)
class Round:
    id: str
    survey: str
    survey_version: int
    title: dict[str, str]
    purpose: dict[str, str]
    questions: list[dict[str, Any]]
    lead_id: str | None
    audience: str
    unit: str
    anonymous: bool
    minimum: int
    state: str
    opened_at: datetime | None
    closes_at: datetime
    invited: int
    answered: int
    language: str = ""
    """In which it goes out; "" where each gets their own."""
    follows: str | None = None
    """The round before it: of the quarter before, or with the proposals that are voted on."""
    repeats: bool = False


_rounds, _invitations = table_of(SurveyRoundRow).c, table_of(SurveyInvitationRow).c
ROUND = select(*(getattr(_rounds, name) for name in Round.__slots__))


async def add_draft(
    tx: Transaction,
    *,
    survey: str,
    survey_version: int,
    title: dict[str, str],
    purpose: dict[str, str],
    questions: list[dict[str, Any]],
    lead_id: str,
    audience: str,
    unit: str,
    anonymous: bool,
    minimum: int,
    closes_at: datetime,
    people: Sequence[str],
    now: datetime,
    language: str = "",
    follows: str | None = None,
) -> str:
    """A round that is not sent yet, with whom it will ask; its id. Nobody else sees it."""
    id = uuid4().hex
    await tx.execute(
        insert(SurveyRoundRow).values(
            id=id,
            survey=survey,
            survey_version=survey_version,
            title=title,
            purpose=purpose,
            questions=questions,
            lead_id=lead_id,
            audience=audience,
            unit=unit,
            anonymous=anonymous,
            minimum=max(minimum, LEAST_MINIMUM),
            state="draft",
            created_at=now,
            closes_at=closes_at,
            invited=0,
            answered=0,
            language=language,
            follows=follows,
            repeats=False,
        )
    )
    await set_people(tx, id, people)
    return id


async def set_people(tx: Transaction, id: str, people: Sequence[str]) -> None:
    """Whom a round will ask that is not sent yet."""
    rows = [{"id": uuid4().hex, "round_id": id, "person_id": person, "state": "invited"} for person in people]
    for begin in range(0, len(rows), _MANY):
        await tx.execute(insert(SurveyInvitationRow), rows[begin : begin + _MANY])
    draft = update(SurveyRoundRow).where(col(SurveyRoundRow.id) == id, col(SurveyRoundRow.state) == "draft")
    await tx.execute(draft.values(invited=len(rows)))


async def find_round(tx: Transaction, id: str) -> Round | None:
    row = (await tx.execute(ROUND.where(_rounds.id == id))).first()
    return None if row is None else Round(*row)


async def set_questions(tx: Transaction, id: str, questions: list[dict[str, Any]]) -> bool:
    """Only of a round that is not sent yet."""
    query = update(SurveyRoundRow).where(col(SurveyRoundRow.id) == id, col(SurveyRoundRow.state) == "draft")
    return bool((await tx.execute(query.values(questions=questions))).rowcount)


async def open_round(tx: Transaction, id: str, now: datetime) -> bool:
    """False where it was sent or dropped before."""
    return await _move(tx, id, "draft", state="open", opened_at=now)


async def drop_round(tx: Transaction, id: str) -> bool:
    """A draft that is not sent after all, with whom it would have asked."""
    if not await _move(tx, id, "draft", state="dropped"):
        return False
    await tx.execute(delete(SurveyInvitationRow).where(col(SurveyInvitationRow.round_id) == id))
    return True


async def end_round(tx: Transaction, id: str) -> bool:
    """Nobody answers any more; False where it was closed before. How many took part is counted for good."""
    took_part = (
        select(func.count(func.distinct(_invitations.person_id)))
        .where(_invitations.round_id == id, _invitations.state == "answered")
        .scalar_subquery()
    )
    return await _move(tx, id, "open", state="closed", answered=took_part)


async def _move(tx: Transaction, id: str, before: str, **values: Any) -> bool:
    query = update(SurveyRoundRow).where(col(SurveyRoundRow.id) == id, col(SurveyRoundRow.state) == before)
    return bool((await tx.execute(query.values(**values))).rowcount)


async def lock_open(tx: Transaction, id: str) -> Round | None:
    """The round if it may be answered now; it cannot be closed meanwhile."""
    query = ROUND.where(_rounds.id == id, _rounds.state == "open").with_for_update()
    row = (await tx.execute(query)).first()
    return None if row is None else Round(*row)


async def list_people(tx: Transaction, id: str, state: str | None = None) -> list[str]:
    """Whom it asks; in no order that tells anything."""
    query = select(_invitations.person_id).where(_invitations.round_id == id).distinct()
    if state is not None:
        query = query.where(_invitations.state == state)
    return sorted((await tx.execute(query)).scalars())


async def find_languages(
    tx: Transaction, id: str, *, without: str = "", after: str = "", most: int | None = None
) -> list[tuple[str, str | None]]:
    """Whom it asks, and the language each of them chose; in the order of their ids, so many after that one."""
    people = table_of(PersonRow).c
    query = select(people.id, people.language).join(
        table_of(SurveyInvitationRow), _invitations.person_id == people.id
    )
    query = query.where(_invitations.round_id == id, _invitations.state != without, people.id > after)
    rows = await tx.execute(query.order_by(people.id).distinct().limit(most))
    return [(person, language) for person, language in rows.all()]


async def find_part(tx: Transaction, id: str, person_id: str) -> str | None:
    """invited, answered, declined or long past; None for somebody it does not ask."""
    query = select(_invitations.state).where(_invitations.round_id == id, _invitations.person_id == person_id)
    states = set((await tx.execute(query)).scalars())
    return next((state for state in ("answered", "declined", "invited", _PAST) if state in states), None)


async def take_part(tx: Transaction, id: str, person_id: str) -> bool:
    """Once each person: False where they took part before, or were not asked."""
    return await _settle(tx, id, person_id, ("invited", "declined"), "answered")


async def decline(tx: Transaction, id: str, person_id: str) -> bool:
    return await _settle(tx, id, person_id, ("invited",), "declined")


async def _settle(tx: Transaction, id: str, person_id: str, before: Sequence[str], state: str) -> bool:
    query = update(SurveyInvitationRow).where(
        col(SurveyInvitationRow.round_id) == id,
        col(SurveyInvitationRow.person_id) == person_id,
        col(SurveyInvitationRow.state).in_(before),
    )
    return bool((await tx.execute(query.values(state=state))).rowcount)


async def find_names(tx: Transaction, id: str, most: int = _MANY) -> list[str]:
    """Of the people it asks: somebody may be recognised by one. None of a round of more people than that."""
    people = table_of(PersonRow).c
    query = select(people.name).join(
        table_of(SurveyInvitationRow), _invitations.person_id == people.id
    ).where(_invitations.round_id == id, people.name != "").limit(most + 1)  # fmt: skip
    names = list((await tx.execute(query)).scalars())
    return sorted(set(names)) if len(names) <= most else []


async def list_led(tx: Transaction, lead_id: str, most: int) -> list[Round]:
    """What somebody started, the newest first."""
    query = ROUND.where(_rounds.lead_id == lead_id, _rounds.opened_at.is_not(None))
    return [Round(*row) for row in (await tx.execute(query.order_by(_rounds.opened_at.desc()).limit(most))).all()]


async def list_asked(tx: Transaction, person_id: str, most: int) -> list[Round]:
    """What somebody was asked in or started, the newest first."""
    asked = select(_invitations.round_id).where(_invitations.person_id == person_id)
    query = ROUND.where(_rounds.opened_at.is_not(None), or_(_rounds.id.in_(asked), _rounds.lead_id == person_id))
    return [Round(*row) for row in (await tx.execute(query.order_by(_rounds.opened_at.desc()).limit(most))).all()]


async def begin_follow_up(tx: Transaction, id: str, what: str, now: datetime) -> bool:
    """Once each round; False where it was done before."""
    return await add_once(tx, SurveyFollowUpRow, round_id=id, what=what, at=now)


async def find_follow_ups(tx: Transaction, id: str) -> set[str]:
    query = select(col(SurveyFollowUpRow.what)).where(col(SurveyFollowUpRow.round_id) == id)
    return set((await tx.execute(query)).scalars())


async def set_repeats(tx: Transaction, id: str, *, repeats: bool) -> None:
    query = update(SurveyRoundRow).where(col(SurveyRoundRow.id) == id)
    await tx.execute(query.values(repeats=repeats))


async def forget(tx: Transaction, *, drafts_before: datetime, asked_before: datetime, before: datetime) -> int:
    """How many rounds went; of those that closed before `asked_before` who took part."""
    closed = select(_rounds.id).where(_rounds.state == "closed", _rounds.closes_at < asked_before)
    long_ago = update(SurveyInvitationRow).where(
        col(SurveyInvitationRow.round_id).in_(closed), col(SurveyInvitationRow.state) != _PAST
    )
    await tx.execute(long_ago.values(state=_PAST))
    unsent = and_(_rounds.state.in_(("draft", "dropped")), _rounds.created_at < drafts_before)
    old = and_(_rounds.state == "closed", _rounds.closes_at < before)
    gone = select(_rounds.id).where(or_(unsent, old)).scalar_subquery()
    return (await tx.execute(delete(SurveyRoundRow).where(col(SurveyRoundRow.id).in_(gone)))).rowcount


async def forget_person(tx: Transaction, person_id: str) -> None:
    """They are asked nothing any more. What they answered without a name is nobody's already."""
    await tx.execute(delete(SurveyAnswerRow).where(col(SurveyAnswerRow.person_id) == person_id))
    await tx.execute(delete(SurveyInvitationRow).where(col(SurveyInvitationRow.person_id) == person_id))
    led = update(SurveyRoundRow).where(col(SurveyRoundRow.lead_id) == person_id)
    await tx.execute(led.values(lead_id=None))
