"""Named queries of people: find or make somebody by account, tie accounts by e-mail, where to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.prepared import Prepared
from storage.tables import metadata
from storage.tables.people import AccountRow, PersonRow
from storage.tables.register import AliasRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: str
    name: str
    email: str | None
    language: str | None
    time_zone: str | None
    account_id: str
    profiled_at: datetime | None
    """When the platform was last asked for name and e-mail; None: never."""
    last_spoke_at: datetime | None
    direct: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform tells of an account."""

    name: str | None = None
    email: str | None = None
    time_zone: str | None = None


_people, _accounts = table_of(PersonRow).c, table_of(AccountRow).c
_FIND_PERSON = Prepared(
    select(
        _people.id,
        _people.name,
        _people.email,
        _people.language,
        _people.time_zone,
        _accounts.id,
        _accounts.profiled_at,
        _accounts.last_spoke_at,
        _accounts.direct,
    )
    .select_from(table_of(AccountRow).join(table_of(PersonRow), _accounts.person_id == _people.id))
    .where(
        _accounts.platform == bindparam("platform"),
        _accounts.tenant == bindparam("tenant"),
        _accounts.user == bindparam("user"),
    )
)


async def find_person(tx: Transaction, platform: str, tenant: str, user: str) -> KnownPerson | None:
    rows = await _FIND_PERSON.rows(tx, platform=platform, tenant=tenant, user=user)
    return KnownPerson(*rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody to remind: in their language, at their time."""

    id: str
    name: str
    email: str | None
    language: str | None
    time_zone: str | None
    paused_until: datetime | None


async def lock_reminded(tx: Transaction, person_id: str) -> Reminded:
    """Locked until the transaction ends: two replicas remind nobody at once."""
    query = (
        select(
            col(PersonRow.id),
            col(PersonRow.name),
            col(PersonRow.email),
            col(PersonRow.language),
            col(PersonRow.time_zone),
            col(PersonRow.nudges_paused_until),
        )
        .where(col(PersonRow.id) == person_id)
        .with_for_update()
    )
    return Reminded(*(await tx.execute(query)).one())


async def find_email(tx: Transaction, person_id: str) -> str | None:
    email: str | None = (
        await tx.execute(select(col(PersonRow.email)).where(col(PersonRow.id) == person_id))
    ).scalar_one_or_none()
    return email


async def find_pause(tx: Transaction, person_id: str) -> datetime | None:
    query = select(col(PersonRow.nudges_paused_until)).where(col(PersonRow.id) == person_id)
    until: datetime | None = (await tx.execute(query)).scalar_one_or_none()
    return until


async def pause_nudges(tx: Transaction, person_id: str, until: datetime | None) -> None:
    """No reminders before `until`; None: from now on again."""
    await tx.execute(update(PersonRow).where(col(PersonRow.id) == person_id).values(nudges_paused_until=until))


@dataclass(frozen=True, slots=True)
class Addressee:
    id: str
    language: str | None
    name: str


_ADDRESSEE = select(_people.id, _people.language, _people.name)


async def find_by_email(tx: Transaction, email: str) -> Addressee | None:
    row = (await tx.execute(_ADDRESSEE.where(_people.email == email.lower()))).first()
    return None if row is None else Addressee(*row)


async def find_by_id(tx: Transaction, person_id: str) -> Addressee | None:
    row = (await tx.execute(_ADDRESSEE.where(_people.id == person_id))).first()
    return None if row is None else Addressee(*row)


async def get_or_add_person(tx: Transaction, platform: str, tenant: str, user: str, now: datetime) -> KnownPerson:
    """The person behind the account; a new person without a name for an account never seen."""
    known = await find_person(tx, platform, tenant, user)
    if known is not None:
        return known
    person_id = uuid4().hex
    await add_once(tx, PersonRow, id=person_id, name="", created_at=now)
    added = await add_once(
        tx, AccountRow, id=uuid4().hex, platform=platform, tenant=tenant, user=user, person_id=person_id
    )
    if not added:  # another replica met this account a moment ago
        await tx.execute(delete(PersonRow).where(col(PersonRow.id) == person_id))
    known = await find_person(tx, platform, tenant, user)
    assert known is not None
    return known


async def save_profile(tx: Transaction, person: KnownPerson, profile: Profile, now: datetime) -> KnownPerson:
    """Keep what the platform told; where the e-mail is somebody we know, the account becomes theirs."""
    await tx.execute(update(AccountRow).where(col(AccountRow.id) == person.account_id).values(profiled_at=now))
    email = profile.email.strip().lower() if profile.email else None
    owner_id = person.id
    if email and email != person.email:
        other = await _find_owner(tx, email)
        if other is not None and other.id != person.id:
            await merge_people(tx, keep=other.id, drop=person.id)
            owner_id = other.id
        email = other.email if other is not None else email
    told = {
        "name": profile.name[:200] if profile.name else None,
        "email": email,
        "time_zone": profile.time_zone,
    }
    values = {key: value for key, value in told.items() if value}
    if values:
        await tx.execute(update(PersonRow).where(col(PersonRow.id) == owner_id).values(**values))
    query = select(col(AccountRow.platform), col(AccountRow.tenant), col(AccountRow.user)).where(
        col(AccountRow.id) == person.account_id
    )
    account = (await tx.execute(query)).one()
    known = await find_person(tx, *account)
    assert known is not None
    return known


@dataclass(frozen=True, slots=True)
class _Owner:
    id: str
    email: str | None


_aliases = table_of(AliasRow)
_OWNER = select(_people.id, _people.email)


async def _find_owner(tx: Transaction, email: str) -> _Owner | None:
    """Whose address this is, as their own or as another one in the register."""
    found = (await tx.execute(_OWNER.where(_people.email == email))).first()
    if found is None:
        theirs = _OWNER.join(_aliases, _aliases.c.person_id == _people.id)
        found = (await tx.execute(theirs.where(_aliases.c.email == email))).first()
    return None if found is None else _Owner(*found)


async def merge_people(tx: Transaction, *, keep: str, drop: str) -> None:
    """Everything that points to `drop` points to `keep` from now on, in whatever table; `drop` is gone."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "people" for key in column.foreign_keys):
                await tx.execute(update(table).where(column == drop).values({column.name: keep}))
    await tx.execute(delete(PersonRow).where(col(PersonRow.id) == drop))


async def note_spoke(tx: Transaction, account_id: str, now: datetime, direct: dict[str, Any] | None = None) -> None:
    """Remember that this account is the one the person uses now, and its one-to-one chat where it is known."""
    values: dict[str, Any] = {"last_spoke_at": now}
    if direct is not None:
        values["direct"] = direct
    await tx.execute(update(AccountRow).where(col(AccountRow.id) == account_id).values(**values))


async def find_language(tx: Transaction, person_id: str) -> str | None:
    """As they chose it."""
    query = select(col(PersonRow.language)).where(col(PersonRow.id) == person_id)
    return (await tx.execute(query)).scalar_one_or_none()


async def find_direct_place(tx: Transaction, person_id: str) -> dict[str, Any] | None:
    """Where to reach somebody who did not just ask: the account they last spoke with."""
    query = (
        select(AccountRow)
        .where(col(AccountRow.person_id) == person_id)
        .order_by(col(AccountRow.last_spoke_at).desc().nulls_last(), col(AccountRow.id))
        .limit(1)
    )
    account = (await tx.execute(query)).first()
    if account is None:
        return None
    known: dict[str, Any] | None = account.direct
    return known or {
        "platform": account.platform,
        "tenant": account.tenant,
        "id": "",
        "kind": "direct",
        "user": account.user,
    }


@dataclass(frozen=True, slots=True)
class KnownAccount:
    platform: str
    tenant: str
    user: str
    direct: dict[str, Any] | None


async def find_accounts(tx: Transaction, person_id: str) -> list[KnownAccount]:
    """All platforms somebody is known on."""
    columns = (getattr(_accounts, name) for name in KnownAccount.__slots__)
    query = select(*columns).where(_accounts.person_id == person_id).order_by(_accounts.platform, _accounts.id)
    return [KnownAccount(*row) for row in await tx.execute(query)]


async def choose_language(tx: Transaction, person_id: str, language: str | None) -> None:
    await tx.execute(update(PersonRow).where(col(PersonRow.id) == person_id).values(language=language))


async def welcome_once(tx: Transaction, person_id: str, now: datetime) -> bool:
    """True the first time only."""
    query = (
        update(PersonRow)
        .where(col(PersonRow.id) == person_id, col(PersonRow.welcomed_at).is_(None))
        .values(welcomed_at=now)
    )
    return bool((await tx.execute(query)).rowcount)
