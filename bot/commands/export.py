"""`prompt-club export`: what an auditor or an authority asks for, with a checker that needs no Prompt Club."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.looking import load_knowledge, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.figures.export import Export, Wanted, make_export
from bot.texts import words_in
from storage import audit as audit_log
from storage import register
from storage.database import Database
from storage.sealing import WrongKey

app = typer.Typer(help="Figures, measures and the audit log as a file.", no_args_is_help=True)
_DAY = ["%Y-%m-%d"]
Day = Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day.")]
LastDay = Annotated[datetime, typer.Option("--to", formats=_DAY, help="The last day.")]


@app.callback()
def _begin() -> None: ...


@app.command("audit")
def audit(
    since: Day,
    until: LastDay,
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")] = Path("audit.zip"),
    unit: Annotated[str, typer.Option("--unit", help="Only this unit.")] = "",
    language: Annotated[str, typer.Option("--language", help="nl or en.")] = "nl",
    small_groups: Annotated[
        bool, typer.Option("--small-groups", help="Also groups so small that people can be recognised.")
    ] = False,
) -> None:
    """Data, definitions, a summary, measures taken, the audit log of the period and a checker, as a zip."""
    if until < since:
        stop(f"--to {until.date()} lies before --from {since.date()}.")
    settings = settings_or_exit()
    knowledge = load_knowledge(settings)
    wanted = Wanted(since.date(), until.date(), unit, 1 if small_groups else knowledge.surveys.minimum)

    async def make(database: Database) -> Export | None:
        async with database.reading() as tx:
            if unit and unit not in (known := await register.list_units(tx, wanted.until)):
                stop(f"There is no unit '{unit}' on {wanted.until}. There are: {', '.join(known) or 'none'}.")
            words, zone = words_in(language), settings.time_zone
            export = await make_export(tx, words, knowledge, wanted, database.sealing, zone)
        if export is not None:
            await _note(database, wanted, export)
        return export

    try:
        export = with_database(settings, make)
    except WrongKey as problem:
        stop(f"The audit log cannot be checked: {problem}.")
    if export is None:
        stop(f"No figures were counted up to {wanted.until} yet: Prompt Club counts every night.")
    _write(out, export.content)
    typer.echo(f"{out}: {export.lines:,} lines of the audit log. Check it with: python check.py (it lies within).")
    typer.echo(f"Fingerprint, to be given apart from the file: {export.fingerprint}")
    if export.flaws:
        typer.echo("The audit log itself is not whole: see `prompt-club audit verify`.", err=True)


async def _note(database: Database, wanted: Wanted, export: Export) -> None:
    """That it was exported, and what it was, stands in the log itself."""
    details: dict[str, audit_log.Value | list[str]] = {
        "from": wanted.since.isoformat(),
        "to": wanted.until.isoformat(),
        "unit": wanted.unit,
        "minimum": wanted.minimum,
        "fingerprint": export.fingerprint,
    }
    async with database.transaction() as tx:
        now = datetime.now(UTC)
        await audit_log.add(tx, actor=None, act="audit.exported", about="audit:export", details=details, now=now)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as problem:
        stop(f"{out} cannot be written: {problem.strerror}.")
