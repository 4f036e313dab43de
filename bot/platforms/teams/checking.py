"""`prompt-club check` for Teams: what works, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.platforms import Finding
from bot.platforms.teams.auth import OPENID_URL, FetchKeys, KeysAway, fetch_keys_from
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.errors import FAULTS, NoToken, judge
from bot.platforms.teams.graph import ALL_RIGHTS, CATALOG, FIND_PEOPLE, INSTALL, Graph, make_graph
from bot.platforms.teams.package import About, WrongManifest, app_in_teams, build_package
from bot.platforms.teams.tokens import FetchToken, OutgoingToken, tokens_of
from bot.settings import Settings


async def check(settings: Settings) -> list[Finding]:
    if settings.teams_local:
        return [check_local(settings)]
    fetch = tokens_of(settings)
    if settings.teams_app_id is None or fetch is None:
        return []  # told among the settings
    findings = [
        await check_credentials(fetch),
        await check_keys(fetch_keys_from(OPENID_URL)),
        check_manifest(settings.teams_app_id),
        *check_organisation(settings),
    ]
    graph = make_graph(settings)
    if findings[0][1] and graph is not None:
        findings += await check_rights(graph, app_in_teams(settings.teams_app_id))
        await graph.close()
    return findings


async def check_channel(settings: Settings, channel: str) -> tuple[bool, str]:
    if settings.teams_local:
        return True, "a local client has no channels that could be asked after"
    fetch = tokens_of(settings)
    if settings.teams_app_id is None or fetch is None:
        return False, "Teams is set up halfway, so it cannot be asked"
    return await find_room(Connector(settings.teams_app_id, OutgoingToken(fetch)), settings, channel)


async def find_room(connector: Connector, settings: Settings, channel: str) -> tuple[bool, str]:
    """Teams shows who is in a channel to an app that is in it."""
    near = connector.find_start(settings.teams_tenant_id or "")
    if near is None:
        return True, "not asked: without MicrosoftAppTenantId nobody knows in which organisation to look"
    try:
        await connector.look_into(replace(near, id=channel, kind="channel"))
    except FAULTS as fault:
        verdict = judge(fault, datetime.now(UTC))
        reason = verdict.reason if verdict is not None else str(fault)
        where = "the id (19:…@thread.tacv2) stands in the channel's link, and the app must be in its team"
        return False, f"{reason}; {where}"
    return True, "the app is in that channel's team"


def check_local(settings: Settings) -> Finding:
    if not settings.on_loopback:
        return ("Teams, local", False, f"no authentication while listening on {settings.host}: use 127.0.0.1")
    return (
        "Teams, local",
        True,
        "authentication is off, for a local client only: remove PROMPT_CLUB_TEAMS_LOCAL before you connect Teams",
    )


def check_organisation(settings: Settings) -> list[Finding]:
    """Another organisation can write any e-mail address, so without one of our own nobody's is believed."""
    if settings.teams_tenant_id is not None:
        return []
    say = "no e-mail address is believed, so nobody has a role or is known from elsewhere: set MicrosoftAppTenantId"
    return [("Teams, colleagues", False, say)]


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


async def check_rights(graph: Graph, app: str) -> list[Finding]:
    """What the bot may do for people who do not have the app. All of it is optional; half of it is a mistake."""
    missing: list[str] = []
    in_catalog: str | None = None
    try:
        for right in (INSTALL, CATALOG, FIND_PEOPLE):
            if not await graph.has_right(right):
                missing.append(right)
        if CATALOG not in missing:
            in_catalog = await graph.find_app(app)
    except FAULTS as fault:
        verdict = judge(fault, datetime.now(UTC))
        return [("Teams, people without the app", False, verdict.reason if verdict is not None else str(fault))]
    return [_say_of_rights(missing), *_say_of_catalog(missing, in_catalog)]


def _say_of_rights(missing: Sequence[str]) -> Finding:
    what = "Teams, people without the app"
    where = 'docs/teams.md, "Reaching people who do not have the app"'
    if not missing:
        return (what, True, "the bot may install itself for them and find people by e-mail")
    if len(missing) == len(ALL_RIGHTS):
        return (what, True, f"are not reached: the rights for it are not granted; they are optional ({where})")
    lost = "; ".join(f"{right} is missing, so {ALL_RIGHTS[right]}" for right in missing)
    return (what, False, f"{lost}: grant it, or take the others away ({where})")


def _say_of_catalog(missing: Sequence[str], in_catalog: str | None) -> list[Finding]:
    if INSTALL in missing or CATALOG in missing:
        return []
    if in_catalog is None:
        say = "not among the organisation's own apps: upload promptclub.zip in the Teams admin center (step 4)"
        return [("Teams app", False, say)]
    return [("Teams app", True, "is among the organisation's own apps")]


def check_manifest(app_id: str) -> Finding:
    try:
        build_package(About(app_id=app_id, bot="Prompt Club", organisation="Prompt Club", version="1.0.0"))
    except WrongManifest as wrong:
        return ("Teams manifest", False, "; ".join(wrong.problems))
    return ("Teams manifest", True, "builds: `prompt-club manifest teams --out promptclub.zip`")
