"""The weekly post: drafted a day before for the editors, posted at its time, and read back later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import structlog

from bot.coming import tell_none_yet
from bot.conversation import Conversation, Refused, Turn
from bot.conversations.digest import actions, cards, posting
from bot.conversations.digest.consent import QuestionOfTheWeek
from bot.conversations.digest.editing import Editing
from bot.conversations.digest.making import find_plan, find_plan_of, is_reachable, make, zone_of
from bot.conversations.digest.post_card import PATH
from bot.conversations.digest.sections import own_sections
from bot.conversations.digest.seeing import tell_editors
from bot.conversations.digest.weeks import LATE, draft_moment, draft_time, read_week, week_of
from bot.desk import Desk
from bot.links import make_link, say_privately
from bot.model.cards import Card
from bot.model.events import HOUSE, Commanded, Due, Event
from bot.rhythm import Rhythm, next_occasion
from bot.rights import may, need
from bot.working_time import find_working_time
from knowledge.content import DigestPlan
from knowledge.diploma import Permission
from storage import digests
from storage.digests import Digest

log = structlog.get_logger()

_DRAFT_LATE = timedelta(days=1)


def build(desk: Desk) -> Conversation:
    talk = Digests(desk)
    conversation = Conversation("digest")
    conversation.on_rhythm(talk.find_rhythms)
    conversation.on_action(actions.Prepare, talk.prepare)
    conversation.on_action(actions.Post, talk.post)
    conversation.on_command(
        "weekbericht", talk.read, help_key="digest.help", aliases=("digest",), needs=Permission.ASK
    )
    for section in own_sections(desk):
        conversation.on_digest(section)
    Editing(desk).register(conversation)
    QuestionOfTheWeek(desk).register(conversation)
    return conversation


class Digests:
    """What the clock does, and reading back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said: set[str] = set()

    def find_rhythms(self) -> Iterator[Rhythm]:
        """Two for each channel: every day at the hour of the draft, and at the time of the post."""
        working = find_working_time(self._desk.knowledge())
        for plan in self._desk.knowledge().digests:
            if not is_reachable(self._desk, plan):
                self._say_unreachable(plan)
                continue
            zone = str(zone_of(self._desk, plan))
            time = draft_time(plan.cron, working)
            daily = f"{time.minute} {time.hour} * * *"
            yield Rhythm(f"digest:{plan.id}:draft", daily, zone, actions.Prepare(plan=plan.id), _DRAFT_LATE)
            yield Rhythm(f"digest:{plan.id}:post", plan.cron, zone, actions.Post(plan=plan.id), LATE)

    def _say_unreachable(self, plan: DigestPlan) -> None:
        """Once: the clock asks every two seconds."""
        if plan.channel not in self._said:
            self._said.add(plan.channel)
            log.error("digest.channel_not_reachable", channel=plan.channel, todo="run `prompt-club check`")

    # ------------------------------------------------------------ the clock

    async def prepare(self, event: Event, turn: Turn) -> None:
        """Let go of what is over; make the draft, if today is its day, and tell the editors."""
        assert isinstance(turn.action, actions.Prepare)
        plan = self._get_plan(event, turn, turn.action.plan)
        if plan is None:
            return
        for lapsed in await digests.lapse(turn.tx, plan.channel, turn.now):
            log.warning("digest.lapsed", channel=plan.channel, week=lapsed.week)
            if lapsed.reported_at is None:
                await self._report(turn, lapsed)
        missed = await digests.find_open(turn.tx, plan.channel, turn.now)
        if missed is not None and missed.reported_at is None and turn.now > missed.due_at + LATE:
            await self._report(turn, missed)
        zone = zone_of(self._desk, plan)
        due = next_occasion(plan.cron, str(zone), event.at)
        working = find_working_time(self._desk.knowledge())
        moment = draft_moment(due, plan.cron, zone, working)
        if not moment <= event.at or turn.now >= due:
            return
        before = await digests.lock_week(turn.tx, plan.channel, week_of(due, zone))
        if before is not None and (not before.is_open or before.made_at >= moment):
            return
        digest = await make(turn, self._desk, plan, due, anew_before=moment)
        await tell_editors(turn, self._desk, digest)

    async def post(self, event: Event, turn: Turn) -> None:
        """Once a week, whatever happens: a week that has its post, or whose post is held, gets none."""
        assert isinstance(turn.action, actions.Post)
        plan = self._get_plan(event, turn, turn.action.plan)
        if plan is None:
            return
        zone = zone_of(self._desk, plan)
        if turn.now > event.at + LATE or week_of(turn.now, zone) != week_of(event.at, zone):
            log.warning("digest.too_late", channel=plan.channel, occasion=event.at.isoformat())
            return
        digest = await make(turn, self._desk, plan, event.at)
        if digest.state == "held" and digest.reported_at is None:
            await self._report(turn, digest)
        if digest.state != "draft":
            return
        try:
            await posting.post(turn, self._desk, plan, digest)
        except posting.PostedBefore:
            log.warning("digest.posted_before", channel=plan.channel, week=digest.week)

    def _get_plan(self, event: Event, turn: Turn, id: str) -> DigestPlan | None:
        """Only the clock rings; anybody else made this button up."""
        if not isinstance(event, Due) or event.account != HOUSE:
            raise Refused(turn.words("house.unknown_action"))
        return find_plan(self._desk, id)

    async def _report(self, turn: Turn, digest: Digest) -> None:
        """To each editor once: its time has come and gone without it."""
        await digests.note_reported(turn.tx, digest.id, turn.now)
        newest = await digests.lock(turn.tx, digest.id)
        assert newest is not None
        await tell_editors(turn, self._desk, newest)

    # ------------------------------------------------------------ reading back

    async def read(self, event: Commanded, turn: Turn) -> None:
        """The newest of this channel, else of any; or of the week that was typed. For the reader alone."""
        await need(turn, self._desk, Permission.ASK)
        week = read_week(event.rest) if event.rest.strip() else None
        if event.rest.strip() and week is None:
            raise Refused(turn.words("digest.not_a_week"))
        card = await self._draw(turn, week)
        plans = self._desk.knowledge().digests
        if plans and await may(turn, self._desk, Permission.APPROVE_DIGEST):
            card = cards.with_drafts(turn.words, card, plans)
        say_privately(turn, card)

    async def _draw(self, turn: Turn, week: str | None) -> Card:
        digest = await self._find(turn, week)
        zone = turn.person.time_zone or self._desk.time_zone
        if digest is None and week:
            return Card.of_words(turn.words("digest.none_in_week", week=week))
        if digest is None:
            return Card.of_words(tell_none_yet(turn.words, self._desk, turn.now, zone))
        plan = find_plan_of(self._desk, digest.channel)
        link = await make_link(turn, self._desk, f"{PATH}/{digest.week}")
        return cards.read_card(turn.words, digest, plan.id if plan else digest.channel, zone, link)

    async def _find(self, turn: Turn, week: str | None) -> Digest | None:
        place = turn.event.place
        here = await digests.find_sent(turn.tx, channel=f"{place.platform}:{place.id}", week=week, most=1)
        found = here or await digests.find_sent(turn.tx, week=week, most=1)
        return found[0] if found else None
