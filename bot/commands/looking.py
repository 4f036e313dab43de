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
from bot.settings import Settings, WrongSettings, load_settings
from knowledge.content import Knowledge
from knowledge.contents import Content, Key
from knowledge.library import KnowledgeErrors, Library, load, read_library
from storage.database import Database, as_async_url
from storage.migrations import find_revisions
from storage.transaction import Transaction
from storage.unreachable import explain

T = TypeVar("T")


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]], *, otherwise: str = "") -> T:
    """`otherwise`: what can be done without the database, for the sentence that says it cannot be used."""
    try:
        return asyncio.run(_open(settings, work, otherwise))
    except (DBAPIError, OSError) as problem:
        stop(explain(as_async_url(settings.database_url), problem) + otherwise)


async def _open(settings: Settings, work: Callable[[Database], Awaitable[T]], otherwise: str) -> T:
    database = open_database(settings)
    try:
        if not database.file_exists:
            stop(f"There is no database yet at {database.shown}: start Prompt Club once, or set DATABASE_URL.")
        now, newest = await find_revisions(database)
        if now != newest:
            wrong = f"{database.shown} is at {now or 'nothing'}, not {newest}: run `prompt-club db upgrade`."
            stop(wrong + otherwise)
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


def find_agreed(errors: Console) -> Knowledge:
    """What people hear now; what the files say where there is no database yet, or nothing in it."""
    try:
        settings = load_settings()
    except WrongSettings as wrong:
        if {"database_url", "knowledge"} & set(wrong.wrong):
            stop("\n".join(wrong.problems))
        settings = wrong.rest
    library = read_library(settings.knowledge)[1]
    database = Database(settings.database_url)
    if not database.file_exists:
        return library.build({})

    async def look(opened: Database) -> Knowledge:
        async with opened.reading() as tx:
            return (await find_in_force(tx, library))[0]

    otherwise = " Or leave the database out with --knowledge DIR, which answers from the files there."
    knowledge = with_database(settings, look, otherwise=otherwise)
    if knowledge.revision:
        told = f"By what is in force in {database.shown}, revision {knowledge.revision}."
        errors.print(told, markup=False, highlight=False, soft_wrap=True)
    return knowledge


def stop(words: str) -> NoReturn:
    """Say what is wrong and end with exit status 1."""
    Console(stderr=True).print(words, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
