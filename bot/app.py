"""The composition root: the only file that knows every part, and how they start and stop together."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web

from bot import pages
from bot.accepted import AcceptedEvents
from bot.assisting import OwnModel
from bot.clock import Clock
from bot.conversations import build_conversations, find_examples
from bot.delivery import OutboxWorker
from bot.desk import Desk, encode_nothing
from bot.dispatcher import Dispatcher
from bot.groups import RoleGroup, read_groups
from bot.members import Members
from bot.model.effects import Effect
from bot.model.events import Account, Event, Place
from bot.nudging import Nudging
from bot.opening import open_database
from bot.people import Acquaintance
from bot.platforms import KeepsPagesOpen, Wiring, build_platforms, find_drawings
from bot.reaching import ByEmail
from bot.reading import ReadingProcess
from bot.routing import Router
from bot.settings import Settings
from bot.timings import Read, Timings
from bot.watching import KnowledgeWatch
from bot.working_time import find_working_time
from knowledge.content import Knowledge
from knowledge.watching import Shelf
from storage.leadership import Leadership
from storage.migrations import upgrade

log = structlog.get_logger()

_BODY_BYTES = 1_000_000


def utc_now() -> datetime:
    return datetime.now(UTC)


class App:
    """Built from settings; connects to nothing until `start`. `read` and `now` are given by tests."""

    def __init__(
        self, settings: Settings, *, read: Read | None = None, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.settings = settings
        self.now = now
        self.database = open_database(settings)
        self.shelf = Shelf(settings.knowledge)
        self._reading = None if read else ReadingProcess(self.shelf.current, settings.cache)
        built_in = read or self._reading_process.read
        self._model = OwnModel(settings, lambda: self.shelf.current, built_in) if settings.model_url else None
        self.timings = Timings()
        self.desk = self._make_desk(self.timings.of_reading(self._model.read if self._model else built_in))
        self.desk.conversations.extend(build_conversations(self.desk))
        self.router = Router(self.desk.conversations)
        self.platforms = {
            platform.name: platform for platform in build_platforms(Wiring(settings, self._receive, self.database))
        }
        self.desk.platforms.extend(self.platforms)
        self.drawings, self.find_examples = find_drawings(), find_examples
        by_email = ByEmail(self.database, self.platforms, now)
        # A view of both: a platform that is exchanged is exchanged for the outbox too.
        everywhere = ChainMap[str, Any](self.platforms, {by_email.name: by_email})
        self.outbox = OutboxWorker(self.database, everywhere, now)
        self.accepted = AcceptedEvents(self.database, now)
        self.acquaintance = Acquaintance(self.database, self.platforms, now)
        self.members = Members(self.database, self.platforms, self.acquaintance, now)
        self.dispatcher = Dispatcher(
            self.database,
            self.router,
            now,
            on_accepted=self.accepted.notice,
            on_commit=self._after_commit,
            on_stranger=self.acquaintance.meet,
            on_turn=self.timings.note_turn,
            ask_above=settings.ask_above,
        )
        self.leadership = Leadership(self.database)
        self.nudging = self._make_nudging()
        self.clock = self._make_clock()
        self.ready = False
        replace = self._reading.replace if self._reading else _needs_nothing
        self.watch = KnowledgeWatch(
            self.shelf,
            replace,
            self.database,
            settings.admin_emails,
            now,
            self.desk.conversations,
            zone=settings.time_zone,
        )

    def _make_desk(self, read: Read) -> Desk:
        return Desk(
            knowledge=lambda: self.shelf.current,
            read=read,
            explain=self._reading.explain if self._reading else None,
            time_zone=self.settings.time_zone,
            lab=lab_place(self.settings),
            admins=self.settings.admin_emails,
            role_groups=read_groups(self.settings.role_groups),
            find_members=self._find_members,
            encode=self._reading.encode if self._reading else encode_nothing,
            url=self.settings.public_url,
        )

    def _make_nudging(self) -> Nudging:
        return Nudging(
            self.database,
            self.router,
            self.now,
            working_time=lambda: find_working_time(self.shelf.current),
            time_zone=self.settings.time_zone,
            on_commit=self.outbox.wake,
        )

    def _make_clock(self) -> Clock:
        return Clock(
            self.database,
            self.now,
            handle=self.dispatcher.ring,
            gather=self.nudging.gather_due,
            find_rhythms=self.router.find_rhythms,
            try_lead=self.leadership.try_lead,
        )

    @property
    def _reading_process(self) -> ReadingProcess:
        assert self._reading is not None
        return self._reading

    @property
    def reading_ready(self) -> bool:
        """Questions can be read now; a reader given from outside always can."""
        return self._reading is None or self._reading.ready

    def _after_commit(self) -> None:
        self.outbox.wake()
        if self.desk.agreed.was_rung():
            self.watch.look_soon()

    async def _find_members(self, group: RoleGroup) -> Sequence[Account] | None:
        return await self.members.find(group)

    async def _receive(self, event: Event) -> Effect:
        return await self.dispatcher.receive(event)

    def make_site(self) -> web.Application:
        """All there is to serve over HTTP: the platforms' routes and the pages."""
        site = web.Application(client_max_size=_BODY_BYTES, middlewares=pages.middlewares())
        for platform in self.platforms.values():
            site.add_routes(platform.routes())
            if isinstance(platform, KeepsPagesOpen):
                site.on_shutdown.append(platform.let_go)
        pages.add_pages(site, self)
        return site

    async def start(self) -> None:
        """Ready in the order things need each other; the platforms last, since they let people in."""
        await upgrade(self.database)
        in_force = await self.watch.begin()
        if self._reading is not None:
            await self._reading.start(in_force)
        await self.outbox.start()
        await self.accepted.start(self.dispatcher)
        self.clock.start()
        self.watch.start()
        for platform in self.platforms.values():
            await platform.start()
        self.ready = True
        log.info("started", platforms=sorted(self.platforms), knowledge=self.shelf.current.fingerprint[:12])

    async def stop(self) -> None:
        """Let nobody in, finish what was accepted, keep the rest for the next start."""
        self.ready = False
        self.clock.stop()
        await self.leadership.release()
        for platform in self.platforms.values():
            await platform.stop()
        await self.watch.stop()
        await self.accepted.stop()
        await self.outbox.stop()
        await self.acquaintance.stop()
        if self._model is not None:
            await self._model.close()
        if self._reading is not None:
            await self._reading.stop()
        await self.database.dispose()
        log.info("stopped")


async def _needs_nothing(_: Knowledge) -> None:
    """A reader that a test gave knows nothing of the files."""


def lab_place(settings: Settings) -> Place | None:
    """`slack:C0123` -> the channel of the AI Lab; None where it names no platform that is on."""
    if not settings.lab:
        return None
    platform, _, channel = settings.lab.partition(":")
    if not channel or platform not in settings.platforms_on:
        log.error("lab.not_reachable", setting=settings.lab, todo="run `prompt-club check`")
        return None
    return Place(platform=platform, tenant="", id=channel, kind="channel")
