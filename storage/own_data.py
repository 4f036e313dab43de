"""Everything that is kept under one person's name, found by the tables themselves: a new table is in it at once.

Only rows about this person: where they are somebody's manager or noted something of a colleague, that is the
colleague's. Nothing in it names somebody else, and no secret or sum of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Select, Table, select
from sqlmodel import SQLModel

from storage.database import table_of
from storage.tables import metadata
from storage.tables.people import PersonRow
from storage.tables.questions import AskerRow, QuestionRow
from storage.tables.tickets import TicketAskerRow, TicketRow
from storage.transaction import Transaction

_ABOUT = "person_id"
_LEFT_OUT = {"page_links", "page_sessions", "confirmations"}
"""Sums of secrets, and what is gone in a day."""
_COLUMNS_LEFT_OUT = {"hash", "code_sum", "card", "key", "action", "place", "place_key"}
_MOST = 5_000
"""Of each table; the newest cannot be told in all of them."""

Row = dict[str, Any]


async def find_own(tx: Transaction, person_id: str) -> dict[str, list[Row]]:
    """Rows by table; tables without any are left out."""
    people = table_of(PersonRow)
    found = {people.name: await _find(tx, people, people.c.id, person_id)}
    for table in list_tables():
        found[table.name] = await _find(tx, table, table.c[_ABOUT], person_id)
    found |= await _find_words(tx, person_id)
    return {name: rows for name, rows in found.items() if rows}


def list_tables() -> Iterator[Table]:
    """Those with rows about a person."""
    for table in sorted(metadata.tables.values(), key=lambda one: one.name):
        if table.name not in _LEFT_OUT and _ABOUT in table.c and _refers_to_people(table.c[_ABOUT]):
            yield table


async def _find_words(tx: Transaction, person_id: str) -> dict[str, list[Row]]:
    """What they asked lies apart from who asked it."""
    asked, tickets = table_of(AskerRow).c, table_of(TicketAskerRow).c
    mine: dict[type[SQLModel], Select[Any]] = {
        QuestionRow: select(asked.question_id).where(asked.person_id == person_id),
        TicketRow: select(tickets.ticket_id).where(tickets.person_id == person_id),
    }
    shown = {QuestionRow: ("text", "verdict", "asked_at"), TicketRow: ("text", "note", "answer", "opened_at")}
    found = {}
    for kind, ids in mine.items():
        table = table_of(kind)
        query = select(*(table.c[name] for name in shown[kind])).where(table.c.id.in_(ids)).limit(_MOST)
        found[table.name] = [_plain(row._mapping) for row in await tx.execute(query)]
    return found


async def _find(tx: Transaction, table: Table, about: Column[Any], person_id: str) -> list[Row]:
    shown = [column for column in table.c if column.name not in _COLUMNS_LEFT_OUT and not _refers_to_people(column)]
    rows = await tx.execute(select(*shown).where(about == person_id).limit(_MOST))
    return [_plain(row._mapping) for row in rows]


def _refers_to_people(column: Column[Any]) -> bool:
    return any(key.column.table.name == PersonRow.__tablename__ for key in column.foreign_keys)


def _plain(row: Mapping[Any, Any]) -> Row:
    return {
        str(name): value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if value is not None
    }
