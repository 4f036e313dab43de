"""Counts how often labelled questions are answered right, offered, held, or wrongly permitted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.answers import Outcome
from knowledge.content import Knowledge, Verdict
from knowledge.matching.reader import Reader
from knowledge.verdict import judge

_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


def read_questions(*files: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]


@dataclass
class Score:
    counts: Counter[str] = field(default_factory=Counter)
    wrongly_permitted: list[str] = field(default_factory=list)

    def share(self, *what: str, of: str) -> float:
        return sum(self.counts[name] for name in what) / max(1, self.counts[of])


def score(knowledge: Knowledge, reader: Reader, questions: Iterable[dict[str, Any]]) -> Score:
    result = Score()
    for labelled in questions:
        result.counts.update(_judge_one(knowledge, reader, labelled, result.wrongly_permitted))
    return result


def _judge_one(knowledge: Knowledge, reader: Reader, labelled: dict[str, Any], wrong: list[str]) -> list[str]:
    reading = reader.read(labelled["q"])
    given = None
    if reading.outcome is Outcome.ANSWER and reading.use_case:
        given = judge(knowledge, reading.use_case, reading.data, reading.tools).verdict
    wanted = Verdict(labelled["verdict"]) if labelled["verdict"] else None
    if given in _PERMISSIVE and wanted not in _PERMISSIVE:
        wrong.append(labelled["q"])
    if wanted is None:
        return ["outside", "held" if given is None else "not held"]
    rows = {labelled["use_case"], *labelled["also"]}
    if reading.outcome is Outcome.CHOOSE:
        offered = rows & {candidate.use_case for candidate in reading.candidates}
        return ["inside", "chosen", "offered" if offered else "not offered"]
    also_right = (
        given is not None and reading.use_case in labelled["also"] and given.strictness >= wanted.strictness
    )
    return ["inside", "right" if given == wanted or also_right else "wrong"]
