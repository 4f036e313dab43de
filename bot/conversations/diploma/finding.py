"""The academy and HR find somebody, and see how they stand."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, forms, person_cards
from bot.desk import Desk
from bot.links import say_privately
from bot.model.events import Commanded, Event, Submitted
from bot.rights import may, need
from bot.standing import find_standing, rules_of, today
from knowledge.diploma import Permission
from storage import audit, register

_SHOWN = 8
_LEAST = 2


class Finding:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "persoon",
            self.find,
            help_key="diploma.help_person",
            aliases=("person", "collega"),
            needs=Permission.SEE_ALL_CERTIFICATES,
        )
        conversation.on_action(actions.AskPerson, self.ask)
        conversation.on_form(actions.FindPerson, self.find_typed)
        conversation.on_action(actions.ShowPerson, self.show)

    async def ask(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.SEE_ALL_CERTIFICATES)
        turn.open(forms.person_form(turn.words))

    async def find(self, event: Commanded, turn: Turn) -> None:
        if not event.rest.strip():
            await self.ask(event, turn)
            return
        await need(turn, self._desk, Permission.SEE_ALL_CERTIFICATES)
        if not await self._look(turn, event.rest):
            raise Refused(turn.words("diploma.find_nobody"))

    async def find_typed(self, event: Submitted, turn: Turn) -> None:
        await need(turn, self._desk, Permission.SEE_ALL_CERTIFICATES)
        if not await self._look(turn, str(event.values.get("who") or "")):
            form = forms.person_form(turn.words).with_values(event.values)
            turn.form_errors(form, {"who": turn.words("diploma.find_nobody")})

    async def _look(self, turn: Turn, text: str) -> bool:
        """Who is found is shown at once; of several, one is chosen."""
        if len(text.strip()) < _LEAST:
            return False
        found = await register.search_members(turn.tx, text, today(turn, self._desk), _SHOWN + 1)
        if len(found) == 1:
            await self._show(turn, found[0].person_id)
        elif found:
            say_privately(turn, person_cards.found_card(turn.words, found[:_SHOWN], more=len(found) > _SHOWN))
        return bool(found)

    async def show(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.SEE_ALL_CERTIFICATES)
        assert isinstance(turn.action, actions.ShowPerson)
        await self._show(turn, turn.action.person)

    async def _show(self, turn: Turn, person_id: str) -> None:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        member = await register.find_member(turn.tx, person_id, on)
        if rules is None or member is None:
            raise Refused(turn.words("diploma.find_gone"))
        standing = await find_standing(turn.tx, rules, person_id, on)
        dossier = (await register.find_dossiers(turn.tx, [person_id]))[person_id]
        card = person_cards.person_card(
            turn.words,
            self._desk.knowledge(),
            member,
            standing,
            dossier,
            on,
            may_add=await may(turn, self._desk, Permission.MANAGE_CERTIFICATES),
            may_manage=await may(turn, self._desk, Permission.MANAGE_PEOPLE),
        )
        about = f"person:{person_id}"
        await audit.add(turn.tx, actor=turn.person.id, act="diploma.looked_up", about=about, now=turn.now)
        say_privately(turn, card)
