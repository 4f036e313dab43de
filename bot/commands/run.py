"""`prompt-club run`: serves every platform the settings name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from bot.commands.settings import settings_or_exit
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.texts import WORDS
from knowledge.library import KnowledgeErrors
from storage.database import as_async_url
from storage.migrations import UnknownRevision
from storage.unreachable import explain

if TYPE_CHECKING:
    from bot.app import App


def run() -> None:
    """Serve Slack, Teams and the web workspace, as far as the settings name them."""
    settings = settings_or_exit()
    if not settings.platforms_on:
        known = ", ".join(settings.platforms)
        Console(stderr=True).print(
            f"No chat platform is set up (there are {known}): README says which settings each of them needs. "
            "To look around first: `prompt-club demo`.",
            markup=False,
        )
        raise typer.Exit(2)
    run_server(settings)


def run_server(
    settings: Settings, on_ready: str | None = None, make_app: Callable[[Settings], App] | None = None
) -> None:
    """Until it is told to stop; what keeps it from starting is one clear message and exit status 1."""
    from bot.app import App
    from bot.serving import serve

    set_up_logs(settings)
    console = Console(stderr=True)

    def announce(address: str) -> None:
        if on_ready:
            console.print(on_ready.format(address=address))

    try:
        asyncio.run(serve(settings, announce, make_app or App))
    except (DBAPIError, OSError) as problem:
        console.print(explain(as_async_url(settings.database_url), problem), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    except (KnowledgeErrors, UnknownRevision) as problem:
        console.print(str(problem), markup=False)
        raise typer.Exit(1) from None
    if console.is_terminal:  # a journal has the log's own line
        console.print("\n" + " / ".join(words("house.stopped") for words in WORDS.values()), markup=False)
