"""What goes out: to known and unknown chats, after a restart, without blocking, and what Teams' refusals mean."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import NeverWill, Outgoing, TryLater, Unclear
from bot.model.cards import Button, Buttons, Card
from bot.model.events import Account, Place
from bot.platforms.teams.connector import THREADS
from bot.platforms.teams.errors import (
    AnswerLost,
    ConnectorFault,
    Fault,
    NotConnected,
    NoToken,
    find_wait,
    judge,
)
from bot.platforms.teams.tokens import OutgoingToken, microsoft_tokens
from tests.platforms.teams import fake as small_teams
from tests.platforms.teams.fake import ROOM, TENANT
from tests.platforms.teams.stage import TeamsStage, open_stage
from tests.platforms.teams.test_door import longest_pause

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CARD = Card.of_words("Een herinnering")


def outgoing(place: Place, card: Card = CARD, replaces: str | None = None) -> Outgoing:
    return Outgoing(key="k", kind="notice", place=place, card=card, replaces=replaces)


def direct_place(stage: TeamsStage, person: str, *, known: bool = True) -> Place:
    user = stage.fake.add_person(person)
    id = stage.fake.direct(user) if known else ""
    return Place(platform="teams", tenant=TENANT, id=id, kind="direct", user=user)


# ---------------------------------------------------------------- places


async def test_a_reminder_after_a_restart_reaches_the_same_chat(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as before:
        await before.say("anna", "hoi")
        await before.settle()
    async with open_stage(tmp_path, before.fake) as after:
        place = direct_place(after, "anna")
        async with after.app.database.transaction() as tx:  # Teams has not moved: only our test server did
            await tx.exec_driver_sql(f"UPDATE teams_conversations SET service_url = '{after.fake.url}'")
        id = await after.platform.send(outgoing(place))
        assert after.fake.find(str(id)).conversation == place.id


async def test_a_new_service_address_is_used_from_the_next_message_on(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as before:
        await before.say("anna", "hoi")
    async with open_stage(tmp_path, before.fake) as after:
        await after.say("anna", "hallo")
        assert len(await after.messages("anna")) == 2
        assert await after.platform.send(outgoing(direct_place(after, "anna"))) is not None


async def test_somebody_who_never_wrote_gets_a_chat_of_their_own(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    place = direct_place(stage, "bram", known=False)
    first = await stage.platform.send(outgoing(place))
    second = await stage.platform.send(outgoing(place))
    assert stage.fake.find(str(first)).conversation == "a:1personal-bram"
    assert first != second
    assert stage.fake.calls.count("POST /v3/conversations") == 1, "the chat is remembered"


async def test_a_channel_nobody_spoke_in_yet_gets_a_new_post(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    lab = Place(platform="teams", tenant="", id=ROOM, kind="channel")
    posted = stage.fake.find(str(await stage.platform.send(outgoing(lab))))
    assert (posted.conversation, posted.thread) == (ROOM, None)


async def test_an_answer_in_a_channel_goes_into_the_thread(stage: TeamsStage) -> None:
    place = Place(platform="teams", tenant=TENANT, id=ROOM, kind="channel", thread="1795000000123")
    await stage.say("anna", "hoi", "channel")
    posted = stage.fake.find(str(await stage.platform.send(outgoing(place))))
    assert posted.thread == "1795000000123"


async def test_where_nobody_ever_wrote_nothing_can_be_sent(stage: TeamsStage) -> None:
    with pytest.raises(NeverWill, match="installed"):
        await stage.platform.send(outgoing(direct_place(stage, "anna", known=False)))
    with pytest.raises(NeverWill, match="installed"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))


async def test_a_message_is_replaced_in_place(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    (shown,) = await stage.messages("anna")
    place = direct_place(stage, "anna")
    assert await stage.platform.send(outgoing(place, Card.of_words("Anders"), replaces=shown.id)) == shown.id
    assert [message.text for message in await stage.messages("anna")] == ["Anders"]
    assert stage.fake.find(shown.id).versions == 2


async def test_nobody_can_look_up_whether_a_message_arrived(stage: TeamsStage) -> None:
    with pytest.raises(NotImplementedError):
        await stage.platform.find_sent(outgoing(direct_place(stage, "anna")))


async def test_a_profile_comes_from_the_conversation_they_spoke_in(stage: TeamsStage) -> None:
    account = Account(platform="teams", tenant=TENANT, user=stage.fake.add_person("anna"))
    assert await stage.platform.find_profile(account) is None
    await stage.say("anna", "hoi", "channel")
    profile = await stage.platform.find_profile(account)
    assert profile is not None
    assert (profile.name, profile.email, profile.time_zone) == ("Anna", "anna@example.com", "Europe/Brussels")
    del stage.fake.members[account.user]
    assert await stage.platform.find_profile(account) is None


# ---------------------------------------------------------------- what refusals mean

LATER = {
    "slow down": (ConnectorFault(429, "TooManyRequests", "7"), timedelta(seconds=7)),
    "precondition": (ConnectorFault(412), None),
    "bad gateway": (ConnectorFault(502), None),
    "unavailable": (ConnectorFault(503, "", "Sat, 21 Nov 2026 12:00:30 GMT"), timedelta(seconds=30)),
    "gateway time-out": (ConnectorFault(504), None),
    "not connected": (NotConnected("refused"), None),
    "no token": (NoToken("invalid_client"), None),
}
NEVER = {
    "blocked": (ConnectorFault(403, "209"), "blocked or uninstalled"),
    "blocked, in words": (ConnectorFault(403, "MessageWritesBlocked"), "blocked or uninstalled"),
    "another reason": (ConnectorFault(403, "SomethingNew"), "no longer installed"),
    "no such chat": (ConnectorFault(404, "ConversationNotFound"), "chat is gone"),
    "no such message": (ConnectorFault(404, "ActivityNotFoundInConversation"), "message to change is gone"),
    "not in this chat": (ConnectorFault(400, "BotNotInConversationRoster"), "not in this chat"),
    "our credentials": (ConnectorFault(401, "Unauthorized"), "MicrosoftAppPassword"),
}
OURS = (ConnectorFault(413, "MessageSizeTooBig"), ConnectorFault(400, "BadSyntax"), ConnectorFault(405))


@pytest.mark.parametrize(("fault", "after"), LATER.values(), ids=LATER.keys())
def test_it_may_arrive_later(fault: Fault, after: timedelta | None) -> None:
    verdict = judge(fault, NOW)
    assert isinstance(verdict, TryLater)
    assert verdict.after == after
    assert " " in verdict.reason


@pytest.mark.parametrize(("fault", "reason"), NEVER.values(), ids=NEVER.keys())
def test_it_will_never_arrive(fault: Fault, reason: str) -> None:
    verdict = judge(fault, NOW)
    assert isinstance(verdict, NeverWill)
    assert reason in verdict.reason


@pytest.mark.parametrize("fault", [AnswerLost("read timed out"), ConnectorFault(500), ConnectorFault(507)])
def test_nobody_can_say(fault: Fault) -> None:
    assert isinstance(judge(fault, NOW), Unclear)


@pytest.mark.parametrize("fault", OURS, ids=str)
def test_a_fault_of_ours_is_no_verdict(fault: Fault) -> None:
    assert judge(fault, NOW) is None


@pytest.mark.parametrize("header", ["", "soon", "-5", "0", "nan", "inf", "Mon, 99 Foo 2026"])
def test_a_strange_retry_after_is_no_wait(header: str) -> None:
    assert find_wait(header, NOW) is None


def test_nobody_waits_for_more_than_an_hour() -> None:
    assert find_wait("1e300", NOW) == timedelta(hours=1)


# ---------------------------------------------------------------- over the wire


async def test_teams_numbered_refusal_is_read_from_its_body(stage: TeamsStage) -> None:
    """The SDK's own exception has an empty code for `{"errorCode": 209}`."""
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.fake.blocked.add("a:1personal-anna")
    with pytest.raises(NeverWill, match="blocked or uninstalled"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))


