"""The program whose reading is measured: `python -m tests.benchmarks.quality_program ROWS CACHE`.

Says `ready` once the first question is read, then what each question took and how much memory is in use. ROWS 0 is
the starter; any other number that many made-up rows.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.reader import Reader, build_reader
from tests.benchmarks.quality_rows import make_up
from tests.benchmarks.reading import QUESTIONS

_ASKED = 240


def main(rows: int, cache: Path) -> None:
    reader = build_reader(make_up(rows) if rows else load(DEFAULT_FOLDER), cache)
    reader.read("mag dat?")
    print("ready", flush=True)
    start_used = time.process_time()
    took = [_time(reader, QUESTIONS[count % len(QUESTIONS)]) for count in range(_ASKED)]
    waited, used = zip(*took, strict=True)
    memory = _resident_megabytes()
    print(json.dumps({"start_used": start_used, "waited": waited, "used": used, "resident": memory}))


def _time(reader: Reader, question: str) -> tuple[float, float]:
    """Milliseconds by the clock and of processor time."""
    began, used = time.perf_counter(), time.process_time()
    reader.read(question)
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
