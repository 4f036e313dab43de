"""What editors do to a draft. Each of them sees the newest, and nobody undoes what another did by accident.

Every change locks the digest, changes one thing and shows the draft as it stands then. Rights and state are asked
anew with each press: a button lives as long as its message.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.digest import actions, forms, posting
from bot.conversations.digest.making import find_plan, find_plan_of, is_reachable, make, zone_of
from bot.conversations.digest.sections import FIGURES, QUOTED, WORDS
from bot.conversations.digest.seeing import lock_for_editor, see, show_newest
from bot.desk import Desk
from bot.links import say_privately
from bot.model.events import Pressed, Submitted
from bot.rhythm import next_occasion
from bot.rights import need
from knowledge.content import DigestPlan
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import audit, digests, people
from storage.digests import Digest, Line

_DOES: dict[str, dict[str, Any]] = {
    "drop": {"dropped": True},
    "put_back": {"dropped": False},
    "pin": {"pinned": True, "dropped": False},
    "unpin": {"pinned": False},
}


class Editing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.ShowDraft, self.show_draft)
        conversation.on_action(actions.OpenChange, self.open_change)
        conversation.on_form(actions.ChangeLine, self.change_line)
        conversation.on_action(actions.OpenWords, self.open_words)
        conversation.on_form(actions.AddWords, self.add_words)
        conversation.on_action(actions.Hold, self.hold)
        conversation.on_action(actions.SendNow, self.send_now)

    async def show_draft(self, _: Pressed, turn: Turn) -> None:
        """Any day of the week; what is found later is added at the draft's own time."""
        assert isinstance(turn.action, actions.ShowDraft)
        await need(turn, self._desk, Permission.APPROVE_DIGEST)
        plan = find_plan(self._desk, turn.action.plan)
        if plan is None:
            raise Refused(turn.words("digest.plan_gone"))
        digest = await digests.find_open(turn.tx, plan.channel, turn.now)
        if digest is None:
            due = next_occasion(plan.cron, str(zone_of(self._desk, plan)), turn.now)
            digest = await make(turn, self._desk, plan, due)
        say_privately(turn, await see(turn, self._desk, digest, turn.words))

    # ------------------------------------------------------------ changing it

    async def open_change(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenChange)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is not None:
            lines = await digests.find_lines(turn.tx, digest.id)
            if not lines:
                raise Refused(turn.words("digest.draft_nothing"))
            turn.open(forms.change_form(turn.words, digest, lines))

    async def change_line(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.ChangeLine)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is None:
            return
        lines = await digests.find_lines(turn.tx, digest.id)
        line = next((line for line in lines if line.id == event.values.get("line")), None)
        what, text = str(event.values.get("what")), mask(str(event.values.get("text") or "").strip()).text
        wrong = await self._find_wrong(turn, line, what, text, turn.action.version)
        if wrong:
            form = forms.change_form(turn.words, digest, lines).with_values(event.values)
            turn.form_errors(form, wrong)
            return
        assert line is not None
        mine = {"reworded": text[: forms.OWN_WORDS], "changed_in": digest.version + 1, "changed_by": turn.person.id}
        await digests.change_line(turn.tx, digest.id, line.id, **(_DOES.get(what) or mine))
        await self._note_change(turn, digest, "digest.line_changed", what=what, line=line.id)
        await show_newest(turn, self._desk, digest.id)

    async def _find_wrong(
        self, turn: Turn, line: Line | None, what: str, text: str, version: int
    ) -> dict[str, str]:
        """By field, what keeps this from being done."""
        if line is None:
            return {"line": turn.words("digest.change_line_needed")}
        if what != "reword":
            return {} if what in _DOES else {"what": turn.words("digest.change_what")}
        if line.section in (QUOTED, FIGURES):
            key = "digest.change_quoted" if line.section == QUOTED else "digest.change_figures"
            return {"what": turn.words(key)}
        if not text:
            return {"text": turn.words("digest.change_text_needed")}
        if line.changed_in > version and line.changed_by != turn.person.id:
            return {"text": await self._tell_meanwhile(turn, line)}
        return {}

    async def _tell_meanwhile(self, turn: Turn, line: Line) -> str:
        other = await people.find_by_id(turn.tx, line.changed_by or "")
        name = (other.name if other else "") or turn.words("digest.someone")
        return turn.words("digest.change_meanwhile", name=name, line=line.words)

    async def open_words(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenWords)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is not None:
            turn.open(forms.words_form(turn.words, digest))

    async def add_words(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.AddWords)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        text = mask(str(event.values.get("text") or "").strip()).text[: forms.OWN_WORDS]
        if digest is None:
            return
        if not text:
            turn.form_errors(forms.words_form(turn.words, digest), {"text": turn.words("digest.add_text")})
            return
        line = Line("", WORDS, uuid4().hex, digest.version, text, changed_by=turn.person.id)
        await digests.add_line(turn.tx, digest.id, line)
        await self._note_change(turn, digest, "digest.words_added")
        await show_newest(turn, self._desk, digest.id)

    # ------------------------------------------------------------ letting it go

    async def hold(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Hold)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is None:
            return
        if not turn.action.held and turn.now >= digest.due_at:
            await self._send(turn, digest)  # its time has passed: nothing else will send it
        elif turn.action.held != (digest.state == "held"):
            await digests.hold(turn.tx, digest.id, held=turn.action.held, by=turn.person.id)
            await self._note_change(turn, digest, "digest.held" if turn.action.held else "digest.let_go")
        await show_newest(turn, self._desk, digest.id)

    async def send_now(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.SendNow)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is not None:
            await self._send(turn, digest)
            await show_newest(turn, self._desk, digest.id)

    async def _send(self, turn: Turn, digest: Digest) -> None:
        plan = self._get_plan(turn, digest)
        if not is_reachable(self._desk, plan):
            raise Refused(turn.words("digest.reached_nowhere", channel=plan.id))
        try:
            await posting.post(turn, self._desk, plan, digest, by=turn.person.id, at_once=True)
        except posting.PostedBefore:
            due = turn.words.moment(digest.due_at, str(zone_of(self._desk, plan)))
            raise Refused(turn.words("digest.posted_before", channel=plan.id, moment=due)) from None
        await _audit(turn, digest, "digest.sent")

    async def _note_change(self, turn: Turn, digest: Digest, act: str, **details: str) -> None:
        await digests.note_change(turn.tx, digest.id)
        await _audit(turn, digest, act, **details)

    def _get_plan(self, turn: Turn, digest: Digest) -> DigestPlan:
        plan = find_plan_of(self._desk, digest.channel)
        if plan is None:
            raise Refused(turn.words("digest.plan_gone"))
        return plan


async def _audit(turn: Turn, digest: Digest, act: str, **details: str) -> None:
    about = {"channel": digest.channel, "week": digest.week, **details}
    await audit.add(
        turn.tx, actor=turn.person.id, act=act, about=f"digest:{digest.id}", details=about, now=turn.now
    )
