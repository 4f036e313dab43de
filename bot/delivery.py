"""What a platform must be able to do, and the worker that empties the outbox through it.

Claim in a short transaction, send outside any, settle in a short one. An unclear end (the process died in mid-send,
or the connection broke) is looked up where the platform can tell; else the kind decides: answers and tickets are
sent again, nudges and digests are not.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from bot.model.cards import Card, Value
from bot.model.events import Account, Place
from bot.pacing import Pace, grow_wait
from bot.settling import Settling
from storage import outbox
from storage.database import Database, is_passing_fault
from storage.outbox import Claimed
from storage.people import Profile

log = structlog.get_logger()

SENT_AGAIN = frozenset({"answer", "ticket", "notice"})
"""Kinds that are sent again after an unclear end: twice is a nuisance, never is a loss."""
MOST_ATTEMPTS = 100
"""With the waits below that is about a day: a platform that is down for a night loses nothing."""
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=15)
_MOST_SENDING = timedelta(seconds=30)
"""A send that takes longer is given up, and looked up before it is tried again."""
_SENDING_LEASE = timedelta(seconds=40)
"""A claimed message is taken back when its sender has been silent this long."""
_BATCH = 40
_MOST_AT_ONCE = 160
"""Messages under way at the same time on one platform: one that hangs keeps these, and no other platform's."""
_POLL_SECONDS = 1.0


