"""Cards of the diploma: mine, my team's, and the line below an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversations.diploma import actions
from bot.conversations.diploma.planning import PLANNED
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Fact, Facts, Link, Text, shorten
from bot.model.events import Person
from bot.standing import Standing, level_name, tell_status
from bot.texts import Words
from knowledge.content import Knowledge
from knowledge.diploma_status import State, Status
from storage.certificates import Certificate, Kept

_HISTORY = 5
_TEAM = 15


@dataclass(frozen=True, slots=True)
class InTeam:
    """Somebody of a team, and how they stand."""

    name: str
    standing: Standing


def mine_card(
    words: Words,
    knowledge: Knowledge,
    standing: Standing,
    on: date,
    *,
    leads: bool,
    academy: str = "",
    fresh: str = "",
) -> Card:
    """My level, what I need, by when, and what I did. `fresh`: the level a refresher would renew."""
    level = level_name(words, knowledge, standing.level)
    title = words("diploma.title_level", level=level) if standing.level else words("diploma.title_none")
    elements: list[Element] = [Text(text=title, style="heading")]
    if standing.statuses:
        told = [tell_status(words, knowledge, status, on) for status in standing.statuses]
        elements.append(Text(text=told[0]) if len(told) == 1 else Bullets(items=tuple(told)))
    else:
        elements.append(Text(text=words("diploma.not_registered")))
    elements += _tell_competence(words, knowledge, standing)
    if academy and standing.status is not None and standing.status.state is not State.VALID:
        elements.append(Link(label=words("diploma.academy"), url=academy))
    if standing.kept:
        elements.append(Facts(facts=_tell_history(words, knowledge, standing.kept)))
    buttons = _own_buttons(words, standing, leads, fresh)
    if buttons:
        elements.append(Buttons(buttons=buttons))
    return Card(summary=shorten(title, limits.SUMMARY), elements=tuple(elements))


def _tell_competence(words: Words, knowledge: Knowledge, standing: Standing) -> list[Element]:
    status = standing.status
    level = next((one for one in knowledge.policy.levels if status and one.id == status.level), None)
    if level is None:
        return []
    told = level.description.in_language(words.language)
    label = level_name(words, knowledge, level.id)
    return [Text(text=shorten(words("diploma.means", level=label, what=told), limits.TEXT), style="quiet")]


def _tell_history(words: Words, knowledge: Knowledge, kept: Sequence[Kept]) -> tuple[Fact, ...]:
    """The newest first."""
    facts = []
    for one in list(reversed(kept))[:_HISTORY]:
        day, until = words.day(one.issued), words.day(one.expires) if one.expires else ""
        key = "diploma.failed" if not one.passed else "diploma.passed_until" if until else "diploma.passed"
        told = words(key, level=level_name(words, knowledge, one.level), until=until)
        facts.append(Fact(label=day, value=shorten(told, limits.FACT_VALUE)))
    return tuple(facts)


def _own_buttons(words: Words, standing: Standing, leads: bool, fresh: str) -> tuple[Button, ...]:
    status = standing.status
    buttons = [Button.to(actions.StartRefresher(level=fresh), words("diploma.refresh"))] if fresh else []
    if status is not None and status.state in (State.DUE, State.OVERDUE, State.UNPLANNED):
        at = {"level": status.level, "cycle": status.cycle}
        buttons.append(Button.to(actions.Plan(**at), words("diploma.plan"), opens_form=True, primary=True))
        buttons.append(Button.to(actions.Done(**at), words("diploma.done")))
    if standing.statuses or standing.kept:
        buttons.append(Button.to(actions.ShowPapers(), words("diploma.papers")))
    if leads:
        buttons.append(Button.to(actions.ShowTeam(), words("diploma.team")))
    return tuple(buttons)


def team_card(
    words: Words, knowledge: Knowledge, team: Sequence[InTeam], on: date, *, some_away: bool = False
) -> Card:
    """Who needs what, the latest first; who is in order is only counted."""
    asked = [one for one in team if is_asked(one)]
    asked.sort(key=lambda one: (_by(one) or date.max, one.name))
    title = words("diploma.team_title", n=len(team))
    elements: list[Element] = [Text(text=title, style="heading")]
    if asked:
        told = [tell_member(words, knowledge, one, on) for one in asked[:_TEAM]]
        if len(asked) > _TEAM:
            told.append(words("diploma.team_more", n=len(asked) - _TEAM))
        elements.append(Bullets(items=tuple(shorten(line, limits.TEXT) for line in told)))
    elements.append(Text(text=words("diploma.team_in_order", n=len(team) - len(asked)), style="quiet"))
    elements.append(Buttons(buttons=_team_buttons(words, some_away=some_away, asked=bool(asked))))
    return Card(summary=shorten(title, limits.SUMMARY), elements=tuple(elements))


def _team_buttons(words: Words, *, some_away: bool, asked: bool) -> tuple[Button, ...]:
    buttons = [Button.to(actions.AskPlan(), words("diploma.team_plan"), opens_form=True)] if asked else []
    buttons.append(Button.to(actions.AskAbsence(), words("diploma.absence"), opens_form=True))
    if some_away:
        buttons.append(Button.to(actions.AskBack(), words("diploma.back"), opens_form=True))
    buttons.append(Button.to(actions.AskExemption(), words("diploma.exemption"), opens_form=True))
    return tuple(buttons)


def tell_member(words: Words, knowledge: Knowledge, one: InTeam, on: date) -> str:
    status = one.standing.status
    assert status is not None
    level = level_name(words, knowledge, status.level)
    day = words.day(status.by) if status.by else ""
    open_ended = "diploma.member_valid_open" if status.state is State.VALID else "diploma.member_unplanned"
    key = f"diploma.member_{status.state}" if status.by else open_ended
    return words(key, name=one.name, level=level, day=day)


def is_asked(one: InTeam) -> bool:
    status = one.standing.status
    return status is not None and status.state is not State.VALID


def _by(one: InTeam) -> date | None:
    return one.standing.status.by if one.standing.status else None


def beside_answer(
    words: Words, knowledge: Knowledge, needed: str, held: str | None, *, ran_out: bool
) -> tuple[Element, ...]:
    """What the work asks for beside what the asker holds. The verdict itself does not change."""
    names = {"needed": level_name(words, knowledge, needed), "held": level_name(words, knowledge, held)}
    key = "diploma.short_of" if held else "diploma.short_ran_out" if ran_out else "diploma.short_none"
    return (
        Text(text=words(key, **names)),
        Buttons(buttons=(Button.to(actions.ShowMine(), words("diploma.way")),)),
    )


def reminder_card(
    words: Words, knowledge: Knowledge, status: Status, on: date, step: int, *, fresh: bool = False
) -> Card:
    """What is asked by when, with what somebody can do about it."""
    level = level_name(words, knowledge, status.level)
    title = words("diploma.remind_today" if step == PLANNED else f"diploma.remind_{status.state}", level=level)
    at = {"level": status.level, "cycle": status.cycle}
    first = (Button.to(actions.StartRefresher(level=status.level), words("diploma.refresh")),) if fresh else ()
    return Card(
        summary=title,
        elements=(
            Text(text=title, style="strong"),
            Text(text=tell_status(words, knowledge, status, on)),
            Buttons(
                buttons=(
                    *first,
                    Button.to(actions.Plan(**at), words("diploma.plan"), opens_form=True, primary=True),
                    Button.to(actions.Done(**at), words("diploma.done")),
                    Button.to(actions.NotNow(**at, step=step), words("diploma.not_now")),
                    Button.to(actions.WrongPerson(level=status.level), words("diploma.wrong")),
                )
            ),
        ),
    )


def planned_card(words: Words, day: date, link: str) -> Card:
    """Noted, with a link to put it in a calendar."""
    told = words("diploma.planned", day=words.day(day))
    return Card(summary=told, elements=(Text(text=told), Link(label=words("diploma.calendar_link"), url=link)))


def told_card(words: Words, knowledge: Knowledge, person: Person, what: str, level: str) -> Card:
    """To the academy or HR: somebody has it already, or it is not about them."""
    names = {"name": person.name or "?", "email": person.email or "?", "level": level_name(words, knowledge, level)}
    told = words(f"diploma.told_{what}", **names)
    add = Button.to(
        actions.AddResult(email=person.email or "", level=level), words("diploma.result_title"), opens_form=True
    )
    look = Button.to(actions.ShowPerson(person=person.id), words("diploma.look"))
    more = (Buttons(buttons=(add, look) if what == "done" else (look,)),)
    return Card(summary=shorten(told, limits.SUMMARY), elements=(Text(text=told), *more))


def added_card(words: Words, knowledge: Knowledge, name: str, one: Certificate) -> Card:
    level, until = level_name(words, knowledge, one.level), words.day(one.expires) if one.expires else ""
    key = "diploma.added_failed" if not one.passed else "diploma.added_until" if until else "diploma.added"
    return Card.of_words(words(key, name=name or "?", level=level, until=until))
