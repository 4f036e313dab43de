"""One round of thousands: sent through the outbox, answered, closed, told and looked at; and how it grows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.conversations.surveys import actions
from bot.model.actions import Action
from bot.model.events import HOUSE, NOWHERE, Due, Pressed
from bot.pages.survey_sheets import write_pdf
from bot.pages.survey_shown import describe
from bot.texts import WORDS
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.survey_questions import write_questions
from knowledge.survey_results import find_agreed
from storage import people, roles, surveys, surveys_answers
from storage.codes import new_code
from storage.database import Database
from storage.migrations import upgrade
from storage.people import Profile
from storage.surveys_answers import Answer
from tests.benchmarks.figures import Figure, Line
from tests.conversations.dialog import Dialog, account_of, direct
from tests.conversations.readings import read_from

_SIZES = (500, 5_000)
_NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_GOALS = {"results, of one round": "< 1,000 ms", "a page of results": "< 1,000 ms"}
_STEPS = 7


async def measure(folder: Path) -> Sequence[Line]:
    lines: list[Line] = []
    before: dict[str, float] = {}
    for size in _SIZES:
        took = await _play(f"sqlite:///{folder}/surveys-{size}.sqlite", size)
        for what, milliseconds in took.items():
            peer = f"{_SIZES[0]:,} people" if before else ""
            goal = _GOALS.get(what, "")
            lines.append(Figure(f"{size:,} people: {what}", milliseconds, "ms", peer, before.get(what), goal))
        before = before or took
    return lines


class _Watch:
    """Milliseconds since it was last asked."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.took: dict[str, float] = {}

    def note(self, what: str) -> None:
        now = time.perf_counter()
        self.took[what] = (now - self._last) * 1_000
        self._last = now

    def skip(self) -> None:
        self._last = time.perf_counter()


async def _play(url: str, size: int) -> dict[str, float]:
    database, knowledge = Database(url), load(DEFAULT_FOLDER)
    await upgrade(database)
    async with Dialog(database, knowledge, read_from({})) as house:
        house.clock.moment = _NOW
        house.dispatcher._ask_above = 2 * size
        id = await _draft(house, size)
        watch = _Watch()
        send = actions.Send(round=id).pack()
        event = Pressed(key="send", action=send, account=account_of("lead"), place=direct("lead"), at=_NOW)
        await house.dispatcher.receive(event)
        watch.note("invitations, written to the outbox")
        await house.settle()
        watch.note("invitations, delivered by a platform that takes them at once")
        await _answer(house, id, size)
        watch.note("answers, kept one by one")
        await _ring(house, actions.Close(round=id))
        watch.note("results, of one round")
        for step in range(_STEPS):
            await _ring(house, actions.Theme(round=id, step=step))
        watch.note("results, written to the outbox for the first 250")
        watch.skip()
        async with database.reading() as tx:
            round_ = await surveys.find_round(tx, id)
            results = await surveys_answers.find_results(tx, id)
        assert round_ is not None
        describe(WORDS["nl"], round_, results, find_agreed(knowledge))
        watch.note("a page of results")
        write_pdf(WORDS["nl"], round_, results, find_agreed(knowledge))
        watch.note("a sheet for the meeting")
    await database.dispose()
    return watch.took


async def _draft(house: Dialog, size: int) -> str:
    knowledge = house.desk.knowledge()
    survey = knowledge.surveys.newest()[0]
    async with house.database.transaction() as tx:
        ids = []
        for name in ("lead", *(f"p{number}" for number in range(size))):
            known = await people.get_or_add_person(tx, "plain", "", name, _NOW)
            await people.save_profile(tx, known, Profile(name, f"{name}@example.com"), _NOW)
            await people.note_spoke(tx, known.account_id, _NOW, direct(name).model_dump(mode="json"))
            ids.append(known.id)
        await roles.give(tx, ids[0], "team_lead", _NOW)
        both = {"nl": survey.title.nl, "en": survey.title.en}
        return await surveys.add_draft(
            tx, survey=survey.id, survey_version=1, title=both, purpose=both,
            questions=write_questions(survey.questions, knowledge.tools), lead_id=ids[0], audience="unit",
            unit="Alle", anonymous=True, minimum=5, closes_at=_NOW + timedelta(days=7), people=ids[1:], now=_NOW,
        )  # fmt: skip


async def _answer(house: Dialog, id: str, size: int) -> None:
    async with house.database.transaction() as tx:
        round_ = await surveys.lock_open(tx, id)
        assert round_ is not None
        for number, person in enumerate(await surveys.list_people(tx, id)):
            await surveys.take_part(tx, id, person)
            answers = {"hoe-vaak": Answer(("soms",)), "twijfel": Answer(words=f"Mag dit met stuk {number % 40}?")}
            await surveys_answers.keep(tx, round_, new_code(), answers)


async def _ring(house: Dialog, action: Action) -> None:
    key = f"{action.name}:{getattr(action, 'step', '')}"
    await house.dispatcher.ring(Due(key=key, action=action.pack(), account=HOUSE, place=NOWHERE, at=_NOW))
