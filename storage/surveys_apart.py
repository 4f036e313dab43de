"""Whom a round may ask beside other rounds, so that no two of them laid side by side tell of a few people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from storage.database import table_of
from storage.register import select_members
from storage.surveys import ROUND, Round, list_people
from storage.tables.surveys import SurveyInvitationRow, SurveyResultRow, SurveyRoundRow
from storage.transaction import Transaction

APART = timedelta(days=60)
"""Within this time people say much the same again, so that rounds can be laid side by side."""
PICKED_APART = timedelta(days=365)
"""The same for groups that somebody put together: who picks people can leave one out."""
PICKED = ("people", "channel")


@dataclass(frozen=True, slots=True)
class Clash:
    """Why these people cannot be asked this now."""

    still_open: bool
    until: datetime
    """When the other round closes; where it has closed, from when on they can be asked."""


_rounds, _invitations = table_of(SurveyRoundRow).c, table_of(SurveyInvitationRow).c
_results = table_of(SurveyResultRow).c


async def find_clash(tx: Transaction, round_: Round, now: datetime) -> Clash | None:
    """A round that asks some of the same people some of the same, opened not long ago.

    Groups are apart: else what one round shows, taken off what another shows, is about the few people in whom they
    differ, or about the one who was away the second time. A round of which nothing was shown stands in no way.
    """
    mine = select(_invitations.person_id).where(_invitations.round_id == round_.id).scalar_subquery()
    for other in await _find_recent(tx, round_.questions, now, _asks_any_of(mine), _rounds.id != round_.id):
        if other.state == "open":
            return Clash(still_open=True, until=other.closes_at)
        assert other.opened_at is not None
        alone = other.opened_at + (PICKED_APART if await _is_picked(tx, round_, other) else APART)
        if alone > now:
            return Clash(still_open=False, until=alone)
    return None


async def draw_pool(
    tx: Transaction, questions: Sequence[Mapping[str, Any]], on: date, now: datetime
) -> list[tuple[str, str]]:
    """Who works here on this day and was asked none of this lately, with their unit."""
    rounds = [one.id for one in await _find_recent(tx, questions, now)]
    query = select(_invitations.person_id).where(_invitations.round_id.in_(rounds)).distinct()
    busy = set((await tx.execute(query)).scalars())
    members = (await tx.execute(select_members(on))).all()
    return [(row[0], row[3]) for row in members if row[0] not in busy]


def _asks_any_of(people: Any) -> Any:
    asked = select(_invitations.round_id).where(_invitations.person_id.in_(people))
    return _rounds.id.in_(asked)


async def _find_recent(
    tx: Transaction, questions: Sequence[Mapping[str, Any]], now: datetime, *which: Any
) -> list[Round]:
    """Rounds with a question in common, that are open or of which something was shown; the newest first."""
    shown = select(_results.round_id).where(_results.round_id == _rounds.id).exists()
    state = or_(_rounds.state == "open", and_(_rounds.state == "closed", shown))
    query = ROUND.where(_rounds.opened_at >= now - PICKED_APART, state, *which)
    found = [Round(*row) for row in (await tx.execute(query.order_by(_rounds.opened_at.desc()))).all()]
    return [other for other in found if _ids_of(questions) & _ids_of(other.questions)]


def _ids_of(questions: Sequence[Mapping[str, Any]]) -> set[str]:
    """Of what somebody adds themselves nobody knows whether it is the same."""
    return {"own" if one["id"].startswith("own-") else str(one["id"]) for one in questions}


async def _is_picked(tx: Transaction, round_: Round, other: Round) -> bool:
    """The very same people again leave nobody out."""
    if round_.audience not in PICKED and other.audience not in PICKED:
        return False
    return set(await list_people(tx, round_.id)) != set(await list_people(tx, other.id))


async def is_comparable(tx: Transaction, one: Round, other: Round) -> bool:
    """Their groups are the same, or differ in enough people: else the difference is about a few."""
    first, second = set(await list_people(tx, one.id)), set(await list_people(tx, other.id))
    least = max(one.minimum, other.minimum)
    return all(not apart or len(apart) >= least for apart in (first - second, second - first))
