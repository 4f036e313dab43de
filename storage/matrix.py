"""Named queries of the living matrix: what is in force, every version of it, and what a file says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.matrix import MatrixDifferenceRow, MatrixStateRow, MatrixVersionRow
from storage.transaction import Transaction

Key = tuple[str, str]
"""kind and id."""
_FEW = 5
"""Up to so many it is quicker to end what stood one by one than to list all that stands."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Version:
    """What one row, tool or principle says or said."""

    revision: int
    kind: str
    ref: str
    version: int
    content: dict[str, Any] | None
    hash: str
    source: str
    since: datetime
    ended: datetime | None
    by: str | None
    why: str
    proposal_id: str | None
    ticket_id: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force, without what it says."""

    revision: int
    version: int
    hash: str
    source: str


@dataclass(frozen=True, slots=True)
class NewVersion:
    kind: str
    ref: str
    version: int
    content: dict[str, Any] | None
    hash: str
    source: str
    since: datetime
    task: str = ""
    words: str = ""
    by: str | None = None
    why: str = ""
    proposal_id: str | None = None
    ticket_id: str | None = None


_versions = table_of(MatrixVersionRow).c
_VERSION = select(*(getattr(_versions, name) for name in Version.__slots__))
_IN_FORCE = _versions.ended.is_(None)


async def find_revision(tx: Transaction) -> int:
    """The newest; 0 before there is anything."""
    found = (await tx.execute(select(col(MatrixStateRow.revision)).where(col(MatrixStateRow.id) == 1))).scalar()
    return int(found or 0)


async def lock(tx: Transaction) -> int:
    """One writer at a time, so that a higher revision never commits before a lower one."""
    await add_once(tx, MatrixStateRow, id=1, revision=0)
    query = select(col(MatrixStateRow.revision)).where(col(MatrixStateRow.id) == 1).with_for_update()
    return int((await tx.execute(query)).scalar_one())


async def touch(tx: Transaction) -> int:
    """A new revision without a version: something else that replicas look at has changed."""
    revision = await lock(tx) + 1
    await _save_revision(tx, revision)
    return revision


async def _save_revision(tx: Transaction, revision: int) -> None:
    await tx.execute(update(MatrixStateRow).where(col(MatrixStateRow.id) == 1).values(revision=revision))


async def add_versions(tx: Transaction, versions: Sequence[NewVersion], now: datetime) -> int:
    """In force from the commit on, in the place of what was; the newest revision."""
    revision = await lock(tx)
    known = await list_standing(tx) if len(versions) > _FEW else None
    for start in range(0, len(versions), _BATCH):
        batch = versions[start : start + _BATCH]
        rows = []
        for one in batch:
            revision += 1
            if known is None or (one.kind, one.ref) in known:
                await _end(tx, one.kind, one.ref, now)
            rows.append({name: getattr(one, name) for name in NewVersion.__slots__} | {"revision": revision})
        await tx.execute(insert(table_of(MatrixVersionRow)), rows)
    await _save_revision(tx, revision)
    return revision


async def _end(tx: Transaction, kind: str, ref: str, now: datetime) -> None:
    query = update(MatrixVersionRow).where(col(MatrixVersionRow.kind) == kind, col(MatrixVersionRow.ref) == ref)
    await tx.execute(query.where(col(MatrixVersionRow.ended).is_(None)).values(ended=now))


async def find_changed(tx: Transaction, after: int) -> list[Version]:
    """What came into force after this revision, oldest first."""
    query = _VERSION.where(_versions.revision > after, _IN_FORCE).order_by(_versions.revision)
    return [Version(*row) for row in await tx.execute(query)]


async def list_standing(tx: Transaction) -> dict[Key, Standing]:
    columns = (
        _versions.kind,
        _versions.ref,
        _versions.revision,
        _versions.version,
        _versions.hash,
        _versions.source,
    )
    rows = await tx.execute(select(*columns).where(_IN_FORCE))
    return {(kind, ref): Standing(*rest) for kind, ref, *rest in rows}


async def list_said_before(tx: Transaction) -> dict[Key, set[str]]:
    """Of what people changed: the hashes of everything it ever said, so that a file that lags behind is no news."""
    changed = select(_versions.kind, _versions.ref).where(_IN_FORCE, _versions.source != "file").subquery()
    query = select(_versions.kind, _versions.ref, _versions.hash).join(
        changed, and_(changed.c.kind == _versions.kind, changed.c.ref == _versions.ref)
    )
    said: dict[Key, set[str]] = {}
    for kind, ref, hash in await tx.execute(query):
        said.setdefault((kind, ref), set()).add(hash)
    return said


# ---------------------------------------------------------------- one thing, and its history


async def find_version(tx: Transaction, kind: str, ref: str) -> Version | None:
    """The one in force; it may say that the thing was taken out."""
    row = (await tx.execute(_VERSION.where(_versions.kind == kind, _versions.ref == ref, _IN_FORCE))).first()
    return Version(*row) if row else None


async def find_saying(tx: Transaction, kind: str, text: str) -> list[Version]:
    """Those in force in which these words stand somewhere."""
    said = _versions.words.contains(text.lower(), autoescape=True)
    rows = await tx.execute(_VERSION.where(_versions.kind == kind, _IN_FORCE, said).limit(20))
    return [Version(*row) for row in rows]


async def find_by_revision(tx: Transaction, revision: int) -> Version | None:
    row = (await tx.execute(_VERSION.where(_versions.revision == revision))).first()
    return Version(*row) if row else None


async def find_before(tx: Transaction, version: Version) -> Version | None:
    """What it took the place of."""
    query = _VERSION.where(
        _versions.kind == version.kind, _versions.ref == version.ref, _versions.revision < version.revision
    )
    row = (await tx.execute(query.order_by(_versions.revision.desc()).limit(1))).first()
    return Version(*row) if row else None


async def list_history(tx: Transaction, kind: str, ref: str, most: int = 50) -> list[Version]:
    """The newest first."""
    query = _VERSION.where(_versions.kind == kind, _versions.ref == ref)
    rows = await tx.execute(query.order_by(_versions.revision.desc()).limit(most))
    return [Version(*row) for row in rows]


async def list_newest(tx: Transaction, most: int = 50) -> list[Version]:
    """Of all kinds, the newest first."""
    rows = await tx.execute(_VERSION.order_by(_versions.revision.desc()).limit(most))
    return [Version(*row) for row in rows]


# ---------------------------------------------------------------- the whole, on a day


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the matrix or the register to look at."""

    kind: str
    at: datetime | None = None
    """As it was then; None: in force."""
    task: str = ""
    words: str = ""


