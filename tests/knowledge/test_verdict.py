"""The rules of a verdict, against a slow second opinion and as laws that hold for every organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content import UNKNOWN_TOOL, Knowledge, Tool, ToolStatus, Verdict
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.verdict import MOST_ALTERNATIVES, judge, judge_all
from tests.knowledge.organisations import (
    data_of,
    knowledges,
    make_knowledge,
    make_policy,
    make_row,
    make_tool,
    tools_of,
)

MAG, MITS, GRIJS, NIET = Verdict
DEFAULT = load(DEFAULT_FOLDER)


def second_opinion(knowledge: Knowledge, row_id: str, data: Sequence[str], tools: Sequence[str]) -> str:
    """The rules of knowledge/default/README.md once more, as directly as they can be written down."""
    scale = ["mag", "mag_mits", "grijs", "mag_niet"]
    classes = [data_class.id for data_class in knowledge.policy.data_classes]
    row = next(row for row in knowledge.use_cases if row.id == row_id)
    judged = list(data) if data else [row.typical_data]
    highest = max(classes.index(one) for one in judged)
    floor = max(scale.index(row.verdicts[one]) for one in judged)

    def fits(tool: Tool) -> bool:
        return tool.data_limit is not None and classes.index(tool.data_limit) >= highest

    def place(tool: Tool) -> int:
        if tool.status == "niet_toegestaan" or not fits(tool):
            return 3
        return max(floor, 2) if tool.status == "proef" else floor

    named = [tool for one in tools for tool in knowledge.tools if tool.id == one]
    result = floor
    if named:
        result = min(place(tool) for tool in named)
    if len(named) >= 2:
        result = max(result, 1)
    if "?" in tools:
        result = max(result, 2)
    if not tools and not any(tool.status == "goedgekeurd" and fits(tool) for tool in knowledge.tools):
        result = max(result, 2)
    return scale[result]


@given(st.data())
def test_every_organisation_is_judged_as_a_second_opinion_judges_it(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges())
    row = draw.draw(st.sampled_from(knowledge.use_cases))
    data, tools = draw.draw(data_of(knowledge)), draw.draw(tools_of(knowledge))
    assert judge(knowledge, row.id, data, tools).verdict == second_opinion(knowledge, row.id, data, tools)


def test_every_row_class_and_tool_of_the_default_is_judged_as_a_second_opinion_judges_it() -> None:
    classes = [data_class.id for data_class in DEFAULT.policy.data_classes]
    every_data: list[list[str]] = [[], *([one] for one in classes), classes[1:4]]
    ids = [tool.id for tool in DEFAULT.tools]
    every_tools = [[], [UNKNOWN_TOOL], *([one] for one in ids), *([ids[0], one] for one in ids[1:])]
    for row in DEFAULT.use_cases:
        for data in every_data:
            for tools in every_tools:
                verdict = judge(DEFAULT, row.id, data, tools).verdict
                assert verdict == second_opinion(DEFAULT, row.id, data, tools), (row.id, data, tools)


@given(st.data())
def test_adding_a_data_class_never_loosens(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges())
    row = draw.draw(st.sampled_from(knowledge.use_cases)).id
    tools = draw.draw(tools_of(knowledge))
    data = draw.draw(data_of(knowledge, least=1))
    more = draw.draw(data_of(knowledge))
    before, after = judge(knowledge, row, data, tools), judge(knowledge, row, [*data, *more], tools)
    assert after.verdict.strictness >= before.verdict.strictness


@given(st.data())
def test_trusting_a_named_tool_less_never_loosens(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges().filter(lambda knowledge: knowledge.tools))
    row = draw.draw(st.sampled_from(knowledge.use_cases)).id
    data = draw.draw(data_of(knowledge))
    tools = draw.draw(tools_of(knowledge))
    less = draw.draw(st.sampled_from(knowledge.tools))
    statuses = list(ToolStatus)
    limits = [None, *(data_class.id for data_class in knowledge.policy.data_classes)]
    distrusted = replace(
        less,
        status=draw.draw(st.sampled_from(statuses[statuses.index(less.status) :])),
        data_limit=draw.draw(st.sampled_from(limits[: limits.index(less.data_limit) + 1])),
    )
    changed = replace(knowledge, tools=tuple(distrusted if tool is less else tool for tool in knowledge.tools))
    before, after = judge(knowledge, row, data, tools), judge(changed, row, data, tools)
    assert after.verdict.strictness >= before.verdict.strictness


@given(st.data())
def test_naming_one_tool_never_loosens_what_the_row_says(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges())
    row = draw.draw(st.sampled_from(knowledge.use_cases)).id
    judged = judge(knowledge, row, draw.draw(data_of(knowledge)), draw.draw(tools_of(knowledge)))
    assert judged.verdict.strictness >= judged.row_verdict.strictness
    if judged.tool_decides:
        assert judged.verdict != judged.row_verdict
    elif not judged.shared_name:  # a shared name asks for care, and says nothing against the tool
        assert judged.verdict == judged.row_verdict


@given(st.data())
def test_a_shared_name_is_at_least_allowed_if_and_an_unknown_tool_at_least_grey(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges())
    row = draw.draw(st.sampled_from(knowledge.use_cases)).id
    judged = judge(knowledge, row, draw.draw(data_of(knowledge)), draw.draw(tools_of(knowledge)))
    if judged.shared_name:
        assert judged.verdict is not MAG
    if judged.unknown_tool:
        assert judged.verdict in (GRIJS, NIET)


@given(st.data())
def test_alternatives_are_approved_milder_and_few(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges())
    row = draw.draw(st.sampled_from(knowledge.use_cases)).id
    data, tools = draw.draw(data_of(knowledge)), draw.draw(tools_of(knowledge))
    judged = judge(knowledge, row, data, tools)
    assert len(judged.milder_with) <= MOST_ALTERNATIVES
    assert judged.tool_decides or not judged.milder_with
    for tool in judged.milder_with:
        assert tool.status is ToolStatus.APPROVED
        assert judge(knowledge, row, data, [tool.id]).verdict.strictness < judged.verdict.strictness


@given(st.data())
def test_the_level_of_the_asker_changes_no_verdict(draw: st.DataObject) -> None:
    knowledge = draw.draw(knowledges())
    row = draw.draw(st.sampled_from(knowledge.use_cases))
    levels = [level.id for level in knowledge.policy.levels]
    level = draw.draw(st.sampled_from([None, "van vroeger", *levels]))
    judged, without = judge(knowledge, row.id, [], [], level), judge(knowledge, row.id, [], [])
    assert replace(judged, level_short=False) == without
    assert judged.level_short == (level in levels and levels.index(str(level)) < levels.index(row.level))


@settings(max_examples=50)
@given(st.permutations([row.id for row in DEFAULT.use_cases]), st.integers(1, 4))
def test_several_uses_come_strictest_first_and_each_once(ids: list[str], count: int) -> None:
    asked = [*ids[:count], ids[0]]
    judged = judge_all(DEFAULT, asked, [], [])
    strictness = [judgement.verdict.strictness for judgement in judged]
    assert strictness == sorted(strictness, reverse=True)
    assert sorted(judgement.use_case.id for judgement in judged) == sorted(set(asked))


# What each rule gives, by example: a row that gets stricter with the class, and tools of every kind.
POLICY = make_policy(classes=3, levels=2)
OPEN, OURS, SECRET = (data_class.id for data_class in POLICY.data_classes)
ROW = make_row("rij", {OPEN: MAG, OURS: MITS, SECRET: GRIJS}, typical_data=OURS, level="niveau-1")
TOOLS = (
    make_tool("alles", ToolStatus.APPROVED, SECRET),
    make_tool("gratis", ToolStatus.APPROVED, OPEN, ("chat",)),
    make_tool("zakelijk", ToolStatus.APPROVED, OURS, ("Chat",)),
    make_tool("proef", ToolStatus.TRIAL, OURS),
    make_tool("verboden", ToolStatus.FORBIDDEN, SECRET),
    make_tool("dicht", ToolStatus.APPROVED, None),
)
KNOWLEDGE = make_knowledge(POLICY, TOOLS, (ROW,))

EXAMPLES = [
    # data, tools, verdict, what the tool is taken to be
    ([], [], MITS, None),
    ([OPEN], [], MAG, None),
    ([OPEN, SECRET], [], GRIJS, None),
    ([OPEN], ["alles"], MAG, "alles"),
    ([OURS], ["gratis"], NIET, "gratis"),
    ([OPEN], ["proef"], GRIJS, "proef"),
    ([SECRET], ["proef"], NIET, "proef"),
    ([OPEN], ["verboden"], NIET, "verboden"),
    ([OPEN], ["dicht"], NIET, "dicht"),
    ([OPEN], [UNKNOWN_TOOL], GRIJS, None),
    ([OPEN], ["zakelijk", "gratis"], MITS, "gratis"),
    ([OURS], ["gratis", "zakelijk"], MITS, "zakelijk"),
    ([SECRET], ["gratis", "zakelijk"], NIET, "gratis"),
    ([OPEN], ["alles", UNKNOWN_TOOL], GRIJS, "alles"),
    ([OURS], ["gratis", UNKNOWN_TOOL], NIET, "gratis"),
]


@pytest.mark.parametrize(("data", "tools", "verdict", "tool"), EXAMPLES)
def test_each_rule_by_example(data: list[str], tools: list[str], verdict: Verdict, tool: str | None) -> None:
    judged = judge(KNOWLEDGE, "rij", data, tools)
    assert judged.verdict is verdict
    assert (judged.tool.id if judged.tool else None) == tool


def test_no_approved_tool_for_the_data_is_at_least_grey() -> None:
    lone = make_knowledge(POLICY, TOOLS[1:2], (ROW,))
    assert judge(lone, "rij", [OPEN], []).verdict is MAG
    judged = judge(lone, "rij", [OURS], [])
    assert (judged.verdict, judged.row_verdict, judged.tool_decides) == (GRIJS, MITS, True)


def test_data_is_said_or_assumed_and_comes_in_order_of_sensitivity() -> None:
    said, assumed = judge(KNOWLEDGE, "rij", [SECRET, OPEN, SECRET], []), judge(KNOWLEDGE, "rij", [], [])
    assert (said.data, said.data_assumed) == ((OPEN, SECRET), False)
    assert (assumed.data, assumed.data_assumed) == ((OURS,), True)


def test_conditions_come_only_where_there_is_something_to_meet() -> None:
    conditions = {judged.verdict: judged.conditions for judged in (
        judge(KNOWLEDGE, "rij", [OPEN], []),
        judge(KNOWLEDGE, "rij", [OURS], []),
        judge(KNOWLEDGE, "rij", [SECRET], []),
        judge(KNOWLEDGE, "rij", [SECRET], ["proef"]),
    )}  # fmt: skip
    assert conditions == {MAG: (), MITS: ("nalezen",), GRIJS: ("nalezen",), NIET: ()}


def test_the_relative_of_a_refused_tool_is_named_before_the_others() -> None:
    refused = judge(KNOWLEDGE, "rij", [OURS], ["gratis"])
    assert [tool.id for tool in refused.milder_with] == ["zakelijk", "alles"]
    assert judge(KNOWLEDGE, "rij", [SECRET], ["alles"]).milder_with == ()


def test_a_tool_made_for_other_work_is_not_recommended_and_one_made_for_this_work_comes_first() -> None:
    general, special = (make_tool(id, ToolStatus.APPROVED, SECRET) for id in ("algemeen", "bijzonder"))
    refused = make_tool("nee", ToolStatus.FORBIDDEN, None)

    def recommended(*made_for: str) -> list[str]:
        tools = (refused, general, replace(special, made_for=made_for))
        return [
            tool.id for tool in judge(make_knowledge(POLICY, tools, (ROW,)), "rij", [OPEN], ["nee"]).milder_with
        ]

    assert recommended() == ["algemeen", "bijzonder"]
    assert recommended(ROW.task) == recommended("nog iets", ROW.id) == ["bijzonder", "algemeen"]
    assert recommended("nog iets") == ["algemeen"]


@pytest.mark.parametrize("tools", [[], ["bijzonder"]])
def test_what_a_tool_is_made_for_judges_nothing(tools: list[str]) -> None:
    plain = make_tool("bijzonder", ToolStatus.APPROVED, SECRET)
    special = replace(plain, made_for=("iets anders",))
    one, other = (judge(make_knowledge(POLICY, (tool,), (ROW,)), "rij", [OURS], tools) for tool in (plain, special))
    assert one.verdict is other.verdict is MITS


def test_what_does_not_exist_is_an_error_and_no_verdict() -> None:
    for row, data, tools in (("nee", [], []), ("rij", ["nee"], []), ("rij", [], ["nee"])):
        with pytest.raises(KeyError):
            judge(KNOWLEDGE, row, data, tools)


def test_what_is_recommended_is_never_the_tool_that_was_named() -> None:
    knowledge = load(DEFAULT_FOLDER)
    names: dict[str, list[str]] = {}
    for tool in knowledge.tools:
        for alias in tool.aliases:
            names.setdefault(alias, []).append(tool.id)
    shared = [ids for ids in names.values() if len(ids) > 1]
    assert shared
    for row in knowledge.use_cases:
        for data in row.verdicts:
            for ids in (*shared, *([tool.id] for tool in knowledge.tools)):
                judgement = judge(knowledge, row.id, [data], ids)
                assert not {tool.id for tool in judgement.milder_with} & set(ids) or judgement.tool is None
                assert judgement.tool not in judgement.milder_with
