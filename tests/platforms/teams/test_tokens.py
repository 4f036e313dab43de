"""The token we send with: one for all, kept for minutes, fetched without blocking anybody."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.delivery import NeverWill
from bot.platforms.teams.connector import THREADS
from bot.platforms.teams.errors import NoToken
from bot.platforms.teams.tokens import OutgoingToken, microsoft_tokens
from tests.gate import Gate
from tests.platforms.teams import fake as small_teams
from tests.platforms.teams.stage import TeamsStage
from tests.platforms.teams.test_sending import direct_place, outgoing


async def test_one_token_serves_all_and_fetching_it_blocks_nobody(stage: TeamsStage) -> None:
    """The SDK fetches one per turn, on the event loop: five sends stood still for a second and a half."""
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.clock.skipped += 600
    stage.fake.tokens.clear()
    stage.fake.token_gate = Gate()
    place = direct_place(stage, "anna")
    sending = asyncio.gather(*(stage.platform.send(outgoing(place)) for _ in range(5)))
    await stage.fake.token_gate.open_when_reached()
    await sending
    assert len(stage.fake.tokens) == 1


async def test_a_token_that_teams_refuses_is_fetched_anew_once(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.fake.tokens.append("another-one-is-valid-now")
    assert await stage.platform.send(outgoing(direct_place(stage, "anna"))) is not None
    stage.fake.faults.append(small_teams.Fault(401, {}, times=2))
    with pytest.raises(NeverWill, match="MicrosoftAppPassword"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))


async def test_a_token_is_kept_for_minutes() -> None:
    fetched: list[bool] = []
    now = [0.0]

    def fetch(new: bool) -> str:
        fetched.append(new)
        return f"token-{len(fetched)}"

    token = OutgoingToken(fetch, lambda: now[0])
    for seconds in (0, 100, 239, 241, 300):
        now[0] = seconds
        await token.make_ready()
    assert fetched == [False, False]
    assert token.signed_session().headers["Authorization"] == "Bearer token-2"
    assert token.drop()
    await token.make_ready()
    assert fetched == [False, False, True]


async def test_without_a_way_to_fetch_one_calls_go_unsigned() -> None:
    token = OutgoingToken(None)
    await token.make_ready()
    assert "Authorization" not in token.signed_session().headers
    assert not token.drop()


def test_a_tenant_that_is_none_gives_no_token_and_says_why() -> None:
    """Fails before anything is asked of Microsoft."""
    with pytest.raises(NoToken) as why:
        microsoft_tokens("id", "secret", "not a tenant/\\")(False)
    assert str(why.value)


async def test_a_failing_token_does_not_lock_anybody_out(stage: TeamsStage) -> None:
    """Requests are taken and wait in the outbox, while Microsoft gives us no token to answer with."""
    stage.fake.no_token = "invalid_client"
    await stage.say("anna", "Mag ik een klantmail laten schrijven?")
    await asyncio.sleep(0.1)
    stage.fake.no_token = ""
    assert "Mag, mits" in (await stage.messages("anna"))[-1].text


async def test_many_calls_run_beside_each_other(stage: TeamsStage) -> None:
    """The SDK's calls take a thread each; by default a small machine has six."""

    all_there = threading.Barrier(THREADS, timeout=60)
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(loop.run_in_executor(None, all_there.wait) for _ in range(THREADS)))
