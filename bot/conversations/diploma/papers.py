"""Somebody's papers: a picture of the certificate, the day for a calendar, and one page for the talk."""

from __future__ import annotations

from datetime import date

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions
from bot.conversations.diploma.picture import draw_certificate
from bot.desk import Desk
from bot.links import holds_secret, make_link, say_privately
from bot.model import limits
from bot.model.cards import Card, Element, Link, Picture, Text, shorten
from bot.model.events import Event
from bot.standing import Standing, find_standing, level_name, rules_of, today
from bot.texts import Words
from knowledge.content import Knowledge

PAGE = "/diploma/page.pdf"


def calendar_path(day: date) -> str:
    return f"/diploma/calendar/{day}.ics"


class Papers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.ShowPapers, self.show)

    async def show(self, _: Event, turn: Turn) -> None:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        if rules is None:
            raise Refused(turn.words("diploma.none_agreed"))
        standing = await find_standing(turn.tx, rules, turn.person.id, on)
        by = standing.status.by if standing.status else None
        calendar = await make_link(turn, self._desk, calendar_path(by)) if by else None
        page = await make_link(turn, self._desk, PAGE)
        card = papers_card(turn.words, self._desk.knowledge(), standing, turn.person.name, on, calendar, page)
        say_privately(turn, card)


def papers_card(
    words: Words,
    knowledge: Knowledge,
    standing: Standing,
    name: str,
    on: date,
    calendar: str | None,
    page: str,
) -> Card:
    title = words("diploma.papers_title")
    elements: list[Element] = [Text(text=title, style="heading")]
    picture = draw_picture(words, knowledge, standing, name, on)
    elements.append(picture or Text(text=words("diploma.papers_none")))
    if calendar is not None:
        elements.append(Link(label=words("diploma.calendar_link"), url=calendar))
    elements.append(Link(label=words("diploma.pdf_link"), url=page))
    if holds_secret(page):
        elements.append(Text(text=words("diploma.papers_links"), style="quiet"))
    return Card(summary=title, elements=tuple(elements))


def draw_picture(words: Words, knowledge: Knowledge, standing: Standing, name: str, on: date) -> Picture | None:
    """Of the highest level that is valid now, the one that counts longest."""
    valid = [
        one
        for one in standing.kept
        if one.passed
        and one.level == standing.level
        and one.issued <= on
        and (one.expires is None or on < one.expires)
    ]
    if not valid:
        return None
    one = max(valid, key=lambda kept: kept.expires or date.max)
    level, day = level_name(words, knowledge, one.level), words.day(one.issued)
    key = "diploma.certificate_until" if one.expires else "diploma.certificate_open"
    until = words(key, day=words.day(one.expires) if one.expires else "")
    alt = words("diploma.certificate_alt", name=name or "?", level=level, day=day, until=until)
    organisation = words("diploma.certificate_of", organisation=knowledge.policy.organisation)
    days = f"{words('diploma.certificate_passed', day=day)} · {until}"
    png = draw_certificate(organisation, level.capitalize(), name or "?", days)
    return Picture(png=png, alt=shorten(alt, limits.PICTURE_ALT), name="certificate.png")
