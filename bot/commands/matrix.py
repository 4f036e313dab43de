"""`prompt-club matrix`: what is in force as a spreadsheet and back, its log, how it was, what files say anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import stop, with_database
from bot.commands.settings import settings_or_exit
from bot.in_force import Followed, make_version
from bot.settings import Settings
from knowledge.changes import Cell, is_looser, list_cells
from knowledge.content import Knowledge
from knowledge.contents import Content, Held, Key
from knowledge.errors import KnowledgeErrors
from knowledge.library import Library, read_library
from knowledge.sheet_columns import OURS
from knowledge.sheet_reading import SheetContents, SheetErrors, read_sheets
from knowledge.sheets import write_sheets
from storage import audit, matrix, people
from storage.database import Database
from storage.matrix import Version, Wanted
from storage.transaction import Transaction

app = typer.Typer(help="The living matrix: spreadsheet, log, how it was, and what the files say otherwise.")
SheetFile = Annotated[Path, typer.Argument(metavar="FILE", help="A spreadsheet (.xlsx).")]
_CELL = 60
_SHOWN = 500


@app.command("export")
def export(file: SheetFile) -> None:
    """Write what is in force to a spreadsheet."""
    settings, library = _settings(), _library()

    async def look(database: Database) -> bytes:
        async with database.reading() as tx:
            knowledge, contents = await _find_in_force(tx, library)
        return write_sheets(contents, knowledge)

    written = with_database(settings, look)
    try:
        file.write_bytes(written)
    except OSError as problem:
        stop(f"{file} cannot be written: {problem.strerror}.")
    typer.echo(f"Wrote {file}.")


@app.command("import")
def import_(
    file: SheetFile,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is right.")] = False,
    why: Annotated[str, typer.Option("--why", help="Why, for the log.")] = "",
) -> None:
    """Take over a spreadsheet: shows every changed cell first; with one mistake nothing is taken over."""
    settings, library = _settings(), _library()
    try:
        content = file.read_bytes()
    except OSError as problem:
        stop(f"{file} cannot be read: {problem.strerror}.")

    async def preview(database: Database) -> tuple[SheetContents, dict[Key, Content], Knowledge]:
        async with database.reading() as tx:
            knowledge, contents = await _find_in_force(tx, library)
        return read_sheets(content, knowledge, contents), contents, knowledge

    try:
        found, before, knowledge = with_database(settings, preview)
    except SheetErrors as wrong:
        stop(f"{wrong}\nNothing was taken over.")
    changed = _list_changed(found, before)
    _show_preview(changed, found, before, knowledge)
    if not changed or dry_run:
        return
    _check_whole(library, before, changed)
    if not yes:
        typer.confirm("Take this over?", abort=True)
    if with_database(settings, lambda database: _take_over(database, changed, before, why)):
        typer.echo(f"Took over {len(changed)}; running programs follow within a second.")
    else:
        stop("Meanwhile something was agreed in chat. Nothing was taken over: export again, and begin from that.")


def _settings() -> Settings:
    return settings_or_exit()


def _library() -> Library:
    try:
        return read_library(settings_or_exit().knowledge)[1]
    except KnowledgeErrors as problems:
        stop(str(problems))


async def _find_in_force(tx: Transaction, library: Library) -> tuple[Knowledge, dict[Key, Content]]:
    """In the order in which the program reads it."""
    followed = Followed()
    await followed.follow(tx)
    knowledge = library.build(followed.in_force)
    known = {**library.list_contents()}
    for key, held in followed.in_force.items():
        if held.content is None:
            known.pop(key, None)
        else:
            known[key] = held.content
    return knowledge, known


def _list_changed(found: SheetContents, before: dict[Key, Content]) -> dict[Key, Content]:
    return {key: content for key, content in found.contents.items() if _cells(before.get(key), content)}


def _cells(before: Content | None, after: Content) -> list[Cell]:
    return [cell for cell in list_cells(before, after) if cell.path not in OURS]


def _show_preview(
    changed: dict[Key, Content], found: SheetContents, before: dict[Key, Content], knowledge: Knowledge
) -> None:
    console = Console()
    table = Table("cell", "of", "was", "becomes", title_justify="left")
    for key, content in changed.items():
        for cell in _cells(before.get(key), content):
            where = found.cells.get((key, cell.path), "examples")
            old, new = (escape(_short(value)) for value in (cell.before, cell.after))
            table.add_row(escape(where), escape(f"{key.id} {cell.path}"), old, new)
            if table.row_count == _SHOWN:
                break
    console.print(table if changed else "Nothing changes.")
    looser = [
        key.id for key, content in changed.items() if is_looser(knowledge, key.kind, before.get(key), content)
    ]
    if looser:
        console.print(f"Allows more than now: {', '.join(looser[:20])}", markup=False)
    absent = [key for key in before if key.kind != "philosophy" and key not in found.contents]
    if absent:
        console.print(f"Not in the spreadsheet, and left as they are: {len(absent)}", markup=False)


def _short(value: str) -> str:
    flat = value.replace("\n", " | ")
    return flat if len(flat) <= _CELL else flat[: _CELL - 1] + "…"


def _check_whole(library: Library, before: dict[Key, Content], changed: dict[Key, Content]) -> None:
    """Together, as they would be in force: an example may stand in two rows."""
    held = {key: Held(content) for key, content in {**before, **changed}.items()}
    try:
        library.build(held)
    except KnowledgeErrors as problems:
        stop(f"{problems}\nNothing was taken over.")


async def _take_over(database: Database, changed: dict[Key, Content], before: dict[Key, Content], why: str) -> bool:
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        await matrix.lock(tx)
        standing = await matrix.list_standing(tx)
        versions = []
        for key, content in changed.items():
            held = await matrix.find_version(tx, key.kind, key.id)
            if (held.content if held else None) != before.get(key):
                return False
            version = make_version(key.kind, key.id, content, standing.get((key.kind, key.id)), now, source="sheet")
            versions.append(replace(version, why=why))
        revision = await matrix.add_versions(tx, versions, now)
        details = {"number": len(versions), "revision": revision}
        await audit.add(tx, actor=None, act="matrix.imported", about="matrix", details=details, now=now)
    return True


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

    found = with_database(_settings(), look)
    if not found:
        stop(f"Nothing is known of {row!r}." if row else "Nothing was agreed yet: start Prompt Club once.")
    table = Table("when (UTC)", "what", "version", "from", "who", "why", "changed")
    for version, name, cells in found:
        told = "; ".join(f"{cell.path}: {_short(cell.before)} -> {_short(cell.after)}" for cell in cells[:5])
        origin = f"{version.source}, ticket {version.ticket_id}" if version.ticket_id else version.source
        values = (f"{version.since:%Y-%m-%d %H:%M}", f"{version.kind} {version.ref}", str(version.version), origin)
        table.add_row(*map(escape, (*values, name, version.why, told)))
    Console().print(table)


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
    at = _read_day(on) if on else None

    async def look(database: Database) -> list[Version]:
        async with database.reading() as tx:
            return await matrix.find_page(tx, Wanted("row", at), skip=0, most=100_000)

    found = with_database(_settings(), look)
    classes = dict.fromkeys(data for one in found for data in (one.content or {}).get("verdicts", {}))
    table = Table("row", "version", *map(escape, classes))
    for one in found:
        verdicts = (one.content or {}).get("verdicts", {})
        table.add_row(escape(one.ref), str(one.version), *(str(verdicts.get(data, "-")) for data in classes))
    Console().print(table if found else "Nothing was in force then.")


def _read_day(text: str) -> datetime:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        stop(f"{text!r} is no day; write it as 2026-11-01.")
    return datetime.combine(day, time(0), UTC) + timedelta(days=1) - timedelta(seconds=1)


@app.command("diff")
def diff() -> None:
    """Show where the files say something else than what is in force."""
    library = _library()

    async def look(database: Database) -> tuple[dict[Key, Content], set[tuple[str, str]]]:
        async with database.reading() as tx:
            waiting = {(one.kind, one.ref) for one in await matrix.list_differences(tx)}
            return (await _find_in_force(tx, library))[1], waiting

    in_force, waiting = with_database(_settings(), look)
    file = library.list_contents()
    table = Table("what", "value", "in force", "in the file", "")
    for key in dict.fromkeys([*file, *in_force]):
        for cell in list_cells(in_force.get(key), file.get(key)):
            told = "to be settled in chat" if tuple(key) in waiting else "the file lags behind"
            values = (f"{key.kind} {key.id}", cell.path, _short(cell.before), _short(cell.after), told)
            table.add_row(*map(escape, values))
    Console().print(table if table.row_count else "The files say what is in force.")
