"""`prompt-club check`, the channels: whether the AI Lab's and each weekly post's exists, and the bot is in it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.platforms import Finding, find_checking
from bot.rhythm import next_occasion
from bot.settings import Settings
from bot.texts import WORDS
from knowledge.content import DigestPlan, Knowledge
from knowledge.errors import suggest
from knowledge.library import DEFAULT_FOLDER


async def check_lab(settings: Settings) -> Finding:
    if settings.lab is None:
        return ("AI Lab", True, "PROMPT_CLUB_LAB names no channel yet: its questions are kept, not posted")
    works, told = await check_channel(settings, settings.lab)
    return ("AI Lab", works, f"PROMPT_CLUB_LAB is {settings.lab}: {told}")


async def check_digests(settings: Settings, knowledge: Knowledge) -> list[Finding]:
    if not knowledge.digests:
        return [("digest", True, "no channel gets a weekly post, which is fine: digest.yaml would say which")]
    return [("digest", *await _check_digest(settings, plan)) for plan in knowledge.digests]


async def _check_digest(settings: Settings, plan: DigestPlan) -> tuple[bool, str]:
    platform = plan.channel.partition(":")[0]
    if settings.knowledge == DEFAULT_FOLDER and not settings.platforms.get(platform, True):
        why = f"nothing is posted to {plan.channel}, since {platform!r} is not switched on"
        return True, f"{plan.id}: {why} (it is the starter's; make digest.yaml yours)"
    works, told = await check_channel(settings, plan.channel)
    if not works:
        return False, f"{plan.id}: nothing arrives in {plan.channel}, since {told}"
    zone = plan.time_zone or settings.time_zone
    due = WORDS["en"].moment(next_occasion(plan.cron, zone, datetime.now(UTC)), zone)
    return True, f"{plan.id}: posted to {plan.channel}, next on {due} ({zone}); {told}"


async def check_channel(settings: Settings, named: str) -> tuple[bool, str]:
    """Of `slack:C0123456789`: whether the bot can post there, and what was found or what to do."""
    platform, _, channel = named.partition(":")
    if platform not in settings.platforms:
        return False, f"{platform!r} is no platform; {suggest(platform, settings.platforms)}"
    if not settings.platforms[platform]:
        return False, f"{platform!r} is not switched on"
    if not channel:
        return False, f"it names no channel; it should be {platform}:channel"
    return await find_checking(platform).check_channel(settings, channel)
