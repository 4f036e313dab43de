"""What the digest tells by itself: new and changed rows of the matrix, and what was asked most."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from bot.conversation import DigestLine, DigestSection, DigestSpan, Turn
from bot.desk import Desk
from bot.model.cards import shorten
from bot.texts import Words
from knowledge.content import Knowledge, UseCase, Verdict
from knowledge.verdict import judge
from storage import digest_questions, digests

WORDS, ROWS, QUOTED, ASKED, FIGURES = "words", "rows", digest_questions.QUOTED, "asked", "figures"
_MOST_ASKED = 10
_TITLE = 120


def own_sections(desk: Desk) -> tuple[DigestSection, ...]:
    """Editors' words, the quoted question and the picture are made elsewhere: `find` gives nothing for them."""

    async def find_rows(turn: Turn, span: DigestSpan) -> list[DigestLine]:
        return await find_changed_rows(turn, span, desk.knowledge())

    async def find_asked(turn: Turn, span: DigestSpan) -> list[DigestLine]:
        return await find_asked_most(turn, span, desk.knowledge())

    return (
        DigestSection(ROWS, "digest.section_rows", 10, find_rows),
        DigestSection(ASKED, "digest.section_asked", 30, find_asked),
    )


def standing_verdict(knowledge: Knowledge, row: UseCase) -> Verdict:
    """What somebody hears who asks about this work and says nothing of data and tools."""
    return judge(knowledge, row.id, (), ()).verdict


def describe_rows(knowledge: Knowledge) -> dict[str, Any]:
    """By row what tells that it was changed: its version, what is heard first, and a sum of all that was agreed."""
    return {row.id: [row.version, standing_verdict(knowledge, row).value, _sum(row)] for row in knowledge.use_cases}


def _sum(row: UseCase) -> str:
    agreed = [sorted(row.verdicts.items()), sorted(row.conditions)]
    return sha256(json.dumps(agreed).encode()).hexdigest()[:12]


async def find_changed_rows(turn: Turn, span: DigestSpan, knowledge: Knowledge) -> list[DigestLine]:
    """Since the last post. A first post knows of no earlier one: then by the day from which a row holds."""
    last = await digests.find_last(turn.tx, span.channel)
    now = describe_rows(knowledge)
    if last is None:
        began, ended = span.since.date(), span.until.date()
        rows = [row for row in knowledge.use_cases if row.since and began <= row.since <= ended]
        return [_tell(turn.words, row, None, now[row.id]) for row in rows]
    before = last[1]
    changed = [row for row in knowledge.use_cases if list(before.get(row.id, ())) != now[row.id]]
    changed.sort(key=lambda row: _weight(before.get(row.id), now[row.id]))
    return [_tell(turn.words, row, before.get(row.id), now[row.id]) for row in changed]


def _weight(before: Sequence[Any] | None, now: Sequence[Any]) -> int:
    """Stricter first, then milder, then new, then the rest."""
    if before is None:
        return 2
    old, new = (Verdict(described[1]).strictness for described in (before, now))
    return 0 if new > old else 1 if new < old else 3


def _tell(words: Words, row: UseCase, before: Sequence[Any] | None, now: Sequence[Any]) -> DigestLine:
    title, verdict = _title(words, row), words(f"ask.verdict_{now[1]}")
    if before is None:
        text = words("digest.row_new", title=title, verdict=verdict)
    elif before[1] != now[1]:
        old = words(f"ask.verdict_{before[1]}")
        text = words("digest.row_verdict_changed", title=title, verdict=verdict, before=old)
    else:
        text = words("digest.row_changed", title=title, verdict=verdict)
    return DigestLine(row.id, text)


def _title(words: Words, row: UseCase) -> str:
    """Short enough to leave room for what stands around it."""
    return shorten(row.title.in_language(words.language), _TITLE)


async def find_asked_most(turn: Turn, span: DigestSpan, knowledge: Knowledge) -> list[DigestLine]:
    """Rows with how many people asked about them; never anybody's own words."""
    lines = []
    for id, people in await digest_questions.count_askers(turn.tx, span.since, span.until, _MOST_ASKED):
        row = knowledge.find_use_case(id)
        if row is not None:
            verdict = turn.words(f"ask.verdict_{standing_verdict(knowledge, row)}")
            text = turn.words("digest.asked_line", verdict=verdict, title=_title(turn.words, row), n=people)
            lines.append(DigestLine(id, text))
    return lines


def find_sections(desk: Desk) -> Mapping[str, DigestSection]:
    """Of all conversations, in the order of the post."""
    found = [section for conversation in desk.conversations for section in conversation.digest_sections]
    return {section.name: section for section in sorted(found, key=lambda section: section.rank)}
