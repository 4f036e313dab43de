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
    exists,
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
def waiting_query(platforms: tuple[str, ...]) -> Select[Any]:
    """For each platform, in this order, whether anything is due by `now`: most of the time nothing is."""
    now = _bind("now", _ROW.c.due_at)
    due = (_is_open(), _ROW.c.state == "waiting", _ROW.c.due_at <= now)
    found: tuple[Any, ...] = tuple(exists().where(_ROW.c.platform == platform, *due) for platform in platforms)
    return select(*found)


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


def _ready() -> tuple[ColumnElement[bool] | TextClause, ...]:
    """Along the index of one platform: what waits for one that is switched off is not even seen."""
    platform, now = _bind("platform", _ROW.c.platform), _bind("now", _ROW.c.due_at)
    return _is_open(), _ROW.c.state == "waiting", _ROW.c.platform == platform, _ROW.c.due_at <= now


def _bind(name: str, like: ColumnElement[Any]) -> BindParameter[Any]:
    return bindparam(name, type_=like.type)


def _locked(query: Select[Any]) -> Select[Any]:
    first = query.order_by(_ROW.c.due_at, _ROW.c.id).limit(bindparam("most", type_=Integer()))
    return first.with_for_update(skip_locked=True, of=_ROW)


def _claim(*bounds: ColumnElement[bool]) -> Select[Any]:
    return _locked(select(_ROW.c.id).where(*_ready(), *bounds, _ROW.c.id == _oldest_of(_ROW)))


def _claim_in_window() -> Select[Any]:
    due_at, id = _bind("last_due", _ROW.c.due_at), _bind("last_id", _ROW.c.id)
    return _claim(_ROW.c.due_at <= due_at, or_(_ROW.c.due_at < due_at, _ROW.c.id <= id))


def _claim_heads() -> Select[Any]:
    places = _walk_places()
    heads = select(_oldest_of(places)).select_from(places).where(places.c.place_key.is_not(None))
    return _locked(select(_ROW.c.id).where(_ROW.c.id.in_(heads), *_ready()))


CLAIM = _claim()
"""Of a `platform`'s messages that are due by `now`, at most `most`: those that are the oldest open one of their
place."""
WINDOW_END = (
    select(_ROW.c.due_at, _ROW.c.id).where(*_ready()).order_by(_ROW.c.due_at, _ROW.c.id).offset(WINDOW - 1).limit(1)
)
"""The last of the first `WINDOW` messages that are due by `now`; none where fewer wait."""
CLAIM_IN_WINDOW = _claim_in_window()
"""As `CLAIM`, not beyond the message that is `last_due` and `last_id`."""
CLAIM_HEADS = _claim_heads()
"""As `CLAIM`, place by place: for when one place has so much waiting that it fills the whole window."""
