"""The programs that are measured: `python -m tests.benchmarks.servers KIND PORT FOLDER`.

`slack` and `teams` are the whole app, sending switched off, so that a press is measured from its signature to its
stored outbox row. `slack-ack` is a Bolt app that only acknowledges; `teams-echo` a botbuilder bot that echoes.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

Step = Callable[[], Awaitable[None]]
Served = tuple[web.Application, Step, Step]
"""What to serve, how it starts and how it stops."""

SECRET, TOKEN = "bench-signing-secret", "xoxb-bench"


def slack(folder: Path) -> Served:
    return _house(folder, slack_bot_token=TOKEN, slack_signing_secret=SECRET, slack_api_url="http://127.0.0.1:9/")


def teams(folder: Path) -> Served:
    return _house(folder, teams_local=True)


def _house(folder: Path, **given: object) -> Served:
    from bot.app import App
    from bot.logs import set_up_logs
    from bot.settings import load_settings

    settings = load_settings(
        database_url=f"sqlite:///{folder}/bench.sqlite", cache=folder / "cache", log_level="error", **given
    )
    set_up_logs(settings)
    app = App(settings)
    app.outbox.claim = _claim_nothing  # type: ignore[method-assign]
    return app.make_site(), app.start, app.stop


async def _claim_nothing() -> list[object]:
    return []


def slack_ack(_: Path) -> Served:
    """The least a Bolt app can do: verify, route, acknowledge."""
    from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.authorization import AuthorizeResult

    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_user_id="UBOT", bot_id="B1")

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize)

    @bolt.action({"type": "block_actions", "action_id": _anything()})
    async def press(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    @bolt.event("message")
    async def said() -> None: ...

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    site.router.add_post("/slack/events", handle)
    return site, _nothing, _nothing


def _anything() -> object:
    import re

    return re.compile(".*")


def teams_echo(_: Path) -> Served:
    """botbuilder's own sample: say back what was said."""
    from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

    class Nobody:
        APP_ID = APP_PASSWORD = APP_TYPE = APP_TENANTID = ""

    class Echo(ActivityHandler):  # type: ignore[misc]
        async def on_message_activity(self, turn: TurnContext) -> None:
            await turn.send_activity(MessageFactory.text(f"Echo: {turn.activity.text}"))

    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Nobody())), Echo()
    site = web.Application()

    async def handle(request: web.Request) -> web.Response:
        return await adapter.process(request, bot) or web.Response(status=201)

    site.router.add_post("/api/messages", handle)
    return site, _nothing, _nothing


async def _nothing() -> None: ...


KINDS = {"slack": slack, "slack-ack": slack_ack, "teams": teams, "teams-echo": teams_echo}


async def serve(kind: str, port: int, folder: Path) -> None:
    site, start, stop = KINDS[kind](folder)

    async def up(_: web.Request) -> web.Response:
        return web.Response()

    site.router.add_get("/up", up)
    await start()
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await stopping.wait()
    await runner.cleanup()
    await stop()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
