"""The program as one process, and people in a fake Slack who write to it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

import aiohttp

from tests.faults.replicas import Replica
from tests.platforms.slack.fake import BOT_USER, SECRET, TEAM, TOKEN, FakeSlack
from tests.platforms.slack.stage import sign, user_of

SECONDS = 100


class Club:
    def __init__(self, folder: Path, fake: FakeSlack, database_url: str) -> None:
        self.fake = fake
        self.acknowledged: list[str] = []
        self.program = Replica(
            1,
            folder,
            {
                "DATABASE_URL": database_url,
                "PROMPT_CLUB_CACHE": str(folder / "cache"),
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": f"{fake.url}/api/",
            },
        )

    async def start(self) -> None:
        await self.program.start()
        await self.program.until_ready()

    async def ask(self, number: int) -> None:
        """A signed question of a colleague of its own; only an acknowledged one counts."""
        person = f"p{number}"
        user = user_of(person)
        ts = self.fake.make_ts()
        event = {
            "type": "message",
            "user": user,
            "text": "Mag ik een klantmail laten schrijven?",
            "ts": ts,
            "channel": self.fake.direct(user),
            "channel_type": "im",
        }
        body = json.dumps(
            {
                "type": "event_callback",
                "team_id": TEAM,
                "event_id": f"Ev{ts}",
                "event": event,
                "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            }
        ).encode()
        headers = {"Content-Type": "application/json", **sign(body)}
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{self.program.url}/slack/events", data=body, headers=headers) as answer,
            ):
                if answer.status == 200:
                    self.acknowledged.append(user)
        except aiohttp.ClientError:
            return  # it died before it said yes: Slack would deliver again

    def answers(self) -> Counter[str]:
        """Messages of the bot by person."""
        return Counter(
            user
            for user in self.acknowledged
            for message in self.fake.channels[self.fake.direct(user)]
            if message.get("bot_id")
        )

    async def until_all_are_answered(self) -> None:
        async with asyncio.timeout(SECONDS):
            while set(self.answers()) != set(self.acknowledged):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
