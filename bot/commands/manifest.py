"""`prompt-club manifest`: what an administrator uploads to make the bot appear in a chat platform."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.settings import settings_or_exit
from bot.conversations import build_conversations
from bot.desk import Desk
from bot.platforms.teams.package import PLACEHOLDER, About, Command, WrongManifest, build_package
from bot.routing import HELP, Router
from bot.settings import Settings
from bot.texts import WORDS
from knowledge.answers import Reading
from knowledge.library import KnowledgeErrors, load

app = typer.Typer(help="App packages: what an administrator uploads.", no_args_is_help=True)


@app.command("teams")
def manifest_teams(
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")] = Path("promptclub.zip"),
    website: Annotated[
        str, typer.Option("--website", help="A page about Prompt Club in your organisation, https://….")
    ] = PLACEHOLDER,
) -> None:
    """Write the Teams app package: manifest and icons, from your settings and knowledge."""
    console = Console(stderr=True)
    settings = settings_or_exit()
    try:
        package = build_package(describe(settings, website))
    except (WrongManifest, KnowledgeErrors) as wrong:
        console.print("[bold]The package was not built[/bold]:")
        for line in str(wrong).splitlines():
            console.print(f"- {line}", markup=False)
        raise typer.Exit(2) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(package)
    console.print(f"{out} is ready: upload it in Teams (docs/teams.md).", markup=False, highlight=False)
    if website == PLACEHOLDER:
        console.print("It names no page of your own yet; --website https://… fills that in.", markup=False)


def describe(settings: Settings, website: str) -> About:
    """What the package says: names from the knowledge, commands from the conversations."""
    if settings.teams_app_id is None:
        raise WrongManifest(["MicrosoftAppId is missing: make the bot first (docs/teams.md, step 1)"])
    knowledge = load(settings.knowledge)
    desk = Desk(knowledge=lambda: knowledge, read=_read_nothing)
    commands = Router(build_conversations(desk)).commands
    words = WORDS["nl"]
    # Teams shows a few: what everybody uses comes first.
    ranked = sorted(commands, key=lambda one: (one.word != HELP, one.word != "magdit", bool(one.needs), one.word))
    return About(
        app_id=settings.teams_app_id,
        bot=knowledge.policy.contact_point,
        organisation=knowledge.policy.organisation,
        version=version("prompt-club"),
        commands=[Command(command.word, words(command.help_key)) for command in ranked],
        website=website,
    )


async def _read_nothing(question: str) -> Reading:
    raise NotImplementedError("a package asks nothing")
