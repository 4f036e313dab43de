"""`prompt-club ask`: one question, or a file of them, answered on the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commands.looking import find_agreed
from bot.commands.show_answer import show_card
from bot.commands.show_explanation import show_explanation
from bot.conversations.ask.first_card import first_card
from bot.conversations.ask.rules import settle
from bot.conversations.ask.talk import choose_language
from bot.texts import WORDS
from knowledge.answers import Judgement, Outcome, Reading
from knowledge.content import Knowledge
from knowledge.library import KnowledgeErrors, load
from knowledge.matching.language import find_language
from knowledge.matching.reader import Reader, build_reader
from knowledge.verdict import judge

CACHE = Path("var/cache")
MOST_CHARACTERS = 40_000
"""More than a chat message can hold; masking and reading take time with every letter."""


@dataclass(frozen=True, slots=True)
class Answered:
    question: str
    reading: Reading
    judgement: Judgement | None
    level: str | None
    milliseconds: float


class BatchError(Exception):
    """What cannot be asked, or a line of the file that is no question; the message says what would be right."""


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Dutch or English.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a card.")] = False,
    knowledge: Annotated[
        Path | None,
        typer.Option(
            "--knowledge", help="Answer from the files in this folder; else from what is in force in your database."
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the question was read, and why.")] = False,
    level: Annotated[str | None, typer.Option("--level", help="Diploma level of who asks, e.g. basis.")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='File with {"q": "..."} on each line; gives a JSON object each.')
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where a batch is written; else to the screen.")] = None,
    cache: Annotated[
        Path, typer.Option("--cache", help="Folder for vectors, so that the next start is quick.")
    ] = CACHE,
) -> None:
    """Ask whether you may use AI for something."""
    errors = Console(stderr=True)
    if (question is None) == (batch is None):
        errors.print('Give one question, or a file with --batch: prompt-club ask "Mag ik ...?"')
        raise typer.Exit(2)
    if explain and (batch is not None or as_json):
        errors.print("--explain goes with one question and a card: leave out --batch and --json.")
        raise typer.Exit(2)
    try:
        agreed = load(knowledge) if knowledge is not None else find_agreed(errors)
        with _saying_what_takes_so_long(errors, cache):
            answerer = Answerer(agreed, level, cache)
        if question is not None:
            _answer_one(answerer, question, as_json)
            if explain:
                answerer.explain(question)
        elif batch is not None:
            _answer_batch(answerer, read_batch(batch), out, errors)
    except (KnowledgeErrors, BatchError, OSError) as error:
        errors.print(str(error), markup=False)
        raise typer.Exit(1) from error


@contextmanager
def _saying_what_takes_so_long(errors: Console, cache: Path) -> Iterator[None]:
    """For a person who waits at a terminal; a script or a log hears nothing of it."""
    first = not any(cache.glob("*.npz"))
    said = " / ".join(
        words("house.getting_ready_first" if first else "house.getting_ready") for words in WORDS.values()
    )
    with errors.status(said) if errors.is_terminal else nullcontext():
        yield


class Answerer:
    """Reads and judges questions for one organisation and one asker."""

    def __init__(self, knowledge: Knowledge, level: str | None, cache: Path | None) -> None:
        known = [known_level.id for known_level in knowledge.policy.levels]
        if level is not None and level not in known:
            raise BatchError(f"--level {level}: there is no such level; choose from {', '.join(known)}")
        self.knowledge = knowledge
        self._level = level
        self._reader: Reader = build_reader(knowledge, cache)

    def answer(self, question: str) -> Answered:
        began = time.perf_counter()
        reading = self._reader.read(question) if len(question) <= MOST_CHARACTERS else leave_unread(question)
        judgement = None
        if reading.outcome is Outcome.ANSWER and reading.use_case is not None:
            judgement = judge(self.knowledge, reading.use_case, reading.data, reading.tools, self._level)
        milliseconds = (time.perf_counter() - began) * 1000
        return Answered(question, reading, judgement, self._level, milliseconds)

    def explain(self, question: str) -> None:
        explanation = self._reader.explain(question)
        words = WORDS[choose_language(explanation.reading, None)]
        show_explanation(words, self.knowledge, explanation, Console())


def leave_unread(question: str) -> Reading:
    """Nothing of it is looked at, so that nothing is allowed on half a reading."""
    language = find_language(question[:2_000].lower().split())
    words = WORDS[language]
    length, most = words.number(len(question)), words.number(MOST_CHARACTERS)
    because = words("ask.too_long", length=length, most=most)
    return Reading("", (), language, Outcome.HANDOVER, None, (), None, (), (), (), None, because)


def as_object(answered: Answered) -> dict[str, Any]:
    reading, judgement = answered.reading, answered.judgement
    return {
        "question": answered.question,
        "outcome": reading.outcome.value,
        "use_case": reading.use_case if judgement else None,
        "candidates": [candidate.use_case for candidate in reading.candidates],
        "verdict": judgement.verdict.value if judgement else None,
        "conditions": list(judgement.conditions) if judgement else [],
        "data": list(judgement.data if judgement else reading.data),
        "data_assumed": judgement.data_assumed if judgement else not reading.data,
        "tools": list(reading.tools),
        "level": judgement.level if judgement else None,
        "because": reading.because,
        "ms": round(answered.milliseconds, 2),
    }


def as_line(answered: Answered) -> str:
    """The answer as JSON; in escapes where the question holds half a character, which UTF-8 cannot write."""
    answer = as_object(answered)
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line


def read_batch(file: Path) -> list[str]:
    """The questions of a file; `BatchError` names the first line that is none."""
    questions = []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BatchError(f"{file.name}: not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    for number, line in enumerate(
        text.split("\n"), 1
    ):  # splitlines also breaks at signs that JSON allows in a text
        if line.strip():
            questions.append(_read_line(f"{file.name}:{number}", line))
    if not questions:
        raise BatchError(f'{file.name}: no questions in it; put {{"q": "..."}} on each line')
    return questions


def _read_line(where: str, line: str) -> str:
    right = 'each line should be {"q": "the question"}'
    try:
        entry = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BatchError(f"{where}: not JSON ({getattr(error, 'msg', 'too deeply nested')}); {right}") from error
    if not isinstance(entry, dict) or not isinstance(entry.get("q"), str):
        raise BatchError(f'{where}: no text under "q"; {right}')
    question: str = entry["q"]
    return question


def _answer_one(answerer: Answerer, question: str, as_json: bool) -> None:
    answered = answerer.answer(question)
    if as_json:
        typer.echo(as_line(answered))
        return
    if len(question) > MOST_CHARACTERS:
        raise BatchError(answered.reading.because)
    words, reading = WORDS[choose_language(answered.reading, None)], answered.reading
    settled = settle(answerer.knowledge, reading)
    show_card(first_card(words, answerer.knowledge, reading, settled, question_id=""), Console())


def _answer_batch(answerer: Answerer, questions: list[str], out: Path | None, errors: Console) -> None:
    answers = (as_line(answerer.answer(question)) for question in questions)
    if out is None:
        for answer in _with_progress(answers, len(questions), errors):
            typer.echo(answer)
        return
    with out.open("w", encoding="utf-8") as file:
        _write_all(_with_progress(answers, len(questions), errors), file)


def _write_all(lines: Iterator[str], file: TextIO) -> None:
    for line in lines:
        file.write(line + "\n")


def _with_progress(answers: Iterator[str], total: int, errors: Console) -> Iterator[str]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors) as progress:
        task = progress.add_task("Questions", total=total)
        for answer in answers:
            yield answer
            progress.advance(task)
