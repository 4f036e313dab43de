"""How often a question is read right, never wrongly permitted, and held when it is none; beside four peers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from knowledge.library import load
from knowledge.matching.cache import Cache
from knowledge.matching.encoder import Encoder, SentenceEncoder
from knowledge.matching.reader import Reader
from knowledge.matching.vectors import encode_known
from tests.benchmarks.quality_peers import Peer, Texts, build_peers
from tests.benchmarks.quality_scoring import Standing, of_ours, of_peer, stand
from tests.benchmarks.quality_sets import QuestionSet, find_sets

_CACHE = Path("var/cache")
Answer = TypeVar("Answer")


async def measure(_: Path) -> list[Standing]:
    encoder = SentenceEncoder()
    with threadpool_limits(1):
        return [standing for asked in find_sets() for standing in _compare(asked, encoder)]


def _compare(asked: QuestionSet, encoder: Encoder) -> Iterable[Standing]:
    knowledge = load(asked.organisation)
    questions = [labelled["q"] for labelled in asked.questions]
    section = f"{asked.name}, {len(questions)}"
    readings, took = _ask_all(Reader(knowledge, encoder, _CACHE).read, questions)
    read = list(zip(asked.questions, readings, strict=True))
    yield stand(section, "Prompt Club", [of_ours(knowledge, *one) for one in read], took)
    texts = Texts(knowledge)
    for peer in build_peers(texts, encoder, encode_known(texts.all, encoder, Cache(_CACHE))):
        best, took = _ask_all(_first_three(peer, texts.rows), questions)
        yield stand(section, peer.name, of_peer(knowledge, read, best), took)


def _ask_all(ask: Callable[[str], Answer], questions: Sequence[str]) -> tuple[list[Answer], list[float]]:
    """What is said to each question, and the milliseconds of processor time it took."""
    answers, took = [], []
    ask(questions[0])  # what is made with the first question is no part of the others
    for question in questions:
        began = time.process_time()
        answers.append(ask(question))
        took.append((time.process_time() - began) * 1000)
    return answers, took


def _first_three(peer: Peer, rows: Sequence[str]) -> Callable[[str], list[tuple[str, float]]]:
    def ask(question: str) -> list[tuple[str, float]]:
        scores = peer.score(question)
        return [(rows[place], float(scores[place])) for place in np.argsort(-scores, kind="stable")[:3].tolist()]

    return ask
