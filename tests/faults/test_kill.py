"""The running programs are really killed, again and again, over a Slack and a Teams that misbehave too.

What was accepted is answered, what was decided arrives, once and in order, on both databases and with one program
or three. `FAULTS_KILLS` is how often in all (`make faults`: 200), `FAULTS_SEED` repeats a run.
"""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest

from storage.database import Database
from tests.faults.siege import Siege, make_replicas
from tests.faults.town import open_town
from tests.postgres import Postgres

KILLS = int(os.environ.get("FAULTS_KILLS", "20"))
SEED = int(os.environ.get("FAULTS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
STILL_BAD = 0.04
"""What still goes wrong while all that is left arrives."""


@pytest.mark.parametrize(
    ("kind", "replicas", "share"), [("sqlite", 1, 0.4), ("postgresql", 1, 0.2), ("postgresql", 3, 0.4)]
)
async def test_killed_at_any_moment(
    kind: str, replicas: int, share: float, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    print(f"FAULTS_SEED={SEED}")
    url = f"sqlite:///{tmp_path}/club.sqlite"
    if kind == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.make_database()
    database = Database(url)
    async with open_town(SEED) as (town, over_slack, over_teams):
        siege = Siege(town, make_replicas(replicas, tmp_path, town.environment(), url), database, SEED)
        try:
            await siege.begin()
            for _ in range(max(1, round(KILLS * share))):
                await siege.live_and_kill()
            over_slack.share = over_teams.share = STILL_BAD
            await siege.settle(patience=180 + KILLS)
            wrong = await siege.check()
            print(
                f"{siege.kills} kills, {len(town.rows)} rows, {len(siege.slack_askers)} questions in Slack, "
                f"{len(siege.teams_askers)} in Teams, {len(siege.pressed)} presses"
            )
            print(f"over Slack {dict(over_slack.met)}, over Teams {dict(over_teams.met)}")
            print("unclear in Teams:", *await siege.list_unclear(), sep="\n  ")
            assert wrong == []
        finally:
            await siege.end()
            await database.dispose()


async def test_told_to_stop_it_finishes_what_it_accepted_and_ends_well(tmp_path: Path, database_url: str) -> None:
    database = Database(database_url)
    async with open_town(SEED, share=0.0) as (town, _, _):
        siege = Siege(town, make_replicas(1, tmp_path, town.environment(), database_url), database, SEED)
        (replica,) = siege.replicas
        try:
            await siege.begin()
            business = asyncio.create_task(siege.do_business())
            await asyncio.sleep(0.3)
            assert await replica.stop() == 0, replica.tail()
            await replica.start()
            await business
            await siege.settle(patience=100)
            assert await siege.check() == []
            assert await siege.list_unclear() == []
        finally:
            await siege.end()
            await database.dispose()
