"""Local mode: a client on this machine comes in without a token, and nobody else does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.platforms import Wiring, build_platforms
from bot.platforms.teams.adapter import make_local_door
from bot.platforms.teams.auth import LocalDoor, NotAllowed
from bot.settings import WrongSettings, load_settings
from storage.database import Database
from tests.platforms.teams.fake import TENANT, FakeTeams
from tests.platforms.teams.keys import APP_ID
from tests.platforms.teams.seeing import find_action, find_inputs
from tests.platforms.teams.stage import TeamsStage, make_settings, open_stage

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[TeamsStage]:
    fake = FakeTeams(local=True)
    async with open_stage(tmp_path, fake, teams_local=True) as stage:
        yield stage


async def test_a_local_client_needs_no_token_and_gets_none(local: TeamsStage) -> None:
    await local.say("anna", QUESTION)
    (answer,) = await local.messages("anna")
    assert "Mag, mits" in answer.text
    assert local.fake.tokens == []


async def test_the_playground_s_stumbling_block_is_out_of_the_way(local: TeamsStage) -> None:
    await local.say("anna", QUESTION)
    (posted,) = await local.posted("anna")
    data = find_action(posted.card, "Klopt dit niet?")["data"]
    assert data["msTeams"] == {}
    await local.send(local.make_activity("anna", "message", value=data, replyToId=posted.id))
    assert "Klopt het antwoord?" in find_inputs((await local.posted("anna"))[-1].card)


async def test_answers_go_to_this_machine_only(local: TeamsStage) -> None:
    for address in (
        "https://evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://[",
        "",
        "file:///etc/passwd",
    ):
        status, _ = await local.post({**local.make_message("anna", "hoi"), "serviceUrl": address})
        assert status == 401, address


async def test_a_page_in_a_browser_cannot_speak_for_a_local_client(local: TeamsStage) -> None:
    body = local.make_message("anna", "hoi")
    simple = {"Content-Type": "text/plain"}
    assert (await local.post(body, headers=simple))[0] == 415
    rebound = {"Content-Type": "application/json", "Host": "evil.example:3978"}
    assert (await local.post(body, headers=rebound))[0] == 401


async def test_another_machine_is_not_let_in() -> None:
    class Elsewhere:
        def get_extra_info(self, name: str, default: object = None) -> object:
            return ("192.0.2.7", 1234) if name == "peername" else default

    request = make_mocked_request("POST", "/api/messages", headers={"Host": "127.0.0.1"}, transport=Elsewhere())
    with pytest.raises(NotAllowed):
        await LocalDoor().check(request)


def test_the_settings_and_the_adapter_both_refuse_to_be_open_to_all(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="PROMPT_CLUB_TEAMS_LOCAL"):
        load_settings(_env_file=None, teams_local=True, host="0.0.0.0")
    forced = make_settings(tmp_path, teams_local=True).model_copy(update={"host": "0.0.0.0"})
    with pytest.raises(ValueError, match="not this machine alone"):
        make_local_door(forced)


def test_a_missing_type_or_tenant_is_refused_and_not_guessed() -> None:
    """The SDK takes a missing type for MultiTenant, and an empty app id for no authentication at all."""
    whole = {
        "teams_app_id": APP_ID,
        "teams_app_password": "y",
        "teams_app_type": "SingleTenant",
        "teams_tenant_id": TENANT,
    }
    load_settings(_env_file=None, **whole)
    for name in whole:
        with pytest.raises(WrongSettings):
            load_settings(_env_file=None, **{**whole, name: None})
    with pytest.raises(WrongSettings, match="SingleTenant or MultiTenant"):
        load_settings(_env_file=None, **{**whole, "teams_app_type": "Singletenant"})


def test_without_settings_there_is_no_teams(tmp_path: Path) -> None:
    async def receive(event: object) -> object:
        raise AssertionError("nobody speaks")

    off = make_settings(tmp_path, teams_app_id=None, teams_app_password=None, teams_app_type=None)
    assert build_platforms(Wiring(off, receive, Database(off.database_url))) == []  # type: ignore[arg-type]
