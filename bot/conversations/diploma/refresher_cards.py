"""Cards of a refresher: a question, what was right about it, how it ended, and what security looks at."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.diploma import actions
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Divider, Element, Text, shorten
from bot.standing import level_name
from bot.texts import Words
from knowledge.content import Knowledge, UseCase, Verdict
from knowledge.refresher import Question
from storage.refreshers import Refresher


def tell_situation(words: Words, knowledge: Knowledge, question: Question) -> str:
    """The work with this kind of data; what became of a row that is gone is its id."""
    row = knowledge.find_use_case(question.row)
    title = row.title.in_language(words.language) if row else question.row
    data = next((one.label for one in knowledge.policy.data_classes if one.id == question.data), None)
    label = data.in_language(words.language).lower() if data else question.data
    return words("diploma.ask_situation", work=title, data=label)


def question_card(words: Words, knowledge: Knowledge, one: Refresher, *before: Element) -> Card:
    """The next question, below what was right about the last one."""
    question = read_question(one, one.answered)
    title = words("diploma.ask_title", n=one.answered + 1, total=len(one.questions))
    buttons = tuple(
        Button.to(
            actions.AnswerRefresher(refresher=one.id, number=one.answered, verdict=verdict.value),
            words(f"ask.verdict_{verdict.value}"),
        )
        for verdict in Verdict
    )
    asked: list[Element] = [
        Text(text=title, style="quiet"),
        Text(text=shorten(tell_situation(words, knowledge, question), limits.TEXT), style="strong"),
        Buttons(buttons=buttons),
    ]
    return Card(summary=title, elements=(*before, Divider(), *asked) if before else tuple(asked))


def explain(
    words: Words, knowledge: Knowledge, question: Question, given: Verdict, right: Verdict
) -> tuple[Element, ...]:
    """Kindly, and with the reason the matrix gives."""
    row = knowledge.find_use_case(question.row)
    verdict = words(f"ask.verdict_{right.value}")
    key = "diploma.ask_right" if given is right else "diploma.ask_other"
    told: list[Element] = [
        Text(text=shorten(tell_situation(words, knowledge, question), limits.TEXT), style="quiet"),
        Text(text=words(key, verdict=verdict), style="strong"),
    ]
    if row is not None:
        told.append(Text(text=shorten(row.why.in_language(words.language), limits.TEXT)))
        told += _tell_conditions(words, knowledge, row, right)
    return tuple(told)


def _tell_conditions(words: Words, knowledge: Knowledge, row: UseCase, right: Verdict) -> list[Element]:
    if right is not Verdict.MAG_MITS:
        return []
    known = {one.id: one.text for one in knowledge.policy.conditions}
    told = [known[id].in_language(words.language) for id in row.conditions if id in known]
    return [Bullets(items=tuple(told[: limits.BULLETS]))] if told else []


def end_card(words: Words, knowledge: Knowledge, one: Refresher, until: str, *before: Element) -> Card:
    level, total = level_name(words, knowledge, one.level), len(one.questions)
    key = "diploma.refresher_passed" if one.state == "passed" else "diploma.refresher_failed"
    told = words(key, level=level, n=one.right, total=total, until=until)
    return Card(summary=told, elements=(*before, Divider(), Text(text=told, style="strong")))


def looks_card(words: Words, knowledge: Knowledge, questions: Sequence[Question], left: int) -> Card:
    """What security looks at before people with work of high risk are asked it."""
    title = words("diploma.looks_title", n=left)
    told = []
    for question in questions:
        row = knowledge.find_use_case(question.row)
        verdicts = row.verdicts if row else {}
        named = ", ".join(
            f"{one.label.in_language(words.language).lower()} {words(f'ask.verdict_{verdicts[one.id].value}')}"
            for one in knowledge.policy.data_classes
            if one.id in verdicts
        )
        title_of = row.title.in_language(words.language) if row else question.row
        told.append(shorten(f"{title_of}: {named}", limits.TEXT // 4))
    rows = [[question.row, question.version] for question in questions]
    button = Button.to(actions.LookedAt(rows=rows), words("diploma.looks_right", n=len(rows)), primary=True)
    return Card(
        summary=title,
        elements=(
            Text(text=title, style="heading"),
            Text(text=words("diploma.looks_intro")),
            Bullets(items=tuple(told)),
            Buttons(buttons=(button,)),
        ),
    )


def read_question(one: Refresher, number: int) -> Question:
    asked = one.questions[number]
    return Question(str(asked["row"]), int(asked["version"]), str(asked["data"]))
