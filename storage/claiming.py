"""Which waiting messages may be sent now: queries that go along the partial indexes and stop when they have enough.

So the time grows with what is claimed, not with what waits or was sent. Each is built once and run with the values
it names, since they run all the time.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    ScalarSelect,
    Select,
    TextClause,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.sql.selectable import CTE

from storage.database import table_of
from storage.tables.outbox import OutboxRow

WINDOW = 500
"""How many waiting messages a claim looks at before it goes place by place."""

_ROW = table_of(OutboxRow)
_OTHER, _FIRST, _NEXT = _ROW.alias("other"), _ROW.alias("first"), _ROW.alias("next")
_OPEN = "{}state IN ('waiting', 'sending')"
"""Word for word the condition of the partial indexes: SQLite uses them for nothing else, not for bound values."""


@cache
def claim_query(platforms: tuple[str, ...], *, bounded: bool = False) -> Select[Any]:
    """Of the messages that are due by `now`, at most `most`: those that are the oldest open one of their place.

    bounded: not beyond the message that is `last_due` and `last_id`.
    """
    query = select(_ROW.c.id).where(_is_open(), *_ready(platforms), _ROW.c.id == _oldest_of(_ROW))
    if bounded:
        due_at, id = _bind("last_due", _ROW.c.due_at), _bind("last_id", _ROW.c.id)
        query = query.where(_ROW.c.due_at <= due_at, or_(_ROW.c.due_at < due_at, _ROW.c.id <= id))
    return _locked(query)


@cache
def window_query(platforms: tuple[str, ...]) -> Select[Any]:
    """The last of the first `WINDOW` messages that are due by `now`; none where fewer wait."""
    query = select(_ROW.c.due_at, _ROW.c.id).where(_is_open(), *_ready(platforms))
    return query.order_by(_ROW.c.due_at, _ROW.c.id).offset(WINDOW - 1).limit(1)


@cache
def claim_heads_query(platforms: tuple[str, ...]) -> Select[Any]:
    """As `claim_query`, place by place: for when one place has so much waiting that it fills the whole window."""
    places = _walk_places()
    heads = select(_oldest_of(places)).select_from(places).where(places.c.place_key.is_not(None))
    return _locked(select(_ROW.c.id).where(_ROW.c.id.in_(heads), *_ready(platforms)))


TAKE = (
    update(_ROW)
    .where(_ROW.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="sending", claimed_at=bindparam("now"), attempts=_ROW.c.attempts + 1)
    .returning(_ROW)
)
"""These `ids` are ours from `now` on."""


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


def _ready(platforms: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    now = _bind("now", _ROW.c.due_at)
    return _ROW.c.state == "waiting", _ROW.c.due_at <= now, _ROW.c.platform.in_(platforms)


def _bind(name: str, like: ColumnElement[Any]) -> BindParameter[Any]:
    return bindparam(name, type_=like.type)


def _locked(query: Select[Any]) -> Select[Any]:
    first = query.order_by(_ROW.c.due_at, _ROW.c.id).limit(bindparam("most", type_=Integer()))
    return first.with_for_update(skip_locked=True, of=_ROW)
