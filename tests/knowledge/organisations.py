"""Organisations made up by Hypothesis: any number of classes, tools of any kind, rows with any verdicts."""

from __future__ import annotations

from hypothesis import strategies as st

from knowledge.content import (
    UNKNOWN_TOOL,
    DataClass,
    Knowledge,
    Level,
    Policy,
    Tool,
    ToolStatus,
    UseCase,
    Verdict,
    Wording,
)

SOME = Wording("iets", "something")


def make_data_class(number: int) -> DataClass:
    return DataClass(f"klasse-{number}", SOME, SOME, {"nl": (), "en": ()})


def make_policy(classes: int, levels: int) -> Policy:
    return Policy(
        version=1,
        organisation="Ergens",
        contact_point="Iemand",
        stance="ondersteuning",
        priority="controle",
        experimentation="zelf",
        statement=SOME,
        principles=(),
        data_classes=tuple(make_data_class(number) for number in range(classes)),
        documents=(),
        conditions=(),
        levels=tuple(Level(f"niveau-{number}", SOME, SOME) for number in range(levels)),
    )


def make_tool(
    id: str, status: ToolStatus, data_limit: str | None, aliases: tuple[str, ...] = (), name: str | None = None
) -> Tool:
    return Tool(id, name or id, aliases, status, data_limit, SOME)


def make_row(id: str, verdicts: dict[str, Verdict], typical_data: str, level: str = "niveau-0") -> UseCase:
    return UseCase(
        id=id,
        title=SOME,
        task="iets",
        description=SOME,
        typical_data=typical_data,
        verdicts=verdicts,
        conditions=("nalezen",),
        why=SOME,
        level=level,
        principles=(),
        policies=(),
        examples={"nl": (), "en": ()},
    )


def make_knowledge(policy: Policy, tools: tuple[Tool, ...], rows: tuple[UseCase, ...]) -> Knowledge:
    return Knowledge(policy, tools, rows, phrasings={}, diploma={}, fingerprint="made-up")


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    policy = make_policy(draw(st.integers(1, 5)), draw(st.integers(1, 3)))
    classes = [data.id for data in policy.data_classes]
    limits = st.sampled_from([None, *classes])
    tools = tuple(
        make_tool(f"tool-{number}", draw(st.sampled_from(ToolStatus)), draw(limits), (f"naam-{number % 2}",))
        for number in range(draw(st.integers(0, 5)))
    )
    rows = tuple(
        make_row(
            f"rij-{number}",
            {data: draw(st.sampled_from(Verdict)) for data in classes},
            draw(st.sampled_from(classes)),
            draw(st.sampled_from(policy.levels)).id,
        )
        for number in range(draw(st.integers(1, 3)))
    )
    return make_knowledge(policy, tools, rows)


def data_of(knowledge: Knowledge, least: int = 0) -> st.SearchStrategy[list[str]]:
    ids = [data.id for data in knowledge.policy.data_classes]
    return st.lists(st.sampled_from(ids), unique=True, min_size=least)


def tools_of(knowledge: Knowledge, most: int = 3) -> st.SearchStrategy[list[str]]:
    ids = [tool.id for tool in knowledge.tools]
    return st.lists(st.sampled_from([*ids, UNKNOWN_TOOL]), unique=True, max_size=most)
