"""By which words and filters a published case is found."""

from __future__ import annotations

from collections.abc import Iterator

from bot.desk import Desk
from knowledge.content import Knowledge
from storage.cases import Case
from storage.cases_search import mark, split


def find_texts(desk: Desk, case: Case) -> list[str]:
    """Everything somebody may look for, the row's own words among it."""
    texts = [case.did, case.happened, case.learned, case.tool, case.task, *case.tags]
    row = desk.knowledge().find_use_case(case.use_case) if case.use_case else None
    if row is not None:
        texts += [row.id, row.title.nl, row.title.en, row.task]
    return texts


def find_marks(desk: Desk, case: Case) -> list[str]:
    """What the page's filters ask for."""
    knowledge = desk.knowledge()
    row = knowledge.find_use_case(case.use_case) if case.use_case else None
    marks = [mark("kind", case.kind), *(mark("tool", tool) for tool in find_tools(knowledge, case.tool))]
    return [*marks, *([mark("task", row.task)] if row else [])]


def find_tools(knowledge: Knowledge, typed: str) -> Iterator[str]:
    """Tools of the register that are named in these words."""
    said = f" {' '.join(split(typed))} "
    for tool in knowledge.tools:
        names = (" ".join(split(name)) for name in (tool.name, *tool.aliases))
        if any(name and f" {name} " in said for name in names):
            yield tool.id
