"""The Lab's forms: other words for a case, its labels and row, another case that says the same, and a no."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions
from bot.conversations.cases.draft import TEXTS, read_text
from bot.conversations.cases.forms import text_fields
from bot.conversations.cases.triage import get_case, has, is_theirs, refuse_late, settle, tell_late
from bot.conversations.cases.wording import line_of
from bot.desk import Desk
from bot.model.cards import ChoiceField, Form, FormField, Option, TextField, shorten
from bot.model.events import Event, Submitted
from bot.model.limits import OPTION_LABEL
from bot.rights import need
from bot.texts import Words
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import cases, cases_search
from storage.cases import Case, day_of

_MOST_TAGS = 8
_TAG = 40
_MOST_ALIKE = 25
_MERGED_INTO = ("new", "claimed", "published", "lab")
"""What was declined is the end of it, and would be the end of this one unseen."""
_STANCES = ("none", "supports", "overturns")


class Desking:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.OpenDesk, self.open)
        conversation.on_form(actions.SendDesk, self.take)

    async def open(self, _: Event, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.OpenDesk)
        await need(turn, self._desk, Permission.TRIAGE)
        case = await get_case(turn, action.case)
        if await is_theirs(turn, self._desk, case):
            turn.open(await self._draw(turn, case, action.form))

    async def _draw(self, turn: Turn, case: Case, form: str) -> Form:
        match form:
            case "tidy":
                return tidy_form(turn.words, case)
            case "link":
                return link_form(turn.words, case)
            case "merge":
                return merge_form(turn.words, case, await find_alike(turn, case))
            case _:
                return decline_form(turn.words, case)

    async def take(self, event: Submitted, turn: Turn) -> None:
        """What was filled in about another version is shown back beside the newest: nothing is overwritten."""
        action = turn.action
        assert isinstance(action, actions.SendDesk)
        await need(turn, self._desk, Permission.TRIAGE)
        case = await get_case(turn, action.case)
        if case.state == "withdrawn":
            await refuse_late(turn, self._desk, case)
            return
        if not has(turn, case) or case.version != action.version:
            form = await self._draw(turn, case, action.form)
            said = turn.words("cases.desk_meanwhile") if has(turn, case) else await tell_late(turn, case)
            turn.form_errors(form.with_values(event.values), {form.fields[0].id: said})
            return
        match action.form:
            case "tidy":
                await self._tidy(event, turn, case, tidy_form(turn.words, case))
            case "link":
                await self._link(event, turn, case, link_form(turn.words, case))
            case "merge":
                await self._merge(event, turn, case)
            case "decline":
                await self._decline(event, turn, case, decline_form(turn.words, case))

    async def _tidy(self, event: Submitted, turn: Turn, case: Case, form: Form) -> None:
        proposed = {name: mask(read_text(event.values, name)).text for name in TEXTS}
        missing = [name for name in ("did", "happened") if not proposed[name]]
        if missing or all(proposed[name] == getattr(case, name) for name in TEXTS):
            said = turn.words("cases.needed") if missing else turn.words("cases.tidy_same")
            turn.form_errors(form.with_values(event.values), {missing[0] if missing else "did": said})
            return
        await settle(turn, self._desk, case, "reworded", proposed=proposed)

    async def _link(self, event: Submitted, turn: Turn, case: Case, form: Form) -> None:
        typed = str(event.values.get("row") or "").strip()
        row = self._desk.knowledge().find_use_case(typed.lower())
        if typed and row is None:
            turn.form_errors(form.with_values(event.values), {"row": self._tell_unknown(turn.words, typed)})
            return
        stance = event.values.get("stance")
        tags = split_tags(mask(str(event.values.get("tags") or "")).text)
        says = str(stance) if row is not None and stance in _STANCES[1:] else None
        linked = row.id if row is not None else None
        await settle(turn, self._desk, case, "linked", use_case=linked, stance=says, tags=tags)

    def _tell_unknown(self, words: Words, typed: str) -> str:
        ids = [row.id for row in self._desk.knowledge().use_cases]
        near = process.extractOne(typed.lower(), ids, score_cutoff=60)
        return words("cases.link_row_unknown", near=near[0]) if near else words("cases.link_row_unknown_alone")

    async def _merge(self, event: Submitted, turn: Turn, case: Case) -> None:
        into = await cases.find(turn.tx, str(event.values.get("into") or ""))
        if into is None or into.id == case.id or into.state not in _MERGED_INTO:
            raise Refused(turn.words("cases.merge_gone"))
        values = {"state": "merged", "merged_into": into.id, "proposed": None, "settled_on": day_of(turn.now)}
        await settle(turn, self._desk, case, "merged", **values)

    async def _decline(self, event: Submitted, turn: Turn, case: Case, form: Form) -> None:
        reason = mask(str(event.values.get("reason") or "").strip()).text
        if not reason:
            turn.form_errors(form.with_values(event.values), {"reason": turn.words("cases.needed")})
            return
        values = {"state": "declined", "reason": reason, "proposed": None, "settled_on": day_of(turn.now)}
        await settle(turn, self._desk, case, "declined", **values)


async def find_alike(turn: Turn, case: Case) -> list[Case]:
    """Cases it could be merged with: published ones that share its longest words, then what waits beside it."""
    words = sorted(cases_search.split(f"{case.tool} {case.task} {case.happened}"), key=len, reverse=True)
    found: dict[str, Case] = {}
    for word in words[:4]:
        for one in await cases_search.find(turn.tx, cases_search.Wanted(words=(word,)), 8):
            found.setdefault(one.id, one)
    for one in await cases.find_waiting(turn.tx, _MOST_ALIKE):
        found.setdefault(one.id, one)
    found.pop(case.id, None)
    if not found:
        raise Refused(turn.words("cases.merge_none"))
    return list(found.values())[:_MOST_ALIKE]


def split_tags(typed: str) -> list[str]:
    tags = (shorten(" ".join(tag.split()).lower(), _TAG) for tag in typed.split(","))
    return list(dict.fromkeys(tag for tag in tags if tag))[:_MOST_TAGS]


# ---------------------------------------------------------------- the forms


def tidy_form(words: Words, case: Case) -> Form:
    told = case.proposed or {name: getattr(case, name) for name in TEXTS}
    fields = (
        *text_fields(words, "did", words("cases.did"), told["did"]),
        *text_fields(words, "happened", words("cases.happened"), told["happened"]),
        *text_fields(words, "learned", words("cases.learned"), told["learned"], required=False),
    )
    title, intro = words("cases.tidy_title"), words("cases.tidy_intro")
    return _form(words, case, "tidy", title, fields, intro=intro, submit=words("cases.tidy_do"))


def link_form(words: Words, case: Case) -> Form:
    labels = (words("cases.link_none"), words("cases.link_supports"), words("cases.link_overturns"))
    options = tuple(Option(value=value, label=label) for value, label in zip(_STANCES, labels, strict=True))
    fields = (
        TextField(
            id="row",
            label=words("cases.link_row"),
            hint=words("cases.link_row_hint"),
            value=case.use_case or "",
            max_length=100,
            required=False,
        ),
        ChoiceField(id="stance", label=words("cases.link_stance"), options=options, value=case.stance or "none"),
        TextField(
            id="tags",
            label=words("cases.link_tags"),
            hint=words("cases.link_tags_hint"),
            value=", ".join(case.tags),
            max_length=_MOST_TAGS * (_TAG + 2),
            required=False,
        ),
    )
    return _form(words, case, "link", words("cases.link_title"), fields)


def merge_form(words: Words, case: Case, alike: Sequence[Case]) -> Form:
    options = tuple(Option(value=one.id, label=line_of(words, one, OPTION_LABEL - 3)) for one in alike)
    field = ChoiceField(id="into", label=words("cases.merge_into"), options=options)
    return _form(words, case, "merge", words("cases.merge_title"), (field,))


def decline_form(words: Words, case: Case) -> Form:
    field = TextField(id="reason", label=words("cases.decline_reason"), multiline=True)
    title, intro = words("cases.decline_title"), words("cases.decline_intro")
    return _form(words, case, "decline", title, (field,), intro=intro)


def _form(
    words: Words,
    case: Case,
    kind: str,
    title: str,
    fields: tuple[FormField, ...],
    *,
    intro: str = "",
    submit: str = "",
) -> Form:
    action = actions.SendDesk(case=case.id, form=kind, version=case.version)
    return Form(
        title=title,
        submit=submit or words("cases.desk_do"),
        cancel=words("cases.cancel"),
        intro=intro,
        action=action.pack(),
        fields=fields,
    )
