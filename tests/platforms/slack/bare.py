"""The Slack adapter without the rest of the house: what it hands on is kept, what comes back is set by the test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.delivery import Outgoing
from bot.model.cards import Card
from bot.model.effects import Effect, Nothing
from bot.model.events import Event, Place
from bot.platforms import Wiring
from bot.platforms.slack.adapter import Slack
from storage.database import Database
from storage.migrations import upgrade
from tests.platforms.slack.fake import ROOM, TEAM, FakeSlack
from tests.platforms.slack.stage import FORM_TYPE, make_settings, sign

JSON = "application/json"


@dataclass
class House:
    """Stands where the dispatcher is."""

    got: list[Event] = field(default_factory=list)
    effect: Effect = field(default_factory=Nothing)
    broken: Exception | None = None
    busy: asyncio.Event | None = None
    """Until this is set, an event is being handled."""

    async def receive(self, event: Event) -> Effect:
        if self.busy is not None:
            await self.busy.wait()
        if self.broken is not None:
            raise self.broken
        self.got.append(event)
        return self.effect


@dataclass
class Bare:
    slack: Slack
    fake: FakeSlack
    house: House
    client: TestClient[Any, Any]
    database: Database


@asynccontextmanager
async def open_bare(folder: Path, *, socket: bool = False) -> AsyncIterator[Bare]:
    fake, house = FakeSlack(), House()
    async with TestServer(fake.make_site()) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        settings = make_settings(folder, fake, socket)
        database = Database(settings.database_url)
        await upgrade(database)
        slack = Slack(Wiring(settings, house.receive, database))
        site = web.Application(client_max_size=1_000_000)
        site.add_routes(slack.routes())
        async with TestClient(TestServer(site)) as client:
            yield Bare(slack, fake, house, client, database)
        await slack.stop()
        await database.dispose()


async def post(bare: Bare, body: bytes, content_type: str = JSON, headers: dict[str, str] | None = None) -> Any:
    signed = sign(body) if headers is None else headers
    return await bare.client.post("/slack/events", data=body, headers={"Content-Type": content_type, **signed})


def as_request(payload: dict[str, Any]) -> tuple[bytes, str]:
    """As Slack sends this kind of payload."""
    if "command" in payload:
        return urlencode(payload).encode(), FORM_TYPE
    if payload.get("type") == "event_callback":
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE


def outgoing(card: Card | None = None, *, key: str = "k1", **more: Any) -> Outgoing:
    place = Place(platform="slack", tenant=TEAM, id=ROOM, kind="channel")
    given = {"key": key, "kind": "answer", "place": place, "card": card or Card.of_words("Hoi"), **more}
    return Outgoing.model_validate(given)
