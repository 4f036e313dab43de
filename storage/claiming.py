"""Which waiting messages may be sent now: queries that go along the partial indexes and stop when they have enough.

So the time grows with what is claimed, not with what waits or was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, TextClause, func, or_, select, text
from sqlalchemy.sql.selectable import CTE

from storage.database import table_of
from storage.tables.outbox import OutboxRow

WINDOW = 500
"""How many waiting messages a claim looks at before it goes place by place."""

_ROW = table_of(OutboxRow)
_OTHER, _FIRST, _NEXT = _ROW.alias("other"), _ROW.alias("first"), _ROW.alias("next")
_OPEN = "{}state IN ('waiting', 'sending')"
"""Word for word the condition of the partial indexes: SQLite uses them for nothing else, not for bound values."""


def claim_query(
    platforms: Sequence[str], now: datetime, most: int, last: tuple[datetime, int] | None = None
) -> Select[Any]:
    """Of the messages whose time has come, up to `last`: those that are the oldest open one of their place."""
    query = select(_ROW.c.id).where(_is_open(), *_ready(platforms, now), _ROW.c.id == _oldest_of(_ROW))
    if last is not None:
        due_at, id = last
        query = query.where(_ROW.c.due_at <= due_at, or_(_ROW.c.due_at < due_at, _ROW.c.id <= id))
    return _locked(query, most)


def window_query(platforms: Sequence[str], now: datetime) -> Select[Any]:
    """The last of the first `WINDOW` messages whose time has come; none where fewer wait."""
    query = select(_ROW.c.due_at, _ROW.c.id).where(_is_open(), *_ready(platforms, now))
    return query.order_by(_ROW.c.due_at, _ROW.c.id).offset(WINDOW - 1).limit(1)


def claim_heads_query(platforms: Sequence[str], now: datetime, most: int) -> Select[Any]:
    """The same, place by place: for when one place has so much waiting that it fills the whole window."""
    places = _walk_places()
    heads = select(_oldest_of(places)).select_from(places).where(places.c.place_key.is_not(None))
    return _locked(select(_ROW.c.id).where(_ROW.c.id.in_(heads), *_ready(platforms, now)), most)


def _walk_places() -> CTE:
    """Every place with something open, from one to the next along the index."""
    key = func.min(_FIRST.c.place_key).label("place_key")
    places = select(key).where(_is_open(_FIRST)).cte("places", recursive=True)
    following = select(func.min(_NEXT.c.place_key)).where(_is_open(_NEXT), _NEXT.c.place_key > places.c.place_key)
    step = select(following.correlate(places).scalar_subquery()).where(places.c.place_key.is_not(None))
    return places.union_all(step)


def _oldest_of(place: FromClause) -> ScalarSelect[Any]:
    """The oldest open message of the same place: one step in the index, however many wait there."""
    oldest = select(func.min(_OTHER.c.id)).where(_is_open(_OTHER), _OTHER.c.place_key == place.c.place_key)
    return oldest.correlate(place).scalar_subquery()


def _is_open(row: FromClause | None = None) -> TextClause:
    return text(_OPEN.format(f"{row.name}." if row is not None else ""))  # type: ignore[attr-defined]


def _ready(platforms: Sequence[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _ROW.c.state == "waiting", _ROW.c.due_at <= now, _ROW.c.platform.in_(platforms)


def _locked(query: Select[Any], most: int) -> Select[Any]:
    first = query.order_by(_ROW.c.due_at, _ROW.c.id).limit(most)
    return first.with_for_update(skip_locked=True, of=_ROW)
