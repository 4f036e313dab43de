"""Named queries of the web workspace: add or replace a message, a chat's history, what changed, what is unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from storage.database import add_once
from storage.tables.web import WebCounterRow, WebMessageRow, WebReadRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class WebMessage:
    id: int
    place: str
    thread: int | None
    author: str | None
    text: str | None
    card: dict[str, Any] | None
    said_at: datetime
    change: int


_COLUMNS = tuple(col(getattr(WebMessageRow, name)) for name in WebMessage.__slots__)


def _message(row: Sequence[Any]) -> WebMessage:
    return WebMessage(*row)


async def _take_number(tx: Transaction) -> int:
    """The next change number; whoever else wants one waits until this transaction ends."""
    query = update(WebCounterRow).values(number=col(WebCounterRow.number) + 1).returning(col(WebCounterRow.number))
    number = (await tx.execute(query)).scalar_one_or_none()
    if number is None:
        await add_once(tx, WebCounterRow, id=1, number=0)
        number = (await tx.execute(query)).scalar_one()
    return int(number)


async def add_message(
    tx: Transaction,
    *,
    key: str,
    place: str,
    said_at: datetime,
    author: str | None = None,
    text: str | None = None,
    card: dict[str, Any] | None = None,
    thread: int | None = None,
) -> int:
    """The message's id; where the key is there already, that of the message it names."""
    known = await find_by_key(tx, key)
    if known is not None:
        return known
    values = {"author": author, "text": text, "card": card, "thread": thread, "said_at": said_at}
    number = await _take_number(tx)
    await add_once(tx, WebMessageRow, key=key, place=place, change=number, **values)
    added = await find_by_key(tx, key)
    assert added is not None
    return added


async def replace_card(tx: Transaction, id: int, card: dict[str, Any]) -> bool:
    """Another card in the same message of Prompt Club; False where there is no such message (any more)."""
    number = await _take_number(tx)
    query = (
        update(WebMessageRow)
        .where(col(WebMessageRow.id) == id, col(WebMessageRow.author).is_(None))
        .values(card=card, change=number)
    )
    return bool((await tx.execute(query)).rowcount)


async def find_by_key(tx: Transaction, key: str) -> int | None:
    query = select(col(WebMessageRow.id)).where(col(WebMessageRow.key) == key)
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def find_message(tx: Transaction, id: int) -> WebMessage | None:
    row = (await tx.execute(select(*_COLUMNS).where(col(WebMessageRow.id) == id))).first()
    return None if row is None else _message(row)


async def find_history(tx: Transaction, place: str, *, most: int, before: int | None = None) -> list[WebMessage]:
    """The newest messages of a chat with all their answers, oldest first; `before`: only older than that one."""
    mine = col(WebMessageRow.place) == place
    newest = select(col(WebMessageRow.id)).where(mine, col(WebMessageRow.thread).is_(None))
    if before is not None:
        newest = newest.where(col(WebMessageRow.id) < before)
    ids = list((await tx.execute(newest.order_by(col(WebMessageRow.id).desc()).limit(most))).scalars())
    query = select(*_COLUMNS).where(mine, or_(col(WebMessageRow.id).in_(ids), col(WebMessageRow.thread).in_(ids)))
    return [_message(row) for row in await tx.execute(query.order_by(col(WebMessageRow.id)))]


async def newest_change(tx: Transaction) -> int:
    number: int | None = (await tx.execute(select(func.max(col(WebCounterRow.number))))).scalar_one_or_none()
    return number or 0


async def find_changes(tx: Transaction, places: Sequence[str], after: int, most: int) -> list[WebMessage]:
    """What was said or replaced in these chats since change `after`, in that order."""
    query = (
        select(*_COLUMNS)
        .where(col(WebMessageRow.place).in_(places), col(WebMessageRow.change) > after)
        .order_by(col(WebMessageRow.change))
        .limit(most)
    )
    return [_message(row) for row in await tx.execute(query)]


async def mark_read(tx: Transaction, user: str, place: str, message: int) -> None:
    """This person has seen everything here up to that message."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    query = dialect.insert(WebReadRow).values(user=user, place=place, message=message)
    await tx.execute(
        query.on_conflict_do_update(
            index_elements=["user", "place"],
            set_={"message": message},
            where=col(WebReadRow.message) < message,
        )
    )


async def find_unread(tx: Transaction, user: str, places: Sequence[str]) -> set[str]:
    """Chats with something this person has not seen and did not say."""
    read = (
        select(col(WebReadRow.message))
        .where(col(WebReadRow.user) == user, col(WebReadRow.place) == col(WebMessageRow.place))
        .scalar_subquery()
    )
    query = (
        select(col(WebMessageRow.place))
        .distinct()
        .where(
            col(WebMessageRow.place).in_(places),
            or_(col(WebMessageRow.author).is_(None), col(WebMessageRow.author) != user),
            col(WebMessageRow.id) > func.coalesce(read, 0),
        )
    )
    return set((await tx.execute(query)).scalars())


async def forget(tx: Transaction, before: datetime) -> int:
    """Delete what was said before that moment; how many messages."""
    return (await tx.execute(delete(WebMessageRow).where(col(WebMessageRow.said_at) < before))).rowcount


async def forget_user(tx: Transaction, user: str) -> None:
    """All this person said and was told goes; answers of others in their threads stay, as messages of their own."""
    author, thread = col(WebMessageRow.author), col(WebMessageRow.thread)
    started = select(col(WebMessageRow.id)).where(author == user)
    await tx.execute(delete(WebMessageRow).where(thread.in_(started), author.is_(None)))
    await tx.execute(update(WebMessageRow).where(thread.in_(started), author != user).values(thread=None))
    await tx.execute(delete(WebMessageRow).where(or_(author == user, col(WebMessageRow.place) == f"dm:{user}")))
