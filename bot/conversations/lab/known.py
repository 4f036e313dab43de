"""Whether the agreements of now answer a question, and how that answer is told. Pure."""

from __future__ import annotations

from typing import Any

from bot.texts import Words
from knowledge.answers import Judgement, Outcome, Reading
from knowledge.content import Knowledge, Verdict
from knowledge.verdict import judge_all


def find_answer(knowledge: Knowledge, reading: Reading) -> Judgement | None:
    """What somebody who asks this now would hear; None for a choice, a grey area or nothing."""
    rows = [id for id in (reading.use_case, *reading.also) if id and knowledge.find_use_case(id)]
    if reading.outcome is not Outcome.ANSWER or reading.use_case not in rows:
        return None
    decides = judge_all(knowledge, rows, reading.data, reading.tools)[0]
    return None if decides.verdict is Verdict.GRIJS else decides


def mark_of(known: Judgement) -> dict[str, Any]:
    """Names this very answer: another version of the row is another answer."""
    return {"row": known.use_case.id, "version": known.use_case.version, "verdict": str(known.verdict)}


def tell_answer(words: Words, knowledge: Knowledge, known: Judgement) -> str:
    """In a few lines, for who asked: the verdict first, the reason second, the road third."""
    row, language = known.use_case, words.language
    texts = {one.id: one.text.in_language(language) for one in knowledge.policy.conditions}
    conditions = [texts[id] for id in known.conditions if id in texts]
    data = words.listed(
        [one.label.in_language(language) for one in knowledge.policy.data_classes if one.id in known.data]
    )
    lines = [
        words("lab.known", title=row.title.in_language(language)),
        words(f"ask.verdict_{known.verdict}"),
        words("ask.assumed" if known.data_assumed else "ask.revealed", data=data),
        *([words("ask.conditions"), *(f"• {one}" for one in conditions)] if conditions else []),
        words("ask.why", why=row.why.in_language(language)),
    ]
    if known.verdict is Verdict.MAG_NIET and row.instead is not None:
        lines.append(words("ask.instead", instead=row.instead.in_language(language)))
    if known.tool_decides and known.milder_with:
        others = words.listed([tool.name for tool in known.milder_with], last="house.or")
        lines.append(words("lab.known_other_tool", others=others))
    return "\n".join(lines)
