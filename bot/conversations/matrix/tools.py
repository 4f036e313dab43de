"""Tools that are not in the register: asked for by staff, reviewed by the Lab and security, and decided once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NoReturn
from urllib.parse import quote

from bot.conversation import Answered, Conversation, Refused, Surveyed, Turn
from bot.conversations.matrix import actions, tool_cards
from bot.conversations.matrix.editing import Editing
from bot.conversations.matrix.telling import Telling
from bot.conversations.matrix.tool_cards import CHECKS, NOTHING
from bot.desk import Desk
from bot.in_force import make_version
from bot.links import holds_secret, make_link, say_privately
from bot.model.cards import Button, Buttons, Card, Element, FormValues, Link, Text, shorten
from bot.model.events import Commanded, Pressed, Submitted
from bot.model.limits import BUTTON_LABEL
from bot.rights import may, name_roles, need, right_to
from bot.texts import Words, words_in
from knowledge.content import Tool, ToolStatus
from knowledge.contents import TOOL, Content
from knowledge.diploma import Permission
from knowledge.errors import KnowledgeErrors
from knowledge.masking import mask
from knowledge.trying import make_id, try_change
from storage import audit, matrix, people, roles, tool_requests
from storage.tool_requests import OPEN, ToolRequest

_LOOKS = (Permission.REVIEW_TOOLS, Permission.EDIT_TOOLS)
_HOLDERS = 20
_REVIEWED, _BY = "reviewed", "reviewed_by"
"""In a checklist: whether whoever filled it in last may review tools, and who that was."""


class Tools:
    def __init__(self, desk: Desk, telling: Telling, editing: Editing) -> None:
        self._desk = desk
        self._telling = telling
        self._editing = editing

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("tools", self.show, help_key="matrix.help_tools", aliases=("tool",))
        conversation.on_answer(self.add_to_answer)
        conversation.on_survey(self.add_to_survey)
        conversation.on_action(actions.OpenToolRequest, self.open_request)
        conversation.on_form(actions.RequestTool, self.request)
        conversation.on_action(actions.OpenToolReview, self.open_review)
        conversation.on_form(actions.ReviewTool, self.review)
        conversation.on_action(actions.OpenToolDecision, self.open_decision)
        conversation.on_form(actions.DecideTool, self.decide)

    async def show(self, event: Commanded, turn: Turn) -> None:
        """`/promptclub tools copilot`: what was agreed about that one."""
        if event.rest.strip():
            await self._editing.show_tools(turn, mask(event.rest.strip()).text)
            return
        looks = any([await may(turn, self._desk, permission) for permission in _LOOKS])
        waiting = await tool_requests.list_open(turn.tx) if looks else []
        link = await make_link(turn, self._desk, "/tools")
        tools = self._desk.knowledge().tools
        edits = await may(turn, self._desk, Permission.EDIT_TOOLS)
        secret = holds_secret(link)
        say_privately(turn, tool_cards.tools_card(turn.words, link, tools, waiting, secret=secret, edits=edits))

    async def add_to_answer(self, turn: Turn, answered: Answered) -> Sequence[Element]:
        """The page of the row; and where nobody registered the tool, a way to ask for it."""
        judgement = answered.judgement
        if judgement is None or answered.moment != "answer":
            return ()
        link = _link_to_row(self._desk.url, judgement.use_case.id, turn.words("matrix.answer_link"))
        if not judgement.unknown_tool:
            return (link,)
        action = actions.OpenToolRequest(tool=mask(answered.tool_words or "").text[:100])
        button = Button.to(action, turn.words("matrix.button_request"), opens_form=True)
        return (Buttons(buttons=(button,)), link)

    def add_to_survey(self, words: Words, surveyed: Surveyed) -> Sequence[Element]:
        """Whoever started it asks for what the team uses and nobody registered."""
        if not surveyed.for_lead or not surveyed.tools:
            return ()
        buttons = [
            Button.to(
                actions.OpenToolRequest(tool=mask(tool).text[:100]),
                shorten(words("matrix.button_request_named", tool=tool), BUTTON_LABEL),
                opens_form=True,
            )
            for tool in surveyed.tools
        ]
        return Text(text=words("matrix.tools_in_survey")), Buttons(buttons=tuple(buttons))

    # ------------------------------------------------------------ asking

    async def open_request(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenToolRequest)
        turn.open(tool_cards.request_form(turn.words, self._desk.knowledge(), turn.action.tool))

    async def request(self, event: Submitted, turn: Turn) -> None:
        """Who asks for what a colleague asked for joins that request."""
        values, knowledge = event.values, self._desk.knowledge()
        name, what_for, link = (_typed(values, field) for field in ("name", "what_for", "link"))
        data = str(values.get("data") or "")
        wrong = {
            field: turn.words("matrix.fill_in")
            for field, good in (("name", name), ("what_for", what_for), ("data", knowledge.find_data_class(data)))
            if not good
        }
        known = self._find_known(name)
        if known is not None:
            wrong["name"] = turn.words("matrix.request_known", tool=known.name)
        if wrong:
            form = tool_cards.request_form(turn.words, knowledge, "").with_values(values)
            turn.form_errors(form, wrong)
            return
        request, new = await tool_requests.ask_for(
            turn.tx,
            name[:200],
            what_for=what_for[:3000],
            data=data,
            link=link[:500],
            person_id=turn.person.id,
            now=turn.now,
        )
        if new:
            await self._bring(turn, request)
        key = "matrix.request_kept" if new else "matrix.request_joined"
        say_privately(turn, Card.of_words(turn.words(key, tool=request.name)))

    def _find_known(self, name: str) -> Tool | None:
        wanted = tool_requests.fold_name(name)
        for tool in self._desk.knowledge().tools:
            if wanted and wanted in {tool_requests.fold_name(one) for one in (tool.name, *tool.aliases)}:
                return tool
        return None

    async def _bring(self, turn: Turn, request: ToolRequest) -> None:
        """To the AI Lab's own place, and to those who review tools."""
        told: set[str] = {turn.person.id}
        wanted: tuple[Permission, ...] = _LOOKS
        if self._desk.lab is not None:
            turn.post(self._desk.lab, await self._draw(turn, request, None), kind="ticket")
            wanted = (Permission.REVIEW_TOOLS,)
        for permission in wanted:
            right = right_to(self._desk, permission)
            for holder in await roles.find_people_with(turn.tx, right, turn.now, _HOLDERS):
                if holder.person_id not in told:
                    told.add(holder.person_id)
                    turn.tell(holder.person_id, await self._draw(turn, request, holder.language))

    async def _draw(self, turn: Turn, request: ToolRequest, language: str | None) -> Card:
        people = len(await tool_requests.list_requesters(turn.tx, request.id))
        return tool_cards.request_card(words_in(language), self._desk.knowledge(), request, people)

    # ------------------------------------------------------------ looking and deciding

    async def open_review(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenToolReview)
        await self._need_to_look(turn)
        turn.open(tool_cards.review_form(turn.words, await self._get_open(turn, turn.action.request)))

    async def review(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.ReviewTool)
        await self._need_to_look(turn)
        request = await self._get_open(turn, turn.action.request)
        if request.version != turn.action.version:
            form = tool_cards.review_form(turn.words, request)
            turn.form_errors(form, {CHECKS[0]: turn.words("matrix.review_meanwhile")})
            return
        checklist = {check: _typed(event.values, check) for check in CHECKS}
        reviewed = await may(turn, self._desk, Permission.REVIEW_TOOLS)
        noted = {**checklist, _REVIEWED: reviewed, _BY: turn.person.id}
        await tool_requests.save_checklist(turn.tx, request, noted)
        await self._audit(turn, "tool.reviewed", request)
        turn.show(await self._draw(turn, await self._get_open(turn, request.id), turn.language))

    async def _need_to_look(self, turn: Turn) -> None:
        if not any([await may(turn, self._desk, permission) for permission in _LOOKS]):
            await need(turn, self._desk, _LOOKS[0])

    async def open_decision(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenToolDecision)
        request = await self._get_to_decide(turn, turn.action.request)
        turn.open(tool_cards.decision_form(turn.words, self._desk.knowledge(), request))

    async def _get_to_decide(self, turn: Turn, id: str) -> ToolRequest:
        """The Lab decides on what security looked at."""
        await need(turn, self._desk, Permission.EDIT_TOOLS)
        request = await self._get_open(turn, id)
        if not request.checklist.get(_REVIEWED) and not await may(turn, self._desk, Permission.REVIEW_TOOLS):
            self._ask_for_review(turn)
        return request

    def _ask_for_review(self, turn: Turn) -> NoReturn:
        named = name_roles(turn.words, self._desk, Permission.REVIEW_TOOLS) or "-"
        raise Refused(turn.words("matrix.review_first", roles=named))

    async def decide(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.DecideTool)
        request = await self._get_to_decide(turn, turn.action.request)
        knowledge = self._desk.knowledge()
        content = self._read_decision(event.values, request)
        looked = request.checklist.get(_REVIEWED) and request.checklist.get(_BY) != turn.person.id
        if content["status"] != ToolStatus.FORBIDDEN and not looked:
            self._ask_for_review(turn)  # a yes takes two people, also where one may do both
        form = tool_cards.decision_form(turn.words, knowledge, request).with_values(event.values)
        wrong = {f"note_{one}": turn.words("matrix.fill_in") for one, said in content["note"].items() if not said}
        if request.version != turn.action.version:
            wrong["status"] = turn.words("matrix.review_meanwhile")
        elif content["status"] != ToolStatus.FORBIDDEN and content["data_limit"] is None:
            wrong["limit"] = turn.words("matrix.limit_needed")
        if wrong:
            turn.form_errors(form, wrong)
            return
        try:
            decided = try_change(knowledge, TOOL, content).get_tool(content["id"])
        except KnowledgeErrors as broken:
            turn.form_errors(form, {"status": turn.words("matrix.does_not_fit", problem=broken.errors[0].found)})
            return
        await matrix.lock(turn.tx)
        if await matrix.find_version(turn.tx, TOOL, decided.id) is not None:
            raise Refused(
                turn.words("matrix.review_meanwhile")
            )  # its id was given away on another replica just now
        await tool_requests.decide(turn.tx, request, decided.id, by=turn.person.id, now=turn.now)
        zone = self._desk.time_zone
        version = make_version(TOOL, decided.id, content, None, turn.now, source="chat", zone=zone)
        revision = await matrix.add_versions(turn.tx, [replace(version, by=turn.person.id)], turn.now)
        await self._telling.adopted(turn, [(TOOL, decided.id, revision)])
        await self._audit(turn, "tool.decided", request, tool=decided.id, status=str(decided.status))
        await self._tell_all(turn, request, decided)

    def _read_decision(self, values: FormValues, request: ToolRequest) -> Content:
        knowledge = self._desk.knowledge()
        limit = str(values.get("limit") or NOTHING)
        status = str(values.get("status") or "")
        return {
            "id": make_id(knowledge, request.name),
            "name": request.name,
            "aliases": [],
            "status": status if status in tuple(ToolStatus) else ToolStatus.FORBIDDEN.value,
            "data_limit": limit if knowledge.find_data_class(limit) else None,
            "note": {one: _typed(values, f"note_{one}") for one in knowledge.policy.languages},
        }

    async def _tell_all(self, turn: Turn, request: ToolRequest, decided: Tool) -> None:
        knowledge = self._desk.knowledge()
        for person_id in await tool_requests.list_requesters(turn.tx, request.id):
            person = await people.find_by_id(turn.tx, person_id)
            words = words_in(person.language if person else None)
            turn.tell(person_id, tool_cards.decided_card(words, knowledge, decided))
        newest = await tool_requests.lock_request(turn.tx, request.id)
        if newest is not None:
            turn.show(await self._draw(turn, newest, turn.language))

    async def _get_open(self, turn: Turn, id: str) -> ToolRequest:
        request = await tool_requests.lock_request(turn.tx, id)
        if request is None or request.state != OPEN:
            raise Refused(turn.words("matrix.tool_decided"))
        return request

    async def _audit(self, turn: Turn, act: str, request: ToolRequest, **details: str) -> None:
        about = f"tool_request:{request.id}"
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, details=details, now=turn.now)


def _typed(values: FormValues, field: str) -> str:
    """What was typed, without personal data."""
    return " ".join(mask(str(values.get(field) or "").strip()).text.split())


@lru_cache(maxsize=1_000)
def _link_to_row(url: str, row: str, label: str) -> Link:
    """With every answer."""
    return Link(label=label, url=f"{url}/matrix/{quote(row, safe='')}")
