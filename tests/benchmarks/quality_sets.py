"""The labelled questions that reading is measured on: those of tests/questions, and any others that are given."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.library import DEFAULT_FOLDER
from tests.knowledge.matching.scoring import read_questions

GIVEN = "PROMPT_CLUB_QUESTIONS"
"""Files of labelled questions to measure on as well, as in PATH with a colon between them."""
_OWN = Path(__file__).parents[1] / "questions"
_TOGETHER = ("everyday", "hard", "off_topic")


@dataclass(frozen=True)
class QuestionSet:
    name: str
    organisation: Path
    """Whose agreements the labels follow: a matrix beside the questions, else the starter's."""
    questions: list[dict[str, Any]]


def find_sets(given: str | None = None) -> list[QuestionSet]:
    """The three files that belong together are one set; so is every other file, and each file that is given."""
    listed = os.environ.get(GIVEN, "") if given is None else given
    files = [Path(path) for path in listed.split(os.pathsep) if path]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise SystemExit(f"{GIVEN} names what is no file: {', '.join(missing)}")
    together = [_OWN / f"{name}.jsonl" for name in _TOGETHER]
    others = [file for file in sorted(_OWN.rglob("*.jsonl")) if file not in together]
    return [_read_set("own", *together), *(_read_set(_name(file), file) for file in [*others, *files])]


def _name(file: Path) -> str:
    """Another organisation's file is called like those of the others; its folder says whose it is."""
    return file.parent.name if _has_agreements(file.parent) else file.stem


def _has_agreements(folder: Path) -> bool:
    return (folder / "matrix.yaml").is_file()


def _read_set(name: str, *files: Path) -> QuestionSet:
    folder = files[0].parent
    return QuestionSet(name, folder if _has_agreements(folder) else DEFAULT_FOLDER, read_questions(*files))
