"""Judges again a question that was kept: what would it hear now, or if a change were in force?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.answers import Judgement
from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.verdict import judge_all


def judge_kept(knowledge: Knowledge, rows: Sequence[str], kept: Mapping[str, Any]) -> tuple[Judgement, ...]:
    """The strictest first; empty where a row, data class or tool of it is no longer there."""
    data = [kept["chosen_data"]] if kept.get("chosen_data") else kept["data"]
    known = (
        all(knowledge.find_use_case(row) for row in rows)
        and all(knowledge.find_data_class(id) for id in data)
        and all(knowledge.find_tool(id) or id == UNKNOWN_TOOL for id in kept["tools"])
    )
    return judge_all(knowledge, rows, data, kept["tools"]) if known and rows else ()
