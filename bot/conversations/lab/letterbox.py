"""Asking without a name: the letter goes into a box, the code stays with its sender (docs/decisions/0008).

Nothing of such a turn goes through the outbox, and nothing that is kept has its moment: what there is to say comes
back in the open request. What was sent comes in at the next round, with all that was sent since the one before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation import Conversation, Handover, Refused, Turn
from bot.conversations.lab import actions, forms
from bot.conversations.lab.seeing import expected_by
from bot.desk import Desk
from bot.model.events import Event, Submitted
from knowledge.masking import mask
from storage import tickets, tickets_letters, web_typed
from storage.codes import is_code, sum_of
from storage.tickets import Ticket
from storage.web_typed import as_typed

_ASKED = re.compile(as_typed("vraag", "question", rest=False), re.IGNORECASE | re.DOTALL)
_LOOKED = re.compile(as_typed("antwoord", "code", rest=True), re.IGNORECASE | re.DOTALL)


class Letterbox:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("antwoord", self.open_code, help_key="lab.help_code", aliases=("code",))
        conversation.on_action(actions.OpenCode, self.open_code)
        conversation.on_form(actions.LookUp, self.look_up)
        conversation.on_form(actions.ReplyUnknown, self.reply)

    async def put(self, turn: Turn, handover: Handover, about: Mapping[str, Any], *, code: str) -> None:
        """As if this person had never asked it."""
        if not is_code(code):
            raise Refused(turn.words("house.unknown_action"))
        used = await tickets.find_by_hash(turn.tx, sum_of(code)) is not None
        if used or await tickets_letters.is_waiting(turn.tx, sum_of(code)):
            raise Refused(turn.words("lab.code_used"))
        await tickets_letters.put(
            turn.tx,
            hash=sum_of(code),
            kind="question",
            text=handover.text,
            note=handover.note,
            language=turn.language,
            reading=about,
        )
        await web_typed.take_back(turn.tx, turn.person.id, _ASKED)
        if handover.question_id:
            await tickets_letters.take_back_question(turn.tx, handover.question_id, turn.person.id, handover.text)

    async def open_code(self, _: Event, turn: Turn) -> None:
        """Only who asked something without a name has a code: that they come looking is kept nowhere."""
        await web_typed.take_back(turn.tx, turn.person.id, _LOOKED)
        turn.open(forms.code_form(turn.words))

    async def look_up(self, event: Submitted, turn: Turn) -> None:
        code = str(event.values.get("code") or "").strip()
        ticket = await tickets.find_by_hash(turn.tx, sum_of(code))
        if ticket is not None:
            turn.open(forms.found_form(turn.words, code[:60], await self._tell(turn, ticket)))
        elif await tickets_letters.is_waiting(turn.tx, sum_of(code)):
            turn.open(forms.kept_form(turn.words, code[:60], turn.words("lab.code_waiting"), "lab.found_title"))
        else:
            form = forms.code_form(turn.words).with_values(event.values)
            turn.form_errors(form, {"code": turn.words("lab.code_unknown")})

    async def _tell(self, turn: Turn, ticket: Ticket) -> str:
        """What somebody with a name would have been sent."""
        words = turn.words
        notes = await tickets.find_notes(turn.tx, ticket.id)
        newest = next((one for one in reversed(notes) if one.kind in ("asked", "answered", "closed")), None)
        key = {
            "answered": "lab.found_answered",
            "closed": "lab.found_closed",
            "asking": "lab.found_asked",
            "claimed": "lab.found_claimed",
        }.get(ticket.state, "lab.found_open")
        told = [words(key), *([newest.text] if newest and ticket.state not in ("open", "claimed") else [])]
        by = expected_by(ticket, turn.now)
        if by is not None:
            told.append(words("lab.until", moment=words.moment(by, self._desk.time_zone)))
        return "\n\n".join([*told, words("lab.your_question", question=ticket.text[:600])])

    async def reply(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.ReplyUnknown)
        hash = sum_of(turn.action.code)
        if await tickets.find_by_hash(turn.tx, hash) is None:
            raise Refused(turn.words("lab.code_unknown"))
        text = mask(str(event.values.get("text") or "").strip()).text
        if not text:
            told = turn.words("lab.reply_none")
            turn.open(forms.kept_form(turn.words, turn.action.code, told, "lab.found_title"))
            return
        await tickets_letters.put(turn.tx, hash=hash, kind="reply", text=text, language=turn.language)
        turn.open(forms.kept_form(turn.words, turn.action.code, turn.words("lab.reply_kept")))
