"""Sharing a case: the form, the same form shown back with what is masked, and keeping it; then one's own case.

Nothing is kept before the last press, and until then the words travel in the form itself. What an anonymous sharer
gets to see comes in forms only: a message would stand in the outbox with their name (docs/decisions/0010-cases.md).
"""

from __future__ import annotations

import re

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions, cards, forms
from bot.conversations.cases.draft import LONGEST, Draft, field_id, fits, mask_draft, read_draft
from bot.conversations.cases.owning import find_own, put_changed
from bot.desk import Desk
from bot.model.events import Commanded, Event, Submitted
from bot.rights import need
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import audit, cases, cases_moments, web_typed
from storage.codes import new_code, sum_of
from storage.web_typed import as_typed

_MOST_ROUNDS = 9
_COMES_BACK = re.compile(r"code(?:[: ]+(?P<code>[0-9a-z]{4}(?:[- ][0-9a-z]{4}){3}))?[.!]?", re.IGNORECASE)
"""A code that is typed in a chat is taken as one: it must not stay there as the beginning of a case."""
_SHARE_PHRASES = (
    r"(?:ik wil|ik wou|mag ik)(?: graag)? (?:iets|een casus|(?:een|mijn) ervaring) delen(?:[:,.]\s*(?P<rest>.+))?",
    r"i(?:'d like| want| would like) to share (?:something|a case|(?:an|my) experience)(?:[:,.]\s*(?P<rest>.+))?",
)
_PHRASES = "|".join(_SHARE_PHRASES).replace("?P<rest>", "?:")
_TYPED = re.compile(rf"{as_typed('case', 'casus', rest=True)}|\s*(?:{_PHRASES})\W*", re.IGNORECASE | re.DOTALL)
"""What somebody typed to begin: it says, with its moment, that they shared something then."""


class Sharing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "case", self.open, help_key="cases.help_share", aliases=("casus",), phrases=_SHARE_PHRASES
        )
        conversation.on_action(actions.Open, self.open_pressed)
        conversation.on_form(actions.Share, self.take)

    async def open(self, event: Commanded, turn: Turn) -> None:
        """`/promptclub case`, with or without the first words; `/promptclub case code` is to come back."""
        typed = event.rest.strip()
        if found := _COMES_BACK.fullmatch(typed):
            await web_typed.take_back(turn.tx, turn.person.id, _TYPED)
            turn.open(forms.code_form(turn.words, found["code"] or ""))
            return
        await need(turn, self._desk, Permission.SHARE_CASE)
        draft = Draft(happened=mask(typed).text)
        if not fits(draft):
            words = turn.words
            count = words.number(len(typed))
            raise Refused(words("cases.too_long_command", n=count, most=words.number(LONGEST)))
        action = actions.Share(channel=_channel_of(event))
        turn.open(forms.share_form(turn.words, action, draft, typed=bool(typed)))

    async def open_pressed(self, event: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.SHARE_CASE)
        assert isinstance(turn.action, actions.Open)
        channel = turn.action.channel or _channel_of(event)
        action = actions.Share(row=turn.action.row, channel=channel)
        turn.open(forms.share_form(turn.words, action, Draft()))

    async def take(self, event: Submitted, turn: Turn) -> None:
        """Once filled in it is shown back; kept once nobody has to see it again."""
        action = turn.action
        assert isinstance(action, actions.Share)
        await need(turn, self._desk, Permission.SHARE_CASE)
        typed = read_draft(event.values, action.round)
        masked = mask_draft(typed)
        if errors := self._find_errors(turn, action, typed, masked):
            form = forms.share_form(turn.words, action, typed) if fits(typed) else None
            shown = form or forms.share_form(turn.words, action, Draft())
            turn.form_errors(shown.with_values(event.values), errors)
        elif action.round == 0 or (masked != typed and action.round < _MOST_ROUNDS):
            again = action.model_copy(update={"round": action.round + 1})
            turn.form_errors(forms.share_form(turn.words, again, masked, masked=masked != typed), {})
        elif action.case or action.code:
            await self._keep_change(turn, action, masked)
        else:
            await self._keep(turn, action, masked)

    def _find_errors(self, turn: Turn, action: actions.Share, typed: Draft, masked: Draft) -> dict[str, str]:
        """By field id. Whoever changes a case was asked about their name before."""
        words, round = turn.words, action.round
        needed = ["kind", "digest", *([] if action.case or action.code else ["who"])]
        wrong = {name: words("cases.choose") for name in needed if not getattr(typed, name)}
        wrong |= {name: words("cases.needed") for name in ("did", "happened") if not getattr(typed, name)}
        if not fits(masked):
            wrong["happened"] = words("cases.too_long", most=words.number(LONGEST))
        return {field_id(name, round): said for name, said in wrong.items()}

    async def _keep(self, turn: Turn, action: actions.Share, draft: Draft) -> None:
        code = new_code() if draft.who == "anonymous" else ""
        row = action.row if self._desk.knowledge().find_use_case(action.row) else None
        id = await cases.add(
            turn.tx,
            now=turn.now,
            **draft.values,
            person_id=None if code else turn.person.id,
            code_sum=sum_of(code) if code else None,
            language=turn.language,
            in_digest=draft.digest == "yes",
            use_case=row,
            stale=True,
        )
        if action.channel:
            await cases_moments.note_shared(turn.tx, action.channel, turn.now)
        case = await cases.find(turn.tx, id)
        assert case is not None
        if code:
            await web_typed.take_back(turn.tx, turn.person.id, _TYPED)
            turn.open(forms.own_form(turn.words, case, code=code, first=True))
            return
        await audit.add(turn.tx, actor=turn.person.id, act="case.shared", about=f"case:{id}", now=turn.now)
        turn.tell(turn.person.id, cards.thanks_card(turn.words, id), kind="answer")
        await put_changed(turn, self._desk, case)

    async def _keep_change(self, turn: Turn, action: actions.Share, draft: Draft) -> None:
        """Back to the Lab with it: what stands on the page was read by them first."""
        words = {**draft.values, "in_digest": draft.digest == "yes", "proposed": None, "stale": True}
        while True:
            case = await find_own(turn, case=action.case, code=action.code)
            if case.state == "withdrawn":
                raise Refused(turn.words("cases.not_yours"))
            again = {"state": "new", "claimed_by": None, "published_at": None, "reason": "", "merged_into": None}
            if await cases.change(turn.tx, case, **words, **({} if case.is_open else again)):
                break  # else the Lab pressed something at the same moment: the sharer's own words win
        newest = await find_own(turn, case=action.case, code=action.code)
        await put_changed(turn, self._desk, newest)
        if newest.anonymous:
            turn.open(forms.own_form(turn.words, newest, code=action.code))
        else:
            turn.tell(turn.person.id, cards.thanks_card(turn.words, newest.id, changed=True), kind="answer")


def _channel_of(event: Event) -> str:
    """The channel somebody is in, whatever thread; "" in their own chat."""
    place = event.place
    return "" if place.kind == "direct" else place.model_copy(update={"thread": None}).key
