"""`prompt-club deliveries`: who was not reached and why, and what waits too long."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import with_database
from bot.commands.settings import settings_or_exit
from bot.delivery_report import DAYS, WAITING_LONG, Report, make_report
from storage import deliveries
from storage.database import Database
from storage.deliveries import STATES, UNREACHED, Delivery, Filter

_MOST = 10_000
State = StrEnum("State", list(STATES))  # type: ignore[misc]
Found = tuple[Report, list[Delivery], list[Delivery]]
"""The numbers, what was asked for, and what waits too long."""


def show(
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="How far to look back.")] = DAYS,
    state: Annotated[
        list[State] | None,
        typer.Option("--state", help="Only these states; may be given several times. Default: failed, unclear."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for another program.")] = False,
) -> None:
    """Show who was not reached and why; never what a message said."""
    settings = settings_or_exit()
    now = datetime.now(UTC)
    states = tuple(str(one) for one in state) if state else UNREACHED

    async def look(database: Database) -> Found:
        async with database.reading() as tx:
            report = await make_report(tx, now, days)
            found = await deliveries.find(tx, Filter(now - timedelta(days=days), states), _MOST)
            return report, found, await deliveries.find_waiting_longer(tx, now - WAITING_LONG)

    report, found, late = with_database(settings, look)
    if as_json:
        typer.echo(json.dumps(_as_json(report, found, late), indent=2, ensure_ascii=False))
    else:
        _print(report, found, late, ZoneInfo(settings.time_zone))


def _as_json(report: Report, found: Sequence[Delivery], late: Sequence[Delivery]) -> dict[str, Any]:
    numbers = asdict(report)
    numbers["why"] = [{"reason": why.kept, "number": why.number} for why in report.why]
    return {
        "numbers": numbers,
        "found": [_row(one) for one in found],
        "waiting_long": [_row(one) for one in late],
    }


def _row(one: Delivery) -> dict[str, Any]:
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in asdict(one).items()}


def _print(report: Report, found: Sequence[Delivery], late: Sequence[Delivery], zone: ZoneInfo) -> None:
    console = Console()
    last = f"Last {report.days} days" if report.days != 1 else "Last day"
    if report.all:
        console.print(
            f"{last}: {report.sent} delivered, {report.waiting} waiting, {report.failed} not delivered, "
            f"{report.unclear} unclear, {report.cancelled} cancelled."
        )
    else:
        console.print(f"{last}: there was nothing to send.")
    if found:
        console.print(_draw(found, zone))
    elif report.all and report.unreached:
        console.print("None in the state you asked for.")
    elif report.all:
        console.print("Everybody who was to hear something has been reached, or will be.")
    if late:
        console.print(f"\nWaiting for more than {WAITING_LONG.seconds // 60} minutes:")
        console.print(_draw(late, zone))


def _draw(found: Sequence[Delivery], zone: ZoneInfo) -> Table:
    table = Table("since", "for whom", "what", "state", "why", "key")
    for one in found:
        whom = (one.name or "somebody without a name") if one.place_kind == "direct" else one.place_id
        table.add_row(
            f"{one.since.astimezone(zone):%Y-%m-%d %H:%M}",
            escape(whom),
            f"{one.kind}, {one.platform}",
            one.state,
            escape(one.reason or ""),
            one.key[:8],
        )
    return table
