"""`prompt-club roles` and `deliveries`: what they show, and what they say of a slip."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.check import check_url
from bot.commands.demo_app import seat_colleagues
from bot.settings import Settings
from knowledge.library import DEFAULT_FOLDER, load
from storage import outbox, people, roles
from storage.database import Database
from storage.migrations import upgrade
from storage.tables.outbox import OutboxRow

NOW = datetime.now(UTC)
SANNE = "sanne.de.wit@voorbeeldbv.example"


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/club.sqlite"
        self.more: dict[str, str] = {}

    def __call__(self, *command: str, status: int = 0) -> str:
        variables = {"DATABASE_URL": self.url, "COLUMNS": "200", "PROMPT_CLUB_ADMINS": "", **self.more}
        result = CliRunner().invoke(app, list(command), env=variables)
        assert result.exit_code == status, result.output
        return result.output

    def seat(self) -> None:
        async def work() -> None:
            database = Database(self.url)
            await upgrade(database)
            await seat_colleagues(database, load(DEFAULT_FOLDER), lambda: NOW)
            await database.dispose()

        asyncio.run(work())

    def send(self, key: str, **settled: Any) -> None:
        async def work() -> None:
            database = Database(self.url)
            async with database.transaction() as tx:
                sanne = await people.find_by_email(tx, SANNE)
                assert sanne is not None
                place = {"platform": "web", "tenant": "", "id": "dm:sanne", "kind": "direct", "user": "sanne"}
                card = {"summary": "geheim"}
                await outbox.add(
                    tx, key=key, kind="nudge", place=place, place_key=key, card=card, due_at=NOW, person_id=sanne.id
                )
                await tx.execute(update(OutboxRow).values(**settled))
            await database.dispose()

        asyncio.run(work())


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    opened = Terminal(tmp_path)
    opened.seat()
    return opened


def test_the_demo_s_colleagues_have_their_roles(terminal: Terminal) -> None:
    shown = terminal("roles")
    assert "Fleur Janssens <fleur.janssens@voorbeeldbv.example>" in shown
    assert "everybody" in shown
    terminal("roles", "take", "fleur.janssens@voorbeeldbv.example", "ai_lab")
    terminal.seat()
    (row,) = [line for line in terminal("roles").splitlines() if "ai_lab" in line]
    assert "Fleur" not in row, "what was taken in the demo stays taken"


def test_a_role_is_given_and_taken(terminal: Terminal) -> None:
    assert "now has the role hr" in terminal("roles", "give", SANNE.upper(), "hr")
    assert "already" in terminal("roles", "give", SANNE, "hr")
    assert "no longer" in terminal("roles", "take", SANNE, "hr")
    assert "did not have" in terminal("roles", "take", SANNE, "hr")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("give", SANNE, "ai_lap"), "did you mean 'ai_lab'?"),
        (("take", SANNE, "ai_lap"), "did you mean 'ai_lab'?"),
        (("give", "nobody@voorbeeldbv.example", "hr"), "has spoken to the bot yet"),
        (("give", SANNE, "staff"), "Everybody has the role"),
    ],
)
def test_a_slip_is_named_and_changes_nothing(terminal: Terminal, command: tuple[str, ...], said: str) -> None:
    before = terminal("roles")
    assert said in terminal("roles", *command, status=1)
    assert terminal("roles") == before


def test_a_role_that_left_the_file_can_still_be_taken(terminal: Terminal) -> None:
    async def give() -> None:
        database = Database(terminal.url)
        async with database.transaction() as tx:
            sanne = await people.find_by_email(tx, SANNE)
            assert sanne is not None
            await roles.give(tx, sanne.id, "opgeheven", NOW)
        await database.dispose()

    asyncio.run(give())
    assert "it is not in diploma.yaml" in terminal("roles")
    assert "no longer" in terminal("roles", "take", SANNE, "opgeheven")


def test_admins_of_the_settings_are_named(terminal: Terminal) -> None:
    terminal.more["PROMPT_CLUB_ADMINS"] = "dewi@example.com"
    assert "dewi@example.com may always" in terminal("roles")


def test_check_looks_at_the_address_of_the_pages() -> None:
    def found(**given: object) -> list[tuple[str, bool, str]]:
        return check_url(Settings(_env_file=None, teams_local=True, **given))

    assert found()[0][1:] == (True, "PROMPT_CLUB_URL is not set: links to pages lead to http://127.0.0.1:3978")
    assert found(url="http://club.example.org/")[0][1] is False
    assert found(url="https://club.example.org/") == [
        ("pages", True, "links to pages lead to https://club.example.org")
    ]
    with pytest.raises(ValueError, match="address without a path"):
        found(url="https://club.example.org/pages")


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    for command in ("roles", "deliveries"):
        assert "start Prompt Club once" in Terminal(tmp_path)(command, status=1)


def test_who_was_not_reached_in_a_table_and_as_json(terminal: Terminal) -> None:
    assert "nothing to send" in terminal("deliveries")
    terminal.send("one", state="sent")
    assert "Everybody who was to hear something has been reached" in terminal("deliveries")
    terminal.send("two", state="failed", reason="this person blocked the app")
    shown = terminal("deliveries", "--days", "1")
    assert "Sanne de Wit" in shown
    assert "this person blocked the app" in shown
    assert "None in the state" in terminal("deliveries", "--state", "unclear")
    told = json.loads(terminal("deliveries", "--json", "--state", "failed", "--state", "unclear"))
    assert told["numbers"]["why"] == [{"reason": "this person blocked the app", "number": 2}]
    assert {one["name"] for one in told["found"]} == {"Sanne de Wit"}
    assert "geheim" not in json.dumps(told)
    terminal("deliveries", "--state", "lost", status=2)
