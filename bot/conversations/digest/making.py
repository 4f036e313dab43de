"""Makes the draft of a channel's post: asks every section what there is to tell, and keeps it for the editors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import DigestSpan, Turn
from bot.conversations.digest import picture
from bot.conversations.digest.sections import FIGURES, describe_rows, find_sections
from bot.conversations.digest.weeks import end_of_week, week_of
from bot.desk import Desk
from bot.model.cards import shorten
from bot.model.events import Place
from knowledge.content import DigestPlan
from storage import digest_questions, digests
from storage.digests import Digest, Line

_FIRST = timedelta(days=7)
"""How far the first post of a channel looks back."""
_FURTHEST = timedelta(days=14)
"""After weeks without a post, questions of long ago are no news."""
_LINES = 30
"""Kept per section; of the others their number."""
_LINE = 600
_FIGURES_RANK = 40
APART = 1_000
"""Numbers between one rank and the next, for the lines of a section."""


def find_plan(desk: Desk, id: str) -> DigestPlan | None:
    return next((plan for plan in desk.knowledge().digests if plan.id == id), None)


def find_plan_of(desk: Desk, channel: str) -> DigestPlan | None:
    return next((plan for plan in desk.knowledge().digests if plan.channel == channel), None)


def zone_of(desk: Desk, plan: DigestPlan | None) -> ZoneInfo:
    return ZoneInfo((plan.time_zone if plan else None) or desk.time_zone)


def place_of(channel: str) -> Place:
    platform, _, id = channel.partition(":")
    return Place(platform=platform, tenant="", id=id, kind="channel")


def is_reachable(desk: Desk, plan: DigestPlan) -> bool:
    """Its platform is switched on."""
    return place_of(plan.channel).platform in desk.platforms


async def make(
    turn: Turn, desk: Desk, plan: DigestPlan, due: datetime, *, anew_before: datetime | None = None
) -> Digest:
    """The draft for this moment; the one there is already, whatever became of it. An open one that was made before
    `anew_before` looks again at what there is to tell, and keeps what editors did."""
    zone = zone_of(desk, plan)
    week = week_of(due, zone)
    digest = await digests.lock_week(turn.tx, plan.channel, week)
    if digest is None:
        return await _make_new(turn, desk, plan, week, due)
    if anew_before is not None and digest.is_open and digest.made_at < anew_before:
        span = DigestSpan(plan.channel, digest.since, turn.now)
        more = await _save_lines(turn, desk, plan, digest.id, span)
        seen = describe_rows(desk.knowledge())
        await digests.make_anew(turn.tx, digest.id, made_at=turn.now, seen=seen, more=more)
    return await _get(turn, plan, week)


async def _make_new(turn: Turn, desk: Desk, plan: DigestPlan, week: str, due: datetime) -> Digest:
    last = await digests.find_last(turn.tx, plan.channel)
    since = max(last[0], turn.now - _FURTHEST) if last else turn.now - _FIRST
    id = await digests.add(
        turn.tx,
        channel=plan.channel,
        week=week,
        language=plan.language,
        since=since,
        made_at=turn.now,
        due_at=due,
        good_until=end_of_week(due, zone_of(desk, plan)),
        seen=describe_rows(desk.knowledge()),
        more={},
    )
    if id is not None:
        more = await _save_lines(turn, desk, plan, id, DigestSpan(plan.channel, since, turn.now))
        seen = describe_rows(desk.knowledge())
        await digests.make_anew(turn.tx, id, made_at=turn.now, seen=seen, more=more)
    return await _get(turn, plan, week)


async def _get(turn: Turn, plan: DigestPlan, week: str) -> Digest:
    digest = await digests.lock_week(turn.tx, plan.channel, week)
    assert digest is not None
    return digest


async def _save_lines(turn: Turn, desk: Desk, plan: DigestPlan, id: str, span: DigestSpan) -> dict[str, int]:
    """How many lines of each section were found and not kept."""
    spoken, turn.language = turn.language, plan.language
    lines: list[Line] = []
    more = {}
    for name, section in find_sections(desk).items():
        found = await section.find(turn, span)
        lines += _as_lines(name, section.rank, ((line.ref, line.text) for line in found[:_LINES]))
        if len(found) > _LINES:
            more[name] = len(found) - _LINES
    figures = await digest_questions.count_by_verdict(turn.tx, span.since, span.until)
    shown = {kind: figures[kind] for kind in picture.KINDS if kind in figures}
    if shown:
        told = picture.tell_figures(turn.words, shown)
        number = _FIGURES_RANK * APART
        lines.append(Line("", FIGURES, "verdicts", number, told, figures=shown))
    turn.language = spoken
    await digests.save_lines(turn.tx, id, lines)
    return more


def _as_lines(section: str, rank: int, found: Iterable[tuple[str, str]]) -> list[Line]:
    return [
        Line("", section, ref[:100], rank * APART + place, shorten(text, _LINE))
        for place, (ref, text) in enumerate(found)
    ]
