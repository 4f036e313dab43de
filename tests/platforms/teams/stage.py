"""People in a small fake Teams, and the real app behind signed requests: what they type, press, fill in and see."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import aiohttp
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select
from sqlmodel import col

from bot.app import App
from bot.platforms import Wiring
from bot.platforms.teams.adapter import TeamsPlatform
from bot.platforms.teams.auth import SigningKeys, TokenDoor, fetch_keys_from
from bot.platforms.teams.graph import Graph
from bot.platforms.teams.tokens import OutgoingToken
from bot.settings import Settings
from storage.tables.inbox import InboxRow
from storage.tables.outbox import OutboxRow
from tests.platforms.reading import read
from tests.platforms.stage import Shown, ShownForm, Where
from tests.platforms.teams.fake import BOT, GROUP, ROOM, TENANT, FakeTeams, Fault, Posted, directory_id
from tests.platforms.teams.fake_graph import FakeGraph
from tests.platforms.teams.keys import APP_ID
from tests.platforms.teams.seeing import fill_in, find_action, see, see_form

Activity = dict[str, Any]
PLACES: dict[str, tuple[str, str]] = {"channel": (ROOM, "channel"), "group": (GROUP, "groupChat")}


class Clock:
    """Seconds that pass by themselves, and more when a test says so."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.skipped


