"""tools.yaml: the register of tools, what state each is in and what may go in."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.checking import Entry, Fields, Once
from knowledge.content import Tool, ToolStatus
from knowledge.files.policy import Agreed

_REQUIRED = ("id", "name", "status", "data_limit", "note")


def read_tools(file: Entry, agreed: Agreed, work: Collection[str]) -> tuple[Tool, ...]:
    """`work`: the tasks and rows of the matrix, for tools that are there for some work only."""
    fields = file.fields(("version", "tools"))
    fields["version"].whole(least=1)
    ids = Once("give each tool its own id")
    tools = []
    for entry in fields["tools"].each():
        row = entry.fields(_REQUIRED, ("aliases", "made_for"))
        tool = _read_tool(row, agreed, work)
        ids.note(row["id"], tool.id)
        tools.append(tool)
    return tuple(tools)


def _read_tool(row: Fields, agreed: Agreed, work: Collection[str]) -> Tool:
    limit = row["data_limit"]
    return Tool(
        id=row["id"].id(),
        name=row["name"].text(),
        aliases=_read_aliases(row["aliases"]),
        status=ToolStatus(row["status"].one_of(tuple(ToolStatus)) or ToolStatus.FORBIDDEN),
        data_limit=None if limit.is_null() else limit.one_of(agreed.among("data_classes")) or None,
        note=row["note"].wording(agreed.languages),
        made_for=tuple(entry.one_of(work) for entry in row["made_for"].each()),
    )


def _read_aliases(entry: Entry) -> tuple[str, ...]:
    """Several tools may share an alias; within one tool the same alias twice is a slip."""
    once = Once("keep one of the two")
    aliases = []
    for item in entry.each():
        alias = item.text()
        once.note(item, alias.casefold())
        aliases.append(alias)
    return tuple(aliases)
