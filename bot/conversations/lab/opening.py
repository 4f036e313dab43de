"""A question comes in: it becomes a ticket, or joins the one that asks the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation import Turn
from bot.conversations.lab.known import find_answer
from bot.conversations.lab.likeness import is_same, nearest
from bot.conversations.lab.seeing import KIND, LAB_WORDS, look, note, plan_reminders
from bot.conversations.lab.targets import find_targets
from bot.desk import Desk
from bot.model.events import Place
from bot.texts import words_in
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.routing import Destination
from storage import people, register, tickets
from storage.tickets import Ticket

_LIKE = 200
"""Open tickets about one row that a new question is compared with, the newest first."""


@dataclass(frozen=True, slots=True)
class New:
    """What is asked; masked. Who asks it is told apart."""

    text: str
    language: str
    reading: Mapping[str, Any]
    note: str = ""
    person_id: str | None = None
    hash: str = ""
    """Of the code of somebody who stays unknown."""


@dataclass(frozen=True, slots=True)
class Opened:
    ticket: Ticket
    joined: bool
    """Others asked it before."""


def describe(knowledge: Knowledge, reading: Reading | None) -> dict[str, Any]:
    """What a ticket keeps of what was read, as a question does; and whether the bot knew an answer."""
    if reading is None:
        return {"candidates": [], "data": [], "tools": [], "tool_words": None, "masked": []}
    return {
        "candidates": [candidate.use_case for candidate in reading.candidates],
        "data": list(reading.data),
        "tools": list(reading.tools),
        "tool_words": reading.tool_words,
        "masked": list(reading.masked),
        "because": reading.because,
        "knew": find_answer(knowledge, reading) is not None,
    }


async def open_or_join(turn: Turn, desk: Desk, new: New) -> Opened:
    same = await _find_same(turn, new)
    ticket = same or await _open(turn, desk, new)
    if new.person_id is None:
        joins = await tickets.add_code(turn.tx, ticket.id, new.hash)
    else:
        joins = await tickets.add_asker(turn.tx, ticket.id, new.person_id, turn.now)
    if same is None:
        await _show(turn, desk, ticket)
    elif joins:
        said = LAB_WORDS("lab.note_joined", n=ticket.asks + 1)
        await note(turn, desk, ticket.id, "joined", said, text=new.note)
    return Opened(await tickets.get(turn.tx, ticket.id), joined=same is not None)


async def _find_same(turn: Turn, new: New) -> Ticket | None:
    """Locked, so that it is not closed while somebody joins."""
    for like in await tickets.find_like(turn.tx, nearest(new.reading), _LIKE):
        if is_same(new.text, new.reading, like.text, like.reading):
            locked = await tickets.lock(turn.tx, like.id)
            if locked is not None and locked.is_open:
                return locked
    return None


async def _open(turn: Turn, desk: Desk, new: New) -> Ticket:
    unit = await find_unit(turn, desk, new.person_id) if new.person_id else ""
    targets, route = find_targets(desk), find_route(desk, new.reading, unit)
    person = await people.find_by_email(turn.tx, route.person) if route and route.person else None
    return await tickets.add(
        turn.tx,
        text=new.text,
        note=new.note,
        language=new.language,
        reading=new.reading,
        row=nearest(new.reading),
        unit=unit,
        meant_for=person.id if person else None,
        now=turn.now,
        due_by=targets.react_by(turn.now),
        answer_by=targets.answer_by(turn.now),
    )


async def _show(turn: Turn, desk: Desk, ticket: Ticket) -> None:
    """Its card in the channel it belongs in, and with the person it is meant for."""
    ticket = await tickets.get(turn.tx, ticket.id)
    place = find_place(desk, find_route(desk, ticket.reading, ticket.unit))
    if place is not None:
        key = turn.post(place, await look(turn, desk, ticket, LAB_WORDS), kind=KIND)
        await tickets.change(turn.tx, ticket, place=place.model_dump(mode="json"), card_key=key)
    if ticket.meant_for is not None:
        person = await people.find_by_id(turn.tx, ticket.meant_for)
        words = words_in(person.language if person else None)
        turn.tell(ticket.meant_for, await look(turn, desk, ticket, words), kind=KIND)
    await plan_reminders(turn, desk, ticket)


async def find_unit(turn: Turn, desk: Desk, person_id: str) -> str:
    """Where this person works today, by the register; "" where it does not say."""
    today = turn.now.astimezone(ZoneInfo(desk.time_zone)).date()
    member = await register.find_member(turn.tx, person_id, today)
    return member.unit if member else ""


def find_route(desk: Desk, reading: Mapping[str, Any], unit: str) -> Destination | None:
    """Of routing.yaml. Of somebody anonymous no unit is known, so a route by unit alone is never theirs."""
    knowledge, row = desk.knowledge(), nearest(reading)
    use_case = knowledge.find_use_case(row) if row else None
    task = use_case.task if use_case else ""
    return knowledge.lab.find(task=task, data=reading.get("data") or (), unit=unit)


def find_place(desk: Desk, route: Destination | None) -> Place | None:
    """The Lab's own channel, where no other is named or its platform is off."""
    platform, _, id = (route.channel if route else "").partition(":")
    if platform in desk.platforms and id:
        return Place(platform=platform, tenant="", id=id, kind="channel")
    return desk.lab