async def test_a_gateway_s_page_in_html_is_tried_later(stage: TeamsStage) -> None:
    """The SDK's own reading of it ends in a DeserializationError that hides the status."""
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.fake.faults.append(small_teams.Fault(502, "<html><h1>Bad gateway</h1></html>"))
    with pytest.raises(TryLater):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))


@pytest.mark.parametrize("status", [429, 503])
async def test_nothing_is_tried_twice_behind_our_back(stage: TeamsStage, status: int) -> None:
    await stage.say("anna", "hoi")
    (shown,) = await stage.messages("anna")
    stage.fake.calls.clear()
    stage.fake.faults.append(small_teams.Fault(status, {}, {"Retry-After": "2"}, times=9))
    for replaces in (None, shown.id):
        with pytest.raises(TryLater) as later:
            await stage.platform.send(outgoing(direct_place(stage, "anna"), replaces=replaces))
        assert later.value.after == timedelta(seconds=2)
    assert len(stage.fake.calls) == 2


async def test_teams_that_is_not_there_is_tried_later_and_told_at_once(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("UPDATE teams_conversations SET service_url = 'http://127.0.0.1:9'")
    began = time.perf_counter()
    with pytest.raises(TryLater, match="could not be reached"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))
    assert time.perf_counter() - began < 2, "the SDK would have tried for five seconds"


async def test_an_answer_that_never_came_is_unclear(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.fail_next_send("unclear")
    with pytest.raises(Unclear):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))
    assert len(await stage.messages("anna")) == 2, "it did arrive"


async def test_a_card_that_is_too_large_is_a_bug_and_not_a_refusal(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    buttons = tuple(Button(label=f"{n}", action="x" * 2000) for n in range(10))
    card = Card(summary="groot", elements=tuple(Buttons(buttons=buttons) for _ in range(5)))
    with pytest.raises(ConnectorFault, match="413"):
        await stage.platform.send(outgoing(direct_place(stage, "anna"), card))


# ---------------------------------------------------------------- tokens


async def test_one_token_serves_all_and_fetching_it_blocks_nobody(stage: TeamsStage) -> None:
    """The SDK fetches one per turn, on the event loop: five sends stood still for a second and a half."""
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.clock.skipped += 600
    stage.fake.tokens.clear()
    stage.fake.token_seconds = 0.3
    place = direct_place(stage, "anna")
    sending = asyncio.gather(*(stage.platform.send(outgoing(place)) for _ in range(5)))
    assert await longest_pause(sending) < 0.15
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

    def wait(_: int) -> int:
        time.sleep(0.1)
        return 1

    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    await asyncio.gather(*(loop.run_in_executor(None, wait, n) for n in range(THREADS)))
    assert time.perf_counter() - began < 0.6


# ---------------------------------------------------------------- limits


async def test_more_than_teams_takes_in_a_second_arrives_all_the_same(stage: TeamsStage) -> None:
    for number in range(9):
        await stage.say("anna", f"hoi {'!' * number}")
    assert len(await stage.messages("anna")) == 9
    assert [state for state, _ in await stage.deliveries()] == ["sent"] * 9
