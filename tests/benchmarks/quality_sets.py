"""The labelled questions that reading is measured on: those of tests/questions, and any others that are given."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.library import DEFAULT_FOLDER
from tests.knowledge.matching.scoring import read_questions

GIVEN = "PROMPT_CLUB_QUESTIONS"
"""Files of labelled questions to measure on as well, as in PATH with a colon between them."""
_OWN = Path(__file__).parents[1] / "questions"


@dataclass(frozen=True)
class QuestionSet:
    name: str
    organisation: Path
    """Whose agreements the labels follow: a matrix beside the questions, else the starter's."""
    questions: list[dict[str, Any]]


def find_sets(given: str | None = None) -> list[QuestionSet]:
    """Each folder of tests/questions is one set; so is each file that is given."""
    folders = [_OWN, *sorted(path for path in _OWN.rglob("*") if path.is_dir())]
    own = [_read_set("own" if folder == _OWN else folder.name, folder.glob("*.jsonl")) for folder in folders]
    listed = os.environ.get(GIVEN, "") if given is None else given
    files = [Path(path) for path in listed.split(os.pathsep) if path]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise SystemExit(f"{GIVEN} names what is no file: {', '.join(missing)}")
    return [found for found in [*own, *(_read_set(file.stem, [file]) for file in files)] if found.questions]


def _read_set(name: str, found: Iterable[Path]) -> QuestionSet:
    files = sorted(found)
    beside = bool(files) and (files[0].parent / "matrix.yaml").is_file()
    return QuestionSet(name, files[0].parent if beside else DEFAULT_FOLDER, read_questions(*files))
