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

log = structlog.get_logger()

_GRACE_SECONDS = 5.0
_NEXT_PORTS = 20


def find_free_port(host: str, wanted: int, most: int = _NEXT_PORTS) -> int:
    """`wanted`, or the next port that is free; OSError when none of the next ones is."""
    for port in range(wanted, wanted + most):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"ports {wanted} to {wanted + most - 1} are all taken on {host}")


async def serve(
    settings: Settings,
    on_ready: Callable[[str], None] = lambda _: None,
    make_app: Callable[[Settings], App] = App,
) -> None:
    """Until SIGTERM or SIGINT. The port is bound before anything else, so that a taken one is told at once."""
    app = make_app(settings)
    runner = web.AppRunner(app.make_site(), access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    try:
        await app.start()
        site = web.TCPSite(runner, settings.host, settings.port, reuse_port=False)
        await site.start()
        on_ready(f"http://{settings.host}:{_bound_port(runner) or settings.port}")
        await stopping.wait()
        log.info("stopping")
        await site.stop()
    finally:
        await runner.cleanup()
        await app.stop()


def _bound_port(runner: web.AppRunner) -> int | None:
    for address in runner.addresses:
        return int(address[1])
    return None
