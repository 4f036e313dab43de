"""`prompt-club check`: what works and what is missing, each with what to do."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy import text

from bot import platforms
from bot.assisting import FAULTS, describe, try_model
from bot.commands.check_digests import check_digests
from bot.settings import Settings, WrongSettings, load_settings
from knowledge.library import KnowledgeErrors, load
from storage.database import Database
from storage.migrations import find_revisions

Finding = tuple[str, bool, str]
"""What was looked at, whether it works, and what was found or what to do."""


def check() -> None:
    """Say of knowledge, settings, database and each platform what works and what is missing."""
    console = Console()
    findings = asyncio.run(find_all())
    for what, works, say in findings:
        sign = "[green]✓[/green]" if works else "[red]✗[/red]"
        console.print(f"{sign} [bold]{escape(what)}[/bold] {escape(say)}")
    wrong = sum(not works for _, works, _ in findings)
    console.print("Everything works." if not wrong else f"{wrong} to look at.")
    raise typer.Exit(1 if wrong else 0)


async def find_all() -> list[Finding]:
    try:
        settings = load_settings()
    except WrongSettings as wrong:
        return [("settings", False, problem) for problem in wrong.problems]
    findings = [("settings", True, "complete"), *check_knowledge(settings), *await check_database(settings)]
    for found in pkgutil.iter_modules(platforms.__path__):
        if found.ispkg and _has_check(found.name):
            checking = importlib.import_module(f"{platforms.__name__}.{found.name}.checking")
            findings += await checking.check(settings)
    if not (settings.slack_on or settings.teams_on or settings.web):
        findings.append(
            ("platforms", False, "none is set up, so `prompt-club run` has nothing to serve: see README")
        )
    findings += [
        *_check_lab(settings),
        *check_digests(settings),
        *check_url(settings),
        *await check_model(settings),
    ]
    return findings


def _has_check(platform: str) -> bool:
    return importlib.util.find_spec(f"{platforms.__name__}.{platform}.checking") is not None


def check_knowledge(settings: Settings) -> list[Finding]:
    try:
        knowledge = load(settings.knowledge)
    except KnowledgeErrors as problems:
        return [("knowledge", False, str(error)) for error in problems.errors]
    rows, tools = len(knowledge.use_cases), len(knowledge.tools)
    return [("knowledge", True, f"{rows} use cases and {tools} tools in {settings.knowledge}")]


async def check_database(settings: Settings) -> list[Finding]:
    database = Database(settings.database_url)
    shown = database.shown
    if database.is_sqlite and not database.file_exists:
        await database.dispose()
        return [("database", True, f"{shown} will be made at the first start")]
    try:
        async with database.reading() as tx:
            await tx.execute(text("SELECT 1"))
        now, newest = await find_revisions(database)
    except Exception as problem:  # whatever the driver raises, a person must read what to do
        return [("database", False, f"{shown} does not answer ({type(problem).__name__}): check DATABASE_URL")]
    finally:
        await database.dispose()
    if now != newest:
        return [
            ("database", False, f"{shown} is at {now or 'nothing'}, not {newest}: run `prompt-club db upgrade`")
        ]
    return [("database", True, f"{shown} answers and is up to date")]


async def check_model(settings: Settings) -> list[Finding]:
    if settings.model_url is None:
        return [("own model", True, "none, which is fine: the built-in reading needs none")]
    try:
        await try_model(settings, load(settings.knowledge))
    except KnowledgeErrors:
        return []  # told already
    except FAULTS as problem:
        right = "questions are read without it; check PROMPT_CLUB_MODEL_URL, _NAME and _KEY"
        return [("own model", False, f"{settings.model_name}: {describe(problem)}; {right}")]
    return [("own model", True, f"{settings.model_name} answers in time and names only what is there")]


def _check_lab(settings: Settings) -> list[Finding]:
    if settings.lab is None:
        return [("AI Lab", True, "PROMPT_CLUB_LAB names no channel yet: its questions are kept, not posted")]
    platform, _, channel = settings.lab.partition(":")
    on = {"slack": settings.slack_on, "teams": settings.teams_on, "web": settings.web}
    if not channel or platform not in on:
        right = "it should be platform:channel, such as slack:C0123456789 or web:ai-lab"
        return [("AI Lab", False, f"PROMPT_CLUB_LAB is {settings.lab!r}: {right}")]
    if not on[platform]:
        return [("AI Lab", False, f"PROMPT_CLUB_LAB is {settings.lab!r}: {platform!r} is not switched on")]
    return [("AI Lab", True, f"questions are posted to {settings.lab}")]


def check_url(settings: Settings) -> list[Finding]:
    """Only people in Slack and Teams need it; in the web workspace they are at the address already."""
    if not (settings.slack_on or settings.teams_on):
        return []
    if settings.url is None:
        return [("pages", True, f"PROMPT_CLUB_URL is not set: links to pages lead to {settings.public_url}")]
    if not settings.url.startswith("https://"):
        return [("pages", False, f"PROMPT_CLUB_URL is {settings.url}: links hold a secret, so it should be https")]
    return [("pages", True, f"links to pages lead to {settings.url}")]
