"""What the AI Lab does with a case: claim it, decide on it, look at it again.

Every step holds for the newest version only, and whoever comes second sees what is there now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions, cards
from bot.conversations.cases.desk_card import find_desk_card, waiting_card
from bot.conversations.cases.owning import renew_desk_card
from bot.conversations.cases.publishing import find_marks, find_texts
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event
from bot.rights import need
from bot.texts import words_in
from knowledge.diploma import Permission
from storage import audit, cases, cases_search, cases_traces, people
from storage.cases import Case, day_of

MOST_SHOWN = 8
_WEEK = timedelta(days=7)
_ACTS = {"publish": "published", "inside": "kept_inside", "give_back": "given_back", "reopen": "reopened"}


class Triage:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("triage", self.show_waiting, help_key="cases.help_triage", needs=Permission.TRIAGE)
        conversation.on_action(actions.See, self.see)
        conversation.on_action(actions.Claim, self.claim)
        conversation.on_action(actions.Decide, self.decide)

    async def show_waiting(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.TRIAGE)
        say_privately(turn, await find_waiting_card(turn))

    async def see(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.TRIAGE)
        assert isinstance(turn.action, actions.See)
        case = await get_case(turn, turn.action.case)
        say_privately(turn, await find_desk_card(turn, self._desk, case))

    async def claim(self, _: Event, turn: Turn) -> None:
        """Of many at once, one gets it; the others are told who."""
        action = turn.action
        assert isinstance(action, actions.Claim)
        await need(turn, self._desk, Permission.TRIAGE)
        case = await get_case(turn, action.case)
        free = case.state == "new" or (case.state == "claimed" and action.take_over)
        if free and await cases.change(turn.tx, case, state="claimed", claimed_by=turn.person.id):
            await self._done(turn, case, "claimed")
        else:
            newest = await get_case(turn, action.case)
            await show(turn, self._desk, newest)
            turn.refuse(await _tell_taken(turn, newest))

    async def decide(self, _: Event, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.Decide)
        await need(turn, self._desk, Permission.TRIAGE)
        case = await get_case(turn, action.case)
        if action.what == "reopen":
            if case.is_open or case.state == "withdrawn":
                await refuse_late(turn, self._desk, case)
                return
        elif not await is_theirs(turn, self._desk, case):
            return
        values: dict[str, Mapping[str, Any]] = {
            "publish": {"state": "published", "published_at": turn.now, "proposed": None, "reason": ""},
            "inside": {"state": "lab", "proposed": None, "reason": "", "settled_on": day_of(turn.now)},
            "give_back": {"state": "new", "claimed_by": None},
            "reopen": {"state": "claimed", "published_at": None, "claimed_by": turn.person.id, "merged_into": None},
        }
        await settle(turn, self._desk, case, _ACTS[action.what], **values[action.what])

    async def _done(self, turn: Turn, case: Case, act: str) -> None:
        await _note(turn, case, act)
        await show(turn, self._desk, await get_case(turn, case.id))


async def settle(turn: Turn, desk: Desk, case: Case, act: str, **values: Any) -> bool:
    """What the Lab decided, if the case is still what they looked at; then everybody sees and hears it."""
    if not await cases.change(turn.tx, case, **values):
        await refuse_late(turn, desk, await get_case(turn, case.id))
        return False
    await _note(turn, case, act)
    newest = await get_case(turn, case.id)
    if newest.state == "published":
        await cases_search.publish(turn.tx, case.id, find_texts(desk, newest), find_marks(desk, newest))
    elif case.state == "published":
        await cases_search.hide(turn.tx, case.id)
        await cases_traces.drop_lines(turn.tx, case.id)
    await tell_sharer(turn, case, newest)
    await show(turn, desk, newest)
    return True


async def tell_sharer(turn: Turn, before: Case, case: Case) -> None:
    """Every outcome and its reason; who shared without a name asks for it with their code."""
    if case.person_id is None:
        return
    person = await people.find_by_id(turn.tx, case.person_id)
    words = words_in(person.language if person else None)
    if case.proposed and case.proposed != before.proposed:
        turn.tell(case.person_id, cards.asked_card(words, case))
    elif case.state != before.state and (not case.is_open or not before.is_open):
        turn.tell(case.person_id, cards.told_card(words, case))


async def show(turn: Turn, desk: Desk, case: Case) -> None:
    """In place of what was pressed, and in the Lab's channel where that is another message."""
    if turn.pressed is not None:
        turn.replace(turn.pressed, await find_desk_card(turn, desk, case), kind="ticket")
    await renew_desk_card(turn, desk, case)


async def get_case(turn: Turn, id: str) -> Case:
    case = await cases.find(turn.tx, id)
    if case is None:
        raise Refused(turn.words("cases.gone"))
    return case


async def is_theirs(turn: Turn, desk: Desk, case: Case) -> bool:
    """They claimed it and it is still to be decided on; else they see what it is now, with a kind word."""
    if has(turn, case):
        return True
    await refuse_late(turn, desk, case)
    return False


def has(turn: Turn, case: Case) -> bool:
    return case.state == "claimed" and case.claimed_by == turn.person.id


async def refuse_late(turn: Turn, desk: Desk, case: Case) -> None:
    """Nothing is done; the card shows the case as it is."""
    await show(turn, desk, case)
    turn.refuse(await tell_late(turn, case))


async def tell_late(turn: Turn, case: Case) -> str:
    """Why they cannot do this (any more)."""
    words = turn.words
    match case.state:
        case "withdrawn":
            return words("cases.withdrawn_meanwhile")
        case "new":
            return words("cases.not_claimed")
        case "claimed" if case.claimed_by == turn.person.id:
            return words("cases.meanwhile")
        case "claimed":
            return words("cases.other_has", name=await _name_of(turn, case.claimed_by))
        case _:
            return words("cases.settled_before")


async def _tell_taken(turn: Turn, case: Case) -> str:
    if case.state == "withdrawn":
        return turn.words("cases.withdrawn_meanwhile")
    if case.state != "claimed":
        return turn.words("cases.settled_before")
    return turn.words("cases.taken", name=await _name_of(turn, case.claimed_by))


async def _name_of(turn: Turn, person_id: str | None) -> str:
    person = await people.find_by_id(turn.tx, person_id) if person_id else None
    return person.name if person and person.name else turn.words("cases.someone")


async def _note(turn: Turn, case: Case, act: str) -> None:
    await audit.add(turn.tx, actor=turn.person.id, act=f"case.{act}", about=f"case:{case.id}", now=turn.now)


async def find_waiting_card(turn: Turn) -> Card:
    """What waits, oldest first, and how much of it for longer than a week."""
    waiting = await cases.find_waiting(turn.tx, MOST_SHOWN)
    names = [await _name_of(turn, case.claimed_by) if case.claimed_by else "" for case in waiting]
    number = await cases.count_waiting(turn.tx, before=turn.now)
    long = await cases.count_waiting(turn.tx, before=day_of(turn.now) - _WEEK)
    return waiting_card(turn.words, list(zip(waiting, names, strict=True)), number, long)
