"""Finding what colleagues shared, reading one, and saying "I know this too"."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions, cards
from bot.conversations.cases.cards import PATH, Around
from bot.desk import Desk
from bot.links import make_link, say_privately
from bot.model.cards import Card
from bot.model.events import Commanded, Event
from bot.rights import need
from knowledge.diploma import Permission
from storage import cases
from storage.cases import Case
from storage.cases_search import Wanted, find, split

_MOST_FOUND = 5


class Finding:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("cases", self.search, help_key="cases.help_find", aliases=("casussen",))
        conversation.on_action(actions.Read, self.read)
        conversation.on_action(actions.Recognise, self.recognise)

    async def search(self, event: Commanded, turn: Turn) -> None:
        """`/promptclub cases klantmail`; without words the newest."""
        await need(turn, self._desk, Permission.ASK)
        typed = event.rest.strip()
        found = await find(turn.tx, Wanted(words=split(typed)), _MOST_FOUND + 1)
        link = await make_link(turn, self._desk, PATH)
        shown, more = found[:_MOST_FOUND], len(found) > _MOST_FOUND
        say_privately(turn, cards.found_card(turn.words, shown, typed, more=more, link=link))

    async def read(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Read)
        await need(turn, self._desk, Permission.ASK)
        turn.say(await self._draw(turn, await self._get_public(turn, turn.action.case)))

    async def recognise(self, _: Event, turn: Turn) -> None:
        """One for each person; pressing again takes it back. Who they are is shown to nobody."""
        assert isinstance(turn.action, actions.Recognise)
        await need(turn, self._desk, Permission.ASK)
        case = await self._get_public(turn, turn.action.case)
        await cases.recognise(turn.tx, case.id, turn.person.id)
        turn.show(await self._draw(turn, case))

    async def _get_public(self, turn: Turn, id: str) -> Case:
        case = await cases.find(turn.tx, id)
        if case is None or case.published_at is None:
            raise Refused(turn.words("cases.not_public"))
        return case

    async def _draw(self, turn: Turn, case: Case) -> Card:
        row = self._desk.knowledge().find_use_case(case.use_case) if case.use_case else None
        recognised = await cases.count_recognised(turn.tx, [case.id])
        around = Around(
            row=row.title.in_language(turn.language) if row else "",
            recognised=recognised.get(case.id, 0),
            also=(await cases.count_merged(turn.tx, [case.id])).get(case.id, 0),
        )
        return cards.case_card(turn.words, case, around)
