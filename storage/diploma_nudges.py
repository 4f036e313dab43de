"""The ledger rows of diploma reminders: how they are named, who was told, and what ends them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from storage import nudges
from storage.tables.nudges import NudgeRow
from storage.transaction import Transaction


def key_of(person_id: str, level: str, cycle: str, step: int) -> str:
    """One row for a person, a requirement and a step, whatever changes meanwhile."""
    return f"diploma:{person_id}:{level}:{cycle}:{step}"


def subject_of(person_id: str, level: str) -> str:
    """What is done once somebody passed."""
    return f"diploma:{person_id}:{level}"[:200]


async def was_planned(tx: Transaction, person_id: str, level: str, step: int, since: datetime) -> bool:
    """This step, in whatever round: a certificate that is put right begins another round and no other reminder."""
    query = select(col(NudgeRow.key)).where(
        col(NudgeRow.subject) == subject_of(person_id, level), col(NudgeRow.due_at) >= since
    )
    keys = (await tx.execute(query)).scalars()
    return any(key.endswith(f":{step}") for key in keys)


async def find_told(tx: Transaction, rounds: Iterable[tuple[str, str, str]]) -> set[str]:
    """Of these (person, level, round) the people who heard about it themselves."""
    starts = {f"diploma:{person}:{level}:{cycle}:": (person, level) for person, level, cycle in rounds}
    keys = await nudges.find_gathered(tx, sorted({subject_of(*about) for about in starts.values()}))
    return {starts[start][0] for key in keys if (start := key.rpartition(":")[0] + ":") in starts}


async def end(tx: Transaction, person_ids: Iterable[str], levels: Iterable[str]) -> int:
    """Nothing more about these levels to these people; what stands in a message that has not left is taken out."""
    wanted = list(levels)
    return await nudges.cancel_many(tx, [subject_of(id, level) for id in person_ids for level in wanted])
