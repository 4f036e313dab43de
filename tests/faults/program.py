"""The program that the fault tests kill: the real server, with a small reader so that it starts at once.

What it would ask of Microsoft's servers it asks of the tests' own Teams. All else is as `prompt-club run`.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping

import bot
from bot.app import App
from bot.logs import set_up_logs
from bot.platforms import Wiring
from bot.platforms.teams.adapter import TeamsPlatform
from bot.platforms.teams.auth import SigningKeys, TokenDoor, fetch_keys_from
from bot.platforms.teams.tokens import OutgoingToken
from bot.serving import serve
from bot.settings import Settings, load_settings
from tests.faults.regular import set_worst_moment
from tests.platforms.reading import read

for _module in pkgutil.walk_packages(bot.__path__, "bot."):
    if _module.name != "bot.__main__":
        importlib.import_module(_module.name)  # here once, and not in every life

TEAMS_URL = "FAULTS_TEAMS_URL"
TEAMS_TOKEN = "outgoing-to-teams"


def build(settings: Settings) -> App:
    app = App(settings, read=read)
    url = os.environ.get(TEAMS_URL)
    if url:
        app.platforms["teams"] = TeamsPlatform(
            Wiring(settings, app.dispatcher.receive, app.database),
            door=TokenDoor(settings.teams_app_id or "", SigningKeys(fetch_keys_from(f"{url}/openid"))),
            token=OutgoingToken(lambda _: TEAMS_TOKEN),
            service_url=url,
        )
    set_worst_moment(app)
    return app


def main(environment: Mapping[str, str], log: str) -> None:
    """In a process of its own; `log` is the file that gets its output."""
    os.environ.update(environment)
    with open(log, "ab", buffering=0) as output:  # noqa: PTH123
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
    settings = load_settings()
    set_up_logs(settings)
    asyncio.run(serve(settings, print, build))
