"""Somebody looks at their own diploma, and hears below an answer what the work asks for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Answered, Conversation, Turn
from bot.conversations.diploma import actions, cards
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card, Element
from bot.model.events import Event
from bot.standing import find_standing, find_valid_level, may_refresh, rules_of, today
from storage import certificates, register


class Looking:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("diploma", self.show_mine, help_key="diploma.help", aliases=("niveau", "level"))
        conversation.on_action(actions.ShowMine, self.show_mine)
        conversation.on_answer(self.add_level)

    async def show_mine(self, _: Event, turn: Turn) -> None:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        if rules is None:
            turn.say(Card.of_words(turn.words("diploma.none_agreed")))
            return
        standing = await find_standing(turn.tx, rules, turn.person.id, on)
        leads = bool(await register.find_team(turn.tx, turn.person.id, on))
        knowledge = self._desk.knowledge()
        levels = [one.level for one in standing.statuses if may_refresh(rules, standing, one.level, on)]
        fresh = next(iter(levels), "")
        card = cards.mine_card(turn.words, knowledge, standing, on, leads=leads, academy=rules.academy, fresh=fresh)
        say_privately(turn, card)

    async def add_level(self, turn: Turn, answered: Answered) -> Sequence[Element]:
        """Only in their own chat: which level somebody has is theirs. Only of whom anything is known."""
        rules, judgement = rules_of(self._desk), answered.judgement
        if answered.moment != "answer" or judgement is None or rules is None or turn.event.place.kind != "direct":
            return ()
        if not await certificates.is_known(turn.tx, turn.person.id):
            return ()
        kept = await certificates.find_of(turn.tx, turn.person.id)
        held = find_valid_level(rules, kept, today(turn, self._desk))
        if held is not None and rules.rank(held) >= rules.rank(judgement.level):
            return ()
        ran_out = any(one.passed for one in kept)
        knowledge = self._desk.knowledge()
        return cards.beside_answer(turn.words, knowledge, judgement.level, held, ran_out=ran_out)
