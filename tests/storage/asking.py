"""A question that somebody asked, for tests that are not about what was in it."""

from __future__ import annotations

from datetime import datetime

from storage import questions
from storage.transaction import Transaction


async def ask(tx: Transaction, person_id: str, now: datetime) -> str:
    """The question's id."""
    return await questions.add_question(
        tx,
        person_id=person_id,
        text="mag dit?",
        language="nl",
        outcome="handover",
        use_case=None,
        row_version=None,
        verdict=None,
        reading={},
        now=now,
    )
