"""`prompt-club diploma`: whom a change of diploma.yaml hits before it holds, and new terms where that is chosen."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.looking import load_knowledge, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.rule_effect import Effect, find_effect, find_new_terms, give_new_terms
from bot.settings import Settings
from knowledge.diploma_rules import Rules, find_rules
from knowledge.errors import KnowledgeErrors
from knowledge.library import load
from storage.database import Database

app = typer.Typer(help="Look at the rules of the diploma before they hold.", no_args_is_help=True)
_UNITS = 5


@app.callback()
def _begin() -> None: ...


@app.command("effect")
def effect(
    file: Annotated[Path, typer.Argument(help="The new diploma.yaml; the one in use stays as it is.")],
) -> None:
    """Say how many people get another day or another level by a new diploma.yaml. Nothing is changed."""
    settings = settings_or_exit()
    before, after, today = _rules(find_rules(load_knowledge(settings))), _read(settings, file), _today(settings)

    async def look(database: Database) -> tuple[Effect, int]:
        async with database.reading() as tx:
            found = await find_effect(tx, before, after, today)
            return found, len(await find_new_terms(tx, after, today))

    found, terms = with_database(settings, look)
    for line in tell(found):
        typer.echo(line)
    if terms:
        typer.echo(
            f"{terms:,} diplomas that were earned keep their term; `prompt-club diploma terms` changes that."
        )


def tell(found: Effect) -> list[str]:
    if found.nothing:
        return [f"Nothing changes for any of {found.people:,} people."]
    lines = [
        f"{number:,} people {what}."
        for number, what in (
            (found.earlier, "get an earlier day"),
            (found.later, "get a later day"),
            (found.asked, "are asked for a level that was not asked of them"),
            (found.let_go, "are no longer asked for a level"),
            (found.overdue, "would be over the day at once"),
        )
        if number
    ]
    most = ", ".join(f"{unit or 'no unit'} {number:,}" for unit, number in found.units.most_common(_UNITS))
    return [*lines, f"Most with an earlier day: {most}."] if most else lines


@app.command("terms")
def terms(yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is right.")] = False) -> None:
    """Give diplomas that are valid now the term of the rules in use. Each becomes a new row; the old one stays."""
    settings = settings_or_exit()
    rules, today = _rules(find_rules(load_knowledge(settings))), _today(settings)

    async def look(database: Database) -> int:
        async with database.reading() as tx:
            return len(await find_new_terms(tx, rules, today))

    async def work(database: Database) -> int:
        async with database.transaction() as tx:
            return await give_new_terms(tx, rules, today, datetime.now(UTC))

    number = with_database(settings, look)
    typer.echo(f"{number:,} diplomas would run out on another day.")
    if not number:
        return
    if not yes:
        typer.confirm("Change them?", abort=True)
    typer.echo(f"Changed {with_database(settings, work):,}.")


def _rules(found: Rules | None) -> Rules:
    if found is None:
        stop("There is no diploma.yaml: nothing was agreed about diplomas.")
    return found


def _read(settings: Settings, file: Path) -> Rules:
    """The new file among the others as they are."""
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "knowledge"
        shutil.copytree(settings.knowledge, whole)
        try:
            shutil.copy(file, whole / "diploma.yaml")
            return _rules(find_rules(load(whole)))
        except OSError as problem:
            stop(f"{file} cannot be read: {problem.strerror}.")
        except KnowledgeErrors as problems:
            stop(str(problems))


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.time_zone)).date()
