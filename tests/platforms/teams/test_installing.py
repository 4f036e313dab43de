"""Who does not have the app gets it where the right is there; where not, the reason names what is missing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import NeverWill, TryLater
from bot.model.events import Place
from bot.platforms.teams.checking import check_rights
from bot.platforms.teams.graph import CATALOG, FIND_PEOPLE, INSTALL, Graph
from bot.platforms.teams.package import app_in_teams
from bot.platforms.teams.tokens import OutgoingToken
from tests.platforms.behind import put_out
from tests.platforms.teams import fake as small_teams
from tests.platforms.teams.fake import GROUP, TENANT, directory_id
from tests.platforms.teams.fake_graph import EVERY_RIGHT
from tests.platforms.teams.keys import APP_ID
from tests.platforms.teams.stage import TeamsStage
from tests.platforms.teams.test_sending import CARD, direct_place, outgoing


async def known_by_email(stage: TeamsStage, person: str = "anna") -> Place:
    """Where to reach somebody who never wrote."""
    stage.fake.add_person(person)
    account = await stage.platform.find_account_by_email(f"{person}@example.com")
    assert account is not None
    assert (account.tenant, account.user) == (TENANT, directory_id(person))
    return Place(platform="teams", tenant=account.tenant, id="", kind="direct", user=account.user)


def chat_of(stage: TeamsStage, person: str = "anna") -> list[small_teams.Posted]:
    return stage.fake.chats.get(f"a:1personal-{person}", [])


# ---------------------------------------------------------------- the right is there


async def test_a_first_message_to_a_whole_organisation_that_never_wrote_arrives_once(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    await put_out(stage.app, place, CARD)
    assert await stage.deliveries() == [("sent", None)]
    assert len(chat_of(stage)) == 1
    assert stage.graph.calls["install"] == 1


async def test_the_message_waits_a_moment_after_the_installation(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    with pytest.raises(TryLater, match="just installed") as later:
        await stage.platform.send(outgoing(place))
    assert later.value.after is not None
    assert chat_of(stage) == []
    assert await stage.platform.send(outgoing(place)) is not None
    assert await stage.platform.send(outgoing(place)) is not None
    assert len(chat_of(stage)) == 2
    assert stage.graph.calls["install"] == 1, "the chat is remembered"


async def test_who_had_the_app_already_is_reached_in_the_chat_that_graph_names(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    stage.fake.installed.add(directory_id("anna"))
    stage.fake.not_ready = 1
    assert await stage.platform.send(outgoing(place)) is not None
    assert len(chat_of(stage)) == 1
    assert (stage.graph.calls["install"], stage.graph.calls["chat"]) == (1, 1)


async def test_two_messages_at_once_install_once(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    endings = await asyncio.gather(
        *(stage.platform.send(outgoing(place)) for _ in range(3)), return_exceptions=True
    )
    assert all(isinstance(ending, TryLater) for ending in endings), endings
    assert stage.graph.calls["install"] == stage.graph.most_at_once == 1


async def test_somebody_met_in_a_group_is_known_to_graph_by_another_id(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi", "group")  # type: ignore[arg-type]
    await stage.settle()
    place = direct_place(stage, "anna", known=False)
    stage.fake.strangers.add(str(place.user))
    with pytest.raises(TryLater, match="just installed"):
        await stage.platform.send(outgoing(place))
    assert stage.fake.installed == {directory_id("anna")}
    assert await stage.platform.send(outgoing(place)) is not None
    assert len(stage.fake.chats[GROUP]) == 1
    assert len(chat_of(stage)) == 1


async def test_a_chat_the_app_went_missing_from_is_mended(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    refusal = {"error": {"code": "BotNotInConversationRoster", "message": "gone"}}
    stage.fake.faults.append(small_teams.Fault(403, refusal))
    with pytest.raises(TryLater, match="just installed"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))
    assert await stage.platform.send(outgoing(direct_place(stage, "anna"))) is not None


# ---------------------------------------------------------------- people decide


async def test_who_removed_the_app_does_not_get_it_back(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    place = direct_place(stage, "anna")
    stage.fake.strangers.add(str(place.user))
    await stage.send(stage.make_activity("anna", "installationUpdate", action="remove"))
    with pytest.raises(NeverWill, match="removed the app"):
        await stage.platform.send(outgoing(place))
    assert stage.graph.calls["install"] == 0


async def test_who_removed_an_app_that_installed_itself_does_not_get_it_back(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    with pytest.raises(TryLater):
        await stage.platform.send(outgoing(place))
    assert await stage.platform.send(outgoing(place)) is not None
    stage.fake.installed.clear()
    await stage.send(stage.make_activity("anna", "installationUpdate", action="remove"))
    with pytest.raises(NeverWill, match="removed the app"):
        await stage.platform.send(outgoing(place))
    assert stage.graph.calls["install"] == 1


async def test_who_blocked_the_app_is_left_alone(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.settle()
    stage.fake.blocked.add("a:1personal-anna")
    with pytest.raises(NeverWill, match="blocked or uninstalled"):
        await stage.platform.send(outgoing(direct_place(stage, "anna")))
    assert stage.graph.calls["install"] == 0


# ---------------------------------------------------------------- it cannot be done


@pytest.mark.parametrize("right", [INSTALL, CATALOG])
async def test_a_missing_right_is_named_and_used_as_soon_as_it_is_granted(stage: TeamsStage, right: str) -> None:
    place = await known_by_email(stage)
    stage.graph.tokens = {token: EVERY_RIGHT - {right} for token in stage.graph.tokens}
    stage.graph.rights = EVERY_RIGHT - {right}
    with pytest.raises(NeverWill, match=f"{right}.*docs/teams.md"):
        await stage.platform.send(outgoing(place))
    stage.graph.rights = EVERY_RIGHT
    with pytest.raises(TryLater, match="just installed"):
        await stage.platform.send(outgoing(place))


async def test_without_the_right_to_look_people_up_the_reason_says_so(stage: TeamsStage) -> None:
    stage.graph.rights = EVERY_RIGHT - {FIND_PEOPLE}
    with pytest.raises(NeverWill, match=FIND_PEOPLE):
        await stage.platform.find_account_by_email("anna@example.com")


async def test_somebody_teams_does_not_know(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    stage.graph.without_teams.add(str(place.user))
    stranger = place.model_copy(update={"user": directory_id("nobody")})
    for where in (place, stranger):
        with pytest.raises(NeverWill, match="does not know this person"):
            await stage.platform.send(outgoing(where))


async def test_an_app_that_was_never_uploaded(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    stage.graph.catalog.clear()
    with pytest.raises(NeverWill, match="upload"):
        await stage.platform.send(outgoing(place))


async def test_a_package_of_before_this_right(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    stage.graph.names_bot = False
    with pytest.raises(NeverWill, match="package"):
        await stage.platform.send(outgoing(place))


async def test_an_administrator_s_policy(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    await stage.platform.find_account_by_email("anna@example.com")
    stage.graph.faults += [small_teams.Fault(403)]
    with pytest.raises(NeverWill, match="policy"):
        await stage.platform.send(outgoing(place))


# ---------------------------------------------------------------- not now


async def test_graph_that_asks_to_slow_down_is_left_alone_for_that_long(stage: TeamsStage) -> None:
    anna, bram = await known_by_email(stage), await known_by_email(stage, "bram")
    stage.graph.faults.append(small_teams.Fault(429, headers={"Retry-After": "7"}))
    with pytest.raises(TryLater, match="slow down") as later:
        await stage.platform.send(outgoing(anna))
    assert later.value.after == timedelta(seconds=7)
    assert not later.value.throttled, "Teams itself takes messages"
    asked = stage.graph.calls.total()
    with pytest.raises(TryLater, match="slow down"):
        await stage.platform.send(outgoing(bram))
    assert stage.graph.calls.total() == asked


@pytest.mark.parametrize("how", [{"status": 503}, {"status": 500}, {"lost": True, "times": 2}])
async def test_graph_that_is_away_keeps_the_message_waiting(stage: TeamsStage, how: dict[str, Any]) -> None:
    """A connection that is lost while something is looked up, the HTTP library tries once more by itself."""
    place = await known_by_email(stage)
    stage.graph.faults.append(small_teams.Fault(**how))
    with pytest.raises(TryLater, match="not available"):
        await stage.platform.send(outgoing(place))
    with pytest.raises(TryLater, match="just installed"):
        await stage.platform.send(outgoing(place))


async def test_no_token_for_graph_keeps_the_message_waiting(stage: TeamsStage) -> None:
    place = await known_by_email(stage)
    stage.clock.skipped += 600
    stage.graph.no_token = "invalid_client"
    with pytest.raises(TryLater, match="invalid_client"):
        await stage.platform.send(outgoing(place))


async def test_nobody_has_this_address(stage: TeamsStage) -> None:
    assert await stage.platform.find_account_by_email("niemand@example.com") is None
    assert await stage.platform.find_account_by_email("o'brien@example.com") is None


# ---------------------------------------------------------------- what `prompt-club check` says


def graph_of(stage: TeamsStage) -> Graph:
    return Graph(OutgoingToken(stage.graph.issue_token), f"{stage.graph.url}/v1.0")


async def check(stage: TeamsStage, rights: frozenset[str]) -> list[tuple[bool, str]]:
    stage.graph.rights = rights
    graph = graph_of(stage)
    findings = await check_rights(graph, app_in_teams(APP_ID))
    await graph.close()
    return [(works, say) for _, works, say in findings]


async def test_check_tells_what_the_rights_allow(stage: TeamsStage) -> None:
    (rights, uploaded) = await check(stage, EVERY_RIGHT)
    assert rights == (True, "the bot may install itself for them and find people by e-mail")
    assert uploaded == (True, "is among the organisation's own apps")
    assert stage.graph.calls["install"] == 0


async def test_check_finds_no_fault_with_an_organisation_that_grants_nothing(stage: TeamsStage) -> None:
    ((works, say),) = await check(stage, frozenset())
    assert works
    assert "optional" in say


@pytest.mark.parametrize("right", sorted(EVERY_RIGHT))
async def test_check_names_the_one_right_that_is_missing(stage: TeamsStage, right: str) -> None:
    works, say = (await check(stage, EVERY_RIGHT - {right}))[0]
    assert not works
    assert say.startswith(f"{right} is missing, so it cannot")


async def test_check_tells_of_an_app_that_was_never_uploaded(stage: TeamsStage) -> None:
    stage.graph.catalog.clear()
    _, (works, say) = await check(stage, EVERY_RIGHT)
    assert not works
    assert "promptclub.zip" in say


async def test_check_tells_of_a_graph_that_is_away(stage: TeamsStage) -> None:
    stage.graph.faults.append(small_teams.Fault(503))
    ((works, say),) = await check(stage, EVERY_RIGHT)
    assert not works
    assert "not available" in say
