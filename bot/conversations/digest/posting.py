"""Posts a digest, once: at its time, or when an editor sends it; and says so where it was held."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Turn
from bot.conversations.digest.making import place_of, zone_of
from bot.conversations.digest.post_card import Part, arrange, post_card
from bot.conversations.digest.sections import find_sections
from bot.conversations.digest.weeks import good_until, week_of
from bot.desk import Desk
from bot.model.cards import Card
from bot.texts import Words, words_in
from knowledge.content import DigestPlan, WhenEmpty
from storage import digests, nudges
from storage.digests import Digest


class PostedBefore(Exception):
    """This channel got a post in this ISO week already."""


def words_of(digest: Digest) -> Words:
    return words_in(digest.language)


def subject_of(digest_id: str) -> str:
    """What the question to an asker is about, among the nudges."""
    return f"digest:{digest_id}"


async def find_parts(turn: Turn, desk: Desk, digest: Digest) -> list[Part]:
    lines = await digests.find_lines(turn.tx, digest.id)
    return arrange(words_of(digest), find_sections(desk), lines, digest.more)


def draw(desk: Desk, digest: Digest, parts: Sequence[Part]) -> Card:
    return post_card(words_of(digest), digest.week, parts, desk.url)


async def post(
    turn: Turn, desk: Desk, plan: DigestPlan, digest: Digest, *, by: str | None = None, at_once: bool = False
) -> None:
    """`digest` is locked and open. `at_once`: somebody asked for it, whatever its time. PostedBefore, and nothing
    done, where the week has its post."""
    zone = zone_of(desk, plan)
    posted_in = week_of(turn.now, zone)
    if await digests.was_posted_in(turn.tx, digest.channel, posted_in):
        raise PostedBefore
    parts = await find_parts(turn, desk, digest)
    await nudges.cancel(turn.tx, subject_of(digest.id), reason="the digest has gone out")
    if not parts and plan.when_empty is WhenEmpty.NOTHING:
        await digests.settle(turn.tx, digest.id, "empty", turn.now, by=by)
        return
    card = draw(desk, digest, parts)
    # However long the platform is away: never in another week than the one it counts for.
    until = good_until(turn.now if at_once else digest.due_at, zone)
    key = turn.post(place_of(digest.channel), card, kind="digest", good_until=until)
    await digests.settle(
        turn.tx,
        digest.id,
        "sent",
        turn.now,
        posted_in=posted_in,
        card=card.model_dump(mode="json"),
        outbox_key=key,
        by=by,
    )
