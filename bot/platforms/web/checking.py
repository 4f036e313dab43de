"""`prompt-club check` for the web workspace: where it is open, and which channels it has."""

from __future__ import annotations

from bot.platforms import Finding
from bot.platforms.web.colleagues import load_workspace
from bot.settings import Settings
from knowledge.errors import suggest


async def check(settings: Settings) -> list[Finding]:
    to_whom = "this machine only" if settings.web_secret is None else "who knows PROMPT_CLUB_WEB_SECRET"
    return [("web workspace", True, f"at {settings.public_url}, open to {to_whom}")]


async def check_channel(settings: Settings, channel: str) -> tuple[bool, str]:
    channels = [known.id for known in load_workspace().channels]
    if channel in channels:
        return True, f"the web workspace has #{channel}"
    return False, f"the web workspace has no channel {channel!r}; {suggest(channel, channels)}"
