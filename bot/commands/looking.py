"""Opens the database for a command that only needs a moment; what is wrong with it is one sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from bot.opening import open_database
from bot.settings import Settings
from knowledge.content import Knowledge
from knowledge.library import KnowledgeErrors, load
from storage.database import Database, as_async_url
from storage.migrations import find_revisions
from storage.unreachable import explain

T = TypeVar("T")


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    try:
        return asyncio.run(_open(settings, work))
    except (DBAPIError, OSError) as problem:
        stop(explain(as_async_url(settings.database_url), problem))


async def _open(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    database = open_database(settings)
    try:
        if not database.file_exists:
            stop(f"There is no database yet at {database.shown}: start Prompt Club once, or set DATABASE_URL.")
        now, newest = await find_revisions(database)
        if now != newest:
            stop(f"{database.shown} is at {now or 'nothing'}, not {newest}: run `prompt-club db upgrade`.")
        return await work(database)
    finally:
        await database.dispose()


def load_knowledge(settings: Settings) -> Knowledge:
    try:
        return load(settings.knowledge)
    except KnowledgeErrors as problems:
        stop(str(problems))


def stop(words: str) -> NoReturn:
    """Say what is wrong and end with exit status 1."""
    Console(stderr=True).print(words, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
