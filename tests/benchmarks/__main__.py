"""`make bench`: every figure beside its peer, printed and written to build/bench.json.

`python -m tests.benchmarks quality reading` measures only these groups. The group `quality` also measures on the
files of labelled questions that PROMPT_CLUB_QUESTIONS names.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from tests.benchmarks import cases, dashboard, delivery, lab, quality, quality_speed, slack, surveys, teams
from tests.benchmarks.figures import Line, show, write

GROUPS: dict[str, Callable[[Path], Awaitable[Sequence[Line]]]] = {
    "cases": cases.measure,
    "delivery": delivery.measure,
    "figures": dashboard.measure,
    "lab": lab.measure,
    "quality": quality.measure,
    "reading": quality_speed.measure,
    "slack": slack.measure,
    "surveys": surveys.measure,
    "teams": teams.measure,
}


async def main(names: list[str]) -> None:
    found: dict[str, Sequence[Line]] = {}
    for name in names or list(GROUPS):
        with tempfile.TemporaryDirectory() as folder:
            found[name] = await GROUPS[name](Path(folder))
        show(name, found[name])
    write(found)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
