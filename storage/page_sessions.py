"""Named queries of personal links to pages and of the sessions they become.

A secret is 256 random bits that only the person has; here lies its hash. A link is used up by the press that opens
it, and the session gets a secret of its own, so that neither can be guessed, used again or chosen by somebody else.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from storage.tables.page_sessions import PageLinkRow, PageSessionRow
from storage.tables.people import PersonRow
from storage.transaction import Transaction

LINK_TIME = timedelta(minutes=10)
SESSION_TIME = timedelta(hours=8)
_SECRET_BYTES = 32
_OUR_PATH = re.compile(r"/(?!/)[^\s\\]*")
"""A browser reads `//` and `/\\` as the address of another site."""


@dataclass(frozen=True, slots=True)
class Link:
    person_id: str
    path: str
    usable: bool
    """Neither used nor expired."""


@dataclass(frozen=True, slots=True)
class Entered:
    secret: str
    """Of the new session."""
    path: str


@dataclass(frozen=True, slots=True)
class Looking:
    """The person behind a session."""

    person_id: str
    language: str | None
    time_zone: str | None


async def make_link(tx: Transaction, person_id: str, path: str, now: datetime) -> str:
    """The secret of a new link to a page of ours (`/deliveries`)."""
    if not _OUR_PATH.fullmatch(path):
        raise ValueError(f"a link leads to a page of ours, not to {path!r}")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = {"hash": _hash(secret), "person_id": person_id, "path": path, "expires_at": now + LINK_TIME}
    await tx.execute(insert(PageLinkRow).values(**row))
    return secret


async def find_link(tx: Transaction, secret: str, now: datetime) -> Link | None:
    """Looks only: what previews links by opening them uses none up."""
    query = select(PageLinkRow).where(col(PageLinkRow.hash) == _hash(secret))
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    return Link(row.person_id, row.path, usable=row.used_at is None and row.expires_at > now)


async def enter(tx: Transaction, secret: str, now: datetime) -> Entered | None:
    """Use the link up and begin a session; None for one that was used, has expired or never was."""
    use = (
        update(PageLinkRow)
        .where(
            col(PageLinkRow.hash) == _hash(secret),
            col(PageLinkRow.used_at).is_(None),
            col(PageLinkRow.expires_at) > now,
        )
        .values(used_at=now)
    )
    link = (await tx.execute(use.returning(col(PageLinkRow.person_id), col(PageLinkRow.path)))).first()
    if link is None:
        return None
    begun = secrets.token_urlsafe(_SECRET_BYTES)
    row = {"hash": _hash(begun), "person_id": link.person_id, "expires_at": now + SESSION_TIME}
    await tx.execute(insert(PageSessionRow).values(**row))
    return Entered(begun, link.path)


async def find_looking(tx: Transaction, secret: str, now: datetime) -> Looking | None:
    query = (
        select(col(PersonRow.id), col(PersonRow.language), col(PersonRow.time_zone))
        .join_from(PageSessionRow, PersonRow, col(PageSessionRow.person_id) == col(PersonRow.id))
        .where(col(PageSessionRow.hash) == _hash(secret), col(PageSessionRow.expires_at) > now)
    )
    row = (await tx.execute(query)).first()
    return None if row is None else Looking(*row)


async def end_all(tx: Transaction, person_id: str) -> int:
    """Close every page this person has open and every link they have; how many sessions."""
    await tx.execute(delete(PageLinkRow).where(col(PageLinkRow.person_id) == person_id))
    ended = delete(PageSessionRow).where(col(PageSessionRow.person_id) == person_id)
    return (await tx.execute(ended)).rowcount


async def forget(tx: Transaction, now: datetime) -> int:
    """Delete links and sessions that have expired; how many."""
    links = await tx.execute(delete(PageLinkRow).where(col(PageLinkRow.expires_at) <= now))
    sessions = await tx.execute(delete(PageSessionRow).where(col(PageSessionRow.expires_at) <= now))
    return links.rowcount + sessions.rowcount


def _hash(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()
