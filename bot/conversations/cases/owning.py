"""One's own case: how it is doing, changing it, taking it back, and a yes or a no to the Lab's wording."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions, cards, forms
from bot.conversations.cases.desk_card import find_desk_card
from bot.conversations.cases.retracting import take_out_of_posts
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event, MessageRef, Submitted
from storage import cases, cases_search, cases_traces, outbox
from storage.cases import Case
from storage.codes import sum_of

_MOST_MINE = 12


class Owning:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Mine, self.show_mine)
        conversation.on_action(actions.OpenOwn, self.open_own)
        conversation.on_action(actions.OpenCode, self.open_code)
        conversation.on_form(actions.SendCode, self.take_code)
        conversation.on_form(actions.Own, self.act)
        conversation.on_action(actions.Agree, self.agree)

    async def show_mine(self, _: Event, turn: Turn) -> None:
        shared = await cases.find_shared_by(turn.tx, turn.person.id, _MOST_MINE)
        say_privately(turn, cards.mine_card(turn.words, shared))

    async def open_own(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenOwn)
        case = await find_own(turn, case=turn.action.case)
        turn.open(forms.own_form(turn.words, case))

    async def open_code(self, _: Event, turn: Turn) -> None:
        turn.open(forms.code_form(turn.words))

    async def take_code(self, event: Submitted, turn: Turn) -> None:
        code = str(event.values.get("code") or "")
        case = await cases.find_by_code(turn.tx, sum_of(code))
        if case is None:
            form = forms.code_form(turn.words).with_values(event.values)
            turn.form_errors(form, {"code": turn.words("cases.code_unknown")})
            return
        turn.open(forms.own_form(turn.words, case, code=code))

    async def act(self, event: Submitted, turn: Turn) -> None:
        """What was chosen in the form; then the form again, as the case is now."""
        action = turn.action
        assert isinstance(action, actions.Own)
        what = event.values.get("what")
        if what in (None, "", "nothing"):
            return
        case = await find_own(turn, case=action.case, code=action.code)
        match what:
            case "change" if case.state not in ("withdrawn", "merged"):
                share = actions.Share(case=action.case, code=action.code)
                turn.open(forms.change_form(turn.words, case, share))
                return
            case "withdraw" if case.state != "withdrawn":
                await self._withdraw(turn, case)
            case "agree" | "refuse":
                await self._answer_proposal(turn, case, yes=what == "agree")
        turn.open(forms.own_form(turn.words, await find_newest(turn, case), code=action.code))

    async def _withdraw(self, turn: Turn, case: Case) -> None:
        while not await cases.withdraw(turn.tx, case, turn.now):
            case = await find_newest(turn, case)  # the Lab pressed something at the same moment
        await cases_search.hide(turn.tx, case.id)
        await cases_traces.drop_lines(turn.tx, case.id)
        await put_changed(turn, self._desk, await find_newest(turn, case))

    async def _answer_proposal(self, turn: Turn, case: Case, *, yes: bool) -> bool:
        """False where there was nothing to say yes to (any more)."""
        if not case.proposed:
            return False
        words = dict(case.proposed) if yes else {}
        if not await cases.change(turn.tx, case, **words, proposed=None, stale=True):
            return await self._answer_proposal(turn, await find_newest(turn, case), yes=yes)
        await put_changed(turn, self._desk, await find_newest(turn, case))
        return True

    async def agree(self, _: Event, turn: Turn) -> None:
        """From the message in one's own chat; only who shared it by name gets one."""
        action = turn.action
        assert isinstance(action, actions.Agree)
        case = await find_own(turn, case=action.case)
        if await self._answer_proposal(turn, case, yes=action.yes):
            said = turn.words("cases.agreed") if action.yes else turn.words("cases.refused")
        else:
            said = turn.words("cases.nothing_proposed")
        turn.show(Card.of_words(said))


async def find_newest(turn: Turn, case: Case) -> Case:
    newest = await cases.find(turn.tx, case.id)
    if newest is None:
        raise Refused(turn.words("cases.gone"))
    return newest


async def find_own(turn: Turn, *, case: str = "", code: str = "") -> Case:
    """Refused for a case of somebody else; whose it is stands in storage, not in what was pressed."""
    if code:
        found = await cases.find_by_code(turn.tx, sum_of(code))
        if found is not None:
            return found
    elif case:
        found = await cases.find(turn.tx, case)
        if found is not None and found.person_id == turn.person.id and turn.person.id:
            return found
    raise Refused(turn.words("cases.not_yours"))


async def put_changed(turn: Turn, desk: Desk, case: Case) -> None:
    """What everybody sees is what is there now. The Lab's card follows at once, but for an anonymous case in the
    morning: the moment at which it changed would lead to who was talking to the bot then."""
    if case.published_at is None:
        await cases_search.hide(turn.tx, case.id)
    if not case.anonymous:
        await catch_up(turn, desk, case)


async def catch_up(turn: Turn, desk: Desk, case: Case) -> None:
    """All that was posted of it says what it is now."""
    await renew_desk_card(turn, desk, case)
    if case.state == "withdrawn":
        await take_out_of_posts(turn, case.id)


async def renew_desk_card(turn: Turn, desk: Desk, case: Case) -> None:
    """In the Lab's channel: the card that stands there, or a new one. What was pressed shows it already."""
    if desk.lab is None:
        await cases.note_shown(turn.tx, case.id, None)
        return
    card = await find_desk_card(turn, desk, case)
    if case.message_key is None:
        key = turn.post(desk.lab, card, kind="ticket") if case.state != "withdrawn" else None
        await cases.note_shown(turn.tx, case.id, key)
        return
    posted = await outbox.find_platform_id(turn.tx, case.message_key)
    if posted is not None:
        if turn.pressed is None or turn.pressed.id != posted:
            turn.replace(MessageRef(place=desk.lab, id=posted), card, kind="ticket")
        await cases.note_shown(turn.tx, case.id, case.message_key)
