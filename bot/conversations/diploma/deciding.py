"""The board adopts what was agreed about the diploma; everybody can read it."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions
from bot.decision import Section, describe, fingerprint_of, write_content
from bot.desk import Desk
from bot.links import make_link, say_privately
from bot.model import limits
from bot.model.cards import Button, Buttons, Card, Element, Link, Text, shorten
from bot.model.events import Event
from bot.rights import may, need
from bot.texts import Words
from knowledge.diploma import Permission
from storage import decisions
from storage.decisions import Decision

PAGE = "/diploma/decision"


class Deciding:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("besluit", self.show, help_key="diploma.help_decision", aliases=("decision",))
        conversation.on_action(actions.Adopt, self.adopt)

    async def show(self, _: Event, turn: Turn) -> None:
        say_privately(turn, await self._draw(turn))

    async def _draw(self, turn: Turn) -> Card:
        sections = describe(turn.words, self._desk.knowledge())
        if not sections:
            return Card.of_words(turn.words("diploma.none_agreed"))
        fingerprint = fingerprint_of(write_content(self._desk.knowledge()))
        adopted = await decisions.find(turn.tx, fingerprint)
        button = None
        if adopted is None and await may(turn, self._desk, Permission.ADOPT_POLICY):
            button = actions.Adopt(fingerprint=fingerprint)
        link = await make_link(turn, self._desk, PAGE)
        return decision_card(turn.words, sections, adopted, link, button)

    async def adopt(self, _: Event, turn: Turn) -> None:
        """Only what was read: what changed meanwhile is read first."""
        await need(turn, self._desk, Permission.ADOPT_POLICY)
        assert isinstance(turn.action, actions.Adopt)
        content = write_content(self._desk.knowledge())
        if fingerprint_of(content) != turn.action.fingerprint:
            raise Refused(turn.words("diploma.decide_changed"))
        if not await decisions.adopt(turn.tx, turn.action.fingerprint, dict(content), turn.person.id, turn.now):
            raise Refused(turn.words("diploma.decide_already"))
        turn.show(await self._draw(turn))


def decision_card(
    words: Words, sections: list[Section], adopted: Decision | None, link: str, button: actions.Adopt | None
) -> Card:
    title = words("diploma.decide_title")
    elements: list[Element] = [
        Text(text=title, style="heading"),
        Text(text=tell_state(words, adopted), style="quiet"),
    ]
    for heading, lines in sections[:2]:
        elements.append(Text(text=heading, style="strong"))
        elements.append(Text(text=shorten("\n".join(lines), limits.TEXT // 2)))
    elements.append(Link(label=words("diploma.decide_link"), url=link))
    if button is not None:
        elements.append(Buttons(buttons=(Button.to(button, words("diploma.decide_adopt"), primary=True),)))
    return Card(summary=title, elements=tuple(elements))


def tell_state(words: Words, adopted: Decision | None) -> str:
    if adopted is None:
        return words("diploma.decide_not")
    return words("diploma.decide_adopted", version=adopted.version, day=words.day(adopted.adopted_at.date()))
