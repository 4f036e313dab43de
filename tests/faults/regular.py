"""A regular thing of the clock, and a clock that stands still at the moment where dying hurts most.

Each thing says at which moment. The first program that reaches it writes its own number into the folder that the
environment names in FAULTS_MOMENTS, and goes no further: it waits to be killed.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.app import App
from bot.clock import Clock
from bot.conversation import Conversation, Turn
from bot.dispatcher import Dispatcher
from bot.model.actions import Action, unpack
from bot.model.cards import Card
from bot.model.events import Due, Event, Place
from bot.rhythm import Rhythm
from bot.routing import Router
from tests.platforms.slack.fake import ROOM, TEAM

FOLDER = "FAULTS_MOMENTS"
Moment = Literal["before", "inside", "after"]
"""Before the turn began; in its transaction; committed and not yet noted as done."""
MOMENTS: tuple[Moment, ...] = ("before", "inside", "after")


class Post(Action, name="faults.post"):
    text: str
    moment: Moment


def find_rhythms() -> Iterable[Rhythm]:
    """Once a year: they ring when a test sets back what was done last."""
    late = timedelta(days=400)
    posts = [Post(text=f"regular {moment}", moment=moment) for moment in MOMENTS]
    return [Rhythm(f"faults.{post.moment}", "0 0 1 1 *", "UTC", post, late) for post in posts]


def set_worst_moment(app: App) -> None:
    """Give the app the clock described above, where the environment asks for it."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return
    standing = StandingStill(Path(folder))
    conversation = Conversation("faults")
    conversation.on_action(Post, standing.post)
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
        handle=lambda event: standing.handle(dispatcher, event),
        gather=app.nudging.gather_due,
        find_rhythms=find_rhythms,
        try_lead=app.leadership.try_lead,
    )


def _ignore(_: Event) -> None: ...


class StandingStill:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle(self, dispatcher: Dispatcher, event: Due) -> None:
        post = unpack(event.action)
        assert isinstance(post, Post)
        await self._stand_still(post, "before")
        await dispatcher.ring(event)
        await self._stand_still(post, "after")

    async def post(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, Post)
        room = Place(platform="slack", tenant=TEAM, id=ROOM, kind="channel")
        turn.post(room, Card.of_words(turn.action.text), kind="digest")
        await self._stand_still(turn.action, "inside")

    async def _stand_still(self, post: Post, moment: Moment) -> None:
        if post.moment != moment:
            return
        try:
            with (self._folder / post.text).open("x", encoding="utf-8") as reached:
                reached.write(str(os.getpid()))
        except FileExistsError:
            return  # another one was here before
        await asyncio.sleep(3_600)
