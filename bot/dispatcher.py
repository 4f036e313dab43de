"""One event becomes one transaction and its effects; the only place where a turn is committed.

An event whose handler reads what was said is accepted first (its key and masked text, one short transaction) and
handled right after the request was acknowledged; if the process dies in between, it is handled after the next
start. Every other event is handled while the request is open, so that a form or a refusal can be handed back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog

from bot.beginning import begin_turn
from bot.confirming import SendAfterAll, SendNothing, TooMany, ask_once_more, count_recipients, take_confirmed
from bot.conversation import Refused, Turn
from bot.model.cards import Card
from bot.model.effects import Effect, Nothing, Refusal
from bot.model.events import (
    HOUSE,
    NOBODY,
    Commanded,
    Due,
    Edited,
    Event,
    Place,
    Pressed,
    Said,
    Submitted,
    event_adapter,
)
from bot.routing import Routed, Router
from bot.texts import DEFAULT_LANGUAGE, WORDS
from bot.writing import write_turn
from knowledge.masking import mask
from storage import inbox, people
from storage.database import Database
from storage.people import KnownPerson
from storage.transaction import Transaction

log = structlog.get_logger()

_LONG_TEXT = 2_000
_SPOKE_AGAIN_AFTER = timedelta(minutes=1)
"""How often "last spoke here" is written; not with every press."""


class Dispatcher:
    """`receive` is what platforms call; `handle_accepted` is for the worker that empties the inbox."""

    def __init__(
        self,
        database: Database,
        router: Router,
        now: Callable[[], datetime],
        *,
        on_accepted: Callable[[str], None],
        on_commit: Callable[[], None],
        on_stranger: Callable[[Event], None],
        on_turn: Callable[[str, float], None] = lambda conversation, seconds: None,
        ask_above: int = 50,
    ) -> None:
        """on_accepted: an event with this key waits in the inbox; on_commit: there may be something to send;
        on_stranger: somebody spoke whose name and e-mail the platform was never asked for; on_turn: a turn of this
        conversation was committed, after so many seconds; ask_above: a person whose turn would reach more people
        than this is asked once more."""
        self._database = database
        self._router = router
        self._now = now
        self._on_accepted = on_accepted
        self._on_commit = on_commit
        self._on_stranger = on_stranger
        self._on_turn = on_turn
        self._ask_above = ask_above

    async def receive(self, event: Event) -> Effect:
        """Handle one event, or accept it for a moment later. A second delivery of the same key does nothing.

        Raises only when the event could not even be accepted (no database): the platform then delivers again.
        """
        routed = self._router.find_route(event)
        if routed.comes_later:
            if await self._accept(routed.event):
                self._on_accepted(event.key)
            return Nothing()
        if routed.route is None and not isinstance(routed.action, SendAfterAll | SendNothing):
            return _answer_nobody(routed.event)
        try:
            return await self._take_turn(routed)
        except Refused as refused:
            return Refusal(refused.words)
        except Exception:
            return Refusal(self._note_bug(event))

    async def ring(self, event: Due) -> None:
        """Handle what has come due, once per key. Raises what went wrong: the clock then tries again."""
        routed = self._router.find_route(event)
        if routed.route is None:
            raise LookupError(f"nobody handles {event.action[:80]}")
        try:
            await self._take_turn(routed)
        except Refused as refused:
            log.warning("due.refused", key=event.key, words=refused.words)

    async def _accept(self, event: Event) -> bool:
        masked = await asyncio.to_thread(_masked, event) if _is_long(event) else _masked(event)
        kept = event_adapter.dump_python(masked, mode="json")
        async with self._database.transaction() as tx:
            return await inbox.accept(tx, event.key, kept, self._now())

    async def handle_accepted(self, key: str, event: Event) -> None:
        """Take the turn of an event that waits in the inbox. Raises what went wrong; nothing is kept then."""
        try:
            await self._take_turn(self._router.find_route(event), accepted=True)
        except Refused as refused:
            await self.give_up(key, event, refused.words, state="done")

    async def give_up(self, key: str, event: Event, words: str, *, state: str = "failed") -> None:
        """End an accepted event with a few words to the person instead of its turn."""
        async with self._database.transaction() as tx:
            if await inbox.lock_waiting(tx, key) is None:
                return
            turn = await self._begin_turn(tx, Routed(event, None))
            turn.say(Card.of_words(words))
            await write_turn(turn)
            await inbox.settle(tx, key, state)
        self._on_commit()

    def apologise(self, event: Event) -> str:
        """Log the exception being handled, once, and the words to say about it."""
        return self._note_bug(event)

    async def _take_turn(self, routed: Routed, *, accepted: bool = False) -> Effect:
        prepared = None
        if routed.route is not None and routed.route.prepare is not None and (accepted or routed.comes_later):
            prepared = await routed.route.prepare(routed.event)
        try:
            return await self._run_turn(routed, prepared, accepted=accepted)
        except TooMany as asked:
            return await self._ask_once_more(routed, asked.recipients, accepted=accepted)

    async def _run_turn(self, routed: Routed, prepared: Any, *, accepted: bool) -> Effect:
        event, began = routed.event, time.perf_counter()
        async with self._database.transaction() as tx:
            if not await self._is_ours(tx, event, accepted):
                return Nothing()
            turn = await self._begin_turn(tx, routed)
            turn.prepared = prepared
            confirmed = await self._handle(routed, turn)
            if not confirmed and not isinstance(event, Due):
                recipients = count_recipients(turn)
                if recipients > self._ask_above:
                    raise TooMany(recipients)
            if accepted:
                _speak_aloud(turn)
                await inbox.settle(tx, event.key, "done")
            await write_turn(turn)
        self._on_turn(routed.route.conversation if routed.route else "house", time.perf_counter() - began)
        self._on_commit()
        return turn.effect

    async def _handle(self, routed: Routed, turn: Turn) -> bool:
        """Whether the person has said yes to sending this much."""
        if isinstance(routed.action, SendAfterAll | SendNothing):
            return await self._handle_confirmed(turn, routed.action)
        assert routed.route is not None
        await routed.route.handler(routed.event, turn)
        return False

    async def _handle_confirmed(self, turn: Turn, action: SendAfterAll | SendNothing) -> bool:
        """What was kept happens now, as if it had just been done; rights and state are checked anew."""
        kept = await take_confirmed(turn, action)
        if kept is None:
            return True
        again = self._router.find_route(kept)
        if again.route is None:
            raise Refused(turn.words("house.unknown_action"))
        turn.prepared = await again.route.prepare(kept) if again.comes_later and again.route.prepare else None
        turn.event, turn.action = again.event, again.action
        await again.route.handler(again.event, turn)
        return True

    async def _ask_once_more(self, routed: Routed, recipients: int, *, accepted: bool) -> Effect:
        event = routed.event
        async with self._database.transaction() as tx:
            if not await self._is_ours(tx, event, accepted):
                return Nothing()
            turn = await self._begin_turn(tx, routed)
            await ask_once_more(turn, _masked(event), recipients)
            if accepted:
                await inbox.settle(tx, event.key, "done")
            await write_turn(turn)
        self._on_commit()
        return turn.effect

    async def _is_ours(self, tx: Transaction, event: Event, accepted: bool) -> bool:
        """The first statement of a turn: claim the delivery key, or find that it was handled already."""
        if accepted:
            return await inbox.lock_waiting(tx, event.key) is not None
        return await inbox.accept(tx, event.key, None, self._now())

    async def _begin_turn(self, tx: Transaction, routed: Routed) -> Turn:
        event, now = routed.event, self._now()
        who = event.account
        if who == HOUSE:
            return Turn(event, NOBODY, tx, now, DEFAULT_LANGUAGE, routed.action)
        known = await people.get_or_add_person(tx, who.platform, who.tenant, who.user, now)
        if not isinstance(event, Due):
            await _note_spoke(tx, known, event, now)
        if known.profiled_at is None:
            self._on_stranger(event)
        return begin_turn(event, known, tx, now, routed.action)

    def _note_bug(self, event: Event) -> str:
        reference = sha256(event.key.encode()).hexdigest()[:8]
        log.exception("turn.failed", reference=reference, event_kind=event.kind)
        return WORDS[DEFAULT_LANGUAGE]("house.apology", reference=reference)


def _masked(event: Event) -> Event:
    """The event without personal data and secrets in its text: what is stored is masked first."""
    match event:
        case Said(text=text) | Edited(text=text):
            return event.model_copy(update={"text": mask(text).text})
        case Commanded(rest=rest):
            return event.model_copy(update={"rest": mask(rest).text})
        case Submitted(values=values):
            return event.model_copy(update={"values": {id: _mask_value(value) for id, value in values.items()}})
        case _:
            return event


def _is_long(event: Event) -> bool:
    """Masking a very long text takes long enough to hold up the acknowledgement of others."""
    typed = [getattr(event, "text", ""), getattr(event, "rest", ""), *getattr(event, "values", {}).values()]
    return sum(len(text) for text in typed if isinstance(text, str)) > _LONG_TEXT


def _mask_value(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return tuple(map(_mask_value, value))
    return mask(value).text if isinstance(value, str) else value


def _speak_aloud(turn: Turn) -> None:
    """A refusal of a turn whose request is over becomes a message."""
    if isinstance(turn.effect, Refusal):
        turn.say(Card.of_words(turn.effect.words))
    elif not isinstance(turn.effect, Nothing):
        kind = type(turn.effect).__name__
        raise RuntimeError(f"{kind} needs an open request, and this event was accepted for later")


def _answer_nobody(event: Event) -> Effect:
    """A press on a button no version of ours knows is answered; an event nobody listens to is not."""
    if isinstance(event, Pressed | Submitted):
        return Refusal(WORDS[DEFAULT_LANGUAGE]("house.unknown_action"))
    return Nothing()


async def _note_spoke(tx: Transaction, known: KnownPerson, event: Event, now: datetime) -> None:
    place = event.place
    recent = known.last_spoke_at is not None and now - known.last_spoke_at < _SPOKE_AGAIN_AFTER
    if place.kind != "direct" or not place.id:
        if not recent:
            await people.note_spoke(tx, known.account_id, now, None)
    elif not recent or not _is_place(known.direct, place):
        direct = place.model_copy(update={"thread": None}).model_dump(mode="json")
        await people.note_spoke(tx, known.account_id, now, direct)


def _is_place(kept: dict[str, Any] | None, place: Place) -> bool:
    """The kept place is this one; with every press, so nothing is built for it."""
    if kept is None:
        return False
    return (kept["platform"], kept["tenant"], kept["id"], kept.get("user")) == (
        place.platform,
        place.tenant,
        place.id,
        place.user,
    )
