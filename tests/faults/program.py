"""The program that the fault tests kill: the real server with a small reader, so that it starts at once."""

from __future__ import annotations

import asyncio

from bot.app import App
from bot.logs import set_up_logs
from bot.serving import serve
from bot.settings import load_settings
from tests.platforms.reading import read


def main() -> None:
    settings = load_settings()
    set_up_logs(settings)
    asyncio.run(serve(settings, print, lambda given: App(given, read=read)))


if __name__ == "__main__":
    main()
