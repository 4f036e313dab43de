"""Opens the database for a command that only needs a moment; what is wrong with it is one sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NoReturn, TypeVar

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from bot.commands.settings import settings_or_exit
from bot.in_force import Followed
from bot.opening import open_database
from bot.settings import Settings
from knowledge.content import Knowledge
from knowledge.contents import Content, Key
from knowledge.library import KnowledgeErrors, Library, load, read_library
from storage.database import Database, as_async_url
from storage.migrations import find_revisions
from storage.transaction import Transaction
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


def read_files() -> Library:
    """The organisation's own files, checked."""
    try:
        return read_library(settings_or_exit().knowledge)[1]
    except KnowledgeErrors as problems:
        stop(str(problems))


async def find_in_force(tx: Transaction, library: Library) -> tuple[Knowledge, dict[Key, Content]]:
    """What people hear now, with what it says in the order in which the program reads it."""
    followed = Followed()
    await followed.follow(tx)
    knowledge = library.build(followed.in_force)
    known = {**library.list_contents()}
    for key, held in followed.in_force.items():
        if held.content is None:
            known.pop(key, None)
        else:
            known[key] = held.content
    return replace(knowledge, revision=followed.revision, under_review=followed.under_review), known


def stop(words: str) -> NoReturn:
    """Say what is wrong and end with exit status 1."""
    Console(stderr=True).print(words, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
