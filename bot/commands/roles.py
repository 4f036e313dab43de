"""`prompt-club roles`: who has which role; give one, take one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import load_knowledge, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.settings import Settings
from knowledge.content import Knowledge
from knowledge.errors import suggest
from knowledge.roles import Role, list_roles
from storage import people, roles
from storage.database import Database
from storage.roles import Holder

app = typer.Typer(help="Who has which role.", invoke_without_command=True)
Email = Annotated[str, typer.Argument(help="Of somebody who has spoken to the bot.")]
RoleId = Annotated[str, typer.Argument(metavar="ROLE", help="An id under `roles` in diploma.yaml.")]


@app.callback()
def show(context: typer.Context) -> None:
    """Show who has which role, and what each role may do."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_or_exit()
    knowledge = load_knowledge(settings)

    async def look(database: Database) -> list[Holder]:
        async with database.reading() as tx:
            return await roles.list_holders(tx, datetime.now(UTC))

    holders = with_database(settings, look)
    console = Console()
    console.print(_draw(list_roles(knowledge), holders))
    for email in settings.admin_emails:
        console.print(f"{email} may always manage roles and settings (PROMPT_CLUB_ADMINS).", markup=False)
    if not holders and not settings.admin_emails:
        console.print("Nobody has a role yet. Give one: prompt-club roles give EMAIL ROLE", markup=False)


@app.command("give")
def give(email: Email, role: RoleId) -> None:
    """Give somebody a role."""
    settings = settings_or_exit()
    _find_role(load_knowledge(settings), role)

    async def work(database: Database) -> bool:
        async with database.transaction() as tx:
            person = await people.find_by_email(tx, email.strip())
            return await roles.give(tx, person.id, role, datetime.now(UTC)) if person else _unknown(email)

    given = with_database(settings, work)
    typer.echo(f"{email} now has the role {role}." if given else f"{email} had the role {role} already.")


@app.command("take")
def take(email: Email, role: RoleId) -> None:
    """Take a role back."""
    settings = settings_or_exit()

    async def work(database: Database) -> bool:
        async with database.transaction() as tx:
            person = await people.find_by_email(tx, email.strip())
            return await roles.take(tx, person.id, role, datetime.now(UTC)) if person else _unknown(email)

    if with_database(settings, work):
        typer.echo(f"{email} no longer has the role {role}.")
    else:
        _say_not_held(settings, email, role)


def _say_not_held(settings: Settings, email: str, role: str) -> None:
    """A role that diploma.yaml no longer has can still be taken, so only now a slip is looked for."""
    _find_role(load_knowledge(settings), role)
    typer.echo(f"{email} did not have the role {role}.")


def _find_role(knowledge: Knowledge, id: str) -> Role:
    known = {role.id: role for role in list_roles(knowledge)}
    if id not in known:
        stop(f"There is no role {id!r} in diploma.yaml; {suggest(id, known)}.")
    if known[id].everyone:
        stop(f"Everybody has the role {id!r} already (everyone: true in diploma.yaml).")
    return known[id]


def _unknown(email: str) -> bool:
    stop(f"Nobody with the e-mail {email!r} has spoken to the bot yet. Check it, or ask them to say hello once.")


def _draw(known: Sequence[Role], holders: Sequence[Holder]) -> Table:
    table = Table("role", "may", "who", title_justify="left")
    by_role: dict[str, list[str]] = {}
    for holder in holders:
        named = f"{holder.name} <{holder.email}>" if holder.email else holder.name or holder.person_id
        by_role.setdefault(holder.role, []).append(named)
    for role in known:
        who = ["everybody"] if role.everyone else by_role.pop(role.id, [])
        may = ", ".join(sorted(role.may))
        table.add_row(escape(role.id), may, escape("\n".join(who)) or "-")
    for id, who in by_role.items():
        table.add_row(escape(id), "nothing: it is not in diploma.yaml (any more)", escape("\n".join(who)))
    return table
