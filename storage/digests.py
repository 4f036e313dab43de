"""Named queries of digests: one draft a channel a week, its lines, and settling it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.digests import DigestConsentRow, DigestLineRow, DigestRow
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction

OPEN = ("draft", "held")
_DONE = ("sent", "empty")


@dataclass(frozen=True, slots=True)
class Digest:
    """The post of one channel in one week."""

    id: str
    channel: str
    week: str
    posted_in: str | None
    language: str
    state: str
    version: int
    since: datetime
    made_at: datetime
    due_at: datetime
    good_until: datetime
    more: Mapping[str, int]
    card: dict[str, Any] | None
    outbox_key: str | None
    settled_at: datetime | None
    settled_by: str | None
    reported_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Nothing has become of it yet."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft, as the editors left it."""

    id: str
    section: str
    ref: str
    number: int
    text: str
    figures: Mapping[str, int] | None = None
    reworded: str | None = None
    dropped: bool = False
    pinned: bool = False
    changed_in: int = 0
    changed_by: str | None = None

    @property
    def words(self) -> str:
        return self.reworded or self.text


_digests, _lines = table_of(DigestRow).c, table_of(DigestLineRow).c
_DIGEST = select(*(getattr(_digests, name) for name in Digest.__slots__))
_LINE = select(*(getattr(_lines, name) for name in Line.__slots__))
_outbox = table_of(OutboxRow).c
_NEVER_ARRIVED = (
    select(_outbox.id)
    .where(_outbox.key == _digests.outbox_key, _outbox.state.in_(("failed", "cancelled")))
    .correlate(table_of(DigestRow))
    .exists()
)
"""The platform refused it, or was away until it was too late: nobody read it."""


async def add(tx: Transaction, *, channel: str, week: str, seen: Mapping[str, Any], **values: Any) -> str | None:
    """The new draft's id; None where this channel has one for this week already, whatever became of it."""
    id = uuid4().hex
    row = {"id": id, "channel": channel, "week": week, "state": "draft", "version": 1, "seen": dict(seen)}
    return id if await add_once(tx, DigestRow, **row, **values) else None


async def lock(tx: Transaction, id: str) -> Digest | None:
    """Held until the transaction ends: two editors and the clock take turns."""
    return await _lock(tx, col(DigestRow.id) == id)


async def lock_week(tx: Transaction, channel: str, week: str) -> Digest | None:
    return await _lock(tx, col(DigestRow.channel) == channel, col(DigestRow.week) == week)


async def _lock(tx: Transaction, *where: ColumnElement[bool]) -> Digest | None:
    found = (await tx.execute(_DIGEST.where(*where).with_for_update())).first()
    return Digest(*found) if found else None


async def find_open(tx: Transaction, channel: str, now: datetime) -> Digest | None:
    """The first that can still be posted."""
    query = _DIGEST.where(_digests.channel == channel, _digests.state.in_(OPEN), _digests.good_until >= now)
    found = (await tx.execute(query.order_by(_digests.week).limit(1))).first()
    return Digest(*found) if found else None


async def make_anew(
    tx: Transaction, id: str, *, made_at: datetime, seen: Mapping[str, Any], more: Mapping[str, int]
) -> None:
    """It tells until now."""
    query = update(DigestRow).where(col(DigestRow.id) == id, col(DigestRow.state).in_(OPEN))
    await tx.execute(query.values(made_at=made_at, seen=dict(seen), more=dict(more)))


async def find_last(tx: Transaction, channel: str) -> tuple[datetime, dict[str, Any]] | None:
    """Until when the newest post of this channel told, and which rows of the matrix it knew."""
    query = (
        select(_digests.made_at, _digests.seen)
        .where(_digests.channel == channel, _digests.state.in_(_DONE), ~_NEVER_ARRIVED)
        .order_by(_digests.made_at.desc())
        .limit(1)
    )
    found = (await tx.execute(query)).first()
    return (found[0], found[1]) if found else None


async def find_sent(
    tx: Transaction, *, channel: str | None = None, week: str | None = None, most: int = 60
) -> list[Digest]:
    """What was posted, newest week first."""
    query = _DIGEST.where(_digests.state == "sent", ~_NEVER_ARRIVED)
    if channel is not None:
        query = query.where(_digests.channel == channel)
    if week is not None:
        query = query.where(_digests.week == week)
    rows = await tx.execute(query.order_by(_digests.week.desc(), _digests.settled_at, _digests.id).limit(most))
    return [Digest(*row) for row in rows]


async def find_weeks(tx: Transaction, most: int = 160) -> list[str]:
    """The weeks in which something was posted, newest first."""
    query = select(_digests.week).where(_digests.state == "sent", ~_NEVER_ARRIVED).distinct()
    return list((await tx.execute(query.order_by(_digests.week.desc()).limit(most))).scalars())