class TeamsStage:
    name = "teams"
    tells_unclear = False

    def __init__(
        self,
        fake: FakeTeams,
        graph: FakeGraph,
        app: App,
        address: str,
        session: aiohttp.ClientSession,
        clock: Clock,
    ) -> None:
        self.fake = fake
        self.graph = graph
        self.app = app
        self.clock = clock
        self.answers: dict[str, list[Any]] = defaultdict(list)
        """Bodies of the answers to invokes, by person."""
        self._address = address
        self._session = session
        self._last: Activity = {}
        self._dialogs: dict[str, dict[str, Any]] = {}

    # ------------------------------------------------------------ requests

    async def post(self, body: Any, **how: Any) -> tuple[int, Any]:
        """One request as Teams sends it; `headers` replaces the signed ones, other names change claims."""
        headers = how.pop("headers", None)
        if headers is None:
            signed = {} if self.fake.local else {"Authorization": self.fake.sign(**how)}
            headers = {"Content-Type": "application/json", **signed}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self._session.post(self._address, data=data, headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if answer.content_type == "application/json" and text else text

    async def send(self, activity: Activity) -> Any:
        """An activity that must be taken; the answer's body."""
        self._last = activity
        status, body = await self.post(activity)
        assert status == (200 if activity["type"] == "invoke" else 201), (status, body)
        return body

    def make_activity(self, person: str, type: str, where: str = "direct", **more: Any) -> Activity:
        user = self.fake.add_person(person)
        id = self.fake.make_id()
        conversation, kind = PLACES.get(where) or (self.fake.direct(user), "personal")
        thread = f";messageid={more.pop('thread', None) or id}" if kind == "channel" else ""
        return {
            "type": type,
            "id": id,
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "localTimezone": "Europe/Brussels",
            "channelId": "msteams",
            "serviceUrl": self.fake.url,
            "from": {"id": user, "aadObjectId": directory_id(person)},
            "recipient": {"id": BOT, "name": "Prompt Club"},
            "conversation": {"id": conversation + thread, "conversationType": kind, "isGroup": kind != "personal"},
            "channelData": {"tenant": {"id": TENANT}},
            **more,
        }

    def make_message(self, person: str, text: str, where: str = "direct", **more: Any) -> Activity:
        """As a client sends it: in company the bot is mentioned first, and signs of HTML are escaped."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        activity = self.make_activity(person, "message", where, text=escaped, **more)
        if where != "direct":
            mark = "<at>Prompt Club</at>"
            activity["text"] = f"{mark}&nbsp;{escaped}"
            activity["entities"] = [{"type": "mention", "mentioned": {"id": BOT}, "text": mark}]
        return activity

    async def deliver_again(self) -> None:
        await self.send(self._last)

    # ------------------------------------------------------------ people

    def email_of(self, person: str) -> str:
        return str(self.fake.members[self.fake.add_person(person)]["email"])

    async def say(self, person: str, text: str, where: Where = "direct") -> None:
        await self.send(self.make_message(person, text, where))

    async def command(self, person: str, word: str, rest: str = "") -> None:
        typed = f"/magdit {rest}" if word == "magdit" else f"/promptclub {word} {rest}"
        await self.say(person, typed.strip())

    async def press(self, person: str, message: Shown, label: str) -> None:
        posted = self.fake.find(message.id)
        data = find_action(posted.card, label)["data"]
        where = next((where for where, (id, _) in PLACES.items() if id == posted.conversation), "direct")
        common = {"thread": posted.thread, "replyToId": posted.id}
        if data.get("msteams", {}).get("type") == "task/fetch":
            value = {"data": data, "context": {"theme": "default"}}
            await self.invoke(
                person, self.make_activity(person, "invoke", where, name="task/fetch", value=value, **common)
            )
        else:
            await self.send(self.make_activity(person, "message", where, value=data, **common))

    async def invoke(self, person: str, activity: Activity) -> Any:
        """What Teams does with the answer: open the dialog, keep it open, or close it with a few words."""
        body = await self.send(activity)
        self.answers[person].append(body)
        task = body.get("task") if isinstance(body, dict) else None
        if task is not None and task["type"] == "continue":
            self._dialogs[person] = task["value"]
        else:
            self._dialogs.pop(person, None)
        return body

    async def submit(self, person: str, values: dict[str, str]) -> None:
        card = self._dialogs[person]["card"]["content"]
        (send,) = card["actions"]
        value = {"data": {**send["data"], **fill_in(card, values)}, "context": {"theme": "default"}}
        await self.invoke(person, self.make_activity(person, "invoke", name="task/submit", value=value))

    async def open_home(self, person: str) -> None:
        await self.say(person, "overzicht")

    # ------------------------------------------------------------ what they see

    async def posted(self, person: str, where: str = "direct") -> list[Posted]:
        await self.settle()
        assert self.fake.problems == []
        conversation = PLACES[where][0] if where in PLACES else self.fake.direct(self.fake.add_person(person))
        return self.fake.chats[conversation]

    async def messages(self, person: str, where: Where = "direct") -> list[Shown]:
        return [see(posted.id, posted.card, posted.thread) for posted in await self.posted(person, where)]

    async def form(self, person: str) -> ShownForm | None:
        await self.settle()
        dialog = self._dialogs.get(person)
        return see_form(dialog["title"], dialog["card"]["content"]) if dialog else None

    async def refusals(self, person: str) -> list[str]:
        """Answers of invokes in words, and what was said in a chat beside the outbox."""
        told = []
        for body in self.answers[person]:
            if body.get("task", {}).get("type") == "message":
                told.append(body["task"]["value"])
            elif str(body.get("type", "")).endswith("activity.message"):
                told.append(body["value"])
        return told + [see(posted.id, posted.card).text for posted in await self.said_beside()]

    async def said_beside(self) -> list[Posted]:
        await self.settle()
        async with self.app.database.reading() as tx:
            sent = set((await tx.execute(select(col(OutboxRow.platform_id)))).scalars())
        return [posted for chat in self.fake.chats.values() for posted in chat if posted.id not in sent]

    async def home(self, person: str) -> Shown | None:
        beside = {posted.id for posted in await self.said_beside()}
        mine = [posted for posted in await self.posted(person) if posted.id in beside]
        return see(mine[-1].id, mine[-1].card) if mine else None

    # ------------------------------------------------------------ behind the scenes

    def fail_next_send(self, how: Literal["later", "never", "unclear"], times: int = 1) -> None:
        faults = {
            "later": Fault(429, {"error": {"code": "TooManyRequests"}}, {"Retry-After": "1"}, times=times),
            "never": Fault(403, {"errorCode": 209}, times=times),
            "unclear": Fault(lost=True, times=times),
        }
        self.fake.faults.append(faults[how])

    async def deliveries(self) -> list[tuple[str, str | None]]:
        await self.settle()
        async with self.app.database.reading() as tx:
            rows = await tx.execute(select(col(OutboxRow.state), col(OutboxRow.reason)).order_by(col(OutboxRow.id)))
            return [(state, reason) for state, reason in rows.all()]

    @property
    def platform(self) -> TeamsPlatform:
        platform = self.app.platforms["teams"]
        assert isinstance(platform, TeamsPlatform)
        return platform

    async def settle(self) -> None:
        """Until nothing is waiting to be handled or sent."""
        for _ in range(600):
            await self.platform.finish()
            if not await self._count_waiting():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("still waiting after twelve seconds")

    async def _count_waiting(self) -> int:
        async with self.app.database.reading() as tx:
            accepted = select(func.count()).where(col(InboxRow.state) == "waiting")
            outgoing = select(func.count()).where(col(OutboxRow.state).in_(("waiting", "sending")))
            return int((await tx.execute(accepted)).scalar_one() + (await tx.execute(outgoing)).scalar_one())


def make_settings(folder: Path, **more: Any) -> Settings:
    return Settings(
        _env_file=None,
        database_url=more.pop("database_url", f"sqlite:///{folder}/club.sqlite"),
        cache=folder / "cache",
        **{
            "teams_app_id": APP_ID,
            "teams_app_password": "no-secret",
            "teams_app_type": "SingleTenant",
            "teams_tenant_id": TENANT,
            **more,
        },
    )


def make_app(
    settings: Settings, fake: FakeTeams, graph: FakeGraph, clock: Callable[[], float] = time.monotonic
) -> App:
    """The real app; where Microsoft's servers would be asked, the fake is."""
    app = App(settings, read=read)
    if not settings.teams_local:
        app.platforms["teams"] = TeamsPlatform(
            Wiring(settings, app.dispatcher.receive, app.database),
            door=TokenDoor(APP_ID, SigningKeys(fetch_keys_from(f"{fake.url}/openid"), clock)),
            token=OutgoingToken(fake.issue_token, clock),
            graph=Graph(OutgoingToken(graph.issue_token, clock), f"{graph.url}/v1.0"),
            service_url=fake.url,
        )
    return app


@asynccontextmanager
async def open_stage(folder: Path, fake: FakeTeams | None = None, **more: Any) -> AsyncIterator[TeamsStage]:
    """The fake, and an app of its own beside it; `more` are settings. A given fake goes on where it was."""
    fake = fake or FakeTeams()
    graph = FakeGraph(fake)
    async with (
        TestServer(fake.make_site()) as server,
        TestServer(graph.make_site()) as directory,
        aiohttp.ClientSession() as session,
    ):
        fake.url = str(server.make_url("")).rstrip("/")
        graph.url = str(directory.make_url("")).rstrip("/")
        clock = Clock()
        app = make_app(make_settings(folder, **more), fake, graph, clock)
        async with TestServer(app.make_site()) as ours:
            await app.start()
            try:
                yield TeamsStage(fake, graph, app, str(ours.make_url("/api/messages")), session, clock)
            finally:
                await app.stop()
