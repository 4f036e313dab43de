"""Everyday business in a town while the programs that serve it are killed, and what must be true afterwards."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import func, select
from sqlmodel import col

from bot.delivery import SENT_AGAIN
from storage.database import Database
from storage.tables.inbox import InboxRow
from storage.tables.outbox import OutboxRow
from tests.faults.people import Knock, deliver, press_in_slack, say_in_slack, say_in_teams
from tests.faults.replicas import Replica
from tests.faults.town import KINDS, Row, Town
from tests.platforms.slack.seeing import see

ROWS_EACH_LIFE, QUESTIONS_EACH_LIFE = 12, 3


class Siege:
    def __init__(self, town: Town, replicas: list[Replica], database: Database, seed: int) -> None:
        self.town = town
        self.replicas = replicas
        self.database = database
        self.kills = 0
        self.slack_askers: list[str] = []
        self.teams_askers: list[str] = []
        self.pressed: list[str] = []
        self._random = random.Random(seed)
        self._under_way: set[asyncio.Task[None]] = set()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))

    # ------------------------------------------------------------ what happens

    async def begin(self) -> None:
        await self.replicas[0].start()
        await self.replicas[0].until_ready()
        for replica in self.replicas[1:]:
            await replica.start()
        await asyncio.gather(*(replica.until_ready() for replica in self.replicas))
        await self.town.introduce(self.database)

    async def live_and_kill(self) -> None:
        """A little business, and somewhere in it a program dies; it comes back, sometimes to die while starting."""
        replica = self._random.choice(self.replicas)
        if self._random.random() < 0.7:
            await replica.until_ready()
        business = asyncio.create_task(self.do_business())
        await asyncio.sleep(self._random.uniform(0, 1.2))
        await replica.kill()
        self.kills += 1
        await replica.start()
        await business

    async def do_business(self) -> None:
        for _ in range(ROWS_EACH_LIFE):
            place, kind = self._random.choice(self.town.places()), self._random.choice(KINDS)
            await self.town.put(self.database, place, kind)
            await asyncio.sleep(self._random.uniform(0, 0.05))
        for _ in range(QUESTIONS_EACH_LIFE):
            self._ask()
            await asyncio.sleep(self._random.uniform(0, 0.05))
        self._press()

    def _ask(self) -> None:
        number = len(self.slack_askers) + len(self.teams_askers)
        person = f"p{number}"
        if self._random.random() < 0.6:
            self.slack_askers.append(person)
            self._begin(self._until_acknowledged(say_in_slack(self.town.slack, person)))
        else:
            self.teams_askers.append(person)
            self._begin(self._until_acknowledged(say_in_teams(self.town.teams, person)))

    def _press(self) -> None:
        """Somebody who has an answer asks the same of other data."""
        answered = [p for p in self.slack_askers if p not in self.pressed and self.town.answers_in_slack(p)]
        if answered:
            person = self._random.choice(answered)
            self.pressed.append(person)
            (answer,) = self.town.answers_in_slack(person)
            self._begin(self._until_acknowledged(press_in_slack(self.town.slack, person, answer)))

    def _begin(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _until_acknowledged(self, knock: Knock) -> None:
        """To one replica or to two at once, and again until it is taken; now and then once more after that."""
        taken, more = False, self._random.random() < 0.3
        while not taken or more:
            more = more and not taken
            at_once = min(len(self.replicas), self._random.choice((1, 1, 2)))
            urls = [replica.url for replica in self._random.sample(self.replicas, at_once)]
            taken = await deliver(self._session, knock, urls) or taken
            await asyncio.sleep(0.2)

    async def settle(self, patience: float) -> None:
        """Until every request is acknowledged and nothing waits."""
        async with asyncio.timeout(patience):
            await asyncio.gather(*(replica.until_ready() for replica in self.replicas))
            await asyncio.gather(*self._under_way)
            while await self._count_open():  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def _count_open(self) -> int:
        async with self.database.reading() as tx:
            accepted = select(func.count()).where(col(InboxRow.state) == "waiting")
            outgoing = select(func.count()).where(col(OutboxRow.state).in_(("waiting", "sending")))
            return int((await tx.execute(accepted)).scalar_one() + (await tx.execute(outgoing)).scalar_one())

    async def end(self) -> None:
        for replica in self.replicas:
            await replica.kill()
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._session.close()

    # ------------------------------------------------------------ what must be true

    async def check(self) -> list[str]:
        """Everything that is wrong, in words; an empty list is what we want."""
        states = await self._read_states()
        arrived = Counter(name for names in self.town.arrived().values() for name in names)
        wrong = [fault for row in self.town.rows if (fault := judge(row, *states[row.key], arrived[row.name]))]
        for where, names in self.town.arrived().items():
            firsts = list(dict.fromkeys(names))
            if firsts != sorted(firsts):
                wrong.append(f"out of order in {where}: {names}")
        wrong += [
            f"{person} in Slack: {n} answers" for person in self.slack_askers if (n := self._answers(person)) != 1
        ]
        wrong += [
            f"{person} in Teams: nothing" for person in self.teams_askers if not self.town.answers_in_teams(person)
        ]
        wrong += [f"the press of {person} changed nothing" for person in self.pressed if not self._changed(person)]
        wrong += [f"{alt}: shown {n} times" for alt, n in self.town.count_pictures().items() if n != 1]
        states_of_all = Counter(state for state, *_ in states.values())
        wrong += [f"{states_of_all[s]} messages are {s}" for s in ("failed", "cancelled") if states_of_all[s]]
        return wrong + self.town.slack.problems + self.town.teams.problems

    async def _read_states(self) -> dict[str, tuple[str, int]]:
        async with self.database.reading() as tx:
            query = select(col(OutboxRow.key), col(OutboxRow.state), col(OutboxRow.attempts))
            return {key: (state, attempts) for key, state, attempts in (await tx.execute(query)).all()}

    def _answers(self, person: str) -> int:
        return len(self.town.answers_in_slack(person))

    def _changed(self, person: str) -> bool:
        return any("Mag niet" in see(answer).text for answer in self.town.answers_in_slack(person))

    async def list_unclear(self) -> list[str]:
        """What came twice, or may not have come, where the platform cannot tell."""
        states = await self._read_states()
        arrived = Counter(name for names in self.town.arrived().values() for name in names)
        told = [
            f"{row.name} ({row.kind}, {state}, {attempts} tries) came {arrived[row.name]} times"
            for row in self.town.rows
            for state, attempts in (states[row.key],)
            if state == "unclear" or arrived[row.name] != 1
        ]
        twice = [person for person in self.teams_askers if self.town.answers_in_teams(person) > 1]
        return told + [f"the answer to {p} came {self.town.answers_in_teams(p)} times" for p in twice]


def judge(row: Row, state: str, attempts: int, arrived: int) -> str | None:
    """Slack can tell what arrived: exactly once. Teams cannot: what matters comes again, a reminder never does."""
    told = f"{row.name} ({row.place.key}, {row.kind}, {state}, {attempts} tries) came {arrived} times"
    if row.place.platform == "slack":
        fine = state == "sent" and arrived == 1
    elif row.kind in SENT_AGAIN:
        fine = state == "sent" and 1 <= arrived <= attempts
    else:
        fine = (state == "sent" and arrived == 1) or (state == "unclear" and arrived <= 1)
    return None if fine else told


def make_replicas(number: int, folder: Path, environment: dict[str, str], database_url: str) -> list[Replica]:
    whole = {**environment, "DATABASE_URL": database_url, "PROMPT_CLUB_CACHE": str(folder / "cache")}
    return [Replica(one, folder, whole) for one in range(number)]
