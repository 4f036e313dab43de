"""Whom a round asks: the team or the unit from the register of people, or some people by their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.conversation import Turn
from bot.desk import Desk
from bot.working_time import find_zone
from storage import register

_ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
_MOST_TOLD = 5
_OFFERED = {"team": "surveys.who_team", "unit": "surveys.who_unit"}


@dataclass(frozen=True, slots=True)
class Audience:
    kind: str
    """team, unit or people."""
    unit: str
    people: tuple[str, ...]
    """Without whoever asks."""
    unknown: tuple[str, ...] = ()
    """Addresses nobody is known by."""


async def list_audiences(turn: Turn, desk: Desk) -> list[tuple[str, str]]:
    """What can be chosen, the most usual first."""
    found = []
    for kind, key in _OFFERED.items():
        audience = await find_audience(turn, desk, kind)
        if audience.people:
            label = turn.words(key, n=len(audience.people), unit=audience.unit)
            found.append((kind, label))
    return [*found, ("people", turn.words("surveys.who_people"))]


async def find_audience(turn: Turn, desk: Desk, kind: str, typed: str = "") -> Audience:
    today = turn.now.astimezone(find_zone(None, desk.time_zone)).date()
    if kind == "people":
        return await _find_by_email(turn, typed)
    if kind == "team":
        members = await register.find_team(turn.tx, turn.person.id, today)
        units = {member.unit for member in members}
        unit = units.pop() if len(units) == 1 else ""
    else:
        me = await register.find_member(turn.tx, turn.person.id, today)
        unit = me.unit if me is not None else ""
        members = await register.find_unit_members(turn.tx, unit, today) if unit else []
    return Audience(kind, unit, _without_me(turn, [member.person_id for member in members]))


async def _find_by_email(turn: Turn, typed: str) -> Audience:
    wanted = list(dict.fromkeys(address.lower().strip(".") for address in _ADDRESS.findall(typed)))
    known = await register.find_by_emails(turn.tx, wanted)
    unknown = tuple(address for address in wanted if address not in known)
    return Audience("people", "", _without_me(turn, list(known.values())), unknown[:_MOST_TOLD])


def _without_me(turn: Turn, people: list[str]) -> tuple[str, ...]:
    """Whoever knows one of the answers knows the others better: the lead asks and does not answer."""
    return tuple(dict.fromkeys(person for person in people if person != turn.person.id))
