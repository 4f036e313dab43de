"""A town in fast motion: people join, move, are away, pass and leave; rules change; the program stops and starts.

What happens is written into the real tables and onto paper (tests.conversations.slow_calendar) alike.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from bot.conversations.diploma import actions
from bot.model.events import HOUSE, NOWHERE, Due
from bot.nudging import Nudging
from bot.routing import Router
from bot.standing import find_standings
from bot.working_time import find_working_time
from knowledge.content import Knowledge
from knowledge.diploma_rules import add_months, find_rules
from storage import certificates, diploma_nudges, due, nudges, people, register
from storage.certificates import Certificate
from storage.database import Database
from storage.people import Profile
from storage.tables.nudges import NudgeRow
from storage.tables.register import PeriodRow
from tests.conversations.dialog import Dialog, direct
from tests.conversations.slow_calendar import DAY, LEVELS, Clerk, Folder, Paper, asked, judge
from tests.platforms.reading import read

UNITS = ("Finance", "HR", "IT", "Klantenservice")
NEEDS = {"medewerker": "basis", "controller": "gevorderd", "data-specialist": "expert"}
FIRST = date(2026, 12, 1)
_CHANCES = (
    ("join", 2),
    ("leave", 2),
    ("move", 6),
    ("away", 5),
    ("back", 8),
    ("exempt", 2),
    ("pause", 3),
    ("pass", 14),
)


class Town:
    def __init__(self, database: Database, knowledge: Knowledge, size: int, seed: int) -> None:
        self._database, self._starter, self._random = database, knowledge, random.Random(seed)
        self.paper = Paper(
            dict(NEEDS),
            date(2027, 3, 31),
            {("Finance", "gevorderd"): date(2027, 5, 31)},
            (90, 30, 14, 7, 1, -1, -14),
        )
        self.paper.months = 6
        self.folders: dict[str, Folder] = {}
        self.clerk = Clerk(self.folders)
        self.day, self._size = FIRST, size
        self.sent: list[tuple[date, str, str, int]] = []
        self._gathered: set[str] = set()
        self.dialog = self._open()

    # ------------------------------------------------------------ the program

    def _open(self) -> Dialog:
        """As after a restart, with the rules in force now."""
        dialog = Dialog(self._database, self._agree(), read)
        dialog.clock.moment = datetime.combine(self.day, time(9), UTC)
        return dialog

    def _agree(self) -> Knowledge:
        """The paper as a diploma.yaml would say it."""
        content: Any = dict(self._starter.diploma)
        functions = [
            {"id": id, "title": {"nl": id, "en": id}, "level": level, "risk": "laag"}
            for id, level in self.paper.needs.items()
        ]
        waves = [
            {"unit": unit, "level": level, "start": FIRST.isoformat(), "deadline": by.isoformat()}
            for (unit, level), by in self.paper.units.items()
        ]
        content |= {
            "validity_months": self.paper.months,
            "onboarding_days": self.paper.onboarding,
            "reminders": {"staff": list(self.paper.steps), "manager": [-7, -28]},
            "functions": functions,
            "rollout": {
                "scenario": "hybride" if self.paper.hybrid else "gefaseerd",
                "basis_for_all_by": self.paper.all_by.isoformat(),
                "waves": waves,
            },
        }
        return replace(self._starter, diploma=content)

    async def settle_in(self) -> None:
        for _ in range(self._size):
            await self._join(FIRST - timedelta(days=self._random.randrange(2000)))

    async def live(self, days: int) -> None:
        for _ in range(days):
            await self._spend_a_day()
            self.day += DAY

    async def _spend_a_day(self) -> None:
        for _ in range(max(1, self._size // 40)):
            await self._happen()
        if self._random.random() < 0.01:
            self._change_rules()
        if self._random.random() < 0.05:
            self.dialog = self._open()
        if self._random.random() < 0.03:
            return  # nothing runs today
        self.dialog.clock.moment = datetime.combine(self.day, time(9), UTC)
        async with self.dialog:
            for _ in range(2 if self._random.random() < 0.2 else 1):  # another replica looks too
                await self._look()
            self.clerk.look(self.paper, self.day)
            await self._gather()
        self.clerk.send(self.paper, self.day)

    async def _look(self) -> None:
        """At everybody, page after page."""
        packed = [(uuid4().hex, actions.LookDaily().pack())]
        while packed:
            for key, action in packed:
                at = self.dialog.clock()
                await self.dialog.dispatcher.ring(Due(key=key, account=HOUSE, place=NOWHERE, at=at, action=action))
                async with self._database.transaction() as tx:
                    await due.settle(tx, key)
            async with self._database.reading() as tx:
                packed = [(one.key, one.action) for one in await due.find_due(tx, self.dialog.clock(), 100)]

    async def _gather(self) -> None:
        dialog = self.dialog
        nudging = Nudging(
            self._database,
            Router(dialog.desk.conversations),
            dialog.clock,
            working_time=lambda: find_working_time(dialog.desk.knowledge()),
            time_zone="Europe/Amsterdam",
            on_commit=lambda: None,
        )
        while await self._waiting():
            await nudging.gather_due()
        before = dialog.platform.sends
        await dialog.settle()
        assert dialog.platform.sends - before <= len(self.folders), "one message a person a day"
        dialog.platform.shown.clear()
        await self._note_sent()

    async def _waiting(self) -> bool:
        async with self._database.reading() as tx:
            return bool(await nudges.find_people(tx, self.dialog.clock(), 1))

    async def _note_sent(self) -> None:
        async with self._database.reading() as tx:
            found = select(col(NudgeRow.key)).where(col(NudgeRow.state) == "gathered")
            keys = set((await tx.execute(found)).scalars())
        for key in keys - self._gathered:
            _, person, level, _, step = key.split(":")
            self.sent.append((self.day, person, level, int(step)))
        self._gathered = keys

    async def count(self) -> dict[str, int]:
        """How many stand how, for the level of their own work; as the program has it."""
        rules = find_rules(self.dialog.desk.knowledge())
        assert rules is not None
        counted: dict[str, int] = {}
        async with self._database.reading() as tx:
            for standing in await find_standings(tx, rules, sorted(self.folders), self.day):
                state = standing.status.state.value if standing.status else "gone"
                counted[state] = counted.get(state, 0) + 1
        return counted

    def count_on_paper(self) -> dict[str, int]:
        counted: dict[str, int] = {}
        for folder in self.folders.values():
            levels = asked(self.paper, folder, self.day)
            state = judge(self.paper, folder, levels[-1], self.day)[0] if levels else "gone"
            counted[state] = counted.get(state, 0) + 1
        return counted

    # ------------------------------------------------------------ what happens

    async def _happen(self) -> None:
        names, weights = zip(*_CHANCES, strict=True)
        what = self._random.choices(names, weights)[0]
        if what == "join":
            await self._join(self.day)
            return
        person = self._random.choice(list(self.folders))
        folder = self.folders[person]
        if folder.place(self.day) is not None:
            await getattr(self, f"_{what}")(person, folder)

    async def _join(self, started: date) -> None:
        name = f"p{len(self.folders)}"
        async with self._database.transaction() as tx:
            known = await people.get_or_add_person(tx, "plain", "", name, self._now())
            known = await people.save_profile(tx, known, Profile(name, f"{name}@example.com"), self._now())
            await people.note_spoke(tx, known.account_id, self._now(), direct(name).model_dump(mode="json"))
        self.folders[known.id] = Folder()
        unit, function = self._random.choice(UNITS), self._random.choice(list(NEEDS))
        await self._place(known.id, started, unit, function, started)

    async def _place(self, person: str, since: date, unit: str, function: str, started: date) -> None:
        self.folders[person].places.append((since, None, unit, function, started))
        row = {"id": uuid4().hex, "person_id": person, "since": since, "unit": unit, "location": "", "latest": True}
        async with self._database.transaction() as tx:
            await tx.execute(insert(PeriodRow).values(**row, function=function, started=started))

    async def _end_place(self, person: str, folder: Folder) -> tuple[date, str, str, date]:
        since, _, unit, function, started = folder.places.pop()
        folder.places.append((since, self.day, unit, function, started))
        query = update(PeriodRow).where(col(PeriodRow.person_id) == person, col(PeriodRow.until).is_(None))
        async with self._database.transaction() as tx:
            await tx.execute(query.values(until=self.day, latest=False))
        return since, unit, function, started

    async def _leave(self, person: str, folder: Folder) -> None:
        await self._end_place(person, folder)
        if self._random.random() < 0.3:  # and begins anew the same day, elsewhere
            await self._place(person, self.day, self._random.choice(UNITS), "medewerker", self.day)

    async def _move(self, person: str, folder: Folder) -> None:
        *_, started = await self._end_place(person, folder)
        await self._place(person, self.day, self._random.choice(UNITS), self._random.choice(list(NEEDS)), started)

    async def _away(self, person: str, folder: Folder) -> None:
        if folder.is_away(self.day):
            return
        days = self._random.choice((None, 3, 20, 120))
        until = None if days is None else self.day + days * DAY
        folder.away.append((self.day, until))
        async with self._database.transaction() as tx:
            await register.note_absence(tx, person, self.day, until, self._now())

    async def _back(self, person: str, folder: Folder) -> None:
        if not folder.is_away(self.day):
            return
        folder.away = [
            (since, self.day if since <= self.day and (until is None or until > self.day) else until)
            for since, until in folder.away
        ]
        async with self._database.transaction() as tx:
            await register.end_absence(tx, person, self.day, self.day)

    async def _exempt(self, person: str, folder: Folder) -> None:
        until = self.day + self._random.choice((10, 200)) * DAY
        folder.exempt.append((self.day, until))
        async with self._database.transaction() as tx:
            await register.exempt(tx, person, self.day, until, "x", self._now())

    async def _pause(self, person: str, folder: Folder) -> None:
        if folder.quiet_until is not None and folder.quiet_until > self.day:
            return
        folder.quiet_until = self.day + self._random.choice((2, 5, 30)) * DAY
        async with self._database.transaction() as tx:
            until = datetime.combine(folder.quiet_until, time(0), UTC) - timedelta(hours=2)
            await people.pause_nudges(tx, person, until)

    async def _pass(self, person: str, folder: Folder) -> None:
        level = self._random.choice((asked(self.paper, folder, self.day)[-1], self._random.choice(LEVELS)))
        expires = add_months(self.day, self.paper.months)
        if any(one[:2] == (level, self.day) for one in folder.passed):
            return
        folder.passed.append((level, self.day, expires))
        self.clerk.passed(person, level)
        async with self._database.transaction() as tx:
            await certificates.add(tx, Certificate(person, level, True, self.day, expires), self._now())
            await diploma_nudges.end(tx, [person], LEVELS[: LEVELS.index(level) + 1])

    def _change_rules(self) -> None:
        """Takes hold at once, as an edit of the file does."""
        paper, draw = self.paper, self._random
        match draw.randrange(5):
            case 0:
                paper.all_by = self.day + draw.randrange(-60, 200) * DAY
            case 1:
                paper.units[draw.choice(UNITS), draw.choice(LEVELS)] = self.day + draw.randrange(-30, 200) * DAY
            case 2:
                paper.steps = draw.choice(((90, 30, 14, 7, 1, -1, -14), (60, 30, 5, 4, -2), (30, 0, -7)))
            case 3:
                paper.needs["medewerker"] = draw.choice(("basis", "gevorderd"))
            case 4:
                paper.hybrid = not paper.hybrid
        self.dialog = self._open()

    def _now(self) -> datetime:
        return datetime.combine(self.day, time(8), UTC)
