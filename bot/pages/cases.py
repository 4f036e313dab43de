"""What colleagues shared, for everybody who may ask: to filter, to search and to read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.model.cards import shorten
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.texts import Words
from knowledge.content import Knowledge
from knowledge.diploma import Permission
from storage import cases
from storage.cases import Case
from storage.cases_search import Wanted, find, mark, split

PATH = "/cases"
_COMMAND = "/promptclub cases"
_PAGE = 20
_SHOWN = 600
"""Of one text; the rest folds out."""
_TYPED = 200
_KINDS = {"success": "cases.kind_success", "failure": "cases.kind_failure"}
_HEADINGS = {"success": "cases.heading_success", "failure": "cases.heading_failure"}
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address says; what it does not know counts as not said."""

    typed: str = ""
    kind: str = ""
    tool: str = ""
    task: str = ""
    before: tuple[datetime, str] | None = None

    @classmethod
    def read(cls, query: Mapping[str, str], knowledge: Knowledge) -> Chosen:
        def pick(name: str, allowed: Sequence[str]) -> str:
            return query[name] if query.get(name) in allowed else ""

        return cls(
            typed=query.get("q", "").strip()[:_TYPED],
            kind=pick("kind", tuple(_KINDS)),
            tool=pick("tool", [tool.id for tool in knowledge.tools]),
            task=pick("task", list_tasks(knowledge)),
            before=_read_before(query.get("before", "")),
        )

    @property
    def wanted(self) -> Wanted:
        named = (("kind", self.kind), ("tool", self.tool), ("task", self.task))
        marks = tuple(mark(name, value) for name, value in named if value)
        return Wanted(words=split(self.typed), marks=marks, before=self.before)

    @property
    def query(self) -> dict[str, str]:
        """Without the page: what a new search begins with."""
        said = {"q": self.typed, "kind": self.kind, "tool": self.tool, "task": self.task}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Shown:
    """One case as somebody reads it."""

    id: str
    kind: str
    heading: str
    texts: Sequence[tuple[str, str, str]]
    """What was asked, as much of the answer as is shown, and the whole of it where that is more."""
    facts: Sequence[tuple[str, str]]
    tags: Sequence[str]
    small: Sequence[str]


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        knowledge = house.desk.knowledge()
        chosen = Chosen.read(request.query, knowledge)
        async with house.database.reading() as tx:
            found = await find(tx, chosen.wanted, _PAGE + 1)
            ids = [case.id for case in found[:_PAGE]]
            recognised, also = await cases.count_recognised(tx, ids), await cases.count_merged(tx, ids)
        shown = [
            describe(visitor.words, knowledge, case, recognised.get(case.id, 0), also.get(case.id, 0))
            for case in found[:_PAGE]
        ]
        further = _address(visitor, chosen, found[_PAGE - 1]) if len(found) > _PAGE else ""
        return web.Response(text=draw(visitor, knowledge, chosen, shown, further), content_type="text/html")

    site.router.add_get(PATH, access.behind(Permission.ASK, show, _COMMAND))


def draw(visitor: Visitor, knowledge: Knowledge, chosen: Chosen, shown: Sequence[Shown], further: str) -> str:
    words = visitor.words
    empty = words("cases.found_none", typed=chosen.typed) if chosen.typed else words("cases.page_empty")
    return fill(
        "cases.html",
        view=visitor,
        words=words,
        title=words("cases.page_title"),
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        shown=shown,
        chosen=chosen,
        filters=_filters(words, knowledge, chosen),
        empty=empty,
        further=further,
        newest="?" + urlencode({**chosen.query, "language": words.language}) if chosen.before else "",
        longest=_TYPED,
    )


def describe(words: Words, knowledge: Knowledge, case: Case, recognised: int, also: int) -> Shown:
    row = knowledge.find_use_case(case.use_case) if case.use_case else None
    asked = (
        (words("cases.told_did"), case.did),
        (words("cases.told_happened"), case.happened),
        (words("cases.told_learned"), case.learned),
    )
    facts = (
        (words("cases.fact_tool"), case.tool),
        (words("cases.fact_task"), case.task),
        (words("cases.fact_row"), row.title.in_language(words.language) if row else ""),
    )
    day = words.day(case.shared_on.date())
    small = [words("cases.by", name=case.name, day=day) if case.name else words("cases.by_nobody", day=day)]
    small += [words("cases.also", n=also)] if also else []
    small += [words("cases.recognised", n=recognised)] if recognised else []
    return Shown(
        id=case.id,
        kind=case.kind,
        heading=words(_HEADINGS[case.kind]),
        texts=[(label, shorten(text, _SHOWN), text if len(text) > _SHOWN else "") for label, text in asked if text],
        facts=[fact for fact in facts if fact[1]],
        tags=case.tags,
        small=small,
    )


def list_tasks(knowledge: Knowledge) -> list[str]:
    """The kinds of work that the matrix knows, each once."""
    return sorted({row.task for row in knowledge.use_cases})


def _filters(words: Words, knowledge: Knowledge, chosen: Chosen) -> list[tuple[str, str, str, Options]]:
    """Name in the address, label, what is chosen, and the options with their words."""
    anything = ("", words("cases.page_any"))
    kinds = [anything, *((kind, words(key)) for kind, key in _KINDS.items())]
    tools = [anything, *((tool.id, tool.name) for tool in knowledge.tools)]
    tasks = [anything, *((task, task.replace("-", " ").capitalize()) for task in list_tasks(knowledge))]
    return [
        ("kind", words("cases.page_kind"), chosen.kind, kinds),
        ("tool", words("cases.page_tool"), chosen.tool, tools),
        ("task", words("cases.page_task"), chosen.task, tasks),
    ]


def _address(visitor: Visitor, chosen: Chosen, last: Case) -> str:
    """Of the page after this one, which goes on below its last case however many are published meanwhile."""
    assert last.published_at is not None
    before = f"{last.published_at.isoformat()}~{last.id}"
    return "?" + urlencode({**chosen.query, "before": before, "language": visitor.language})


def _read_before(given: str) -> tuple[datetime, str] | None:
    moment, _, id = given.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, id) if at.tzinfo is not None else None
