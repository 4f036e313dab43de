"""Brings files and database together: what files say anew becomes versions, what the database has is taken over.

The database holds what is in force. Files seed it, and stay the source of whatever no person changed elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.changes import FileNews, find_file_news, search_words, task_of
from knowledge.content import Knowledge
from knowledge.contents import ROW, Content, Held, InForce, Key, fingerprint_of
from storage import matrix, matrix_reviews
from storage.matrix import NewVersion, Standing
from storage.transaction import Transaction

FROM_FILE = "file"


async def take_stock(
    tx: Transaction, file: Mapping[Key, Content], knowledge: Knowledge, now: datetime, *, zone: str = "UTC"
) -> FileNews:
    """Keep what the files say anew. Of many replicas that start at once, one does. `zone`: the organisation's, by
    whose calendar a row holds since a day."""
    await matrix.lock(tx)
    standing = await matrix.list_standing(tx)
    news = find_file_news(file, standing, await matrix.list_said_before(tx))
    if news.take:
        versions = [
            _of_file(key, content, news.hashes.get(key, ""), knowledge, standing, now, zone)
            for key, content in news.take.items()
        ]
        await matrix.add_versions(tx, versions, now)
    found = {(key.kind, key.id): (news.hashes[key], content) for key, content in news.differ.items()}
    await matrix.note_differences(tx, found, now)
    return news


def _of_file(
    key: Key,
    content: Content | None,
    hash: str,
    knowledge: Knowledge,
    standing: Mapping[tuple[str, str], Standing],
    now: datetime,
    zone: str,
) -> NewVersion:
    row = knowledge.find_use_case(key.id) if key.kind == ROW else None
    held = standing.get(key)
    since = now
    if held is None:  # the first we hear of it: it held before there was a database
        since = min(now, _midnight(row.since if row else _oldest(knowledge), zone) or now)
    return NewVersion(
        kind=key.kind,
        ref=key.id,
        version=row.version if row else (held.version + 1 if held else 1),
        content=content,
        hash=hash,
        source=FROM_FILE,
        since=since,
        task=task_of(key.kind, content),
        words=search_words(content or {}),
    )


def make_version(
    kind: str,
    ref: str,
    content: Content,
    standing: Standing | None,
    now: datetime,
    *,
    source: str,
    zone: str = "UTC",
) -> NewVersion:
    """What a person agreed on; `dataclasses.replace` adds who, why and from where. `zone`: the organisation's, by
    whose calendar it holds since a day."""
    version = standing.version + 1 if standing else 1
    if kind == ROW:
        content = {**content, "version": version, "since": now.astimezone(ZoneInfo(zone)).date().isoformat()}
    return NewVersion(
        kind=kind,
        ref=ref,
        version=version,
        content=content,
        hash=fingerprint_of(content),
        source=source,
        since=now,
        task=task_of(kind, content),
        words=search_words(content),
    )


def take_file(kind: str, ref: str, content: Content | None, standing: Standing | None, now: datetime) -> NewVersion:
    """What a file says, chosen by a person: from then on the file is its source again."""
    return NewVersion(
        kind=kind,
        ref=ref,
        version=standing.version + 1 if standing else 1,
        content=content,
        hash=fingerprint_of(content),
        source=FROM_FILE,
        since=now,
        task=task_of(kind, content),
        words=search_words(content or {}),
    )


def _oldest(knowledge: Knowledge) -> date | None:
    return min((row.since for row in knowledge.use_cases if row.since), default=None)


def end_of_day(day: date, zone: str) -> datetime:
    """As people who live there mean it: what held when that day was over."""
    midnight = datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone))
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def _midnight(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC) if day else None


class Followed:
    """What this process knows of the database: asked again, only what is newer is read."""

    def __init__(self) -> None:
        self.revision = -1
        self.in_force: dict[Key, Held] = {}
        self.under_review: frozenset[str] = frozenset()

    async def follow(self, tx: Transaction) -> set[Key] | None:
        """What is new; None where nothing happened at all."""
        revision = await matrix.find_revision(tx)
        if revision == self.revision:
            return None
        new = set()
        for version in await matrix.find_changed(tx, self.revision):
            key = Key(version.kind, version.ref)
            held = Held(version.content, from_file=version.source == FROM_FILE, hash=version.hash)
            self.in_force[key] = held
            new.add(key)
        self.under_review = await matrix_reviews.list_under_review(tx)
        self.revision = revision
        return new

    def copy(self) -> InForce:
        return dict(self.in_force)
