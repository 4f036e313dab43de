"""Plans the reminder of a step, or of a day that was chosen, once in the ledger."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Turn
from bot.conversations.diploma import actions
from knowledge.diploma_status import Status
from storage import diploma_nudges, nudges

PLANNED = 1_000_000
"""The step of a day that somebody chose; no step is so many days before another."""
LONGEST = timedelta(days=366)
GOOD = timedelta(days=5)
_ANOTHER_ROUND = timedelta(days=21)
"""The same step again within this time is the same reminder, whatever became of the certificate meanwhile."""


async def plan_step(turn: Turn, person_id: str, status: Status, step: int) -> bool:
    """False where this person heard of this step, or will."""
    since = turn.now - _ANOTHER_ROUND
    if await diploma_nudges.was_planned(turn.tx, person_id, status.level, step, since):
        return False
    key = diploma_nudges.key_of(person_id, status.level, status.cycle, step)
    return await _plan(turn, key, person_id, status, step, turn.now)


async def plan_day(turn: Turn, person_id: str, status: Status, day: date, zone: ZoneInfo) -> bool:
    """Once more on the morning of that day."""
    key = diploma_nudges.key_of(person_id, status.level, f"{status.cycle}:{day}", PLANNED)
    return await _plan(turn, key, person_id, status, PLANNED, datetime.combine(day, time(8, 30), zone))


async def _plan(turn: Turn, key: str, person_id: str, status: Status, step: int, when: datetime) -> bool:
    return await nudges.plan(
        turn.tx,
        key=key,
        person_id=person_id,
        subject=diploma_nudges.subject_of(person_id, status.level),
        action=actions.Remind(level=status.level, cycle=status.cycle, step=step).pack(),
        due_at=when,
        good_until=when + GOOD,
    )
