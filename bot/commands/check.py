"""`prompt-club check`: what works and what is missing, each with what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.assisting import FAULTS, describe, try_model
from bot.commands.check_channels import check_digests, check_lab
from bot.commands.check_safety import check_audit_key, check_role_groups
from bot.commands.looking import find_in_force
from bot.platforms import Finding, find_checking
from bot.settings import Settings, WrongSettings, load_settings
from knowledge.content import Knowledge
from knowledge.contents import Content, Key
from knowledge.library import KnowledgeErrors, load, read_library
from storage import matrix
from storage.database import Database
from storage.migrations import find_revisions
from storage.unreachable import explain


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
    """Wrong settings are told, and the others are tried all the same."""
    try:
        settings = load_settings()
    except WrongSettings as wrong:
        told = [("settings", False, problem) for problem in wrong.problems]
        return [*told, *await check_settings(wrong.rest, wrong.wrong)]
    return [("settings", True, "complete"), *await check_settings(settings)]


async def check_settings(settings: Settings, wrong: Collection[str] = ()) -> list[Finding]:
    """wrong: settings that were told already, with a default in their place that says nothing."""
    knowledge, findings = load_knowledge(settings)
    if "database_url" not in wrong:
        findings += await check_database(settings)
        findings.append(check_audit_key(settings))
        findings += await check_in_force(settings) if knowledge is not None else []
    for platform in settings.platforms_on:
        findings += await find_checking(platform).check(settings)
    if not settings.platforms_on:
        say = "none is set up, so `prompt-club run` has nothing to serve: see README"
        findings.append(("platforms", False, say))
    findings.append(await check_lab(settings))
    if knowledge is not None:
        findings += check_role_groups(settings, knowledge)
        findings += await check_digests(settings, knowledge)
        findings += await check_model(settings, knowledge)
    return [*findings, *check_url(settings)]


def load_knowledge(settings: Settings) -> tuple[Knowledge | None, list[Finding]]:
    try:
        knowledge = load(settings.knowledge)
    except KnowledgeErrors as problems:
        return None, [("knowledge", False, str(error)) for error in problems.errors]
    rows, tools = len(knowledge.use_cases), len(knowledge.tools)
    return knowledge, [("knowledge", True, f"{rows} use cases and {tools} tools in {settings.knowledge}")]


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
    except (DBAPIError, OSError) as problem:
        return [("database", False, explain(database.url, problem))]
    finally:
        await database.dispose()
    if now != newest:
        return [
            ("database", False, f"{shown} is at {now or 'nothing'}, not {newest}: run `prompt-club db upgrade`")
        ]
    return [("database", True, f"{shown} answers and is up to date")]


async def check_in_force(settings: Settings) -> list[Finding]:
    """What people hear may be something else than the files say: nothing where the database cannot tell."""
    database = Database(settings.database_url)
    try:
        now, newest = await find_revisions(database) if database.file_exists else (None, "")
        if now != newest:
            return []
        library = read_library(settings.knowledge)[1]
        async with database.reading() as tx:
            knowledge, contents = await find_in_force(tx, library)
            waiting = len(await matrix.list_differences(tx))
    except KnowledgeErrors as problems:
        return [
            ("in force", False, f"{error}: what was agreed does not fit the files") for error in problems.errors
        ]
    except (DBAPIError, OSError):
        return []  # told already
    finally:
        await database.dispose()
    return [_say_in_force(knowledge, library.list_contents(), contents, waiting)]


def _say_in_force(
    knowledge: Knowledge, file: dict[Key, Content], contents: dict[Key, Content], waiting: int
) -> Finding:
    rows, tools = len(knowledge.use_cases), len(knowledge.tools)
    changed = sum(content != file.get(key) for key, content in contents.items())
    say = f"{rows} use cases and {tools} tools; {changed} differ from the files, as agreed in chat or spreadsheet"
    if not waiting:
        return ("in force", True, say)
    asked = f"{waiting} changed in the files too: settle them in chat, or see `prompt-club matrix diff`"
    return ("in force", False, f"{say}; {asked}")


async def check_model(settings: Settings, knowledge: Knowledge) -> list[Finding]:
    if settings.model_url is None or settings.model_name is None:
        return [("own model", True, "none, which is fine: the built-in reading needs none")]
    try:
        await try_model(settings, knowledge)
    except FAULTS as problem:
        right = "questions are read without it; check PROMPT_CLUB_MODEL_URL, _NAME and _KEY"
        return [("own model", False, f"{settings.model_name}: {describe(problem)}; {right}")]
    return [("own model", True, f"{settings.model_name} answers in time and names only what is there")]


def check_url(settings: Settings) -> list[Finding]:
    """Links to pages lead there, from every chat."""
    if settings.url is None:
        return [("pages", True, f"PROMPT_CLUB_URL is not set: links to pages lead to {settings.public_url}")]
    if not settings.url.startswith("https://"):
        return [("pages", False, f"PROMPT_CLUB_URL is {settings.url}: links hold a secret, so it should be https")]
    return [("pages", True, f"links to pages lead to {settings.url}")]
