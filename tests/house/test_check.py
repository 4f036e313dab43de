"""`prompt-club check`: everything is looked at once, whatever else is wrong, and each thing is told once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.check import Finding, check_settings
from bot.commands.check_channels import check_channel
from bot.commands.check_safety import check_audit_key
from bot.settings import Settings
from knowledge.library import DEFAULT_FOLDER
from tests.platforms.slack import stage as slack_stage
from tests.platforms.slack.fake import ROOM, FakeSlack
from tests.platforms.teams import stage as teams_stage

_GUID = "7e1a5c3e-0000-4f6e-9a55-1f0b7c2d9e01"


def run(folder: Path, **variables: str) -> tuple[int, list[str]]:
    unset = {
        name: ""
        for field in Settings.model_fields.values()
        for name in field.validation_alias.choices  # type: ignore[union-attr]
    }
    database = {"DATABASE_URL": f"sqlite:///{folder}/club.sqlite"}
    result = CliRunner().invoke(app, ["check"], env={**unset, **database, "COLUMNS": "300", **variables})
    return result.exit_code, result.output.splitlines()


def about(what: str, findings: list[Finding]) -> list[tuple[bool, str]]:
    return [(works, say) for name, works, say in findings if name == what]


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    opened = FakeSlack()
    async with TestServer(opened.make_site()) as server:
        opened.url = str(server.make_url("")).rstrip("/")
        yield opened


@pytest.mark.parametrize(("channel", "works"), [(ROOM, True), ("C0GONE", False)])
async def test_the_lab_s_channel_is_told_of_once(
    fake: FakeSlack, tmp_path: Path, channel: str, works: bool
) -> None:
    settings = slack_stage.make_settings(tmp_path, fake).model_copy(update={"lab": f"slack:{channel}"})
    ((found, told),) = about("AI Lab", await check_settings(settings))
    assert found is works
    assert told.startswith(f"PROMPT_CLUB_LAB is slack:{channel}: ")
    assert "C0GONE" not in told or "the channel does not exist" in told


async def test_slack_is_asked_after_each_channel_of_a_weekly_post(fake: FakeSlack, tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(DEFAULT_FOLDER, folder)
    plan = "{{id: {0}, channel: 'slack:{1}', day: monday, time: '09:00'}}"
    plans = [plan.format(id, channel) for id, channel in (("a", ROOM), ("b", "C0GONE"))]
    (folder / "digest.yaml").write_text(f"version: 1\ndigests: [{', '.join(plans)}]\n")
    settings = slack_stage.make_settings(tmp_path, fake).model_copy(update={"knowledge": folder})
    (first, second) = about("digest", await check_settings(settings))
    assert first[0] is True
    assert "posted to slack:C0ROOM" in first[1]
    assert "the app is in #ai-lab" in first[1]
    assert second[0] is False
    assert "nothing arrives in slack:C0GONE, since the channel does not exist" in second[1]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("slak:C0ROOM", "'slak' is no platform; did you mean 'slack'?"),
        ("teams:19:x", "'teams' is not switched on"),
        ("slack", "it names no channel; it should be slack:channel"),
    ],
)
async def test_a_channel_that_names_none(fake: FakeSlack, tmp_path: Path, named: str, told: str) -> None:
    works, say = await check_channel(slack_stage.make_settings(tmp_path, fake), named)
    assert not works
    assert told in say


async def test_half_a_teams_cannot_be_asked(tmp_path: Path) -> None:
    settings = teams_stage.make_settings(tmp_path).model_copy(update={"teams_app_password": None})
    works, say = await check_channel(settings, "teams:19:x@thread.tacv2")
    assert not works
    assert "halfway" in say


def test_wrong_settings_keep_nothing_else_from_being_looked_at(tmp_path: Path) -> None:
    status, lines = run(
        tmp_path, PROMPT_CLUB_PORT="abc", MicrosoftAppId=_GUID, PROMPT_CLUB_WEB="1", PROMPT_CLUB_LAB="web:ai-lb"
    )
    assert status == 1
    told = "\n".join(lines)
    assert "✗ settings PROMPT_CLUB_PORT is 'abc'" in told
    assert "✗ settings MicrosoftAppPassword, MicrosoftAppType missing" in told
    assert "✓ knowledge 49 use cases" in told
    assert "✓ database" in told
    assert "✓ web workspace" in told
    assert "did you mean 'ai-lab'?" in told


def test_a_default_in_the_place_of_what_is_wrong_is_not_looked_at(tmp_path: Path) -> None:
    status, lines = run(tmp_path, DATABASE_URL="mysql://x")
    assert status == 1
    assert not [line for line in lines if line.startswith(("✓ database", "✗ database"))]


def test_broken_knowledge_is_told_beside_wrong_settings(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("principles: [")
    _, lines = run(tmp_path, PROMPT_CLUB_PORT="abc", PROMPT_CLUB_KNOWLEDGE=str(tmp_path))
    assert any(line.startswith("✗ settings PROMPT_CLUB_PORT") for line in lines)
    assert any(line.startswith("✗ knowledge policy.yaml") for line in lines)


async def test_a_group_that_gives_nobody_a_role_is_told(tmp_path: Path) -> None:
    groups = "lab=web:a, ai_lab=web:a, ai_lab=slack:S01, staff=web:a, ai_lab=wbe:a"
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{tmp_path}/club.sqlite",
        audit=tmp_path,
        web=True,
        role_groups=groups,
    )
    told = about("role groups", await check_settings(settings))
    assert [works for works, _ in told] == [False, True, False, False, False]
    assert "'lab' is no role" in told[0][1] and "ai_lab" in told[0][1]
    assert "'slack' is not switched on" in told[2][1]
    assert "did you mean 'web'" in told[4][1]


@pytest.mark.parametrize(
    ("url", "key", "works"),
    [("sqlite:///club.sqlite", "", True), ("postgresql://a", "", False), ("postgresql://a", "k" * 32, True)],
)
def test_more_than_one_machine_needs_a_key_of_all_for_the_audit_log(url: str, key: str, works: bool) -> None:
    settings = Settings(_env_file=None, database_url=url, audit_key=key or None)
    found, told = check_audit_key(settings)[1:]
    assert found is works
    assert ("PROMPT_CLUB_AUDIT_KEY" in told) is (url != "sqlite:///club.sqlite")
