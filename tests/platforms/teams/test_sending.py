"""What goes out: to known and unknown chats, after a restart, without blocking, and what Teams' refusals mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import NeverWill, Outgoing, TryLater, Unclear
from bot.model.cards import Card
from bot.model.events import Account, Place
from bot.platforms.teams.errors import (
    ConnectorFault,
)
from tests.platforms.teams import fake as small_teams
from tests.platforms.teams.fake import ROOM, TENANT
from tests.platforms.teams.stage import TeamsStage, open_stage

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


async def test_a_chat_that_somebody_cleared_is_opened_again(stage: TeamsStage) -> None:
    """Clearing a chat's history deletes the conversation; the person still has the app."""
    await stage.say("anna", "hoi")
    await stage.settle()
    place = direct_place(stage, "anna")
    del stage.fake.chats[place.id]
    id = await stage.platform.send(outgoing(place))
    assert stage.fake.find(str(id)).conversation == place.id


async def test_a_group_that_is_gone_stays_gone(stage: TeamsStage) -> None:
    await stage.send(stage.make_message("anna", "hoi", "group"))
    await stage.settle()
    del stage.fake.chats[small_teams.GROUP]
    place = Place(platform="teams", tenant=TENANT, id=small_teams.GROUP, kind="group")
    with pytest.raises(NeverWill, match="chat is gone"):
        await stage.platform.send(outgoing(place))


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
    group = Place(platform="teams", tenant=TENANT, id="19:unknown@thread.v2", kind="group")
    with pytest.raises(NeverWill, match="installed"):
        await stage.platform.send(outgoing(group))
    place = direct_place(stage, "anna", known=False)
    stage.fake.strangers.add(str(place.user))
    with pytest.raises(NeverWill, match="installed"):
        await stage.platform.send(outgoing(place))


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


@pytest.mark.parametrize(
    "written",
    [
        {"tenantId": "00000000-1111-2222-3333-444444444444"},
        {"tenantId": None},
        {"userRole": "guest"},
        {"userPrincipalName": "anna_example.com#EXT#@club.onmicrosoft.com"},
    ],
    ids=["another organisation", "of nowhere", "a guest", "a guest by the sign-in name"],
)
async def test_a_stranger_with_a_colleagues_email_does_not_become_them(
    stage: TeamsStage, written: dict[str, str | None]
) -> None:
    """Who runs an organisation of their own writes any e-mail in it, and would get a colleague's roles by it."""
    await stage.say("eva", "hoi", "channel")
    stranger = stage.fake.add_person("eva")
    stage.fake.members[stranger] |= {"email": "anna@example.com", **written}
    profile = await stage.platform.find_profile(Account(platform="teams", tenant=TENANT, user=stranger))
    assert profile is not None
    assert (profile.name, profile.email) == ("Eva", None)


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


async def test_teams_that_is_not_there_is_tried_later_and_told_at_once(
    stage: TeamsStage, caplog: pytest.LogCaptureFixture
) -> None:
    """The SDK would try again by itself for five seconds; when to try again is the outbox's to say."""
    await stage.say("anna", "hoi")
    await stage.settle()
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("UPDATE teams_conversations SET service_url = 'http://127.0.0.1:9'")
    with pytest.raises(TryLater, match="could not be reached"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))
    assert "Retrying" not in caplog.text


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
    stage.fake.faults.append(small_teams.Fault(413, {"error": {"code": "MessageSizeTooBig", "message": "too big"}}))
    with pytest.raises(ConnectorFault, match="413"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))


# ---------------------------------------------------------------- limits


async def test_more_than_teams_takes_in_a_second_arrives_all_the_same(stage: TeamsStage) -> None:
    for number in range(9):
        await stage.say("anna", f"hoi {'!' * number}")
    assert len(await stage.messages("anna")) == 9
    assert [state for state, _ in await stage.deliveries()] == ["sent"] * 9
