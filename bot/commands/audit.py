"""`prompt-club audit`: what was done by whom with which right, and whether anybody tampered with that log."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import stop, with_database
from bot.commands.settings import settings_or_exit
from storage import audit
from storage.audit import AuditLine, Flaw
from storage.database import Database
from storage.sealing import WrongKey

app = typer.Typer(help="The audit log: show it, or check that it is whole.", no_args_is_help=True)
_MOST_FLAWS = 20
_TOLD = {
    "missing": "{lines} missing: taken out",
    "cut_off": "{lines} missing: the end was cut off, or an older backup put back",
    "changed": "{lines} was changed, or put in",
    "other_key": "{lines} was sealed with another key: PROMPT_CLUB_AUDIT_KEY must be the same on all machines",
    "not_as_anchored": "{lines} is not what it was when it was anchored",
}


@app.command("verify")
def verify() -> None:
    """Find lines that were changed, put in, taken out or cut off. Exit status 1 where there are any."""

    async def check(database: Database) -> tuple[list[Flaw], int, bool]:
        async with database.reading() as tx:
            flaws = [flaw async for flaw in audit.find_flaws(tx, database.sealing)]
            anchored = any(True for _ in database.sealing.read_anchors())
            return flaws, await audit.count_lines(tx), anchored

    try:
        flaws, lines, anchored = with_database(settings_or_exit(), check)
    except WrongKey as problem:
        stop(f"The audit log cannot be checked: {problem}.")
    if flaws:
        shown = [f"  {tell(flaw)}" for flaw in flaws[:_MOST_FLAWS]]
        more = len(flaws) - len(shown)
        stop("\n".join(["The audit log is not whole:", *shown, *([f"  and {more} more"] if more else [])]))
    typer.echo(f"The audit log is whole: {lines:,} lines, each sealed to the one before it.")
    if lines and not anchored:
        typer.echo("No anchors here (PROMPT_CLUB_AUDIT): an end that was cut off would not be seen.", err=True)


@app.command("show")
def show(
    last: Annotated[int, typer.Option("--last", min=1, max=10_000, help="How many lines.")] = 50,
    about: Annotated[str | None, typer.Option("--about", help="Only of this: person:…, row:…, ticket:…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """The newest lines, newest first."""

    async def look(database: Database) -> list[AuditLine]:
        async with database.reading() as tx:
            return await audit.find_lines(tx, about=about, most=last)

    found = with_database(settings_or_exit(), look)
    if as_json:
        for line in found:
            typer.echo(json.dumps(_as_dict(line), ensure_ascii=False))
    elif found:
        Console().print(_draw(found))
    else:
        typer.echo("Nothing in the audit log yet." if about is None else f"Nothing in the audit log about {about}.")


def tell(flaw: Flaw) -> str:
    lines = f"lines {flaw.number} to {flaw.until}" if flaw.until > flaw.number else f"line {flaw.number}"
    return _TOLD[flaw.kind].format(lines=lines)


def _as_dict(line: AuditLine) -> dict[str, object]:
    return {
        "number": line.number,
        "at": line.at.astimezone(UTC).isoformat(),
        "actor": line.actor,
        "act": line.act,
        "about": line.about,
        "details": dict(line.details),
    }


def _draw(lines: list[AuditLine]) -> Table:
    table = Table("line", "when (UTC)", "who", "did", "to", "details")
    for line in lines:
        details = ", ".join(f"{name}: {value}" for name, value in line.details.items())
        moment = line.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        cells = (str(line.number), moment, line.actor or "-", line.act, line.about, details)
        table.add_row(*map(escape, cells))
    return table
