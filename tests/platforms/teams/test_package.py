"""The app package: what stands in it, what keeps it from being built, and what `check` says of Teams."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.manifest import describe
from bot.platforms.teams.auth import KeysAway
from bot.platforms.teams.checking import (
    check,
    check_credentials,
    check_keys,
    check_local,
    check_manifest,
    check_organisation,
    find_room,
)
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.errors import NoToken
from bot.platforms.teams.package import PLACEHOLDER, About, Command, WrongManifest, build_package
from bot.platforms.teams.parse import OF_MESSAGE
from bot.platforms.teams.tokens import OutgoingToken
from bot.settings import Settings
from tests.platforms.teams.fake import GROUP, ROOM
from tests.platforms.teams.keys import APP_ID
from tests.platforms.teams.stage import TeamsStage, make_settings

COMMANDS = tuple(Command(f"woord{number}", "doet iets") for number in range(12))
ABOUT = About(APP_ID, "Prompt Club", "Voorbeeld BV", "1.2.3", COMMANDS, "https://voorbeeld.example/ai")
ENVIRONMENT = {
    "MicrosoftAppId": APP_ID,
    "MicrosoftAppPassword": "geheim",
    "MicrosoftAppType": "SingleTenant",
    "MicrosoftAppTenantId": "7e1a5c3e-0000-4f6e-9a55-1f0b7c2d9e01",
}


def unpack(package: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        content = {name: files.read(name) for name in files.namelist()}
    manifest: dict[str, Any] = json.loads(content["manifest.json"])
    return manifest, content


def test_the_package_holds_what_teams_asks_for() -> None:
    manifest, files = unpack(build_package(ABOUT))
    assert set(files) == {"manifest.json", "color.png", "outline.png"}
    assert (manifest["manifestVersion"], manifest["version"]) == ("1.19", "1.2.3")
    assert manifest["icons"] == {"color": "color.png", "outline": "outline.png"}
    (bot,) = manifest["bots"]
    assert (bot["botId"], bot["scopes"]) == (APP_ID, ["personal", "team", "groupChat"])
    assert manifest["developer"]["name"] == "Voorbeeld BV"
    assert {manifest["developer"][name] for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl")} == {
        "https://voorbeeld.example/ai"
    }


def test_the_app_s_id_stays_the_same_and_is_not_the_bot_s() -> None:
    first, _ = unpack(build_package(ABOUT))
    again, _ = unpack(build_package(ABOUT))
    assert UUID(first["id"]) == UUID(again["id"]) != UUID(APP_ID)
    assert build_package(ABOUT) == build_package(ABOUT)


def test_commands_fit_and_home_is_for_the_direct_chat_only() -> None:
    (bot,) = unpack(build_package(ABOUT))[0]["bots"]
    personal, company = bot["commandLists"]
    assert (personal["scopes"], company["scopes"]) == (["personal"], ["team", "groupChat"])
    assert [command["title"] for command in personal["commands"][:3]] == ["woord0", "overzicht", "woord1"]
    assert "overzicht" not in [command["title"] for command in company["commands"]]
    assert len(personal["commands"]) == len(company["commands"]) == 10


def test_the_menu_of_a_message_has_the_commands_that_are_read() -> None:
    (extension,) = unpack(build_package(ABOUT))[0]["composeExtensions"]
    assert extension["botId"] == APP_ID
    assert tuple(command["id"] for command in extension["commands"]) == OF_MESSAGE
    for command in extension["commands"]:
        assert (command["type"], command["context"], command["fetchTask"]) == ("action", ["message"], True)
        assert len(command["title"]) <= 32
        assert len(command["description"]) <= 128


def test_long_names_are_shortened_to_what_teams_takes() -> None:
    about = About(APP_ID, "B" * 60, "O" * 60, "1.0.0", (Command("w" * 60, "d" * 300),))
    manifest, _ = unpack(build_package(about))
    command = manifest["bots"][0]["commandLists"][0]["commands"][0]
    limits = {
        30: manifest["name"]["short"],
        100: manifest["name"]["full"],
        80: manifest["description"]["short"],
        32: manifest["developer"]["name"],
        128: command["description"],
    }
    assert all(0 < len(text) <= most for most, text in limits.items())
    assert len(command["title"]) == 32


def test_the_icons_are_as_teams_wants_them() -> None:
    _, files = unpack(build_package(ABOUT))
    colour = Image.open(io.BytesIO(files["color.png"]))
    outline = Image.open(io.BytesIO(files["outline.png"])).convert("RGBA")
    assert (colour.size, outline.size) == ((192, 192), (32, 32))
    red, green, blue, cover = (set(channel.tobytes()) for channel in outline.split())
    assert red == green == blue == {255}, "white only"
    assert {0, 255} <= cover, "on nothing"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(WrongManifest) as wrong:
        build_package(About("abc", " ", "Voorbeeld BV", "1.0", website="http://voorbeeld.example"))
    assert len(wrong.value.problems) == 4


# ---------------------------------------------------------------- the command


def test_the_command_writes_the_package(tmp_path: Path) -> None:
    out = tmp_path / "new" / "promptclub.zip"
    result = CliRunner().invoke(app, ["manifest", "teams", "--out", str(out)], env=ENVIRONMENT)
    assert result.exit_code == 0, result.output
    manifest, _ = unpack(out.read_bytes())
    assert manifest["name"]["short"] == "Prompt Club"
    titles = [command["title"] for command in manifest["bots"][0]["commandLists"][0]["commands"]]
    assert titles[:2] == ["help", "overzicht"]
    assert "magdit" in titles


def test_without_an_app_id_the_command_says_what_to_do(tmp_path: Path) -> None:
    out = tmp_path / "promptclub.zip"
    result = CliRunner().invoke(app, ["manifest", "teams", "--out", str(out)], env=dict.fromkeys(ENVIRONMENT, ""))
    assert result.exit_code == 2
    assert not out.exists()
    with pytest.raises(WrongManifest, match="MicrosoftAppId is missing"):
        describe(Settings(_env_file=None), PLACEHOLDER)


# ---------------------------------------------------------------- check


async def test_check_warns_of_local_mode(tmp_path: Path) -> None:
    ((what, works, say),) = await check(make_settings(tmp_path, teams_local=True))
    assert (what, works) == ("Teams, local", True)
    assert "authentication is off" in say
    open_to_all = make_settings(tmp_path, teams_local=True).model_copy(update={"host": "0.0.0.0"})
    assert check_local(open_to_all)[1] is False


def test_check_tells_where_nobody_s_email_is_believed(tmp_path: Path) -> None:
    assert check_organisation(make_settings(tmp_path)) == []
    for_all = make_settings(tmp_path, teams_app_type="MultiTenant", teams_tenant_id=None)
    ((_, works, say),) = check_organisation(for_all)
    assert not works
    assert "set MicrosoftAppTenantId" in say


async def test_check_tells_of_credentials_and_keys() -> None:
    def refuse(new: bool) -> str:
        raise NoToken("AADSTS7000222: the client secret has expired")

    def away() -> Any:
        raise KeysAway("no route")

    assert (await check_credentials(lambda new: "token"))[1] is True
    _, works, say = await check_credentials(refuse)
    assert not works
    assert "AADSTS7000222" in say
    assert "MicrosoftAppPassword" in say
    assert (await check_keys(lambda: [{}]))[1] is True
    _, works, say = await check_keys(away)
    assert not works
    assert "login.botframework.com" in say


@pytest.mark.parametrize(
    ("channel", "works", "told"),
    [
        (ROOM, True, "the app is in that channel's team"),
        (GROUP, False, "the app is not in this chat (any more)"),
        ("19:gone@thread.tacv2", False, "this chat is gone, or the app was removed from it"),
    ],
)
async def test_check_asks_teams_after_a_channel(stage: TeamsStage, channel: str, works: bool, told: str) -> None:
    stage.fake.blocked.add(GROUP)
    connector = Connector(APP_ID, OutgoingToken(stage.fake.issue_token), stage.fake.url)
    found, say = await find_room(connector, stage.app.settings, channel)
    assert found is works
    assert say.startswith(told)


def test_check_tells_of_the_manifest() -> None:
    assert check_manifest(APP_ID)[1] is True
    assert check_manifest("abc")[1] is False
