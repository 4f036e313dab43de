"""`prompt-club digest`: when each weekly post is due, what was posted, what would be, and sending one now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.looking import load_knowledge, stop, with_database
from bot.commands.settings import settings_or_exit
from bot.commands.show_answer import show_card
from bot.conversation import Turn
from bot.conversations import build_conversations
from bot.conversations.digest import posting
from bot.conversations.digest.making import make, zone_of
from bot.conversations.digest.weeks import read_week, week_of
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import HOUSE, NOBODY, NOWHERE, Due
from bot.rhythm import next_occasion
from bot.settings import Settings
from bot.texts import WORDS
from bot.writing import write_turn
from knowledge.answers import Reading
from knowledge.content import DigestPlan, Knowledge
from knowledge.errors import suggest
from storage import digests
from storage.database import Database
from storage.digests import Digest
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Look:
    """What one channel's post looks like."""

    said: str
    card: Card | None


class _JustLooking(Exception):
    """Nothing that was made to be looked at is kept."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look


def digest(
    week: Annotated[str, typer.Option("--week", help="Of this ISO week, such as 2026-W47.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Draw the post here; a draft as it is now.")] = False,
    channel: Annotated[str, typer.Option("--channel", metavar="ID", help="An id of digest.yaml; else all.")] = "",
    send: Annotated[
        bool, typer.Option("--send", help="Post the next one now; the running program sends it.")
    ] = False,
) -> None:
    """Show when each weekly post is due, what was posted or would be, and send one now."""
    settings = settings_or_exit()
    knowledge = load_knowledge(settings)
    plans = _choose(knowledge, channel)
    wanted = _read_week(week)
    if send and (wanted or preview):
        stop("--send posts the next one: leave out --week and --preview.")
    desk = make_desk(settings, knowledge)

    async def look(database: Database) -> list[Look]:
        if send:
            return [await _send(database, desk, plan) for plan in plans]
        return [await _look(database, desk, plan, wanted, preview) for plan in plans]

    looks = with_database(settings, look)
    console = Console()
    if not (wanted or preview or send):
        console.print(_draw(desk, plans, looks))
        return
    for shown in looks:
        console.print(shown.said, markup=False)
        if shown.card is not None:
            show_card(shown.card, console)


def make_desk(settings: Settings, knowledge: Knowledge) -> Desk:
    """All conversations, for what they have to tell; nobody asks them anything here."""

    async def read(_: str) -> Reading:
        raise NotImplementedError("nothing is read on the command line")

    desk = Desk(knowledge=lambda: knowledge, read=read, time_zone=settings.time_zone, url=settings.public_url)
    desk.conversations.extend(build_conversations(desk))
    return desk


def _choose(knowledge: Knowledge, id: str) -> Sequence[DigestPlan]:
    plans = {plan.id: plan for plan in knowledge.digests}
    if not plans:
        stop("No channel gets a weekly post yet: put a digest.yaml beside the other files (see knowledge/default).")
    if id and id not in plans:
        stop(f"There is no weekly post {id!r} in digest.yaml; {suggest(id, plans)}.")
    return [plans[id]] if id else list(plans.values())


def _read_week(text: str) -> str | None:
    week = read_week(text) if text else None
    if text and week is None:
        stop(f"{text!r} is no ISO week; write it as 2026-W47.")
    return week


async def _look(database: Database, desk: Desk, plan: DigestPlan, week: str | None, preview: bool) -> Look:
    now = datetime.now(UTC)
    async with database.reading() as tx:
        sent = await digests.find_sent(tx, channel=plan.channel, week=week, most=1)
    due = next_occasion(plan.cron, str(zone_of(desk, plan)), now)
    if sent and (week or not preview):
        return Look(f"{plan.id}: {_tell(sent[0])}", Card.model_validate(sent[0].card))
    if week is not None and week != week_of(due, zone_of(desk, plan)):
        return Look(f"{plan.id}: nothing was posted in {week}.", None)
    if not preview and week is None:
        return Look("nothing yet", None)
    try:
        async with database.transaction() as tx:
            raise _JustLooking(await _preview(tx, desk, plan, due, now))
    except _JustLooking as looked:
        return looked.look


def _begin(tx: Transaction, plan: DigestPlan, now: datetime) -> Turn:
    event = Due(key="digest:command-line", account=HOUSE, place=NOWHERE, at=now, action="")
    return Turn(event, NOBODY, tx, now, plan.language)


async def _preview(tx: Transaction, desk: Desk, plan: DigestPlan, due: datetime, now: datetime) -> Look:
    turn = _begin(tx, plan, now)
    digest = await digests.find_open(tx, plan.channel, now) or await make(turn, desk, plan, due)
    card = posting.draw(desk, digest, await posting.find_parts(turn, desk, digest))
    return Look(f"{plan.id}: {_tell(digest)}", card)


async def _send(database: Database, desk: Desk, plan: DigestPlan) -> Look:
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        turn = _begin(tx, plan, now)
        due = next_occasion(plan.cron, str(zone_of(desk, plan)), now)
        digest = await digests.find_open(tx, plan.channel, now) or await make(turn, desk, plan, due)
        locked = await digests.lock(tx, digest.id)
        if locked is None or not locked.is_open:
            return Look(f"{plan.id}: {_tell(digest)} Nothing was sent.", None)
        try:
            await posting.post(turn, desk, plan, locked, at_once=True)
        except posting.PostedBefore:
            return Look(f"{plan.id}: {plan.channel} got a post in this ISO week already. Nothing was sent.", None)
        await write_turn(turn)
        settled = await digests.lock(tx, digest.id)
        assert settled is not None
    return Look(f"{plan.id}: {_tell(settled)}", Card.model_validate(settled.card) if settled.card else None)


def _tell(digest: Digest) -> str:
    match digest.state:
        case "sent":
            return f"the post of {digest.week}, sent {digest.settled_at:%Y-%m-%d %H:%M} UTC."
        case "empty":
            return f"nothing to tell in {digest.week}, and digest.yaml says to post nothing then."
        case "lapsed":
            return f"the post of {digest.week} lapsed: it was held, or came too late."
        case state:
            return f"the post of {digest.week}, {state}, due {digest.due_at:%Y-%m-%d %H:%M} UTC."


def _draw(desk: Desk, plans: Sequence[DigestPlan], looks: Sequence[Look]) -> Table:
    table = Table("id", "channel", "next", "newest")
    now = datetime.now(UTC)
    for plan, look in zip(plans, looks, strict=True):
        zone = str(zone_of(desk, plan))
        due = WORDS["en"].moment(next_occasion(plan.cron, zone, now), zone)
        newest = look.said.removeprefix(f"{plan.id}: ")
        table.add_row(escape(plan.id), escape(plan.channel), f"{due} ({zone})", escape(newest))
    return table
