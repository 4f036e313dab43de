"""When the next weekly post comes: for the command and the page that have none to show yet."""

from __future__ import annotations

from datetime import datetime

from bot.desk import Desk
from bot.rhythm import next_occasion
from bot.texts import Words
from knowledge.content import DigestPlan


def find_next_post(desk: Desk, now: datetime) -> tuple[DigestPlan, datetime] | None:
    """The first of all channels whose platform is on."""
    on = [plan for plan in desk.knowledge().digests if plan.channel.partition(":")[0] in desk.platforms]
    coming = [(plan, next_occasion(plan.cron, plan.time_zone or desk.time_zone, now)) for plan in on]
    return min(coming, key=lambda planned: planned[1], default=None)


def tell_none_yet(words: Words, desk: Desk, now: datetime, time_zone: str) -> str:
    """That there has been none, and when the first comes; the moment in the reader's time zone."""
    coming = find_next_post(desk, now)
    if coming is None:
        return words("digest.none_planned")
    plan, due = coming
    return words("digest.none_yet", channel=plan.id, moment=words.moment(due, time_zone))
