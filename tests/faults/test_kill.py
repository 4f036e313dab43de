"""The running program is really killed: what it acknowledged is answered, once, on both databases."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer, unused_port

from tests.platforms.slack.fake import BOT_USER, SECRET, TEAM, TOKEN, FakeSlack
from tests.platforms.slack.stage import sign, user_of

KILLS, EACH_LIFE = 3, 8
SECONDS = 100


class Club:
    """The program as a process, and people in a fake Slack who write to it."""

    def __init__(self, folder: Path, fake: FakeSlack, slack_url: str, database_url: str) -> None:
        self.fake = fake
        self.port = unused_port()
        self.acknowledged: list[str] = []
        self._log = (folder / "club.log").open("ab")
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "PROMPT_CLUB_CACHE": str(folder / "cache"),
            "PROMPT_CLUB_PORT": str(self.port),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{slack_url}/api/",
        }
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.program", env=self._environment, stdout=self._log, stderr=self._log
        )
        async with aiohttp.ClientSession() as session, asyncio.timeout(SECONDS):
            while True:
                assert self.process.returncode is None, "it did not start; see club.log"
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.05)

    async def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        async with asyncio.timeout(SECONDS):
            return await self.process.wait()

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
                session.post(f"http://127.0.0.1:{self.port}/slack/events", data=body, headers=headers) as answer,
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


@pytest.fixture
async def club(tmp_path: Path, database_url: str):
    fake = FakeSlack()
    async with TestServer(fake.make_site()) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        club = Club(tmp_path, fake, fake.url, database_url)
        yield club
        if club.process is not None and club.process.returncode is None:
            await club.end(signal.SIGKILL)


async def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_said_twice(club: Club) -> None:
    generator = random.Random(20261121)
    number = 0
    for _ in range(KILLS):
        await club.start()
        asking = []
        for _ in range(EACH_LIFE):
            number += 1
            asking.append(asyncio.create_task(club.ask(number)))
            await asyncio.sleep(generator.uniform(0, 0.05))
        await asyncio.sleep(generator.uniform(0.1, 0.4))
        await club.end(signal.SIGKILL)
        await asyncio.gather(*asking)
    await club.start()
    assert len(club.acknowledged) > KILLS, "most questions got through"
    await club.until_all_are_answered()
    await asyncio.sleep(0.5)
    twice = {user: times for user, times in club.answers().items() if times > 1}
    assert twice == {}, "Slack can tell what arrived, so nothing is said twice"
    assert club.fake.problems == []


async def test_told_to_stop_it_finishes_what_it_accepted_and_ends_well(club: Club) -> None:
    await club.start()
    asking = [asyncio.create_task(club.ask(number)) for number in range(EACH_LIFE)]
    await asyncio.sleep(0.15)
    assert await club.end(signal.SIGTERM) == 0
    await asyncio.gather(*asking)
    await club.start()
    await club.until_all_are_answered()
    assert max(club.answers().values()) == 1
