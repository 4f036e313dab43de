"""Named queries of answers: keep and change by a secret, and what may be shown of them once the round has closed.

Each answer lies apart under a sum of its secret, the round and the question. Who does not hold the secret cannot
tell which answers are one person's, nor who that is (docs/decisions/0011-surveys.md). Whatever is shown is made of
`survey_results`, one row per question of a round that enough people answered; so is every sum over rounds, and the
difference between any two of those is again of so many people at least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update
from sqlmodel import col

from storage.codes import sum_of
from storage.database import table_of
from storage.surveys import ROUND, Round
from storage.tables.people import PersonRow
from storage.tables.surveys import SurveyAnswerRow, SurveyResultRow, SurveyRoundRow
from storage.transaction import Transaction

_MOST_MIXED = 2_000
"""So many answers of a round are written anew with each one that comes; of a larger round at night."""

_answers, _rounds = table_of(SurveyAnswerRow).c, table_of(SurveyRoundRow).c


@dataclass(frozen=True, slots=True)
class Answer:
    chosen: tuple[str, ...] = ()
    words: str = ""
    """Masked."""

    def __bool__(self) -> bool:
        return bool(self.chosen or self.words)


@dataclass(frozen=True, slots=True)
class Result:
    """What may be shown of one question."""

    round_id: str
    question: str
    people: int
    counts: dict[str, int]
    texts: list[dict[str, str]]
    themes: list[dict[str, Any]] = field(default_factory=list)
    """The texts put together by meaning: {texts: [...], row: id or None}. What they say is in `texts` as well."""


async def keep(
    tx: Transaction, round_: Round, secret: str, answers: Mapping[str, Answer], person_id: str | None = None
) -> None:
    """What was answered takes the place of what was answered before with this secret, question by question; an
    empty answer takes it away. `person_id` only where the round is not anonymous."""
    assert person_id is None or not round_.anonymous, "an anonymous answer has no person"
    ids = [_id(round_, secret, question) for question in answers]
    await tx.execute(delete(SurveyAnswerRow).where(col(SurveyAnswerRow.id).in_(ids)))
    rows = [
        {
            "id": _id(round_, secret, question),
            "round_id": round_.id,
            "question": question,
            "chosen": list(answer.chosen),
            "words": answer.words,
            "person_id": person_id,
        }
        for question, answer in answers.items()
        if answer
    ]
    if rows:
        await tx.execute(insert(SurveyAnswerRow), sorted(rows, key=lambda row: str(row["id"])))
    if round_.anonymous and await _is_small(tx, round_.id):
        await mix(tx, round_.id)


async def find(tx: Transaction, round_: Round, secret: str, questions: Sequence[str]) -> dict[str, Answer]:
    """What was answered with this secret, by question."""
    ids = {_id(round_, secret, question): question for question in questions}
    query = select(_answers.id, _answers.chosen, _answers.words).where(_answers.id.in_(ids))
    return {ids[id]: Answer(tuple(chosen), words) for id, chosen, words in (await tx.execute(query)).all()}


def _id(round_: Round, secret: str, question: str) -> str:
    return sha256(f"survey {round_.id} {question} {sum_of(secret)}".encode()).hexdigest()


async def _is_small(tx: Transaction, round_id: str) -> bool:
    """Where the order has to be taken away at all: without counting a large round to its end."""
    if tx.dialect.name != "postgresql":
        return False
    some = select(_answers.id).where(_answers.round_id == round_id).limit(_MOST_MIXED + 1).subquery()
    return int((await tx.execute(select(func.count()).select_from(some))).scalar_one()) <= _MOST_MIXED


async def mix(tx: Transaction, round_id: str) -> None:
    """Write all answers of a round anew, in the order of their ids. PostgreSQL notes with each row which
    transaction wrote it, and lays it behind the one before: that would tell which event it came with. SQLite lays
    them in the order of their ids by itself."""
    if tx.dialect.name != "postgresql":
        return
    mine = select(table_of(SurveyAnswerRow)).where(_answers.round_id == round_id)
    rows = [dict(row._mapping) for row in await tx.execute(mine.order_by(_answers.id).with_for_update())]
    await tx.execute(delete(SurveyAnswerRow).where(_answers.round_id == round_id))
    if rows:
        await tx.execute(insert(SurveyAnswerRow), rows)


async def mix_open(tx: Transaction) -> None:
    """Those of every open round, together; at night."""
    query = select(_rounds.id).where(text("state = 'open'"), _rounds.anonymous)
    for id in (await tx.execute(query)).scalars().all():
        await mix(tx, id)


async def publish(tx: Transaction, round_: Round) -> list[Result]:
    """What may be shown of a round that has just closed; everything else that was answered is gone after this."""
    rows = (await tx.execute(_ALL.where(_answers.round_id == round_.id))).all()
    results = []
    for question in round_.questions:
        mine = [row for row in rows if row.question == question["id"]]
        if len(mine) >= round_.minimum:
            results.append(_tell(round_, question["id"], mine))
    if results:
        values = [{name: getattr(result, name) for name in Result.__slots__} for result in results]
        await tx.execute(insert(SurveyResultRow), values)
    await tx.execute(delete(SurveyAnswerRow).where(col(SurveyAnswerRow.round_id) == round_.id))
    return results


_ALL = select(_answers.question, _answers.chosen, _answers.words, table_of(PersonRow).c.name).join(
    table_of(PersonRow), _answers.person_id == table_of(PersonRow).c.id, isouter=True
)


def _tell(round_: Round, question: str, rows: Sequence[Any]) -> Result:
    counts = Counter(one for row in rows for one in row.chosen)
    texts = [
        {"text": row.words, **({} if round_.anonymous else {"name": row.name or ""})} for row in rows if row.words
    ]
    texts.sort(key=lambda told: told["text"].lower())
    return Result(round_.id, question, len(rows), dict(sorted(counts.items())), texts)


_results = table_of(SurveyResultRow).c
_RESULT = select(*(getattr(_results, name) for name in Result.__slots__))


async def find_results(tx: Transaction, round_id: str) -> dict[str, Result]:
    """By question; none while the round is open."""
    rows = (await tx.execute(_RESULT.where(_results.round_id == round_id))).all()
    return {row.question: Result(*row) for row in rows}


async def set_themes(tx: Transaction, round_id: str, question: str, themes: list[dict[str, Any]]) -> None:
    query = update(SurveyResultRow).where(
        col(SurveyResultRow.round_id) == round_id, col(SurveyResultRow.question) == question
    )
    await tx.execute(query.values(themes=themes))


async def find_rounds(tx: Transaction, survey: str, most: int) -> list[tuple[Round, dict[str, Result]]]:
    """Closed rounds of one survey of which something may be shown, the newest first, with what that is."""
    shown = select(_results.round_id).where(_results.round_id == _rounds.id).exists()
    query = ROUND.where(_rounds.survey == survey, _rounds.state == "closed", shown)
    rounds = [Round(*row) for row in (await tx.execute(query.order_by(_rounds.opened_at.desc()).limit(most))).all()]
    found: dict[str, dict[str, Result]] = {round_.id: {} for round_ in rounds}
    for row in (await tx.execute(_RESULT.where(_results.round_id.in_(found)))).all():
        found[row.round_id][row.question] = Result(*row)
    return [(round_, found[round_.id]) for round_ in rounds]
