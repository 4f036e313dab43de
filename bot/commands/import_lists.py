"""`prompt-club import`: people and certificates from a CSV or Excel file, with a preview, whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.commands.looking import load_knowledge, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.taking_in import add_certificates, level_names, list_certificates, list_people
from knowledge.diploma_rules import find_rules
from knowledge.errors import KnowledgeErrors
from knowledge.incoming.certificates import FIELDS as RESULT_FIELDS
from knowledge.incoming.certificates import read_results
from knowledge.incoming.columns import read_mapping
from knowledge.incoming.lines import LineErrors, Lines, read_lines
from knowledge.incoming.people import FIELDS, read_people
from storage import register_import
from storage.database import Database
from storage.register_import import Plan

app = typer.Typer(help="Take over people or certificates from a file.", no_args_is_help=True)
_SHOWN = 20
ListFile = Annotated[Path, typer.Argument(help="CSV (comma, semicolon or tab) or Excel (.xlsx).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether this is right.")]
Mapped = Annotated[
    Path | None, typer.Option("--columns", help="YAML file with your own headings, such as `email: Werk e-mail`.")
]


@app.callback()
def _begin() -> None: ...


@app.command("people")
def people(file: ListFile, dry_run: DryRun = False, yes: Yes = False, columns: Mapped = None) -> None:
    """Take over everybody who works here; who is not on the list has left."""
    settings = settings_or_exit()
    knowledge = load_knowledge(settings)
    today = datetime.now(ZoneInfo(settings.time_zone)).date()
    try:
        mapped = read_mapping(_read(columns), columns.name, FIELDS) if columns else {}
        found = read_people(_read_lines(file), mapped)
    except (LineErrors, KnowledgeErrors) as wrong:
        stop(f"{wrong}\nNothing was taken over.")
    listed, unknown = list_people(found.people, knowledge)

    async def look(database: Database) -> Plan:
        async with database.reading() as tx:
            now = datetime.now(UTC)
            return await register_import.plan(tx, listed, today, now, says_who_is_away=found.says_who_is_away)

    plan = with_database(settings, look)
    lines = {person.email: person.line for person in found.people}
    _show(plan, lines, unknown, found.unread)
    if plan.too_early:
        stop("Nothing was taken over.")
    if plan.nothing or dry_run:
        return
    if not yes:
        typer.confirm("Take this over?", abort=True)

    async def work(database: Database) -> None:
        with _bar() as bar:
            task = bar.add_task("Writing", total=plan.rows)
            async with database.transaction() as tx:
                now = datetime.now(UTC)
                away = found.says_who_is_away
                fresh = await register_import.plan(tx, listed, today, now, says_who_is_away=away)
                await register_import.carry_out(
                    tx, fresh, now, progress=lambda done, total: bar.update(task, completed=done, total=total)
                )

    with_database(settings, work)
    typer.echo(f"Took over {len(listed):,} people.")


@app.command("certificates")
def certificates_(file: ListFile, dry_run: DryRun = False, yes: Yes = False, columns: Mapped = None) -> None:
    """Add results: who passed or failed which level when. What is known already stays as it is."""
    settings = settings_or_exit()
    knowledge = load_knowledge(settings)
    rules = find_rules(knowledge)
    if rules is None:
        stop("There is no diploma.yaml: nothing was agreed about diplomas.")
    today = datetime.now(ZoneInfo(settings.time_zone)).date()

    async def work(database: Database) -> int:
        async with database.transaction() as tx:
            found = await list_certificates(tx, rules, lines, source="file")
            with _bar() as bar:
                task = bar.add_task("Writing", total=len(found))
                return await add_certificates(
                    tx,
                    rules,
                    found,
                    datetime.now(UTC),
                    progress=lambda done, total: bar.update(task, completed=done, total=total),
                )

    async def look(database: Database) -> int:
        async with database.reading() as tx:
            return len(await list_certificates(tx, rules, lines, source="file"))

    try:
        mapped = read_mapping(_read(columns), columns.name, RESULT_FIELDS) if columns else {}
        lines = read_results(_read_lines(file), level_names(knowledge), today, mapped)
        failed = sum(not line.passed for line in lines)
        typer.echo(f"{with_database(settings, look):,} results, {failed:,} of them not passed.")
        if dry_run:
            return
        if not yes:
            typer.confirm("Take these over?", abort=True)
        added = with_database(settings, work)
    except (LineErrors, KnowledgeErrors) as wrong:
        stop(f"{wrong}\nNothing was taken over.")
    typer.echo(f"Added {added:,}; {len(lines) - added:,} were known already.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        stop(f"{file} cannot be read: {problem.strerror}.")


def _read_lines(file: Path) -> Lines:
    return read_lines(_read(file), file.name)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)
    )


def _show(plan: Plan, lines: dict[str, int], unknown: dict[str, str | None], unread: tuple[str, ...]) -> None:
    console = Console()
    if plan.nothing:
        console.print(f"Nothing changes: {plan.same:,} people, all as they were.", markup=False)
    else:
        counts = (
            f"{len(plan.new):,} new, {len(plan.changed):,} changed, {len(plan.left):,} left, {plan.same:,} same"
        )
        console.print(counts, markup=False)
    if plan.away or plan.back:
        console.print(f"{len(plan.away):,} away, {len(plan.back):,} back on another day", markup=False)
    _show_some(console, "New", plan.new)
    _show_some(console, "Changed", [f"{one.email} ({', '.join(one.what)})" for one in plan.changed])
    _show_some(console, "Left", plan.left)
    _show_some(
        console,
        "Managers nobody knows",
        [f"line {lines[person]}: {manager} (of {person})" for person, manager in plan.no_manager.items()],
    )
    _show_some(
        console,
        "Functions that diploma.yaml does not have",
        [f"{name}; did you mean '{near}'?" if near else name for name, near in unknown.items()],
    )
    _show_some(
        console,
        "Something newer is known already",
        [f"line {lines[one]}: {one} has changed on {day}; begin after that" for one, day in plan.too_early.items()],
    )
    if unread:
        console.print(f"Columns that were not read: {', '.join(unread)}", markup=False)


def _show_some(console: Console, heading: str, told: list[str]) -> None:
    if not told:
        return
    table = Table(escape(f"{heading}: {len(told):,}"), title_justify="left")
    for line in told[:_SHOWN]:
        table.add_row(escape(line))
    if len(told) > _SHOWN:
        table.add_row(f"... and {len(told) - _SHOWN:,} more")
    console.print(table)
