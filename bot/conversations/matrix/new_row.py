"""Proposing a new row: five questions, the whole row shown back, and sent once its maker says so."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, drafts, new_row_cards
from bot.conversations.matrix.drafts import Typed
from bot.conversations.matrix.proposing import Proposing, read_cells
from bot.conversations.matrix.typed import as_typed, on_one_line
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card, Form, FormValues, shorten
from bot.model.events import Pressed, Submitted
from bot.rights import may
from knowledge.changes import is_looser
from knowledge.content import UseCase, Verdict
from knowledge.contents import ROW, Content
from knowledge.diploma import Permission
from knowledge.errors import KnowledgeErrors
from knowledge.trying import find_row_with, make_id, try_change
from storage import matrix_proposals, tickets
from storage.matrix_proposals import DRAFT, OPEN, Proposal
from storage.tickets import Ticket


class NewRow:
    def __init__(self, desk: Desk, proposing: Proposing) -> None:
        self._desk = desk
        self._proposing = proposing

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.OpenNew, self.open_short)
        conversation.on_form(actions.BeginRow, self.begin)
        conversation.on_action(actions.OpenRest, self.open_rest)
        conversation.on_form(actions.AddRow, self.save_rest)
        conversation.on_action(actions.SendDraft, self.send)
        conversation.on_action(actions.DropDraft, self.drop)

    # ------------------------------------------------------------ five questions

    async def open_short(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.OpenNew)
        begin = actions.BeginRow(words=action.words, ticket=action.ticket, data=action.data, near=action.near)
        turn.open(self._draw_short(turn, begin, await self._find_ticket(turn, action.ticket)))

    def _draw_short(self, turn: Turn, action: actions.BeginRow, ticket: Ticket | None) -> Form:
        knowledge, near = self._desk.knowledge(), self._find_row(action.near)
        return new_row_cards.short_form(
            turn.words,
            knowledge,
            action,
            drafts.find_data(knowledge, near, action.data),
            near,
            question=action.words if action.ticket else "",
            why=(ticket.answer or "") if ticket else "",
        )

    async def _find_ticket(self, turn: Turn, id: str | None) -> Ticket | None:
        """What it says is for the AI Lab."""
        if id is None or not await may(turn, self._desk, Permission.TRIAGE):
            return None
        return await tickets.find(turn.tx, id)

    def _find_row(self, id: str | None) -> UseCase | None:
        return self._desk.knowledge().find_use_case(id) if id else None

    async def begin(self, event: Submitted, turn: Turn) -> None:
        action, knowledge = turn.action, self._desk.knowledge()
        assert isinstance(action, actions.BeginRow)
        ticket, near = await self._find_ticket(turn, action.ticket), self._find_row(action.near)
        typed = self._read_short(event.values, turn, action, ticket)
        wrong = self._find_missing(turn, typed)
        if not wrong:
            content = drafts.draft_row(knowledge, typed, near, drafts.find_data(knowledge, near, action.data))
            wrong = self._find_wrong(turn, content, everywhere="title")
        if wrong:
            turn.form_errors(self._draw_short(turn, action, ticket).with_values(event.values), wrong)
            return
        id = await matrix_proposals.add_proposal(
            turn.tx,
            state=DRAFT,
            kind=ROW,
            ref=content["id"],
            base=0,
            content=content,
            looser=True,
            why="",
            ticket_id=ticket.id if ticket else None,
            proposed_by=turn.person.id,
            proposed_at=turn.now,
        )
        say_privately(turn, new_row_cards.draft_card(turn.words, knowledge, id, content, near))

    def _read_short(self, values: FormValues, turn: Turn, action: actions.BeginRow, ticket: Ticket | None) -> Typed:
        known = {one.id for one in self._desk.knowledge().policy.conditions}
        ticked = values.get("conditions") or ()
        verdict = str(values.get("verdict") or "")
        return Typed(
            title=on_one_line(values, "title")[: new_row_cards.TITLE],
            verdict=verdict if verdict in tuple(Verdict) else "",
            conditions=tuple(id for id in ticked if id in known) if isinstance(ticked, tuple | list) else (),
            instead=on_one_line(values, "instead")[: new_row_cards.TEXT],
            why=on_one_line(values, "why")[: new_row_cards.TEXT],
            language=turn.language,
            question=action.words if action.ticket else "",
            question_language="en" if ticket is not None and ticket.language == "en" else "nl",
        )

    def _find_missing(self, turn: Turn, typed: Typed) -> dict[str, str]:
        needed = {"title": typed.title, "verdict": typed.verdict, "why": typed.why}
        wrong = {field: turn.words("matrix.fill_in") for field, said in needed.items() if not said}
        choice = bool(self._desk.knowledge().policy.conditions)
        if typed.verdict == Verdict.MAG_MITS and not typed.conditions and choice:
            wrong["conditions"] = turn.words("matrix.condition_needed")
        return wrong

    # ------------------------------------------------------------ all the rest

    async def open_rest(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenRest)
        draft = await self._get_own(turn, turn.action.proposal)
        knowledge = self._desk.knowledge()
        content = draft.content or {}
        turn.open(new_row_cards.rest_form(turn.words, knowledge, content, draft.id, draft.ticket_id))

    async def save_rest(self, event: Submitted, turn: Turn) -> None:
        action, knowledge = turn.action, self._desk.knowledge()
        assert isinstance(action, actions.AddRow)
        draft = await self._get_own(turn, action.draft or "")
        before = draft.content or {}
        content = {**before, **self._read_rest(event.values, before)}
        if wrong := self._find_wrong(turn, content, everywhere="task"):
            form = new_row_cards.rest_form(turn.words, knowledge, before, draft.id, draft.ticket_id)
            known = {field.id for field in form.fields}
            turn.form_errors(
                form.with_values(event.values), {key: said for key, said in wrong.items() if key in known}
            )
            return
        await matrix_proposals.save_draft(turn.tx, draft.id, content=content, ref=content["id"])
        turn.show(new_row_cards.draft_card(turn.words, knowledge, draft.id, content, None))

    def _read_rest(self, values: FormValues, before: Content) -> Content:
        knowledge = self._desk.knowledge()
        languages = knowledge.policy.languages
        texts = {
            name: {one: on_one_line(values, f"{name}_{one}") for one in languages}
            for name in ("title", "why", "example", "instead")
        }
        changed = texts["title"] != before.get("title")
        title = next(iter(texts["title"].values()))
        row: Content = {
            "id": make_id(knowledge, title) if changed else before["id"],
            "title": texts["title"],
            "task": as_typed(values, "task"),
            "description": texts["title"] if changed else before["description"],
            "typical_data": as_typed(values, "typical_data"),
            **read_cells(knowledge, values, before),
            "why": texts["why"],
            "level": as_typed(values, "level") or knowledge.policy.levels[0].id,
            "examples": {one: [said] for one, said in texts["example"].items()},
        }
        return {**row, "instead": texts["instead"]} if any(texts["instead"].values()) else row

    def _find_wrong(self, turn: Turn, content: Content, *, everywhere: str) -> dict[str, str]:
        """By field, what keeps this from being proposed; `everywhere`: the field for what belongs to none."""
        needed = {"title": content["title"], "why": content["why"], "instead": content.get("instead") or {}}
        wrong = {
            f"{name}_{one}": turn.words("matrix.fill_in")
            for name, texts in needed.items()
            for one, said in texts.items()
            if not said
        }
        for one, (said,) in content["examples"].items():
            twin = find_row_with(self._desk.knowledge(), said) if said else None
            if not said:
                wrong[f"example_{one}"] = turn.words("matrix.fill_in")
            elif twin is not None:
                title = shorten(twin.title.in_language(turn.language), 150)
                where = f"example_{one}" if everywhere == "task" else everywhere
                wrong[where] = turn.words("matrix.example_twice", title=title)
        if not wrong:
            try:
                try_change(self._desk.knowledge(), ROW, content)
            except KnowledgeErrors as broken:
                wrong[everywhere] = turn.words("matrix.does_not_fit", problem=str(broken.errors[0].found))
        return wrong

    # ------------------------------------------------------------ and then

    async def send(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.SendDraft)
        draft = await self._get_own(turn, turn.action.proposal)
        content = draft.content or {}
        if wrong := self._find_wrong(turn, content, everywhere="task"):
            raise Refused(next(iter(wrong.values())))  # agreed on by others since it was drafted
        if self._find_row(content["id"]) is not None:
            content = {**content, "id": make_id(self._desk.knowledge(), next(iter(content["title"].values())))}
        looser = is_looser(self._desk.knowledge(), ROW, None, content)
        await matrix_proposals.save_draft(
            turn.tx, draft.id, state=OPEN, content=content, ref=content["id"], looser=looser, proposed_at=turn.now
        )
        await self._proposing.bring(turn, draft.id, ROW, content["id"])
        turn.show(Card.of_words(turn.words("matrix.proposed")))

    async def drop(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.DropDraft)
        draft = await self._get_own(turn, turn.action.proposal)
        await matrix_proposals.drop_draft(turn.tx, draft.id)
        turn.show(Card.of_words(turn.words("matrix.draft_dropped")))

    async def _get_own(self, turn: Turn, id: str) -> Proposal:
        """Nobody else may see it, let alone send it."""
        draft = await matrix_proposals.lock_proposal(turn.tx, id)
        if draft is None or draft.proposed_by != turn.person.id or draft.kind != ROW:
            raise Refused(turn.words("matrix.proposal_gone"))
        if draft.state != DRAFT:
            raise Refused(turn.words("matrix.draft_sent"))
        return draft
