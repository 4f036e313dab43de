"""Changing what a row says, or a tool of the register, by a form: it becomes a proposal like any other."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, edit_forms
from bot.conversations.matrix.forms import WHY
from bot.conversations.matrix.proposing import Proposing
from bot.conversations.matrix.tool_cards import NOTHING
from bot.conversations.matrix.typed import as_typed, on_one_line
from bot.desk import Desk
from bot.links import make_link, say_privately
from bot.model.cards import Card, Form, FormValues
from bot.model.events import Pressed, Submitted
from bot.rights import may, need
from bot.row_words import tell_changes
from knowledge.content import Knowledge, Tool, ToolStatus
from knowledge.contents import ROW, TOOL, Content
from knowledge.diploma import Permission
from knowledge.errors import KnowledgeErrors
from knowledge.trying import fold, try_change
from storage import matrix
from storage.matrix import Version

_NEAR = 5


class Editing:
    def __init__(self, desk: Desk, proposing: Proposing) -> None:
        self._desk = desk
        self._proposing = proposing

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.OpenWording, self.open_wording)
        conversation.on_form(actions.ChangeWording, self.change_wording)
        conversation.on_action(actions.OpenFindTool, self.open_find_tool)
        conversation.on_form(actions.FindTool, self.find_tool)
        conversation.on_action(actions.OpenTool, self.open_tool)
        conversation.on_form(actions.ChangeTool, self.change_tool)

    # ------------------------------------------------------------ what a row says

    async def open_wording(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenWording)
        await need(turn, self._desk, Permission.EDIT_MATRIX)
        held = await self._get(turn, ROW, turn.action.row)
        action = actions.ChangeWording(row=held.ref, base=held.revision)
        turn.open(edit_forms.wording_form(turn.words, self._desk.knowledge(), held.content or {}, action))

    async def change_wording(self, event: Submitted, turn: Turn) -> None:
        action, knowledge = turn.action, self._desk.knowledge()
        assert isinstance(action, actions.ChangeWording)
        await need(turn, self._desk, Permission.EDIT_MATRIX)
        shown = await self._find_shown(turn, ROW, action.row, action.base)
        form = edit_forms.wording_form(turn.words, knowledge, shown, action)
        content = {**shown, **_read_wording(knowledge, event.values, shown)}
        if not any((content.get("instead") or {}).values()):
            content.pop("instead", None)
        wrong = {
            f"{name}_{one}": turn.words("matrix.fill_in")
            for name in edit_forms.TEXTS
            for one, said in (content.get(name) or {}).items()
            if not said
        }
        await self._propose(turn, ROW, action.base, shown, content, event.values, form, wrong)

    # ------------------------------------------------------------ a tool

    async def open_find_tool(self, _: Pressed, turn: Turn) -> None:
        await need(turn, self._desk, Permission.EDIT_TOOLS)
        turn.open(edit_forms.find_tool_form(turn.words))

    async def find_tool(self, event: Submitted, turn: Turn) -> None:
        await self.show_tools(turn, on_one_line(event.values, "words"))

    async def show_tools(self, turn: Turn, typed: str) -> None:
        """Those that may be meant, with what was agreed of each."""
        found = self._find_near(typed)
        if not found:
            say_privately(turn, Card.of_words(turn.words("matrix.tools_nothing")))
            return
        edits = await may(turn, self._desk, Permission.EDIT_TOOLS)
        link = await make_link(turn, self._desk, "/tools")
        card = edit_forms.tools_found_card(turn.words, self._desk.knowledge(), found, link, edits=edits)
        say_privately(turn, card)

    def _find_near(self, typed: str) -> list[Tool]:
        wanted = fold(typed)
        names = {
            tool.id: {fold(name) for name in (tool.id, tool.name, *tool.aliases)}
            for tool in self._desk.knowledge().tools
        }
        tools = self._desk.knowledge().tools if wanted else ()
        exact = [tool for tool in tools if wanted in names[tool.id]]
        close = [tool for tool in tools if any(wanted in name for name in names[tool.id])]
        return list(dict.fromkeys([*exact, *close]))[:_NEAR]

    async def open_tool(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenTool)
        await need(turn, self._desk, Permission.EDIT_TOOLS)
        held = await self._get(turn, TOOL, turn.action.tool)
        action = actions.ChangeTool(tool=held.ref, base=held.revision)
        turn.open(edit_forms.tool_form(turn.words, self._desk.knowledge(), held.content or {}, action))

    async def change_tool(self, event: Submitted, turn: Turn) -> None:
        action, knowledge = turn.action, self._desk.knowledge()
        assert isinstance(action, actions.ChangeTool)
        await need(turn, self._desk, Permission.EDIT_TOOLS)
        shown = await self._find_shown(turn, TOOL, action.tool, action.base)
        form = edit_forms.tool_form(turn.words, knowledge, shown, action)
        content = {**shown, **_read_tool(knowledge, event.values, shown)}
        wrong = {} if content["name"] else {"name": turn.words("matrix.fill_in")}
        wrong |= {f"note_{one}": turn.words("matrix.fill_in") for one, said in content["note"].items() if not said}
        if content["status"] != ToolStatus.FORBIDDEN and content["data_limit"] is None:
            wrong["data_limit"] = turn.words("matrix.limit_needed")
        await self._propose(turn, TOOL, action.base, shown, content, event.values, form, wrong)

    # ------------------------------------------------------------ both

    async def _get(self, turn: Turn, kind: str, ref: str) -> Version:
        held = await matrix.find_version(turn.tx, kind, ref)
        if held is None or held.content is None:
            raise Refused(turn.words("matrix.row_gone" if kind == ROW else "matrix.tool_gone"))
        return held

    async def _find_shown(self, turn: Turn, kind: str, ref: str, base: int) -> Content:
        """What the form was drawn from: where that changed since, the proposal shows both."""
        held = await self._get(turn, kind, ref)
        shown = await matrix.find_by_revision(turn.tx, base)
        theirs = shown is not None and (shown.kind, shown.ref) == (kind, ref) and shown.content is not None
        return (shown.content if theirs and shown else held.content) or {}

    async def _propose(
        self,
        turn: Turn,
        kind: str,
        base: int,
        shown: Content,
        content: Content,
        values: FormValues,
        form: Form,
        wrong: dict[str, str],
    ) -> None:
        why = as_typed(values, "because")[:WHY]
        if not why:
            wrong["because"] = turn.words("matrix.fill_in")
        elif not wrong and not tell_changes(turn.words, self._desk.knowledge(), shown, content):
            wrong["because"] = turn.words("matrix.nothing_changed")
        if not wrong:
            try:
                try_change(self._desk.knowledge(), kind, content)
            except KnowledgeErrors as broken:
                wrong["because"] = turn.words("matrix.does_not_fit", problem=str(broken.errors[0].found))
        if wrong:
            turn.form_errors(form.with_values(values), wrong)
            return
        await self._proposing.propose(turn, kind, str(content["id"]), base, content, why)


def _read_wording(knowledge: Knowledge, values: FormValues, shown: Content) -> Content:
    languages = knowledge.policy.languages
    texts: Content = {
        name: {one: on_one_line(values, f"{name}_{one}") for one in languages} for name in edit_forms.TEXTS
    }
    for name in ("typical_data", "level"):
        texts[name] = as_typed(values, name) or shown.get(name)
    return texts


def _read_tool(knowledge: Knowledge, values: FormValues, shown: Content) -> Content:
    status, limit = str(values.get("status") or ""), str(values.get("data_limit") or NOTHING)
    lines = as_typed(values, "aliases").splitlines()
    aliases = list({fold(line): " ".join(line.split()) for line in lines if line.strip()}.values())
    read: Content = {
        "name": on_one_line(values, "name"),
        "status": status if status in tuple(ToolStatus) else shown["status"],
        "data_limit": limit if knowledge.find_data_class(limit) else None,
        "note": {one: on_one_line(values, f"note_{one}") for one in knowledge.policy.languages},
    }
    return {**read, "aliases": aliases} if aliases or "aliases" in shown else read
