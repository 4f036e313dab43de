"""What the measured program stored: how many messages, and the button that a press needs."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path


def count_messages(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "bench.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM outbox").fetchone()[0])


async def until_stored(folder: Path, number: int) -> None:
    async with asyncio.timeout(300):
        while count_messages(folder) < number:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def find_press(folder: Path) -> str:
    """The packed action of the button under a stored answer that says which data goes in."""
    with closing(sqlite3.connect(folder / "bench.sqlite")) as database:
        for (card,) in database.execute("SELECT card FROM outbox"):
            for element in json.loads(card)["elements"]:
                for button in element.get("buttons", ()):
                    if "change_data" in button["action"]:
                        return str(button["action"])
    raise RuntimeError("no question was answered")
