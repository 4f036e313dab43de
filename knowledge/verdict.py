"""The rules by which a verdict comes about (default/README.md): pure, and the only place that makes one.

Nothing else may loosen or tighten a verdict: no wording, no confidence, no person. Rows, data and tools decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answers import Judgement
from knowledge.content import UNKNOWN_TOOL, Knowledge, Tool, ToolStatus, UseCase, Verdict

MOST_ALTERNATIVES = 3
_MOST_REMEMBERED = 5_000


def judge(
    knowledge: Knowledge,
    use_case_id: str,
    data: Sequence[str],
    tools: Sequence[str],
    asker_level: str | None = None,
) -> Judgement:
    """What follows for one row, the data classes revealed and the tools named; KeyError for an unknown id."""
    asked = (use_case_id, tuple(data), tuple(tools), asker_level)
    found: Judgement | None = knowledge._judged.get(asked)
    if found is None:
        found = _judge(knowledge, *asked)
        if len(knowledge._judged) >= _MOST_REMEMBERED:
            knowledge._judged.clear()
        knowledge._judged[asked] = found
    return found


def _judge(
    knowledge: Knowledge, use_case_id: str, data: Sequence[str], tools: Sequence[str], asker_level: str | None
) -> Judgement:
    row = knowledge.get_use_case(use_case_id)
    in_play = sorted(dict.fromkeys(data) or [row.typical_data], key=knowledge.sensitivity)
    row_verdict = _strictest(*(row.verdicts[data_class] for data_class in in_play))
    named = [knowledge.get_tool(id) for id in tools if id != UNKNOWN_TOOL]
    verdict, tool, decides = _judge_tools(knowledge, row_verdict, in_play[-1], named, UNKNOWN_TOOL in tools)
    alternatives = _find_milder(knowledge, row, row_verdict, in_play[-1], verdict, named) if decides else ()
    return Judgement(
        verdict=verdict,
        use_case=row,
        data=tuple(in_play),
        data_assumed=not data,
        tools=tuple(tools),
        tool=tool,
        shared_name=len(named) > 1,
        unknown_tool=UNKNOWN_TOOL in tools,
        tool_decides=decides,
        milder_with=alternatives,
        row_verdict=row_verdict,
        conditions=row.conditions if verdict in (Verdict.MAG_MITS, Verdict.GRIJS) else (),
        level=row.level,
        level_short=_is_short(knowledge, row, asker_level),
    )


def judge_all(
    knowledge: Knowledge,
    use_case_ids: Sequence[str],
    data: Sequence[str],
    tools: Sequence[str],
    asker_level: str | None = None,
) -> tuple[Judgement, ...]:
    """Several uses in one message, each judged; the strictest first, for that one decides."""
    judged = [judge(knowledge, id, data, tools, asker_level) for id in dict.fromkeys(use_case_ids)]
    return tuple(sorted(judged, key=lambda judgement: -judgement.verdict.strictness))


def admits(knowledge: Knowledge, tool: Tool, data_class: str) -> bool:
    """Whether data of this class may go into the tool at all."""
    limit = tool.data_limit
    return limit is not None and knowledge.sensitivity(data_class) <= knowledge.sensitivity(limit)


def _judge_tools(
    knowledge: Knowledge, verdict: Verdict, worst: str, named: list[Tool], unknown: bool
) -> tuple[Verdict, Tool | None, bool]:
    """Rules 4 and 5: tools, or the lack of one, can only make it stricter. Also whether the tool is what does so;
    that a name is shared asks for care and says nothing against the tool."""
    tool, row_verdict = None, verdict
    if named:
        by_register = sorted(named, key=knowledge.place_in_register)
        tool = min(by_register, key=lambda tool: _with_tool(knowledge, verdict, worst, tool).strictness)
        verdict = _with_tool(knowledge, verdict, worst, tool)
    elif not unknown and not _has_approved(knowledge, worst):
        verdict = _strictest(verdict, Verdict.GRIJS)
    if unknown:
        verdict = _strictest(verdict, Verdict.GRIJS)
    decides = verdict.strictness > row_verdict.strictness
    if len(named) > 1:
        verdict = _strictest(verdict, Verdict.MAG_MITS)
    return verdict, tool, decides


def _with_tool(knowledge: Knowledge, verdict: Verdict, worst: str, tool: Tool) -> Verdict:
    if tool.status is ToolStatus.FORBIDDEN or not admits(knowledge, tool, worst):
        return Verdict.MAG_NIET
    if tool.status is ToolStatus.TRIAL:
        return _strictest(verdict, Verdict.GRIJS)
    return verdict


def _has_approved(knowledge: Knowledge, worst: str) -> bool:
    return any(tool.status is ToolStatus.APPROVED and admits(knowledge, tool, worst) for tool in knowledge.tools)


def _find_milder(
    knowledge: Knowledge, row: UseCase, row_verdict: Verdict, worst: str, judged: Verdict, named: list[Tool]
) -> tuple[Tool, ...]:
    """Approved tools with which the same work is milder: relatives of the named one first, then those made for this
    work, then by register. A tool made for other work is no help, unless its relative is what was thought of."""
    relatives = {alias.casefold() for tool in named for alias in (tool.name, *tool.aliases)}
    milder = []
    for place, tool in enumerate(knowledge.tools):
        verdict = _with_tool(knowledge, row_verdict, worst, tool)
        related = any(alias.casefold() in relatives for alias in (tool.name, *tool.aliases))
        fits = related or not tool.made_for or row.id in tool.made_for or row.task in tool.made_for
        if fits and tool.status is ToolStatus.APPROVED and verdict.strictness < judged.strictness:
            milder.append((verdict.strictness, not related, not tool.made_for, place))
    return tuple(knowledge.tools[place] for *_, place in sorted(milder)[:MOST_ALTERNATIVES])


def _is_short(knowledge: Knowledge, row: UseCase, asker_level: str | None) -> bool:
    """Rule 6: the level never changes the verdict, and a level that is not known is not short."""
    levels = [level.id for level in knowledge.policy.levels]
    return asker_level in levels and levels.index(asker_level) < levels.index(row.level)


def _strictest(*verdicts: Verdict) -> Verdict:
    return max(verdicts, key=lambda verdict: verdict.strictness)
