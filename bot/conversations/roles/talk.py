"""Who has which role: seen, given and taken by who may manage roles."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.roles import actions, cards
from bot.conversations.roles.following import Following
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event, Submitted
from bot.rights import need
from bot.texts import words_in
from knowledge.diploma import Permission
from knowledge.roles import Role, list_roles
from storage import people, roles
from storage.people import Addressee


def build(desk: Desk) -> Conversation:
    talk = Roles(desk)
    conversation = Conversation("roles")
    conversation.on_command(
        "rollen", talk.show, help_key="roles.help", aliases=("roles",), needs=Permission.MANAGE_ROLES
    )
    conversation.on_action(actions.Change, talk.open_form)
    conversation.on_form(actions.ChangeForSure, talk.change)
    Following(desk).register(conversation)
    return conversation


class Roles:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _roles(self) -> tuple[Role, ...]:
        return list_roles(self._desk.knowledge())

    async def show(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_ROLES)
        names: dict[str, list[str]] = {}
        for holder in await roles.list_holders(turn.tx, turn.now):
            names.setdefault(holder.role, []).append(holder.name or holder.email or turn.words("roles.nameless"))
        say_privately(turn, cards.roles_card(turn.words, self._roles, names))

    async def open_form(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_ROLES)
        if all(role.everyone for role in self._roles):
            raise Refused(turn.words("roles.none"))
        turn.open(cards.change_form(turn.words, self._roles))

    async def change(self, event: Submitted, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_ROLES)
        role = next((r for r in self._roles if r.id == event.values.get("role") and not r.everyone), None)
        if role is None:
            raise Refused(turn.words("roles.gone"))
        email = str(event.values.get("who") or "").strip()
        person = await people.find_by_email(turn.tx, email)
        if person is None:
            form = cards.change_form(turn.words, self._roles).with_values(event.values)
            turn.form_errors(form, {"who": turn.words("roles.unknown")})
        elif event.values.get("what") == "take":
            await self._take(turn, person, email, role)
        else:
            await self._give(turn, person, email, role)

    async def _give(self, turn: Turn, person: Addressee, email: str, role: Role) -> None:
        given = await roles.give(turn.tx, person.id, role.id, turn.now, given_by=turn.person.id)
        title = role.title.in_language(turn.language)
        key = "roles.given" if given else "roles.has_it"
        say_privately(turn, Card.of_words(turn.words(key, email=email, role=title)))
        if given:
            self._tell(turn, person, "roles.you_have", role)

    async def _take(self, turn: Turn, person: Addressee, email: str, role: Role) -> None:
        taken = await roles.take(turn.tx, person.id, role.id, turn.now, taken_by=turn.person.id)
        title = role.title.in_language(turn.language)
        stays = role.id in await roles.find_roles(turn.tx, person.id, turn.now)
        key = "roles.from_group" if stays else "roles.taken" if taken else "roles.has_it_not"
        say_privately(turn, Card.of_words(turn.words(key, email=email, role=title)))
        if taken and not stays:
            self._tell(turn, person, "roles.you_had", role)

    def _tell(self, turn: Turn, person: Addressee, key: str, role: Role) -> None:
        """Nobody gets or loses a role without hearing of it."""
        if person.id != turn.person.id:
            words = words_in(person.language)
            turn.tell(person.id, Card.of_words(words(key, role=role.title.in_language(words.language))))