class TryLater(Exception):
    """It did not arrive and may later. `after`: what the platform asked for; `throttled`: we go too fast."""

    def __init__(self, reason: str, after: timedelta | None = None, *, throttled: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.throttled = throttled


class NeverWill(Exception):
    """It did not arrive and never will: the person left, the app is not installed. The reason is for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unclear(Exception):
    """Nobody can say whether it arrived: the answer was lost on the way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _NobodyCanTell(Unclear):
    """Where the platform has no way to look: what may have arrived is not sent twice."""


MAY_HAVE_ARRIVED = "it may have arrived; a reminder is not sent twice"


class Outgoing(Value):
    """One message to send; `key` goes along where the platform can keep it, to look it up later."""

    key: str
    kind: str
    place: Place
    card: Card
    replaces: str | None = None
    """The platform's id of the message to replace."""


class Platform(Protocol):
    """What a chat platform does for the rest of the house. Every adapter passes the same contract suite."""

    name: str

    async def start(self) -> None:
        """Connect; called once the server listens."""

    async def stop(self) -> None: ...

    async def send(self, message: Outgoing) -> str | None:
        """Post or replace; the platform's message id. Raises TryLater, NeverWill or Unclear."""

    async def find_sent(self, message: Outgoing) -> str | None:
        """The id of the message with this key if it arrived. NotImplementedError where the platform cannot tell."""

    async def find_profile(self, account: Account) -> Profile | None:
        """Name, e-mail and time zone; None when the platform tells nothing now."""


class OutboxWorker:
    """Delivers what waits, one message at a time per place, many places at once."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._now = now
        self._paces = {name: Pace() for name in platforms}
        self._settling = Settling(database)
        self._something_new = asyncio.Event()
        self._sending: dict[asyncio.Task[None], str] = {}
        """What is under way, each with its platform."""
        self._in_hand: set[int] = set()
        """Rows this process is sending or settling, however long that takes: nobody's to recover here."""
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def wake(self) -> None:
        """There may be something new; called after each commit."""
        self._something_new.set()

    async def start(self) -> None:
        """On SQLite nobody else sends, so what a dead process had in hand is taken up at once."""
        if self._database.is_sqlite:
            await self.recover(datetime.max.replace(tzinfo=UTC))  # also what a clock that ran ahead claimed
        self._task = asyncio.create_task(self._run(), name="outbox")

    async def stop(self) -> None:
        """Finish what is under way; what waits is sent after the next start."""
        self._stopping = True
        self.wake()
        if self._task is not None:
            await self._task
        if self._sending:
            await asyncio.wait(self._sending, timeout=20)

    async def _run(self) -> None:
        last_recovery = datetime.min.replace(tzinfo=UTC)
        while not self._stopping:
            self._something_new.clear()
            try:
                if self._now() - last_recovery > _SENDING_LEASE / 3:
                    await self.recover()
                    last_recovery = self._now()
                claimed = await self.claim()
            except Exception as problem:  # the database is away, which it says itself: wait and go on by ourselves
                if not self._database.presence.away:
                    log.warning("outbox.paused", problem=type(problem).__name__, passing=is_passing_fault(problem))
                last_recovery = self._now()  # who could not say that theirs arrived gets a moment to do so
                await asyncio.sleep(_POLL_SECONDS)
                continue
            for message in claimed:
                task = asyncio.create_task(self.deliver(message), name=f"send {message.key}")
                self._sending[task] = message.platform
                task.add_done_callback(self._note_end)
            if len(claimed) < _BATCH:
                await self._wait()

    def _note_end(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        self.wake()

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._something_new.wait(), _POLL_SECONDS)
        except TimeoutError:
            return

    async def recover(self, claimed_before: datetime | None = None) -> None:
        """Messages whose sender has been silent too long wait again, and are looked up before they are sent."""
        silent = claimed_before or self._now() - _SENDING_LEASE
        async with self._database.transaction() as tx:
            left = await outbox.recover_left_behind(tx, silent, self._now(), but_not=self._in_hand)
        if left:
            log.info("outbox.recovered", messages=left)

    async def claim(self) -> list[Claimed]:
        """What may be sent now, as far as each platform's pace allows."""
        now = self._now()
        under_way = Counter(self._sending.values())
        rooms = {name: min(_BATCH, _MOST_AT_ONCE - under_way[name]) for name in self._paces}
        limits = {name: pace.limit(now, rooms[name]) for name, pace in self._paces.items()}
        if not any(limits.values()):
            return []
        async with self._database.transaction() as tx:
            claimed = await outbox.claim(tx, limits, now)
        for message in claimed:
            self._paces[message.platform].took(1)
        return claimed

    async def deliver(self, claimed: Claimed) -> None:
        """Send one claimed message and settle it, whatever happens."""
        self._in_hand.add(claimed.id)
        try:
            await self._deliver(claimed)
        finally:
            self._in_hand.discard(claimed.id)

    async def _deliver(self, claimed: Claimed) -> None:
        if self._now() - claimed.claimed_at > _SENDING_LEASE - _MOST_SENDING:
            # We stood still since we claimed it: by the time it is sent another may have taken it over.
            await self._settling.settle(lambda tx: outbox.settle_later(tx, claimed, self._now(), claimed.reason))
            return
        if claimed.good_until is not None and self._now() > claimed.good_until:
            state = "unclear" if claimed.unclear else "cancelled"
            await self._settle_ended(claimed, state, "too late to be of use")
            return
        try:
            # Reading the row is inside: a card of another version must not keep its place closed for ever.
            async with asyncio.timeout(_MOST_SENDING.total_seconds()):
                platform_id = await self._send(_outgoing(claimed), claimed)
        except TryLater as later:
            await self._settle_later(claimed, later)
        except NeverWill as never:
            await self._settle_ended(claimed, "failed", never.reason)
        except _NobodyCanTell as unclear:
            await self._settle_ended(claimed, "unclear", unclear.reason)
        except Unclear as unclear:
            await self._settle_unclear(claimed, unclear.reason)
        except TimeoutError:
            await self._settle_unclear(claimed, f"no answer within {_MOST_SENDING.seconds} seconds")
        except Exception as problem:  # a bug in one renderer must not stop the others' messages
            await self._settle_fault(claimed, problem)
        else:
            self._paces[claimed.platform].sent()
            await self._settling.settle(lambda tx: outbox.settle_sent(tx, claimed.id, platform_id, self._now()))

    async def _send(self, message: Outgoing, claimed: Claimed) -> str | None:
        platform = self._platforms[message.place.platform]
        if claimed.unclear and message.replaces is None:
            try:
                found = await platform.find_sent(message)
            except NotImplementedError as why:
                if message.kind not in SENT_AGAIN:
                    raise _NobodyCanTell(f"{MAY_HAVE_ARRIVED}{f' ({why})' if str(why) else ''}") from None
            else:
                if found is not None:
                    return found
        return await platform.send(message)

    async def _settle_later(self, claimed: Claimed, later: TryLater) -> None:
        if claimed.attempts >= MOST_ATTEMPTS:
            await self._settle_ended(claimed, "failed", f"tried {claimed.attempts} times: {later.reason}")
            return
        after = later.after or _grown_wait(claimed)
        if later.throttled:
            self._paces[claimed.platform].throttled(claimed.place_key, self._now(), after)
        wait = after * random.uniform(1.0, 1.25)
        reason = outbox.mark_unclear(later.reason) if claimed.unclear else later.reason
        await self._settling.settle(lambda tx: outbox.settle_later(tx, claimed, self._now() + wait, reason))

    async def _settle_unclear(self, claimed: Claimed, reason: str) -> None:
        """Look again in a moment: only a look that was given, or one that never can be, ends it."""
        if claimed.attempts >= MOST_ATTEMPTS:
            await self._settle_ended(claimed, "unclear", reason)
            return
        again = self._now() + _grown_wait(claimed)
        await self._settling.settle(lambda tx: outbox.settle_later(tx, claimed, again, outbox.mark_unclear(reason)))

    async def _settle_ended(self, claimed: Claimed, state: str, reason: str) -> None:
        log.warning("outbox.not_delivered", key=claimed.key, kind=claimed.kind, state=state, reason=reason)
        await self._settling.settle(lambda tx: outbox.settle_ended(tx, claimed, state, reason))

    async def _settle_fault(self, claimed: Claimed, problem: Exception) -> None:
        """The database went away in mid-send: later. Anything else is a bug, and trying again changes nothing."""
        if is_passing_fault(problem):
            await self._settle_unclear(claimed, "the database does not answer")
            return
        log.error("outbox.bug", key=claimed.key, platform=claimed.platform, exc_info=problem)
        await self._settle_ended(claimed, "failed", "a fault of ours; see the log for this key")


def _grown_wait(claimed: Claimed) -> timedelta:
    return grow_wait(_FIRST_WAIT, _LONGEST_WAIT, claimed.attempts - 1)


def _outgoing(claimed: Claimed) -> Outgoing:
    return Outgoing(
        key=claimed.key,
        kind=claimed.kind,
        place=Place.model_validate(claimed.place),
        card=Card.model_validate(claimed.card),
        replaces=claimed.replaces,
    )
