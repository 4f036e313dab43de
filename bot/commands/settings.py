"""Reads the settings for a command, or says in one message all that is wrong with them."""

from __future__ import annotations

import typer
from rich.console import Console

from bot.settings import Settings, WrongSettings, load_settings


def settings_or_exit(**given: object) -> Settings:
    try:
        return load_settings(**given)
    except WrongSettings as wrong:
        console = Console(stderr=True)
        console.print("[bold]These settings need another look[/bold] (environment or .env):")
        for problem in wrong.problems:
            console.print(f"- {problem}", markup=False)
        raise typer.Exit(2) from None
