"""What the academy and HR see of somebody: how they stand, what they did, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversations.diploma import actions
from bot.conversations.diploma.cards import InTeam, tell_member
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Fact, Facts, Text, shorten
from bot.standing import Standing, level_name
from bot.texts import Words
from knowledge.content import Knowledge
from storage.certificates import Kept
from storage.diploma_lists import ExemptionRequest
from storage.register import Away, Dossier, Member

_CORRECTED = 3
"""The newest results get a button."""
_PLACES = 4


def found_card(words: Words, found: Sequence[Member], *, more: bool) -> Card:
    """Who it may be; one of them is meant."""
    title = words("diploma.found_title")
    buttons = [
        Button.to(actions.ShowPerson(person=one.person_id), f"{one.name or one.email} · {one.unit}")
        for one in found
    ]
    elements: list[Element] = [Text(text=title, style="heading"), Buttons(buttons=tuple(buttons))]
    if more:
        elements.append(Text(text=words("diploma.found_more"), style="quiet"))
    return Card(summary=title, elements=tuple(elements))


def person_card(
    words: Words,
    knowledge: Knowledge,
    member: Member,
    standing: Standing,
    dossier: Dossier,
    on: date,
    *,
    may_add: bool,
    may_manage: bool,
) -> Card:
    """Buttons for what this reader may."""
    name = member.name or member.email or "?"
    where = " · ".join(filter(None, (member.function, member.unit, member.location, member.email)))
    elements: list[Element] = [
        Text(text=shorten(name, limits.HEADING), style="heading"),
        Text(text=shorten(where, limits.TEXT), style="quiet"),
        *_tell_state(words, knowledge, standing, on),
    ]
    away = [words("diploma.person_away", day=words.day(one.since)) for one in _now(dossier.absences, on)]
    for one in _now(dossier.exemptions, on):
        day = words.day(one.until) if one.until else "?"
        away.append(words("diploma.person_exempt", day=day, why=shorten(one.reason, 300)))
    if away:
        elements.append(Bullets(items=tuple(away[: limits.BULLETS])))
    facts = [*_tell_results(words, knowledge, standing.kept), *_tell_places(words, dossier)]
    if facts:
        elements.append(Facts(facts=tuple(facts[: limits.FACTS])))
    buttons = _buttons(words, knowledge, member, standing, bool(away), may_add=may_add, may_manage=may_manage)
    if buttons:
        elements.append(Buttons(buttons=tuple(buttons)))
    return Card(summary=shorten(name, limits.SUMMARY), elements=tuple(elements))


def _tell_state(words: Words, knowledge: Knowledge, standing: Standing, on: date) -> list[Element]:
    level = words("diploma.person_level", level=level_name(words, knowledge, standing.level))
    if standing.status is None:
        return [Text(text=level)]
    return [
        Text(text=f"{level} {tell_member(words, knowledge, InTeam(words('diploma.person_needs'), standing), on)}.")
    ]


def _now(spans: Sequence[Away], on: date) -> list[Away]:
    return [one for one in spans if one.since <= on and (one.until is None or on < one.until)]


def _tell_results(words: Words, knowledge: Knowledge, kept: Sequence[Kept]) -> list[Fact]:
    facts = []
    for one in list(reversed(kept))[: limits.FACTS - _PLACES]:
        until = words.day(one.expires) if one.expires else ""
        key = "diploma.failed" if not one.passed else "diploma.passed_until" if until else "diploma.passed"
        told = words(key, level=level_name(words, knowledge, one.level), until=until)
        more = ", ".join(filter(None, (one.issuer, one.evidence)))
        value = f"{told} ({more})" if more else told
        facts.append(Fact(label=words.day(one.issued), value=shorten(value, 400)))
    return facts


def _tell_places(words: Words, dossier: Dossier) -> list[Fact]:
    """Where they worked, the newest first."""
    facts = []
    for one in list(reversed(dossier.periods))[:_PLACES]:
        told = " · ".join(filter(None, (one.function, one.unit))) or "?"
        facts.append(Fact(label=words("diploma.person_since", day=words.day(one.since)), value=shorten(told, 400)))
    return facts


def _buttons(
    words: Words,
    knowledge: Knowledge,
    member: Member,
    standing: Standing,
    away: bool,
    *,
    may_add: bool,
    may_manage: bool,
) -> list[Button]:
    buttons, id = [], member.person_id
    if may_add:
        add = actions.AddResult(email=member.email or "", level=standing.status.level if standing.status else "")
        buttons.append(Button.to(add, words("diploma.result_title"), opens_form=True, primary=True))
        for one in list(reversed(standing.kept))[:_CORRECTED]:
            level = level_name(words, knowledge, one.level)
            label = words("diploma.correct", level=level, day=words.day(one.issued))
            buttons.append(Button.to(actions.Correct(certificate=one.id), label, opens_form=True))
    if may_manage:
        buttons.append(Button.to(actions.AskAbsence(person=id), words("diploma.absence"), opens_form=True))
        if away:
            buttons.append(Button.to(actions.AskBack(person=id), words("diploma.back"), opens_form=True))
        buttons.append(Button.to(actions.AskExemption(person=id), words("diploma.exempt"), opens_form=True))
    return buttons


def request_card(words: Words, asker: str, name: str, asked: ExemptionRequest) -> Card:
    """A manager asks HR for an exemption."""
    title = words("diploma.request_title", name=name)
    days = words("diploma.request_days", since=words.day(asked.since), until=words.day(asked.until), asker=asker)
    give = Button.to(actions.DecideExemption(request=asked.id, give=True), words("diploma.give"), primary=True)
    leave = Button.to(actions.DecideExemption(request=asked.id, give=False), words("diploma.leave"))
    look = Button.to(actions.ShowPerson(person=asked.person_id), words("diploma.look"))
    return Card(
        summary=shorten(title, limits.SUMMARY),
        elements=(
            Text(text=shorten(title, limits.HEADING), style="heading"),
            Text(text=days),
            Text(text=shorten(asked.reason, limits.TEXT), style="quote"),
            Buttons(buttons=(give, leave, look)),
        ),
    )
