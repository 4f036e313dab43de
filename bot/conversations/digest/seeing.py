"""What an editor gets to see: the draft as it stands at that very moment."""

from __future__ import annotations

from bot.conversation import Refused, Turn
from bot.conversations.digest.draft_card import Draft, draft_card
from bot.conversations.digest.making import find_plan_of, zone_of
from bot.conversations.digest.post_card import arrange
from bot.conversations.digest.sections import find_sections
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.rights import need, right_to
from bot.texts import Words, words_in
from knowledge.content import WhenEmpty
from knowledge.diploma import Permission
from storage import digest_questions, digests, people, roles
from storage.digests import Digest


async def see(turn: Turn, desk: Desk, digest: Digest, words: Words) -> Card:
    """The draft with all its lines, dropped ones too, so that they can be put back."""
    plan = find_plan_of(desk, digest.channel)
    lines = await digests.find_lines(turn.tx, digest.id)
    by = await people.find_by_id(turn.tx, digest.settled_by) if digest.settled_by else None
    running = await digest_questions.find_running_consent(turn.tx, digest.id)
    draft = Draft(
        digest,
        channel=plan.id if plan else digest.channel,
        parts=arrange(words, find_sections(desk), lines, digest.more, dropped_too=True),
        now=turn.now,
        time_zone=str(zone_of(desk, plan)),
        by=by.name if by else "",
        asked=running is not None and running.state == "asked",
        picked=running is not None,
        silent=plan is not None and plan.when_empty is WhenEmpty.NOTHING,
    )
    return draft_card(words, draft)


async def tell_editors(turn: Turn, desk: Desk, digest: Digest) -> None:
    """One direct message to each, as long as there is something left to decide."""
    right = right_to(desk, Permission.APPROVE_DIGEST)
    for editor in await roles.find_people_with(turn.tx, right, turn.now):
        card = await see(turn, desk, digest, words_in(editor.language))
        turn.tell(editor.person_id, card, good_until=digest.good_until if digest.is_open else None)


async def show_newest(turn: Turn, desk: Desk, digest_id: str) -> None:
    """In place of the card that was pressed; where a platform does not say which it was, as a new one."""
    digest = await digests.lock(turn.tx, digest_id)
    assert digest is not None
    card = await see(turn, desk, digest, turn.words)
    if turn.pressed is not None:
        turn.show(card)
    else:
        say_privately(turn, card)


async def lock_for_editor(turn: Turn, desk: Desk, digest_id: str) -> Digest | None:
    """Refused for who may not edit. None, and the newest is shown, where there is nothing left to edit."""
    await need(turn, desk, Permission.APPROVE_DIGEST)
    digest = await digests.lock(turn.tx, digest_id)
    if digest is None:
        raise Refused(turn.words("digest.gone"))
    if digest.is_open and turn.now <= digest.good_until:
        return digest
    await show_newest(turn, desk, digest_id)
    return None
