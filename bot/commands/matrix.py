"""`prompt-club matrix`: what is in force as a spreadsheet and back, its log, how it was, what files say anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import find_in_force, read_files, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.commands.sheet_import import SheetFile, import_sheet, shorten_value
from bot.in_force import end_of_day
from knowledge.changes import Cell, list_cells
from knowledge.contents import Content, Key
from knowledge.sheets import write_sheets
from storage import matrix, people
from storage.database import Database
from storage.matrix import Version, Wanted
from storage.transaction import Transaction

app = typer.Typer(help="The living matrix: spreadsheet, log, how it was, and what the files say otherwise.")


@app.command("export")
def export(file: SheetFile) -> None:
    """Write what is in force to a spreadsheet."""
    settings, library = settings_or_exit(), read_files()

    async def look(database: Database) -> bytes:
        async with database.reading() as tx:
            knowledge, contents = await find_in_force(tx, library)
        return write_sheets(contents, knowledge)

    written = with_database(settings, look)
    try:
        file.write_bytes(written)
    except OSError as problem:
        stop(f"{file} cannot be written: {problem.strerror}.")
    typer.echo(f"Wrote {file}.")


app.command("import")(import_sheet)


@app.command("log")
def log(
    row: Annotated[str, typer.Argument(help="An id; without one, of everything.")] = "",
    most: Annotated[int, typer.Option("--most", min=1, max=1000)] = 30,
) -> None:
    """Show what changed: when, who, why, and from where."""

    async def look(database: Database) -> list[tuple[Version, str, list[Cell]]]:
        async with database.reading() as tx:
            found = (
                [
                    one
                    for kind in ("row", "tool", "principle")
                    for one in await matrix.list_history(tx, kind, row, most)
                ]
                if row
                else await matrix.list_newest(tx, most)
            )
            return [(one, await _name(tx, one.by), await _changes(tx, one)) for one in found]

    found = with_database(settings_or_exit(), look)
    if not found:
        stop(f"Nothing is known of {row!r}." if row else "Nothing was agreed yet: start Prompt Club once.")
    table = Table("when (UTC)", "what", "version", "from", "who", "why", "changed")
    for version, name, cells in found:
        told = "; ".join(
            f"{cell.path}: {shorten_value(cell.before)} -> {shorten_value(cell.after)}" for cell in cells[:5]
        )
        origin = f"{version.source}, ticket {version.ticket_id}" if version.ticket_id else version.source
        values = (f"{version.since:%Y-%m-%d %H:%M}", f"{version.kind} {version.ref}", str(version.version), origin)
        table.add_row(*map(escape, (*values, name, version.why, told)))
    Console().print(table)


def _tell(cell: Cell) -> str:
    return f"{cell.path}: {shorten_value(cell.before)} -> {shorten_value(cell.after)}"


async def _name(tx: Transaction, person_id: str | None) -> str:
    person = await people.find_by_id(tx, person_id) if person_id else None
    return person.name if person else ""


async def _changes(tx: Transaction, version: Version) -> list[Cell]:
    before = await matrix.find_before(tx, version)
    return list_cells(before.content, version.content) if before else []


@app.command("show")
def show(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="As it was at the end of this day.")] = "",
) -> None:
    """Show the matrix, now or as it was."""
    settings = settings_or_exit()
    at = _read_day(on, settings.time_zone) if on else None

    async def look(database: Database) -> list[Version]:
        async with database.reading() as tx:
            return await matrix.find_page(tx, Wanted("row", at), skip=0, most=100_000)

    found = with_database(settings, look)
    classes = dict.fromkeys(data for one in found for data in (one.content or {}).get("verdicts", {}))
    table = Table("row", "version", *map(escape, classes))
    for one in found:
        verdicts = (one.content or {}).get("verdicts", {})
        table.add_row(escape(one.ref), str(one.version), *(str(verdicts.get(data, "-")) for data in classes))
    Console().print(table if found else "Nothing was in force then.")


def _read_day(text: str, zone: str) -> datetime:
    """Its end, where the organisation is."""
    try:
        return end_of_day(date.fromisoformat(text), zone)
    except (ValueError, OverflowError):
        stop(f"{text!r} is no day; write it as 2026-11-01.")


@app.command("diff")
def diff() -> None:
    """Show where the files say something else than what is in force."""
    library = read_files()

    async def look(database: Database) -> tuple[dict[Key, Content], set[tuple[str, str]]]:
        async with database.reading() as tx:
            waiting = {(one.kind, one.ref) for one in await matrix.list_differences(tx)}
            return (await find_in_force(tx, library))[1], waiting

    in_force, waiting = with_database(settings_or_exit(), look)
    file = library.list_contents()
    table = Table("what", "value", "in force", "in the file", "")
    for key in dict.fromkeys([*file, *in_force]):
        for cell in list_cells(in_force.get(key), file.get(key)):
            told = "to be settled in chat" if tuple(key) in waiting else "the file lags behind"
            values = (
                f"{key.kind} {key.id}",
                cell.path,
                shorten_value(cell.before),
                shorten_value(cell.after),
                told,
            )
            table.add_row(*map(escape, values))
    Console().print(table if table.row_count else "The files say what is in force.")
