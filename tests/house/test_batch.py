"""A file of questions for `prompt-club ask --batch`: what is no question is told by its line, whatever it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands.ask import Answered, BatchError, as_line, as_object, leave_unread, read_batch
from tests.conversations.readings import NOTHING


def write(folder: Path, content: bytes) -> Path:
    file = folder / "questions.jsonl"
    file.write_bytes(content)
    return file


def test_a_byte_order_mark_windows_lines_and_signs_that_look_like_line_ends_are_fine(tmp_path: Path) -> None:
    line_separator = "\u2028"
    text = f'\ufeff{{"q": "Mag ik?"}}\r\n\r\n{{"q": "een{line_separator}twee"}}\n'
    assert read_batch(write(tmp_path, text.encode())) == ["Mag ik?", f"een{line_separator}twee"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no questions in it"),
        (b"\xc9\x00\xff", "not UTF-8"),
        (b'{"q": "Mag ik?"}\n[[', "questions.jsonl:2: not JSON"),
        (b"[" * 100_000, "questions.jsonl:1: not JSON"),
        (b'{"q": 1}', 'no text under "q"'),
        (b'["q"]', 'no text under "q"'),
    ],
)
def test_what_is_no_question_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(BatchError, match=told):
        read_batch(write(tmp_path, content))


@pytest.mark.parametrize("question", ["Mag ik een café?", "half een teken: \ud83d", "een \u2028 en een \x00"])
def test_every_answer_is_one_line_that_can_be_written(question: str) -> None:
    line = as_line(Answered(question, NOTHING, None, None, 1.0))
    assert json.loads(line.encode())["question"] == question
    assert "\n" not in line


@pytest.mark.parametrize(
    ("words", "said"), [("Mag ik dit? ", "600.000 tekens"), ("May I do this? ", "750,000 char")]
)
def test_what_is_endless_is_left_unread_and_told(words: str, said: str) -> None:
    question = words * 50_000
    reading = leave_unread(question)
    answer = as_object(Answered(question, reading, None, None, 1.0))
    assert (answer["outcome"], answer["verdict"], answer["candidates"]) == ("handover", None, [])
    assert said in answer["because"]
