"""A look behind the scenes that every platform's stage needs: is anything under way, and what became of it?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlmodel import col

from bot.app import App
from bot.model.cards import Card
from bot.model.events import Place
from storage import outbox
from storage.tables.inbox import InboxRow
from storage.tables.outbox import OutboxRow


async def settle(app: App) -> None:
    """Until nothing is waiting to be handled or sent."""
    for _ in range(600):
        if not await _count_waiting(app):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("still waiting after twelve seconds")


async def find_deliveries(app: App) -> list[tuple[str, str | None]]:
    """State and reason of every outbox row, oldest first."""
    await settle(app)
    async with app.database.reading() as tx:
        rows = await tx.execute(select(col(OutboxRow.state), col(OutboxRow.reason)).order_by(col(OutboxRow.id)))
        return [(state, reason) for state, reason in rows.all()]


async def put_out(app: App, place: Place, card: Card, *, kind: str = "notice", replaces: str | None = None) -> None:
    """A message that nobody asked for, as a turn leaves it behind."""
    async with app.database.transaction() as tx:
        await outbox.add(
            tx,
            key=outbox.new_key(),
            kind=kind,
            place=place.model_dump(mode="json"),
            place_key=place.key,
            card=card.model_dump(mode="json"),
            due_at=datetime.now(UTC),
            replaces=replaces,
        )
    app.outbox.wake()


async def _count_waiting(app: App) -> int:
    waiting = ("waiting", "sending")
    async with app.database.reading() as tx:
        accepted = select(func.count()).where(col(InboxRow.state) == "waiting")
        outgoing = select(func.count()).where(col(OutboxRow.state).in_(waiting))
        return int((await tx.execute(accepted)).scalar_one() + (await tx.execute(outgoing)).scalar_one())
