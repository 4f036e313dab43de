"""Named queries of Teams' conversation references: remember, find, forget."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import col

from storage.database import add_once
from storage.tables.teams import TeamsConversationRow, TeamsPersonRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class TeamsConversation:
    """Everything needed to say something in a conversation without being spoken to first."""

    id: str
    tenant: str
    kind: str
    service_url: str
    bot: str


@dataclass(frozen=True, slots=True)
class TeamsPerson:
    tenant: str
    user: str
    direct: str | None
    met_in: str
    time_zone: str | None


_CONVERSATION = tuple(col(getattr(TeamsConversationRow, name)) for name in TeamsConversation.__slots__)
_PERSON = tuple(col(getattr(TeamsPersonRow, name)) for name in TeamsPerson.__slots__)


async def remember_conversation(tx: Transaction, conversation: TeamsConversation, now: datetime) -> None:
    """Keep the newest address of a conversation; Teams moves service addresses now and then."""
    values = asdict(conversation)
    id = values.pop("id")
    query = update(TeamsConversationRow).where(col(TeamsConversationRow.id) == id).values(**values, seen_at=now)
    if not (await tx.execute(query)).rowcount:
        await add_once(tx, TeamsConversationRow, id=id, **values, seen_at=now)


async def remember_person(tx: Transaction, person: TeamsPerson, now: datetime) -> None:
    """Keep where a colleague was met; what is not known now (None) stays as it was."""
    values = {name: value for name, value in asdict(person).items() if value is not None}
    tenant, user = values.pop("tenant"), values.pop("user")
    query = (
        update(TeamsPersonRow)
        .where(col(TeamsPersonRow.tenant) == tenant, col(TeamsPersonRow.user) == user)
        .values(**values, seen_at=now)
    )
    if not (await tx.execute(query)).rowcount:
        await add_once(tx, TeamsPersonRow, tenant=tenant, user=user, **values, seen_at=now)


async def find_conversation(tx: Transaction, id: str) -> TeamsConversation | None:
    row = (await tx.execute(select(*_CONVERSATION).where(col(TeamsConversationRow.id) == id))).first()
    return None if row is None else TeamsConversation(*row)


async def find_newest_conversation(tx: Transaction, tenant: str) -> TeamsConversation | None:
    """Any conversation of this tenant (of any, where it is not known): its address serves the others too."""
    query = select(*_CONVERSATION).order_by(col(TeamsConversationRow.seen_at).desc()).limit(1)
    if tenant:
        query = query.where(col(TeamsConversationRow.tenant) == tenant)
    row = (await tx.execute(query)).first()
    return None if row is None else TeamsConversation(*row)


async def find_teams_person(tx: Transaction, tenant: str, user: str) -> TeamsPerson | None:
    query = select(*_PERSON).where(col(TeamsPersonRow.tenant) == tenant, col(TeamsPersonRow.user) == user)
    row = (await tx.execute(query)).first()
    return None if row is None else TeamsPerson(*row)


async def forget_conversation(tx: Transaction, id: str) -> None:
    """The bot was removed there: nothing can be sent to it any more."""
    await tx.execute(delete(TeamsConversationRow).where(col(TeamsConversationRow.id) == id))
    await tx.execute(update(TeamsPersonRow).where(col(TeamsPersonRow.direct) == id).values(direct=None))


async def forget_teams_person(tx: Transaction, tenant: str, user: str) -> None:
    """Part of erasing somebody."""
    known = await find_teams_person(tx, tenant, user)
    if known is not None and known.direct is not None:
        await forget_conversation(tx, known.direct)
    query = delete(TeamsPersonRow).where(col(TeamsPersonRow.tenant) == tenant, col(TeamsPersonRow.user) == user)
    await tx.execute(query)


async def forget(tx: Transaction, before: datetime) -> int:
    """Delete what was last seen before that moment; how many rows."""
    conversations = delete(TeamsConversationRow).where(col(TeamsConversationRow.seen_at) < before)
    met = delete(TeamsPersonRow).where(col(TeamsPersonRow.seen_at) < before)
    return int((await tx.execute(conversations)).rowcount) + int((await tx.execute(met)).rowcount)
