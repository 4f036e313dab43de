"""`make bench`: every figure beside its peer, printed and written to build/bench.json."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import slack, teams
from tests.benchmarks.figures import Figure, show, write

GROUPS = {"slack": slack.measure, "teams": teams.measure}


async def main(names: list[str]) -> None:
    found: dict[str, list[Figure]] = {}
    for name in names or list(GROUPS):
        with tempfile.TemporaryDirectory() as folder:
            found[name] = await GROUPS[name](Path(folder))
        show(name, found[name])
    write(found)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
