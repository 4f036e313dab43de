"""`prompt-club check`, the weekly posts: whether each channel's platform is on, and the channel is there."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.platforms.web.colleagues import load_workspace
from bot.rhythm import next_occasion
from bot.settings import Settings
from bot.texts import WORDS
from knowledge.content import DigestPlan
from knowledge.errors import suggest
from knowledge.library import DEFAULT_FOLDER, KnowledgeErrors, load


def check_digests(settings: Settings) -> list[tuple[str, bool, str]]:
    try:
        plans = load(settings.knowledge).digests
    except KnowledgeErrors:
        return []  # told already
    if not plans:
        return [("digest", True, "no channel gets a weekly post, which is fine: digest.yaml would say which")]
    return [("digest", *_check(settings, plan)) for plan in plans]


def _check(settings: Settings, plan: DigestPlan) -> tuple[bool, str]:
    platform, _, channel = plan.channel.partition(":")
    on = {"slack": settings.slack_on, "teams": settings.teams_on, "web": settings.web}
    if platform not in on:
        return False, f"{plan.id}: {platform!r} is no platform; {suggest(platform, on)}"
    if not on[platform]:
        starter = settings.knowledge == DEFAULT_FOLDER
        why = f"{plan.id}: nothing is posted to {plan.channel}, since {platform!r} is not switched on"
        return starter, f"{why} (it is the starter's; make digest.yaml yours)" if starter else why
    if platform == "web":
        channels = [known.id for known in load_workspace().channels]
        if channel not in channels:
            return False, f"{plan.id}: the web workspace has no channel {channel!r}; {suggest(channel, channels)}"
    zone = plan.time_zone or settings.time_zone
    due = WORDS["en"].moment(next_occasion(plan.cron, zone, datetime.now(UTC)), zone)
    return True, f"{plan.id}: posted to {plan.channel}, next on {due} ({zone})"
