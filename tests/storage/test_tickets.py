"""Tickets in storage: what waited before there were tickets, finding by words on both databases, changing once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import column, delete, table
from sqlmodel import col

from storage import people, questions, tickets, tickets_finding
from storage.database import Database
from storage.migrations import downgrade, upgrade
from storage.tables.columns import UtcDateTime
from storage.tables.questions import AskerRow
from storage.tickets import Ticket
from storage.tickets_finding import Wanted, split_words
from storage.transaction import Transaction
from tests.storage.filled import read_all

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HANDOVERS = table(
    "handovers",
    *(column(name) for name in ("id", "question_id", "note", "state")),
    column("opened_at", UtcDateTime()),
)
"""As they were before there were tickets."""


async def add(tx: Transaction, said: str, *, row: str | None = None, note: str = "") -> Ticket:
    return await tickets.add(
        tx, text=said, note=note, language="nl", reading={}, row=row, unit="", meant_for=None, now=NOW,
        due_by=NOW + timedelta(hours=4), answer_by=NOW + timedelta(days=2),
    )  # fmt: skip


async def found(database: Database, search: str, which: str = "open") -> list[str]:
    async with database.reading() as tx:
        wanted = Wanted(which, "nobody", NOW, search)
        return sorted(one.text for one in await tickets_finding.find_page(tx, wanted, most=50))


async def test_questions_that_waited_become_tickets_and_nothing_is_lost(database_url: str) -> None:
    database = Database(database_url)
    await upgrade(database, "0007")
    async with database.transaction() as tx:
        person = await people.get_or_add_person(tx, "web", "", "noor", NOW)
        for number, state in enumerate(("open", "open", "closed")):
            id = await questions.add_question(
                tx, person_id=person.id, text=f"Mag ik vraag{number} stellen?", language="nl", outcome="handover",
                use_case=None, row_version=None, verdict=None, reading={"candidates": ["klantmail"], "data": []},
                now=NOW,
            )  # fmt: skip
            row = {"id": f"h{number}", "question_id": id, "note": "erbij", "state": state, "opened_at": NOW}
            await tx.execute(HANDOVERS.insert().values(**row))
            if number == 1:
                await tx.execute(delete(AskerRow).where(col(AskerRow.question_id) == id))
        before = await read_all(tx)
    await upgrade(database)
    async with database.reading() as tx:
        first, second = await tickets.get(tx, "h0"), await tickets.get(tx, "h1")
        assert (first.text, first.note, first.row) == ("Mag ik vraag0 stellen?", "erbij", "klantmail")
        assert first.reading["candidates"] == ["klantmail"]
        assert [asker.person_id for asker in await tickets.find_askers(tx, "h0")] == [person.id]
        assert await tickets.find_askers(tx, second.id) == [], "who asked was let go of before"
        assert await tickets.find(tx, "h2") is None, "what is closed stays closed"
    assert await found(database, "vraag0 erbij") == ["Mag ik vraag0 stellen?"]
    await downgrade(database, "0007")
    async with database.reading() as tx:
        assert await read_all(tx) == before
    await database.dispose()


async def test_found_by_the_beginnings_of_all_its_words(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "Mag ik een KLANTMAIL laten schrijven?", note="Voor België")
        await add(tx, "Mag ik klant_x en 100% zeker weten?")
        noted = await add(tx, "Iets anders")
        await tickets.add_note(tx, noted.id, "asked", NOW, text="Bedoel je de nieuwsbrief?")
        await tickets.add_note(tx, noted.id, "replied", NOW, text="Nee, de nieuwsbrief niet")
    assert len(await found(database, "klant")) == 2
    assert await found(database, "klantm schrijven") == ["Mag ik een KLANTMAIL laten schrijven?"]
    assert await found(database, "belgië") == ["Mag ik een KLANTMAIL laten schrijven?"]
    assert await found(database, "klant_") == ["Mag ik klant_x en 100% zeker weten?"], "no wildcard"
    assert await found(database, "nieuwsbrief") == ["Iets anders"]
    assert await found(database, "lantmail") == []
    assert await found(database, "'; DROP TABLE tickets; --") == []
    assert len(await found(database, "")) == 3


async def test_each_list_holds_what_it_says(database: Database) -> None:
    async with database.transaction() as tx:
        me = (await people.get_or_add_person(tx, "web", "", "fleur", NOW)).id
        states = ("open", "claimed", "asking", "answered", "closed")
        for state in states:
            ticket = await add(tx, state)
            late = state == "claimed"
            await tickets.change(
                tx, ticket, state=state, claimed_by=None if state == "open" else me,
                due_by=NOW - timedelta(hours=1) if late else None,
            )  # fmt: skip
    async with database.reading() as tx:
        numbers = await tickets_finding.count_queue(tx, me, NOW)
        lists = {
            which: {one.text for one in await tickets_finding.find_page(tx, Wanted(which, me, NOW), most=50)}
            for which in tickets_finding.WHICH
        }
        assert await tickets_finding.count(tx, Wanted("all", me, NOW), 3) == 3, "no further than asked"
    assert (numbers.open, numbers.mine, numbers.waiting, numbers.late) == (3, 2, 1, 1)
    assert lists == {
        "open": {"open", "claimed", "asking"},
        "mine": {"claimed", "asking"},
        "waiting": {"asking"},
        "late": {"claimed"},
        "closed": {"answered", "closed"},
        "all": set(states),
    }


async def test_what_changed_since_it_was_read_is_not_changed_again(database: Database) -> None:
    async with database.transaction() as tx:
        ticket = await add(tx, "Mag dit?")
        assert await tickets.change(tx, ticket, state="claimed")
        assert not await tickets.change(tx, ticket, state="closed")
        assert (await tickets.get(tx, ticket.id)).state == "claimed"


async def test_two_accounts_that_are_one_person_count_once(database: Database) -> None:
    async with database.transaction() as tx:
        ticket = await add(tx, "Mag dit?")
        for platform in ("web", "slack"):
            known = await people.get_or_add_person(tx, platform, "", "noor", NOW)
            await tickets.add_asker(tx, ticket.id, known.id, NOW)
            await people.save_profile(tx, known, people.Profile("Noor", "noor@example.com"), NOW)
        assert [asker.name for asker in await tickets.find_askers(tx, ticket.id)] == ["Noor"]
        other = await add(tx, "Mag dat?")
        await tickets.move_askers(tx, ticket.id, other.id)
        assert (await tickets.get(tx, other.id)).asks == 1


def test_words_are_cut_off_and_each_once() -> None:
    assert split_words("Mag mag, a " + "x" * 100) == ["mag", "x" * 40]