async def was_posted_in(tx: Transaction, channel: str, week: str) -> bool:
    """Whether this channel got a post in that ISO week, whichever week's it was."""
    query = select(_digests.id).where(_digests.channel == channel, _digests.posted_in == week).limit(1)
    return (await tx.execute(query)).first() is not None


# ---------------------------------------------------------------- lines


async def save_lines(tx: Transaction, digest_id: str, found: Sequence[Line]) -> None:
    """What was found now. Lines that were there keep what editors did to them; one that is no longer found, and
    that nobody touched, goes."""
    there = {(line.section, line.ref): line for line in await find_lines(tx, digest_id)}
    for line in found:
        old = there.pop((line.section, line.ref), None)
        if old is None:
            await add_line(tx, digest_id, line)
        else:
            await change_line(
                tx, digest_id, old.id, text=line.text, number=line.number, figures=_plain(line.figures)
            )
    for line in there.values():
        if not (line.pinned or line.dropped or line.changed_by):
            await take_out(tx, digest_id, line.section, line.ref)


async def add_line(tx: Transaction, digest_id: str, line: Line) -> bool:
    """A new line, whatever its id says. False where its section has one about this already."""
    row = {name: getattr(line, name) for name in Line.__slots__}
    row |= {"id": uuid4().hex, "digest_id": digest_id, "figures": _plain(line.figures)}
    return await add_once(tx, DigestLineRow, **row)


def _plain(figures: Mapping[str, int] | None) -> dict[str, int] | None:
    return None if figures is None else dict(figures)


async def find_lines(tx: Transaction, digest_id: str) -> list[Line]:
    """In the order in which they were found."""
    query = _LINE.where(_lines.digest_id == digest_id).order_by(_lines.number, _lines.id)
    return [Line(*row) for row in await tx.execute(query)]


async def change_line(tx: Transaction, digest_id: str, line_id: str, **values: Any) -> None:
    """Only what is named: dropping a line leaves another editor's words as they are."""
    query = update(DigestLineRow).where(col(DigestLineRow.id) == line_id, col(DigestLineRow.digest_id) == digest_id)
    await tx.execute(query.values(**values))


async def take_out(tx: Transaction, digest_id: str, section: str, ref: str) -> None:
    query = delete(DigestLineRow).where(
        col(DigestLineRow.digest_id) == digest_id,
        col(DigestLineRow.section) == section,
        col(DigestLineRow.ref) == ref,
    )
    await tx.execute(query)


# ---------------------------------------------------------------- what becomes of it


async def note_change(tx: Transaction, digest_id: str) -> None:
    """One version further."""
    query = update(DigestRow).where(col(DigestRow.id) == digest_id)
    await tx.execute(query.values(version=col(DigestRow.version) + 1))


async def hold(tx: Transaction, digest_id: str, *, held: bool, by: str) -> None:
    query = update(DigestRow).where(col(DigestRow.id) == digest_id, col(DigestRow.state).in_(OPEN))
    await tx.execute(
        query.values(state="held" if held else "draft", settled_by=by if held else None, reported_at=None)
    )


async def settle(
    tx: Transaction,
    digest_id: str,
    state: str,
    now: datetime,
    *,
    posted_in: str | None = None,
    card: dict[str, Any] | None = None,
    outbox_key: str | None = None,
    by: str | None = None,
) -> bool:
    """sent, empty or lapsed; False where it was settled before. Two posts of a channel in one ISO week break a
    constraint, and with it the whole transaction."""
    values = {"state": state, "posted_in": posted_in, "card": card, "outbox_key": outbox_key}
    query = (
        update(DigestRow)
        .where(col(DigestRow.id) == digest_id, col(DigestRow.state).in_(OPEN))
        .values(**values, settled_at=now, settled_by=by)
    )
    return bool((await tx.execute(query)).rowcount)


async def note_reported(tx: Transaction, digest_id: str, now: datetime) -> None:
    await tx.execute(update(DigestRow).where(col(DigestRow.id) == digest_id).values(reported_at=now))


async def lapse(tx: Transaction, channel: str, now: datetime) -> list[Digest]:
    """What can no longer be posted, now lapsed."""
    late = (_digests.channel == channel, _digests.state.in_(OPEN), _digests.good_until < now)
    lapsed = [Digest(*row) for row in await tx.execute(_DIGEST.where(*late).with_for_update())]
    for digest in lapsed:
        await settle(tx, digest.id, "lapsed", now, by=digest.settled_by)
    return lapsed


# ---------------------------------------------------------------- keeping no longer


async def forget(tx: Transaction, *, lines_before: datetime, before: datetime) -> int:
    """Lines and consents of weeks long gone, and posts older still; how many posts that ends."""
    old = select(_digests.id).where(_digests.good_until < lines_before)
    await tx.execute(delete(DigestLineRow).where(col(DigestLineRow.digest_id).in_(old)))
    await tx.execute(delete(DigestConsentRow).where(col(DigestConsentRow.digest_id).in_(old)))
    ended = delete(DigestRow).where(col(DigestRow.good_until) < before)
    return (await tx.execute(ended)).rowcount
