"""Many people of the Lab at the same moment, on both databases: one wins, the others are told kindly."""

from __future__ import annotations

import asyncio
from collections import Counter

from sqlalchemy import func, select

from bot.conversations.lab.actions import Claim, GiveAnswer, Merge
from bot.model.effects import Effect, FormErrors, Nothing, Refusal
from bot.model.events import Pressed, Submitted
from knowledge.content import Knowledge
from storage.database import Database
from storage.tables.tickets import TicketAskerRow, TicketRow
from tests.conversations.dialog import account_of, direct
from tests.conversations.labs import COFFEE, RECORDING, SAME, LabHouse
from tests.conversations.roles import meet

FIFTY = [f"lab{number}" for number in range(50)]


async def only_ticket(database: Database) -> TicketRow:
    async with database.reading() as tx:
        return (await tx.execute(select(TicketRow))).one()  # type: ignore[return-value]


def press(house: LabHouse, person: str, action: str) -> Pressed:
    return Pressed(
        key=f"press-{person}", account=account_of(person), place=direct(person), at=house.clock(), action=action
    )


def send(house: LabHouse, person: str, action: str, **values: str) -> Submitted:
    return Submitted(
        key=f"send-{person}-{action}",
        account=account_of(person),
        place=direct(person),
        at=house.clock(),
        action=action,
        values=dict(values),
    )


async def all_at_once(house: LabHouse, *events: Pressed | Submitted) -> list[Effect]:
    effects = await asyncio.gather(*(house.dispatcher.receive(event) for event in events))
    await house.settle()
    return effects


async def test_of_fifty_claims_at_once_one_wins_and_the_others_hear_who(
    database: Database, knowledge: Knowledge
) -> None:
    async with LabHouse(database, knowledge) as house:
        for person in FIFTY:
            await meet(house, person, role="ai_lab")
        await house.hand_over("anna")
        claim = Claim(ticket=(await only_ticket(database)).id).pack()
        effects = await all_at_once(house, *(press(house, person, claim) for person in FIFTY))
        assert Counter(type(effect) for effect in effects) == {Nothing: 1, Refusal: 49}
        winner = FIFTY[effects.index(Nothing())].title()
        told = {effect.words for effect in effects if isinstance(effect, Refusal)}
        assert told == {f"{winner} heeft deze melding al. Fijn dat je wilde helpen."}
        assert len(house.thread) == 1
        assert house.chats("anna").count("kijkt naar je vraag") == 1


async def test_of_ten_answers_at_once_one_goes_out(database: Database, knowledge: Knowledge) -> None:
    async with LabHouse(database, knowledge) as house:
        for person in FIFTY[:10]:
            await meet(house, person, role="ai_lab")
        await house.hand_over("anna")
        answer = GiveAnswer(ticket=(await only_ticket(database)).id).pack()
        sent = [send(house, person, answer, text=f"Antwoord van {person}.") for person in FIFTY[:10]]
        effects = await all_at_once(house, *sent)
        assert Counter(type(effect) for effect in effects) == {Nothing: 1, FormErrors: 9}
        assert house.chats("anna").count("geeft antwoord:") == 1


async def test_two_tickets_merged_both_ways_at_once_leave_one(database: Database, knowledge: Knowledge) -> None:
    async with LabHouse(database, knowledge) as house:
        await house.hand_over("anna")
        await house.hand_over("cleo", COFFEE)
        async with database.reading() as tx:
            one, other = (await tx.execute(select(TicketRow.id))).scalars()  # type: ignore[call-overload]
        events = (
            send(house, "fleur", Merge(ticket=one).pack(), into=other),
            send(house, "bram", Merge(ticket=other).pack(), into=one),
        )
        effects = await all_at_once(house, *events)
        assert Counter(type(effect) for effect in effects) == {Nothing: 1, Refusal: 1}
        async with database.reading() as tx:
            states = Counter((await tx.execute(select(TicketRow.state))).scalars())  # type: ignore[call-overload]
            kept = (await tx.execute(select(TicketRow.asks).where(TicketRow.state == "open"))).scalar_one()  # type: ignore[call-overload]
        assert states == {"open": 1, "closed": 1}
        assert kept == 2


async def test_who_joins_while_it_is_answered_hears_it_or_gets_one_of_their_own(
    database: Database, knowledge: Knowledge
) -> None:
    """Nobody is lost between the two."""
    async with LabHouse(database, knowledge) as house:
        await house.hand_over("anna")
        ticket = await only_ticket(database)
        await house.say("cleo", SAME)
        card = house.messages(direct("cleo"))[-1]
        join = next(
            b.action for e in card.elements if e.kind == "buttons" for b in e.buttons if "AI Lab" in b.label
        )
        answer = GiveAnswer(ticket=ticket.id).pack()
        await all_at_once(house, send(house, "fleur", answer, text="Ja."), press(house, "cleo", join))
        async with database.reading() as tx:
            open_ones = (await tx.execute(select(func.count()).where(TicketRow.state == "open"))).scalar_one()  # type: ignore[arg-type]
            askers = (await tx.execute(select(func.count()).select_from(TicketAskerRow))).scalar_one()
        heard = house.chats("cleo").count("geeft antwoord:")
        assert askers == 2
        assert (heard, open_ones) in {(1, 0), (0, 1)}
        assert RECORDING in ticket.text
