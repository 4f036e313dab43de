"""What a change would do to what was asked lately: which questions get another verdict, how many people asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.conversation import Turn
from bot.texts import Words
from knowledge.answers import Judgement
from knowledge.content import Knowledge
from knowledge.contents import ROW, Content
from knowledge.kept import judge_kept
from knowledge.trying import fold
from storage import matrix_asked
from storage.matrix_asked import Asked

LOOKS_BACK = timedelta(days=90)
FEW = 3
"""Fewer people than this are not counted out: somebody could be recognised."""


@dataclass(frozen=True, slots=True)
class Affected:
    asked: Asked
    judged: Judgement
    """What it would hear."""


async def find_affected(
    turn: Turn, knowledge: Knowledge, kind: str, ref: str, before: Content | None, after: Content | None
) -> list[Affected]:
    """Questions of the last 90 days that hear another verdict by `knowledge` than their asker did."""
    words = list_new_examples(before, after) if kind == ROW else []
    since = turn.now - LOOKS_BACK
    found = await matrix_asked.find_asked(turn.tx, ref=ref, words=words, since=since)
    return list(_judge(knowledge, kind, ref, {fold(word) for word in words}, found))


def _judge(
    knowledge: Knowledge, kind: str, ref: str, words: set[str], found: Sequence[Asked]
) -> Iterator[Affected]:
    for asked in found:
        rows = [asked.use_case, *asked.reading.get("also", ())] if asked.use_case else []
        if asked.verdict is None:
            rows = [ref] if kind == ROW and fold(asked.text) in words else []
        judged = judge_kept(knowledge, [row for row in rows if row], asked.reading) if _is_whole(asked) else ()
        if judged and judged[0].verdict != asked.verdict:
            yield Affected(asked, judged[0])


def _is_whole(asked: Asked) -> bool:
    return {"data", "tools"} <= asked.reading.keys()


def list_new_examples(before: Content | None, after: Content | None) -> list[str]:
    """Words that lead to the row and did not before."""
    old, new = ((content or {}).get("examples") or {} for content in (before, after))
    return [text for language in new for text in new[language] or () if text not in (old.get(language) or ())]


def say_effect(words: Words, affected: Sequence[Affected]) -> list[str]:
    """Lines for a card: how many questions, from which verdict to which, and of how many people; never who."""
    if not affected:
        return [words("matrix.effect_none")]
    steps = Counter((one.asked.verdict, one.judged.verdict) for one in affected)
    lines = [
        words("matrix.effect_step", n=number, before=_say(words, old), after=_say(words, new))
        for (old, new), number in steps.most_common()
    ]
    people = len({one.asked.person_id for one in affected if one.asked.person_id})
    key = "matrix.effect_people" if people >= FEW else "matrix.effect_few"
    return [*lines, words(key, n=people) if people >= FEW else words(key)]


def _say(words: Words, verdict: Any) -> str:
    return words(f"ask.verdict_{verdict}") if verdict else words("matrix.no_verdict")
