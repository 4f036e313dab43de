"""What cases add to others: a line below an answer, a button after a rating, two sections of the weekly post."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import AddToAnswer, Answered, DigestLine, DigestSection, DigestSpan, Surveyed, Turn
from bot.conversations.cases.actions import Open, Read
from bot.conversations.cases.wording import lesson_of
from bot.model.cards import Button, Buttons, Element, Text
from bot.texts import Words
from knowledge.answers import Judgement
from knowledge.content import Verdict
from storage import cases, questions
from storage.cases_traces import FAILURE, SUCCESS

_LINE = 180
_MOST_LINES = 12
_KIND = {SUCCESS: "success", FAILURE: "failure"}


def below_answers() -> AddToAnswer:
    """An answer stays short: it gets one line where a colleague shared something about this very work. Whoever said
    whether an answer was right has something to tell: only then the button to share is there."""

    async def add(turn: Turn, answered: Answered) -> Sequence[Element]:
        if answered.moment == "rated":
            return await _invite(turn, answered.question_id)
        if answered.moment != "answer" or answered.judgement is None:
            return ()
        return await _tell_experience(turn, answered.judgement)

    return add


async def _tell_experience(turn: Turn, judgement: Judgement) -> Sequence[Element]:
    """What worked stands below a yes only: under a no it would read as one."""
    found = await cases.find_experience(turn.tx, judgement.use_case.id)
    allowed = judgement.verdict.strictness < Verdict.GRIJS.strictness
    if found is None or (found.kind == "success" and not allowed):
        return ()
    line = lesson_of(found.learned, found.happened, _LINE)
    if found.kind == "success":
        said = turn.words("cases.answer_success", line=line)
    else:
        said = turn.words("cases.answer_failure", line=line)
    read = Button.to(Read(case=found.id), turn.words("cases.read"))
    return Text(text=said), Buttons(buttons=(read,))


async def _invite(turn: Turn, question_id: str) -> Sequence[Element]:
    asked = await questions.find_asked_by(turn.tx, question_id, turn.person.id)
    row = asked.use_case if asked and asked.use_case else ""
    share = Button.to(Open(row=row), turn.words("cases.share"), opens_form=True)
    return (Buttons(buttons=(share,)),)


def below_surveys(words: Words, surveyed: Surveyed) -> Sequence[Element]:
    """For everybody who was asked: nobody knows who of them told of a mistake, and who shares one decides anew
    whether that is with a name."""
    if surveyed.for_lead or not surveyed.mistakes:
        return ()
    share = Button.to(Open(), words("cases.share"), opens_form=True)
    return Text(text=words("cases.after_survey")), Buttons(buttons=(share,))


def digest_sections() -> tuple[DigestSection, ...]:
    return (
        DigestSection(SUCCESS, "cases.section_success", 14, _find_successes),
        DigestSection(FAILURE, "cases.section_failure", 15, _find_lessons),
    )


async def _find_successes(turn: Turn, span: DigestSpan) -> list[DigestLine]:
    return await _find_lines(turn, span, SUCCESS)


async def _find_lessons(turn: Turn, span: DigestSpan) -> list[DigestLine]:
    return await _find_lines(turn, span, FAILURE)


async def _find_lines(turn: Turn, span: DigestSpan, section: str) -> list[DigestLine]:
    """Of those whose sharers said that it may; with a name only where they share it by name."""
    found = await cases.find_published_between(turn.tx, _KIND[section], span.since, span.until, _MOST_LINES)
    lines = []
    for case in found:
        line = lesson_of(case.learned, case.happened, _LINE)
        text = turn.words("cases.digest_line", line=line, name=case.name) if case.name else line
        lines.append(DigestLine(case.id, text))
    return lines
