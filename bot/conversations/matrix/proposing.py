"""Making a proposal: find the row, say what should be different, and bring it to who may decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.conversation import ClosedTicket, Conversation, Refused, Turn
from bot.conversations.matrix import actions, cards, forms
from bot.conversations.matrix.showing import Showing
from bot.conversations.matrix.typed import as_typed, on_one_line
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Button, Buttons, Card, Element, FormValues, Text, shorten
from bot.model.events import Commanded, Pressed, Submitted
from bot.rights import may
from bot.row_words import tell_changes
from knowledge.changes import is_looser
from knowledge.content import Knowledge, UseCase, Verdict
from knowledge.contents import ROW, Content
from knowledge.diploma import Permission
from knowledge.masking import mask
from knowledge.trying import find_row_with, fold
from storage import audit, matrix, matrix_proposals
from storage.matrix import Version

_NEAR = 3
_FIFTH = 5
_TITLE = 40


class Proposing:
    def __init__(self, desk: Desk, showing: Showing) -> None:
        self._desk = desk
        self._showing = showing

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("voorstel", self.begin, help_key="matrix.help_propose", aliases=("proposal",))
        conversation.on_action(actions.Begin, self.open_find)
        conversation.on_form(actions.Find, self.find)
        conversation.on_action(actions.OpenExample, self.open_example)
        conversation.on_form(actions.AddExample, self.add_example)
        conversation.on_action(actions.OpenCells, self.open_cells)
        conversation.on_form(actions.ChangeCells, self.change_cells)
        conversation.on_closed(self.offer_rule)

    # ------------------------------------------------------------ which row

    async def begin(self, event: Commanded, turn: Turn) -> None:
        """`/promptclub voorstel klantmail` names the row; without words the form asks."""
        if event.rest.strip():
            await self._offer_rows(turn, event.rest)
        else:
            turn.open(forms.find_form(turn.words))

    async def open_find(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.find_form(turn.words))

    async def find(self, event: Submitted, turn: Turn) -> None:
        await self._offer_rows(turn, str(event.values.get("words") or ""))

    async def _offer_rows(self, turn: Turn, typed: str) -> None:
        typed = mask(typed.strip()).text
        edits = await may(turn, self._desk, Permission.EDIT_MATRIX)
        say_privately(turn, cards.choose_row_card(turn.words, self._find_near(typed), typed, edits=edits))

    def _find_near(self, typed: str) -> list[UseCase]:
        """Rows that share most words with what was typed; words that many rows have say nothing."""
        rows = self._desk.knowledge().use_cases
        said = [_words_of(row) for row in rows]
        common = Counter(word for words in said for word in words)
        most = max(2, len(rows) // _FIFTH)
        wanted = {word for word in fold(typed).split() if len(word) > 2 and common[word] <= most}
        scored = []
        for place, (row, words) in enumerate(zip(rows, said, strict=True)):
            shared = len(wanted & words) + (5 if fold(row.id) == fold(typed) else 0)
            if shared:
                scored.append((-shared, place, row))
        return [row for *_, row in sorted(scored, key=lambda one: one[:2])[:_NEAR]]

    async def offer_rule(self, turn: Turn, ticket: ClosedTicket) -> Sequence[Element]:
        """Below a closed ticket: shall it become a rule?"""
        words, knowledge = turn.words, self._desk.knowledge()
        example = shorten(ticket.question, 400)
        near = [row for id in ticket.nearest if (row := knowledge.find_use_case(id))]
        buttons = []
        if near:
            title = shorten(near[0].title.in_language(words.language), _TITLE)
            add = actions.OpenExample(row=near[0].id, words=example, ticket=ticket.id)
            change = actions.OpenCells(row=near[0].id, ticket=ticket.id)
            buttons = [
                Button.to(add, words("matrix.rule_example", title=title), opens_form=True),
                Button.to(change, words("matrix.rule_cells", title=title), opens_form=True),
            ]
        data, closest = next(iter(ticket.data), None), near[0].id if near else None
        new = actions.OpenNew(words=example, ticket=ticket.id, data=data, near=closest)
        buttons.append(Button.to(new, words("matrix.button_new"), opens_form=True))
        return (Text(text=words("matrix.rule_question"), style="strong"), Buttons(buttons=tuple(buttons)))

    # ------------------------------------------------------------ an example

    async def open_example(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.OpenExample)
        held = await self._get_row(turn, action.row)
        assert held.content is not None
        form = forms.example_form(turn.words, held.content, held.revision, action.words, action.ticket)
        turn.open(form)

    async def add_example(self, event: Submitted, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.AddExample)
        held = await self._get_row(turn, action.row)
        assert held.content is not None
        example = on_one_line(event.values, "example")
        language = "en" if event.values.get("language") == "en" else "nl"
        form = forms.example_form(turn.words, held.content, action.base, example, action.ticket)
        if not example:
            turn.form_errors(form.with_values(event.values), {"example": turn.words("matrix.example_needed")})
            return
        twin = find_row_with(self._desk.knowledge(), example)
        if twin is not None:
            title = twin.title.in_language(turn.language)
            error = turn.words("matrix.example_twice", title=shorten(title, 150))
            turn.form_errors(form.with_values(event.values), {"example": error})
            return
        examples = held.content.get("examples") or {}
        content = {**held.content, "examples": {**examples, language: [*(examples.get(language) or ()), example]}}
        await self.propose(
            turn, ROW, action.row, action.base, content, as_typed(event.values, "why"), action.ticket
        )

    # ------------------------------------------------------------ other verdicts

    async def open_cells(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.OpenCells)
        held = await self._get_row(turn, action.row)
        assert held.content is not None
        knowledge = self._desk.knowledge()
        turn.open(forms.cells_form(turn.words, knowledge, held.content, held.revision, action.ticket))

    async def change_cells(self, event: Submitted, turn: Turn) -> None:
        """Made from what was shown: where the row changed since, the proposal shows both."""
        action = turn.action
        assert isinstance(action, actions.ChangeCells)
        base = await matrix.find_by_revision(turn.tx, action.base)
        held = await self._get_row(turn, action.row)
        shown = base if base is not None and base.ref == action.row and base.content else held
        assert shown.content is not None
        knowledge = self._desk.knowledge()
        content = {**shown.content, **read_cells(knowledge, event.values, shown.content)}
        if not tell_changes(turn.words, knowledge, shown.content, content):
            form = forms.cells_form(turn.words, knowledge, shown.content, action.base, action.ticket)
            turn.form_errors(form.with_values(event.values), {"why": turn.words("matrix.nothing_changed")})
            return
        await self.propose(
            turn, ROW, action.row, action.base, content, as_typed(event.values, "why"), action.ticket
        )

    # ------------------------------------------------------------ keeping it

    async def propose(
        self, turn: Turn, kind: str, ref: str, base: int, content: Content, why: str, ticket: str | None = None
    ) -> None:
        before = await matrix.find_by_revision(turn.tx, base) if base else None
        old = before.content if before is not None and (before.kind, before.ref) == (kind, ref) else None
        id = await matrix_proposals.add_proposal(
            turn.tx,
            kind=kind,
            ref=ref,
            base=base if old is not None else 0,
            content=content,
            looser=is_looser(self._desk.knowledge(), kind, old, content),
            why=why[: forms.WHY],
            ticket_id=ticket if await may(turn, self._desk, Permission.TRIAGE) else None,
            proposed_by=turn.person.id,
            proposed_at=turn.now,
        )
        await self.bring(turn, id, kind, ref)
        say_privately(turn, Card.of_words(turn.words("matrix.proposed")))

    async def bring(self, turn: Turn, id: str, kind: str, ref: str) -> None:
        about, details = f"proposal:{id}", {kind: ref}
        await audit.add(
            turn.tx, actor=turn.person.id, act="matrix.proposed", about=about, now=turn.now, details=details
        )
        await self._showing.bring(turn, id)

    async def _get_row(self, turn: Turn, ref: str) -> Version:
        held = await matrix.find_version(turn.tx, ROW, ref)
        if held is None or held.content is None:
            raise Refused(turn.words("matrix.row_gone"))
        return held


def _words_of(row: UseCase) -> set[str]:
    return set(
        fold(" ".join([row.id, row.title.nl, row.title.en, *row.examples["nl"], *row.examples["en"]])).split()
    )


def read_cells(knowledge: Knowledge, values: FormValues, shown: Content) -> Content:
    """Verdicts and conditions as the form has them; what it could not show stays as it was."""
    policy = knowledge.policy
    verdicts = dict(shown.get("verdicts", {}))
    for place, one in enumerate(policy.data_classes[: forms.MOST_CLASSES]):
        chosen = values.get(f"verdict_{place}")
        verdicts[one.id] = chosen if chosen in tuple(Verdict) else verdicts.get(one.id, Verdict.MAG_NIET.value)
    asked = {one.id for one in policy.conditions[:20]}
    ticked = {id for key, value in values.items() if key.startswith("conditions_") for id in (value or ())}  # type: ignore[union-attr]
    kept = [id for id in shown.get("conditions", ()) if id not in asked or id in ticked]
    more = [one.id for one in policy.conditions if one.id in ticked and one.id not in kept]
    ordered = {one.id: verdicts[one.id] for one in policy.data_classes if one.id in verdicts}
    for one in policy.data_classes:
        ordered.setdefault(one.id, Verdict.MAG_NIET.value)
    return {"verdicts": ordered, "conditions": [*kept, *more]}
