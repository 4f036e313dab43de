"""A regular thing of the clock, and a clock that stands still at the moment where dying hurts most.

The environment names a folder in FAULTS_MOMENTS. The first program that reaches the moment that the file `wanted`
there names writes `reached` with its own number and goes no further: it waits to be killed.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.clock import Clock
from bot.conversation import Conversation, Turn
from bot.dispatcher import Dispatcher
from bot.model.actions import Action
from bot.model.cards import Card
from bot.model.events import Due, Event, Place
from bot.rhythm import Rhythm
from bot.routing import Router
from tests.platforms.slack.fake import ROOM, TEAM

MOMENTS = "FAULTS_MOMENTS"
BEFORE, INSIDE, AFTER = "before", "inside", "after"
"""Before the turn began; in its transaction; committed and not yet noted as done."""
RHYTHM = "faults.yearly"


class Post(Action, name="faults.post"):
    text: str


def find_rhythms() -> Iterable[Rhythm]:
    """Once a year: it rings when a test sets back what was done last."""
    return [Rhythm(RHYTHM, "0 0 1 1 *", "UTC", Post(text=RHYTHM), timedelta(days=400))]


def set_worst_moment(app: App) -> None:
    """Give the app the clock described above, where the environment asks for it."""
    folder = os.environ.get(MOMENTS)
    if not folder:
        return
    moments = Moments(Path(folder))
    conversation = Conversation("faults")
    conversation.on_action(Post, moments.post)
    dispatcher = Dispatcher(
        app.database,
        Router([conversation]),
        app.now,
        on_accepted=lambda _: None,
        on_commit=app.outbox.wake,
        on_stranger=_ignore,
    )
    app.clock = Clock(
        app.database,
        app.now,
        handle=lambda event: moments.handle(dispatcher, event),
        gather=app.nudging.gather_due,
        find_rhythms=find_rhythms,
        try_lead=app.leadership.try_lead,
    )


def _ignore(_: Event) -> None: ...


class Moments:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle(self, dispatcher: Dispatcher, event: Due) -> None:
        await self._stand_still_at(BEFORE)
        await dispatcher.ring(event)
        await self._stand_still_at(AFTER)

    async def post(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, Post)
        room = Place(platform="slack", tenant=TEAM, id=ROOM, kind="channel")
        turn.post(room, Card.of_words(turn.action.text), kind="digest")
        await self._stand_still_at(INSIDE)

    async def _stand_still_at(self, moment: str) -> None:
        wanted = self._folder / "wanted"
        if not wanted.exists() or wanted.read_text(encoding="utf-8") != moment:
            return
        try:
            with (self._folder / "reached").open("x", encoding="utf-8") as reached:
                reached.write(f"{os.getpid()}\n")
        except FileExistsError:
            return  # another one was here before
        await asyncio.sleep(3_600)
