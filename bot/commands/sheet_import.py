"""`prompt-club matrix import`: a spreadsheet becomes proposals, after a preview of every changed cell.

Nothing of it holds before the people who decide on the matrix agreed: from whoever has the server no less than from
anybody in the chat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import find_in_force, read_files, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.conversations.matrix.actions import BringBatch
from bot.model.events import HOUSE, NOWHERE
from knowledge.changes import Cell, is_looser, list_cells
from knowledge.content import Knowledge
from knowledge.contents import Content, Held, Key
from knowledge.errors import KnowledgeErrors
from knowledge.library import Library
from knowledge.masking import mask
from knowledge.sheet_columns import OURS
from knowledge.sheet_reading import MOST_BYTES, SheetContents, SheetErrors, read_sheets
from storage import audit, due, matrix, matrix_proposals, people
from storage.database import Database
from storage.transaction import Transaction

SheetFile = Annotated[Path, typer.Argument(metavar="FILE", help="A spreadsheet (.xlsx).")]
_CELL = 60
_SHOWN = 500
_WHY = 2_000


@dataclass(frozen=True, slots=True)
class _Preview:
    found: SheetContents
    before: Mapping[Key, Content]
    bases: Mapping[tuple[str, str], int]
    """The revision of what is in force."""
    knowledge: Knowledge

    @property
    def changed(self) -> dict[Key, Content]:
        return {
            key: content for key, content in self.found.contents.items() if _cells(self.before.get(key), content)
        }

    def is_looser(self, key: Key, content: Content) -> bool:
        return is_looser(self.knowledge, key.kind, self.before.get(key), content)


@dataclass(frozen=True, slots=True)
class _Proposed:
    new: int
    again: int
    """Wait already, just as they are."""
    looser: int


def import_sheet(
    file: SheetFile,
    by: Annotated[str, typer.Option("--by", metavar="EMAIL", help="Who proposes; others approve.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is right.")] = False,
    why: Annotated[str, typer.Option("--why", help="Why; stands with every proposal.")] = "",
) -> None:
    """Propose what a spreadsheet changes: shows every changed cell first; with one mistake nothing is proposed."""
    settings, library = settings_or_exit(), read_files()
    content = _read(file)

    async def preview(database: Database) -> _Preview:
        async with database.reading() as tx:
            knowledge, before = await find_in_force(tx, library)
            standing = await matrix.list_standing(tx)
        bases = {key: one.revision if one.hash else 0 for key, one in standing.items()}
        return _Preview(read_sheets(content, knowledge, before), before, bases, knowledge)

    try:
        seen = with_database(settings, preview)
    except SheetErrors as wrong:
        stop(f"{wrong}\nNothing was proposed.")
    _show_preview(seen)
    if not seen.changed or dry_run:
        return
    _check_whole(library, seen)
    if not by:
        stop("Say who proposes this, with --by EMAIL: somebody else approves it. Nothing was proposed.")
    if not yes:
        typer.confirm("Propose this?", abort=True)
    done = with_database(settings, lambda database: _propose(database, seen, by.strip(), why))
    _say_where(done)


def _read(file: Path) -> bytes:
    """One byte more than may be, so that what is far too big is refused unread."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as problem:
        stop(f"{file} cannot be read: {problem.strerror}.")


def _cells(before: Content | None, after: Content) -> list[Cell]:
    return [cell for cell in list_cells(before, after) if cell.path not in OURS]


def _show_preview(seen: _Preview) -> None:
    console = Console()
    table = Table("cell", "of", "was", "becomes", title_justify="left")
    changed, more = seen.changed, 0
    for key, content in changed.items():
        for cell in _cells(seen.before.get(key), content):
            if table.row_count == _SHOWN:
                more += 1
                continue
            where = seen.found.cells.get((key, cell.path), "examples")
            old, new = (escape(shorten_value(value)) for value in (cell.before, cell.after))
            table.add_row(escape(where), escape(f"{key.id} {cell.path}"), old, new)
    console.print(table if changed else "Nothing changes.")
    if more:
        console.print(f"... and {more:,} more changed cells", markup=False)
    looser = [key.id for key, content in changed.items() if seen.is_looser(key, content)]
    if looser:
        console.print(f"Allows more than now: {', '.join(looser[:20])}", markup=False)
    absent = [key for key in seen.before if key.kind != "philosophy" and key not in seen.found.contents]
    if absent:
        console.print(f"Not in the spreadsheet, and left as they are: {len(absent)}", markup=False)


def shorten_value(value: str) -> str:
    flat = value.replace("\n", " | ")
    return flat if len(flat) <= _CELL else flat[: _CELL - 1] + "…"


def _check_whole(library: Library, seen: _Preview) -> None:
    """All of it together, as it would be in force: an example may stand in two rows."""
    held = {key: Held(content) for key, content in {**seen.before, **seen.changed}.items()}
    try:
        library.build(held)
    except KnowledgeErrors as problems:
        stop(f"{problems}\nNothing was proposed.")


async def _propose(database: Database, seen: _Preview, by: str, why: str) -> _Proposed:
    now, batch = datetime.now(UTC), uuid4().hex
    new = again = looser = 0
    async with database.transaction() as tx:
        person = await people.find_by_email(tx, by)
        if person is None:
            stop(f"Nobody with the e-mail {by!r} has spoken to the bot yet. Nothing was proposed.")
        for key, content in seen.changed.items():
            base = seen.bases.get(key, 0)
            if await _waits_already(tx, key, content, base):
                again += 1
                continue
            allows_more = seen.is_looser(key, content)
            await matrix_proposals.add_proposal(
                tx,
                kind=key.kind,
                ref=key.id,
                base=base,
                content=content,
                looser=allows_more,
                why=mask(why.strip()).text[:_WHY],
                ticket_id=None,
                proposed_by=person.id,
                proposed_at=now,
                batch=batch,
            )
            new, looser = new + 1, looser + allows_more
        if new:
            await _note(tx, batch, person.id, new, now)
    return _Proposed(new, again, looser)


async def _waits_already(tx: Transaction, key: Key, content: Content, base: int) -> bool:
    waiting = await matrix_proposals.list_open_about(tx, key.kind, key.id)
    return any(one.base == base and one.content == content for one in waiting)


async def _note(tx: Transaction, batch: str, person_id: str, number: int, now: datetime) -> None:
    """In the audit log, and for a running program to bring to whoever decides."""
    details: dict[str, str | int] = {"number": number, "batch": batch}
    await audit.add(tx, actor=person_id, act="matrix.imported", about="matrix", details=details, now=now)
    await due.plan(
        tx,
        key=f"matrix-batch:{batch}",
        action=BringBatch(batch=batch).pack(),
        account=HOUSE.model_dump(mode="json"),
        place=NOWHERE.model_dump(mode="json"),
        due_at=now,
    )


def _say_where(done: _Proposed) -> None:
    if done.again:
        typer.echo(f"{done.again} of these wait already, just as they are.")
    if not done.new:
        return
    typer.echo(f"Made {done.new} {'proposal' if done.new == 1 else 'proposals'}. Nothing holds yet.")
    typer.echo("They wait in the chat, under `/promptclub voorstellen`; who decides on them is told.")
    if done.looser:
        typer.echo(f"{done.looser} of them allow more than now and take two approvals, one by a reviewer.")
