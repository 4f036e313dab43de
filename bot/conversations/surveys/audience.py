"""Whom a round asks: a team or unit of the register, a channel, people by address, or a few who are drawn."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation import Turn
from bot.desk import Desk
from bot.model.cards import Option, shorten
from bot.model.events import Place
from bot.model.limits import OPTION_LABEL, OPTION_VALUE
from bot.texts import Words
from bot.working_time import find_zone
from storage import register, surveys_apart

_ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
_MOST_TOLD = 5
_MOST_UNITS = 90
_UNIT = "unit:"
DRAWN = 12
"""So many are drawn: enough to say something, few enough to be no burden."""
CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Audience:
    kind: str
    """team, unit, channel, people or drawn."""
    unit: str
    people: tuple[str, ...]
    """Without whoever asks; of a channel nobody yet, since its platform takes its time to tell."""
    unknown: tuple[str, ...] = ()
    """Addresses nobody is known by."""


async def list_audiences(turn: Turn, desk: Desk, channel: str) -> list[Option]:
    """What can be chosen, the most usual first."""
    words, today = turn.words, _today(turn, desk)
    team = await _find_team(turn, today)
    me = await register.find_member(turn.tx, turn.person.id, today)
    found = [("team", words("surveys.who_team", n=len(team.people)))] if team.people else []
    found += [(CHANNEL, words("surveys.who_channel"))] if channel else []
    units = await register.list_units(turn.tx, today)
    mine = [me.unit] if me is not None and me.unit in units else []
    found += [(_UNIT + unit, words("surveys.who_unit", unit=unit)) for unit in mine]
    found.append(("people", words("surveys.who_people")))
    if units:
        found.append(("drawn", words("surveys.who_drawn", n=DRAWN)))
    found += [(_UNIT + unit, words("surveys.who_unit", unit=unit)) for unit in units if unit not in mine]
    fitting = [(value, label) for value, label in found if len(value) <= OPTION_VALUE]
    return [Option(value=value, label=shorten(label, OPTION_LABEL)) for value, label in fitting[:_MOST_UNITS]]


async def find_audience(
    turn: Turn, desk: Desk, chosen: str, typed: str, questions: Sequence[Mapping[str, Any]]
) -> Audience:
    """`questions`: who was asked any of them lately is not drawn."""
    today = _today(turn, desk)
    if chosen == "people":
        return await _find_by_email(turn, typed)
    if chosen == "drawn":
        return await _draw(turn, today, questions)
    if chosen == CHANNEL:
        return Audience(CHANNEL, "", ())
    if chosen.startswith(_UNIT):
        unit = chosen.removeprefix(_UNIT)
        members = await register.find_unit_members(turn.tx, unit, today) if unit else []
        return Audience("unit", unit, without_me(turn.person.id, [member.person_id for member in members]))
    return await _find_team(turn, today)


def find_channel(place: Place) -> str:
    """Where the lead is, as the platform is asked for it; "" in their own chat."""
    return "" if place.kind == "direct" else f"{place.platform}:{place.id}"


_TO = {
    "team": "surveys.to_team",
    "unit": "surveys.to_unit",
    CHANNEL: "surveys.to_channel",
    "people": "surveys.to_people",
    "drawn": "surveys.to_drawn",
    "again": "surveys.to_again",
}


def tell_audience(words: Words, kind: str, unit: str, n: int) -> str:
    return words(_TO[kind], n=n, unit=unit)


def _today(turn: Turn, desk: Desk) -> date:
    return turn.now.astimezone(find_zone(None, desk.time_zone)).date()


async def _find_team(turn: Turn, today: date) -> Audience:
    members = await register.find_team(turn.tx, turn.person.id, today)
    units = {member.unit for member in members}
    unit = units.pop() if len(units) == 1 else ""
    return Audience("team", unit, without_me(turn.person.id, [member.person_id for member in members]))


async def _find_by_email(turn: Turn, typed: str) -> Audience:
    wanted = list(dict.fromkeys(address.lower().strip(".") for address in _ADDRESS.findall(typed)))
    known = await register.find_by_emails(turn.tx, wanted)
    unknown = tuple(address for address in wanted if address not in known)
    return Audience("people", "", without_me(turn.person.id, list(known.values())), unknown[:_MOST_TOLD])


async def _draw(turn: Turn, today: date, questions: Sequence[Mapping[str, Any]]) -> Audience:
    """The lead does not choose whom, nor hears who it is."""
    pool = await surveys_apart.draw_pool(turn.tx, questions, today, turn.now)
    others = [(person, unit) for person, unit in pool if person != turn.person.id]
    return Audience("drawn", "", tuple(draw_people(others, DRAWN, random.SystemRandom())))


def draw_people(pool: Sequence[tuple[str, str]], most: int, chance: random.Random) -> list[str]:
    """One of each unit in turn, so that they come from as many as there are."""
    units: dict[str, list[str]] = defaultdict(list)
    for person, unit in pool:
        units[unit].append(person)
    piles = list(units.values())
    chance.shuffle(piles)
    for pile in piles:
        chance.shuffle(pile)
    longest = max(map(len, piles), default=0)
    return [pile[place] for place in range(longest) for pile in piles if place < len(pile)][:most]


def without_me(me: str, people: Sequence[str]) -> tuple[str, ...]:
    """Whoever knows one of the answers knows the others better: the lead asks and does not answer."""
    return tuple(dict.fromkeys(person for person in people if person != me))