def _matching(wanted: Wanted) -> ColumnElement[bool]:
    parts = [_versions.kind == wanted.kind, _versions.hash != _NOTHING]
    parts.append(_IN_FORCE if wanted.at is None else _held_at(wanted.at))
    if wanted.task:
        parts.append(_versions.task == wanted.task)
    parts += [_versions.words.contains(word, autoescape=True) for word in wanted.words.lower().split()[:8]]
    return and_(*parts)


_NOTHING = ""
"""The hash of what was taken out."""


def _held_at(at: datetime) -> ColumnElement[bool]:
    return and_(_versions.since <= at, or_(_IN_FORCE, _versions.ended > at))


def page_query(wanted: Wanted, *, skip: int, most: int) -> Select[Any]:
    return _VERSION.where(_matching(wanted)).order_by(_versions.task, _versions.ref).offset(skip).limit(most)


async def find_page(tx: Transaction, wanted: Wanted, *, skip: int, most: int) -> list[Version]:
    """By task and id."""
    return [Version(*row) for row in await tx.execute(page_query(wanted, skip=skip, most=most))]


async def count(tx: Transaction, wanted: Wanted) -> int:
    query = select(func.count()).select_from(table_of(MatrixVersionRow)).where(_matching(wanted))
    return int((await tx.execute(query)).scalar_one())


async def list_tasks(tx: Transaction, kind: str) -> list[str]:
    query = select(_versions.task).where(_versions.kind == kind, _IN_FORCE, _versions.hash != _NOTHING).distinct()
    return list((await tx.execute(query.order_by(_versions.task))).scalars())


# ---------------------------------------------------------------- what a file says otherwise


@dataclass(frozen=True, slots=True)
class Difference:
    kind: str
    ref: str
    hash: str
    content: dict[str, Any] | None
    found_at: datetime
    state: str


_differences = table_of(MatrixDifferenceRow).c
_DIFFERENCE = select(*(getattr(_differences, name) for name in Difference.__slots__))
_UNSETTLED = ("new", "open")


async def note_differences(
    tx: Transaction, found: Mapping[Key, tuple[str, dict[str, Any] | None]], now: datetime
) -> None:
    """Each once, by the hash of what the file says; one that the file no longer says is gone."""
    for (kind, ref), (hash, content) in found.items():
        row = {"kind": kind, "ref": ref, "hash": hash, "content": content, "found_at": now, "state": "new"}
        if not await add_once(tx, MatrixDifferenceRow, **row):
            again = _one_difference(kind, ref, hash).where(col(MatrixDifferenceRow.state) == "gone")
            await tx.execute(again.values(state="new", found_at=now))
    for one in await list_differences(tx):
        if found.get((one.kind, one.ref), ("", None))[0] != one.hash:
            await tx.execute(_one_difference(one.kind, one.ref, one.hash).values(state="gone"))


def _one_difference(kind: str, ref: str, hash: str) -> Any:
    return update(MatrixDifferenceRow).where(
        col(MatrixDifferenceRow.kind) == kind,
        col(MatrixDifferenceRow.ref) == ref,
        col(MatrixDifferenceRow.hash) == hash,
    )


async def list_differences(tx: Transaction, states: Iterable[str] = _UNSETTLED) -> list[Difference]:
    query = _DIFFERENCE.where(_differences.state.in_(tuple(states)))
    rows = await tx.execute(query.order_by(_differences.found_at, _differences.kind, _differences.ref))
    return [Difference(*row) for row in rows]


async def note_told(tx: Transaction, found: Iterable[Difference]) -> None:
    for one in found:
        await tx.execute(_one_difference(one.kind, one.ref, one.hash).values(state="open"))


async def settle_difference(
    tx: Transaction, one: Difference, state: str, now: datetime, by: str | None = None
) -> bool:
    """taken or kept; False where somebody settled it before."""
    query = _one_difference(one.kind, one.ref, one.hash).where(col(MatrixDifferenceRow.state).in_(_UNSETTLED))
    return bool((await tx.execute(query.values(state=state, settled_by=by, settled_at=now))).rowcount)
