"""A strict Slack and a strict Teams in bad weather, and all that is to arrive in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.model.cards import Card, Picture, Text
from bot.model.events import Place
from storage import outbox, teams
from storage.database import Database
from storage.teams import TeamsConversation
from tests.faults.program import TEAMS_TOKEN, TEAMS_URL
from tests.faults.weather import Weather
from tests.platforms.slack.fake import SECRET, TEAM, TOKEN, FakeSlack
from tests.platforms.teams.card_rules import PNG
from tests.platforms.teams.fake import BOT, GROUP, ROOM, TENANT, FakeTeams
from tests.platforms.teams.keys import APP_ID

KINDS = ("answer", "ticket", "nudge", "digest", "notice")
SLOW = "slow"
_CHANNELS = ("C0ONE", "C0TWO", "C0THREE", "C0SLOW")
_STARTED = "1790000000.000100"
"""A thread in the first of them."""


@dataclass
class Row:
    """A message that was put into the outbox by hand."""

    key: str
    name: str
    kind: str
    place: Place


@dataclass
class Town:
    slack: FakeSlack = field(default_factory=FakeSlack)
    teams: FakeTeams = field(default_factory=FakeTeams)
    rows: list[Row] = field(default_factory=list)

    def prepare(self) -> None:
        self.slack.channels.update({channel: [] for channel in _CHANNELS})
        self.teams.tokens.append(TEAMS_TOKEN)
        for name in ("rita", "slow"):
            self.teams.add_person(name)

    def places(self) -> list[Place]:
        slack = [Place(platform="slack", tenant=TEAM, id=id, kind="channel") for id in _CHANNELS]
        thread = slack[0].model_copy(update={"thread": _STARTED})
        direct = Place(platform="slack", tenant=TEAM, id="", kind="direct", user="U0RITA")
        room = Place(platform="teams", tenant=TENANT, id=ROOM, kind="channel")
        group = Place(platform="teams", tenant=TENANT, id=GROUP, kind="group")
        people = [
            Place(platform="teams", tenant=TENANT, id="", kind="direct", user=f"29:1{name}")
            for name in ("rita", "slow")
        ]
        return [*slack, thread, direct, room, group, *people]

    def environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{self.slack.url}/api/",
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": "no-secret",
            "MicrosoftAppType": "SingleTenant",
            "MicrosoftAppTenantId": TENANT,
            TEAMS_URL: self.teams.url,
        }

    async def introduce(self, database: Database) -> None:
        """The group in Teams is one the bot was added to."""
        group = TeamsConversation(GROUP, TENANT, "group", self.teams.url, BOT)
        async with database.transaction() as tx:
            await teams.remember_conversation(tx, group, datetime.now(UTC))

    async def put(self, database: Database, place: Place, kind: str) -> None:
        """One more message into the outbox; every sixth in Slack has a picture."""
        number = len(self.rows)
        name = f"row {number:05d}"
        elements: tuple[Any, ...] = (Text(text=name),)
        if place.platform == "slack" and number % 6 == 0:
            elements += (Picture(png=PNG, alt=f"picture of {name}"),)
        row = Row(outbox.new_key(), name, kind, place)
        async with database.transaction() as tx:
            await outbox.add(
                tx,
                key=row.key,
                kind=kind,
                place=place.model_dump(mode="json"),
                place_key=place.key,
                card=Card(summary=name, elements=elements).model_dump(mode="json"),
                due_at=datetime.now(UTC),
            )
        self.rows.append(row)

    # ------------------------------------------------------------ what arrived

    def arrived(self) -> dict[str, list[str]]:
        """Per chat and thread, the names of the rows as they came, again where they came again."""
        found: dict[str, list[str]] = defaultdict(list)
        for where, text in (*self._slack_texts(), *self._teams_texts()):
            if text.startswith("row "):
                found[where].append(text[: len("row 00000")])
        return found

    def _slack_texts(self) -> Iterator[tuple[str, str]]:
        for channel, messages in self.slack.channels.items():
            for message in messages:
                yield f"{channel}/{message.get('thread_ts')}", str(message["text"])

    def _teams_texts(self) -> Iterator[tuple[str, str]]:
        for chat in self.teams.chats.values():
            for posted in chat:
                yield f"{posted.conversation}/{posted.thread}", str(posted.activity["summary"])

    def answers_in_slack(self, person: str) -> list[dict[str, Any]]:
        return [m for m in self.slack.channels.get("D0" + person.upper(), []) if m.get("bot_id")]

    def answers_in_teams(self, person: str) -> int:
        return len(self.teams.chats.get(f"a:1personal-{person}", []))

    def count_pictures(self) -> Counter[str]:
        """How often each picture is shown."""
        return Counter(
            block["alt_text"]
            for messages in self.slack.channels.values()
            for message in messages
            for block in message.get("blocks") or ()
            if block["type"] == "image"
        )


def touches_slack(request: web.Request) -> bool:
    return request.path.startswith("/upload/") or request.path.removeprefix("/api/") in {
        "chat.postMessage",
        "chat.update",
        "conversations.history",
        "conversations.replies",
        "conversations.open",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
    }


def touches_teams(request: web.Request) -> bool:
    return request.path.startswith("/v3/conversations")


@asynccontextmanager
async def open_town(seed: int, share: float = 0.12) -> AsyncIterator[tuple[Town, Weather, Weather]]:
    """The town, and the weather over its Slack and over its Teams."""
    town = Town()
    town.prepare()
    over_slack, over_teams = Weather(seed, touches_slack, share), Weather(seed + 1, touches_teams, share)
    over_slack.slow = lambda body: b"C0SLOW" in body
    sites = town.slack.make_site(), town.teams.make_site()
    for site, weather in zip(sites, (over_slack, over_teams), strict=True):
        site.middlewares.append(weather.blow)
    async with TestServer(sites[0]) as slack, TestServer(sites[1]) as chat:
        town.slack.url = str(slack.make_url("")).rstrip("/")
        town.teams.url = str(chat.make_url("")).rstrip("/")
        yield town, over_slack, over_teams
