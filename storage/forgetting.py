"""Being forgotten: whatever ties what somebody asked to who they are goes, in one transaction.

The masked questions stay, without a name, and so do the cases they shared. What Teams needs to reach somebody stays
too: it holds no words, and without it not even "done" could be said. So do the roles they have now, which say what
they may do and nothing of what they asked; those that ended go, and so does every page they have open.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import col

from storage import (
    cases,
    digest_questions,
    matrix_proposals,
    page_sessions,
    people,
    questions,
    roles,
    surveys,
    tickets_forgetting,
    tool_requests,
    web,
)
from storage.people import KnownAccount
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction

_SETTLED = ("sent", "failed", "unclear", "cancelled")


async def forget_asked(tx: Transaction, person_id: str, now: datetime) -> int:
    """How many questions are nobody's now."""
    accounts = await people.find_accounts(tx, person_id)
    await _forget_cards(tx, person_id, accounts)
    for account in accounts:
        if account.platform == "web":
            await web.forget_user(tx, account.user)
    await digest_questions.forget_person(tx, person_id)
    await tickets_forgetting.forget_person(tx, person_id)
    await cases.forget_person(tx, person_id)
    await surveys.forget_person(tx, person_id)
    await tool_requests.forget_person(tx, person_id)
    await matrix_proposals.forget_person(tx, person_id)
    await roles.forget_person(tx, person_id, now)
    await page_sessions.end_all(tx, person_id)
    return await questions.forget_asker(tx, person_id)


async def _forget_cards(tx: Transaction, person_id: str, accounts: list[KnownAccount]) -> None:
    """An answer's buttons name its question, and its place is this person's chat. What waits is still sent."""
    chats = []
    for account in accounts:
        for chat in ((account.direct or {}).get("id"), f"@{account.user}"):
            if chat:
                prefix = "/".join((account.platform, account.tenant, chat, ""))
                chats.append(col(OutboxRow.place_key).startswith(prefix, autoescape=True))
    theirs = or_(col(OutboxRow.person_id) == person_id, *chats)
    await tx.execute(update(OutboxRow).where(theirs, col(OutboxRow.state).in_(_SETTLED)).values(card=None))
