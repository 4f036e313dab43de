"""Runs the server: listens, starts the app, and stops cleanly on SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable

import structlog
from aiohttp import web

from bot.app import App
from bot.settings import Settings
from storage.alone import serving_alone

log = structlog.get_logger()

_GRACE_SECONDS = 5.0
_NEXT_PORTS = 20
_HIGHEST_PORT = 65_535


def find_free_port(host: str, wanted: int, most: int = _NEXT_PORTS) -> int:
    """`wanted`, or the next port that is free; OSError when none of the next ones is."""
    for port in range(wanted, min(wanted + most, _HIGHEST_PORT + 1)):
        try:
            bind(host, port).close()
        except OSError:
            continue
        return port
    raise OSError(f"ports {wanted} to {wanted + most - 1} are all taken on {host}")


def bind(host: str, port: int) -> socket.socket:
    """Take the port without listening yet; OSError, in words, when another program has it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, kind, protocol, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)  # of localhost: IPv4
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError as problem:
        taken.close()
        raise OSError(
            f"{host}:{port} cannot be listened on: {problem.strerror}. Set PROMPT_CLUB_PORT."
        ) from problem
    return taken


async def serve(
    settings: Settings,
    on_ready: Callable[[str], None] = lambda _: None,
    make_app: Callable[[Settings], App] = App,
) -> None:
    """Until SIGTERM or SIGINT.

    The port and the SQLite file are taken before anything else: a second program, started by mistake, then ends
    before it takes up what the first has in hand.
    """
    bound = bind(settings.host, settings.port)
    try:
        with serving_alone(settings.database_url):
            await _serve_on(bound, settings, on_ready, make_app)
    finally:
        bound.close()


async def _serve_on(
    bound: socket.socket,
    settings: Settings,
    on_ready: Callable[[str], None],
    make_app: Callable[[Settings], App],
) -> None:
    app = make_app(settings)
    runner = web.AppRunner(app.make_site(), access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    try:
        if not await _started(app, stopping):
            return
        site = web.SockSite(runner, bound)
        await site.start()
        on_ready(f"http://{settings.host}:{bound.getsockname()[1]}")
        await stopping.wait()
        log.info("stopping")
        await site.stop()
    finally:
        await runner.cleanup()
        await app.stop()


async def _started(app: App, stopping: asyncio.Event) -> bool:
    """False where it was told to stop before it was ready: a first start may take half a minute."""
    starting, told = asyncio.create_task(app.start()), asyncio.create_task(stopping.wait())
    await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if starting.done():
        starting.result()
        return True
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    return False
