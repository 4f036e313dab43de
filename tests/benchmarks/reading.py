"""The reading by itself: how many questions a second one process reads."""

from __future__ import annotations

import json
import time
from pathlib import Path

from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.reader import build_reader

_FILES = sorted((Path(__file__).parents[1] / "questions").glob("*.jsonl"))
QUESTIONS: list[str] = [
    json.loads(line)["q"]
    for file in _FILES
    for line in file.read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def read_alone(number: int, cache: Path | None = Path("var/cache")) -> float:
    """Questions a second, one after another, in this process."""
    reader = build_reader(load(DEFAULT_FOLDER), cache)
    for question in QUESTIONS[:10]:
        reader.read(question)
    began = time.perf_counter()
    for count in range(number):
        reader.read(QUESTIONS[count % len(QUESTIONS)])
    return number / (time.perf_counter() - began)
