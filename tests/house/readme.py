"""The README's tables, made from the code; `python -m tests.house.readme` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer.main

from bot.cli import app
from bot.conversations import build_conversations
from bot.desk import Desk
from bot.routing import Router
from bot.settings import Settings
from bot.texts import WORDS

README = Path(__file__).parents[2] / "README.md"


def settings_table() -> str:
    rows = ["| variable | default | what it is for |", "| --- | --- | --- |"]
    for field in Settings.model_fields.values():
        name = str(field.validation_alias.choices[0])  # type: ignore[union-attr]
        rows.append(f"| `{name}` | {_default(name, field.default)} | {field.description} |")
    return "\n".join(rows)


def _default(name: str, value: object) -> str:
    if name == "PROMPT_CLUB_KNOWLEDGE":
        return "`knowledge/default`"
    if value is None or value == "":
        return ""
    return f"`{int(value) if isinstance(value, bool) else value}`"


def chat_commands_table() -> str:
    async def nobody_reads(_: str) -> object:
        raise NotImplementedError

    desk = Desk(knowledge=lambda: None, read=nobody_reads)  # type: ignore[arg-type, return-value]
    rows = ["| word | also | nl | en |", "| --- | --- | --- | --- |"]
    for command in Router(build_conversations(desk)).commands:
        also = ", ".join(f"`{alias}`" for alias in command.aliases)
        nl, en = (WORDS[language](command.help_key) for language in ("nl", "en"))
        rows.append(f"| `{command.word}` | {also} | {nl} | {en} |")
    return "\n".join(rows)


def commands_table() -> str:
    rows = ["| command | what it does |", "| --- | --- |"]
    rows += _command_rows(typer.main.get_command(app), "prompt-club")
    return "\n".join(rows)


def _command_rows(command: Any, name: str) -> list[str]:
    if parts := getattr(command, "commands", None):
        rows = [row for key, part in parts.items() for row in _command_rows(part, f"{name} {key}")]
        return [_command_row(command, name), *rows] if command.invoke_without_command else rows
    return [_command_row(command, name)]


def _command_row(command: Any, name: str) -> str:
    help_text = (command.help or "").split("\n\n")[0].replace("\n", " ")
    return f"| `{name}` | {help_text} |"


TABLES = {"settings": settings_table, "chat commands": chat_commands_table, "commands": commands_table}


def with_tables(text: str) -> str:
    for name, make in TABLES.items():
        pattern = rf"<!-- {name} -->.*?<!-- /{name} -->"
        table = f"<!-- {name} -->\n{make()}\n<!-- /{name} -->"
        text, found = re.subn(pattern, lambda _, table=table: table, text, flags=re.DOTALL)  # type: ignore[misc]
        assert found == 1, f"README has no place for {name}"
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
