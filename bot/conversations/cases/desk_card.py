"""The Lab's card of a case: what was shared, what became of it, and the buttons that belong to that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import Turn
from bot.conversations.cases.actions import Claim, Decide, OpenDesk, See
from bot.conversations.cases.cards import is_longer, text_elements
from bot.conversations.cases.wording import line_of
from bot.desk import Desk
from bot.model import limits
from bot.model.cards import Button, Buttons, Card, Element, Fact, Facts, Text, shorten
from bot.texts import DEFAULT_LANGUAGE, WORDS, Words
from storage import people
from storage.cases import Case

_TITLES = {"success": "cases.desk_title_success", "failure": "cases.desk_title_failure"}
_LINKS = {"supports": "cases.desk_link_supports", "overturns": "cases.desk_link_overturns"}
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Beside:
    """What the card says beside the case."""

    by: str = ""
    """Who claimed it, or decided."""
    row: str = ""
    """Title of the row it is linked to."""


async def find_desk_card(turn: Turn, desk: Desk, case: Case) -> Card:
    """In Dutch where it stands for everybody; a press of somebody draws it in their language."""
    words = turn.words if turn.person.id and not _is_sharer(turn, case) else WORDS[DEFAULT_LANGUAGE]
    by = await people.find_by_id(turn.tx, case.claimed_by) if case.claimed_by else None
    row = desk.knowledge().find_use_case(case.use_case) if case.use_case else None
    title = row.title.in_language(words.language) if row else ""
    return desk_card(words, case, Beside(by.name if by else "", title))


def _is_sharer(turn: Turn, case: Case) -> bool:
    return turn.person.id == case.person_id


def desk_card(words: Words, case: Case, beside: Beside) -> Card:
    if case.state == "withdrawn":
        return Card.of_words(words("cases.desk_withdrawn"))
    title, status = words(_TITLES[case.kind]), tell_desk_status(words, case, beside.by)
    elements: list[Element] = [Text(text=title, style="heading"), *text_elements(words, case)]
    if facts := _facts(words, case):
        elements.append(Facts(facts=facts))
    elements += [Text(text=line) for line in _notes(words, case, beside)]
    elements.append(Text(text=shorten(status, limits.TEXT), style="strong"))
    elements += [Buttons(buttons=row) for row in _buttons(words, case)]
    return Card(summary=shorten(f"{title}: {line_of(words, case)}", limits.SUMMARY), elements=tuple(elements))


def tell_desk_status(words: Words, case: Case, by: str) -> str:
    name = by or words("cases.someone")
    match case.state:
        case "new":
            return words("cases.desk_new")
        case "claimed":
            return words("cases.desk_claimed", name=name)
        case "published":
            return words("cases.desk_published", name=name)
        case "lab":
            return words("cases.desk_lab", name=name)
        case "declined":
            return words("cases.desk_declined", name=name, reason=case.reason)
        case "merged":
            return words("cases.desk_merged", name=name)
        case _:
            return words("cases.desk_withdrawn")


def _facts(words: Words, case: Case) -> tuple[Fact, ...]:
    told = (
        (words("cases.fact_tool"), case.tool),
        (words("cases.fact_task"), case.task),
        (words("cases.fact_tags"), ", ".join(case.tags)),
    )
    return tuple(Fact(label=label, value=shorten(value, 300)) for label, value in told if value)


def _notes(words: Words, case: Case, beside: Beside) -> list[str]:
    digest = words("cases.desk_digest_yes") if case.in_digest else words("cases.desk_digest_no")
    known = case.name and not case.anonymous
    notes = [words("cases.desk_from", name=case.name, digest=digest)] if known else []
    notes = notes or [words("cases.desk_from_nobody", digest=digest)]
    if beside.row:
        notes.append(words(_LINKS.get(case.stance or "", "cases.desk_link"), title=beside.row))
    if case.proposed:
        notes.append(words("cases.desk_proposed"))
    if is_longer(case):
        notes.append(words("cases.desk_longer"))
    return notes


def _buttons(words: Words, case: Case) -> list[tuple[Button, ...]]:
    if case.state == "new":
        return [(Button.to(Claim(case=case.id), words("cases.claim"), primary=True),)]
    if case.state != "claimed":
        return [(Button.to(Decide(case=case.id, what="reopen"), words("cases.reopen")),)]
    decide = (
        Button.to(Decide(case=case.id, what="publish"), words("cases.publish"), primary=True),
        Button.to(Decide(case=case.id, what="inside"), words("cases.inside")),
        Button.to(OpenDesk(case=case.id, form="decline"), words("cases.decline"), opens_form=True),
        Button.to(OpenDesk(case=case.id, form="merge"), words("cases.merge"), opens_form=True),
    )
    work = (
        Button.to(OpenDesk(case=case.id, form="tidy"), words("cases.tidy"), opens_form=True),
        Button.to(OpenDesk(case=case.id, form="link"), words("cases.link"), opens_form=True),
        Button.to(Decide(case=case.id, what="give_back"), words("cases.give_back")),
        Button.to(Claim(case=case.id, take_over=True), words("cases.take_over")),
    )
    return [work, decide]


def waiting_card(words: Words, waiting: Sequence[tuple[Case, str]], number: int, long: int) -> Card:
    """What the Lab has not decided on, oldest first, each with who has it; a button for each that is shown."""
    if not waiting:
        return Card.of_words(words("cases.waiting_none"))
    title = words("cases.waiting_title", n=number)
    elements: list[Element] = [Text(text=title, style="heading")]
    if long:
        elements.append(Text(text=words("cases.waiting_week", n=long), style="strong"))
    buttons = []
    for place, (case, by) in enumerate(waiting[:_SHOWN], start=1):
        day, line = words.day(case.shared_on.date()), line_of(words, case, 100)
        said = words("cases.waiting_line_claimed", day=day, line=line, name=by) if by else ""
        elements.append(Text(text=f"{place}. {said or words('cases.waiting_line', day=day, line=line)}"))
        buttons.append(Button.to(See(case=case.id), words("cases.see", number=place)))
    elements.append(Buttons(buttons=tuple(buttons)))
    if number > _SHOWN:
        elements.append(Text(text=words("cases.waiting_more", n=number - _SHOWN), style="quiet"))
    return Card(summary=title, elements=tuple(elements))
