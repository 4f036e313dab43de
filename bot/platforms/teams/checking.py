"""`prompt-club check` for Teams: what works, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio

from bot.platforms.teams.auth import OPENID_URL, FetchKeys, KeysAway, fetch_keys_from
from bot.platforms.teams.errors import NoToken
from bot.platforms.teams.package import About, WrongManifest, build_package
from bot.platforms.teams.tokens import FetchToken, microsoft_tokens
from bot.settings import Settings

Finding = tuple[str, bool, str]
"""What was looked at, whether it works, and what was found or what to do."""


async def check(settings: Settings) -> list[Finding]:
    """Nothing where the settings name no Teams."""
    if settings.teams_local:
        return [check_local(settings)]
    if settings.teams_app_id is None or settings.teams_app_password is None:
        return []
    tenant = settings.teams_tenant_id if settings.teams_app_type == "SingleTenant" else None
    fetch = microsoft_tokens(settings.teams_app_id, settings.teams_app_password.get_secret_value(), tenant)
    return [
        await check_credentials(fetch),
        await check_keys(fetch_keys_from(OPENID_URL)),
        check_manifest(settings.teams_app_id),
    ]


def check_local(settings: Settings) -> Finding:
    if not settings.on_loopback:
        return ("Teams, local", False, f"no authentication while listening on {settings.host}: use 127.0.0.1")
    return (
        "Teams, local",
        True,
        "authentication is off, for a local client only: remove PROMPT_CLUB_TEAMS_LOCAL before you connect Teams",
    )


async def check_credentials(fetch: FetchToken) -> Finding:
    try:
        await asyncio.to_thread(fetch, False)
    except NoToken as problem:
        return (
            "Teams credentials",
            False,
            f"Microsoft gives no token ({problem}): check MicrosoftAppId, MicrosoftAppPassword and "
            "MicrosoftAppTenantId; a client secret also has an end date (docs/teams.md, step 1)",
        )
    return ("Teams credentials", True, "Microsoft gives a token for this bot")


async def check_keys(fetch: FetchKeys) -> Finding:
    try:
        keys = await asyncio.to_thread(fetch)
    except KeysAway as problem:
        return (
            "Teams signing keys",
            False,
            f"not reachable ({problem}), so no request can be let in: allow https to login.botframework.com",
        )
    return ("Teams signing keys", True, f"{len(keys)} found; requests can be checked")


def check_manifest(app_id: str) -> Finding:
    try:
        build_package(About(app_id=app_id, bot="Prompt Club", organisation="Prompt Club", version="1.0.0"))
    except WrongManifest as wrong:
        return ("Teams manifest", False, "; ".join(wrong.problems))
    return ("Teams manifest", True, "builds: `prompt-club manifest teams --out promptclub.zip`")
