"""Erasing somebody who has left: their name and every way to reach or recognise them goes, in one transaction.

What the law or an audit needs stays under a number: where they worked and when, which diplomas they earned, and
what they did with a right. So figures stay what they were; no line of the audit log is touched and its chain holds.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import col

from storage import audit, forgetting, page_sessions, people, register, teams
from storage.tables.certificates import CertificateRow
from storage.tables.nudges import NudgeRow
from storage.tables.outbox import OutboxRow
from storage.tables.people import AccountRow, PersonRow
from storage.tables.register import AliasRow, ExemptionRow
from storage.transaction import Transaction

_SETTLED = ("sent", "failed", "unclear", "cancelled")
_THEIRS = (AliasRow, NudgeRow, AccountRow)
"""What is of no use once nobody can be reached or reminded."""


class StillHere(Exception):
    """They work here: what is kept of them is needed, and would come back with the next import."""


async def erase(tx: Transaction, person_id: str, today: date, now: datetime) -> None:
    """StillHere for somebody whom the register has today."""
    if await register.find_member(tx, person_id, today) is not None:
        raise StillHere(person_id)
    accounts = await people.find_accounts(tx, person_id)
    await forgetting.forget_asked(tx, person_id, now)
    for account in accounts:
        if account.platform == "teams":
            await teams.forget_teams_person(tx, account.tenant, account.user)
    for kind in _THEIRS:
        await tx.execute(delete(kind).where(col(kind.person_id) == person_id))
    sent = (col(OutboxRow.person_id) == person_id, col(OutboxRow.state).in_(_SETTLED))
    await tx.execute(delete(OutboxRow).where(*sent))
    earned = update(CertificateRow).where(col(CertificateRow.person_id) == person_id)
    await tx.execute(earned.values(evidence=""))
    freed = update(ExemptionRow).where(col(ExemptionRow.person_id) == person_id)
    await tx.execute(freed.values(reason=""))
    await page_sessions.end_all(tx, person_id)
    bare = {"name": "", "email": None, "language": None, "time_zone": None, "nudges_paused_until": None}
    await tx.execute(update(PersonRow).where(col(PersonRow.id) == person_id).values(**bare))
    await audit.add(tx, actor=None, act="person.erased", about=f"person:{person_id}", now=now)
