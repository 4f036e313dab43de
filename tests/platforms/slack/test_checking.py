"""`prompt-club check` says of Slack what works, what is missing and what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.platforms.slack.checking import check, check_channel
from bot.settings import Settings
from tests.platforms.slack.fake import APP_TOKEN, ROOM, FakeSlack, Fault
from tests.platforms.slack.stage import make_settings


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    opened = FakeSlack()
    async with TestServer(opened.make_site()) as server:
        opened.url = str(server.make_url("")).rstrip("/")
        yield opened


def given(folder: Path, fake: FakeSlack, **more: Any) -> Settings:
    return make_settings(folder, fake).model_copy(update=more)


def secret(text: str) -> Any:
    from pydantic import SecretStr

    return SecretStr(text)


async def test_everything_works(fake: FakeSlack, tmp_path: Path) -> None:
    settings = given(tmp_path, fake, slack_app_token=secret(APP_TOKEN))
    findings = await check(settings)
    assert [what for what, works, _ in findings if not works] == []
    assert ("Slack token", True, "speaks as promptclub in Voorbeeld") in findings
    assert await check_channel(settings, ROOM) == (True, "the app is in #ai-lab")


@pytest.mark.parametrize(
    ("more", "what", "todo"),
    [
        ({"slack_bot_token": secret("xoxp-1")}, "Slack token", "xoxb-"),
        ({"slack_bot_token": secret("xoxb-other")}, "Slack token", "Slack refuses SLACK_BOT_TOKEN"),
        ({"slack_api_url": "http://127.0.0.1:1/api/"}, "Slack token", "cannot be reached"),
        ({"slack_app_token": secret("xoxb-1")}, "Slack over Socket Mode", "xapp-"),
        ({"slack_app_token": secret("xapp-other")}, "Slack over Socket Mode", "connections:write"),
    ],
)
async def test_what_is_wrong(fake: FakeSlack, tmp_path: Path, more: Any, what: str, todo: str) -> None:
    wrong = [(name, say) for name, works, say in await check(given(tmp_path, fake, **more)) if not works]
    assert any(name == what and todo in say for name, say in wrong), wrong


async def test_a_missing_scope_is_named_with_what_it_costs(fake: FakeSlack, tmp_path: Path) -> None:
    fake.scopes = fake.scopes.replace("files:write,", "")
    wrong = [say for _, works, say in await check(given(tmp_path, fake)) if not works]
    assert len(wrong) == 1
    assert wrong[0].startswith("files:write is missing, so charts are shown as words only")


@pytest.mark.parametrize(
    ("channel", "todo"),
    [({"is_archived": True, "name": "oud"}, "archived"), ({"is_member": False, "name": "lab"}, "/invite")],
)
async def test_a_channel_that_cannot_be_written_to(
    fake: FakeSlack, tmp_path: Path, channel: dict[str, Any], todo: str
) -> None:
    fake.rooms[ROOM] = channel
    works, say = await check_channel(given(tmp_path, fake), ROOM)
    assert not works
    assert todo in say


async def test_a_channel_that_is_not_there(fake: FakeSlack, tmp_path: Path) -> None:
    works, say = await check_channel(given(tmp_path, fake), "C0GONE")
    assert not works
    assert "the channel does not exist, or the app is not in it" in say


async def test_a_secret_that_is_no_secret_of_slack(tmp_path: Path, fake: FakeSlack) -> None:
    from bot.platforms.slack.checking import check_secret

    real = given(tmp_path, fake, slack_api_url="https://slack.com/api/")
    ((_, works, say),) = check_secret(real)
    assert not works
    assert "Basic Information" in say
    ((_, works, _),) = check_secret(
        real.model_copy(update={"slack_signing_secret": secret("0123456789abcdef" * 2)})
    )
    assert works


async def test_trouble_while_looking_is_told(tmp_path: Path, fake: FakeSlack) -> None:
    fake.faults.append(Fault("auth.test", "some_new_error"))
    wrong = [say for _, works, say in await check(given(tmp_path, fake)) if not works]
    assert "Slack says some_new_error" in wrong[0]
