"""Which tools a question names, however they are written."""

from __future__ import annotations

import pytest

from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.tools import ToolReader


@pytest.fixture(scope="module")
def tools(starter: Knowledge) -> ToolReader:
    return ToolReader(starter)


def read(tools: ToolReader, question: str) -> tuple[str, ...]:
    text = clean(question)
    return tools.read(text, split_words(fold(text)), frozenset({"rapport", "copilot"})).tools


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("met Gemini", ("gemini",)),
        ("met co-pilot in word", ("m365-copilot",)),
        ("met copilot", ("m365-copilot", "github-copilot")),
        ("met chat-GPT", ("chatgpt-enterprise", "chatgpt-gratis")),
        ("met ChatGPT Enterprise", ("chatgpt-enterprise",)),
        ("niet met Gemini maar met Claude", ("claude",)),
        ("met NotebookLM", (UNKNOWN_TOOL,)),
        ("met de tool Woordenwolk", (UNKNOWN_TOOL,)),
        ("met Plaatjespers AI", (UNKNOWN_TOOL,)),
        ("door AI", ()),
        ("Could AI do this in Excel?", ()),
        ("een mail in Outlook", ()),
    ],
)
def test_named(tools: ToolReader, question: str, named: tuple[str, ...]) -> None:
    assert read(tools, question) == named


@pytest.mark.parametrize(
    ("question", "written"),
    [("met copilot of NotebookLM", "notebooklm"), ("met copilot of Gemini", "copilot, gemini")],
)
def test_an_unknown_tool_is_named_alone(tools: ToolReader, question: str, written: str) -> None:
    text = clean(question)
    assert tools.read(text, split_words(fold(text)), frozenset()).words == written


@pytest.mark.parametrize(
    "question",
    [
        "Mag ik met de gratis versie van ChatGPT een intern rapport samenvatten?",
        "Mag ik met de onbetaalde chatgpt een intern rapport samenvatten?",
        "Mag ik thuis of met chatgpt thuis een intern rapport samenvatten?",
        "Mag ik een intern rapport samenvatten met chatgtp gratis?",
        "Mag ik een intern rapport samenvatten met gratis chatgtp?",
        "Mag ik een intern rapport samenvatten met chatgpt zonder abonnement?",
        "Can I use ChatGPT at home to summarise an internal report?",
        "Can I use the free version of chatgpt to summarise an internal report?",
        "Mag ik met google vertaal een interne tekst vertalen?",
    ],
)
def test_who_says_free_or_private_means_the_least_trusted_of_a_shared_name(
    starter: Knowledge, tools: ToolReader, question: str
) -> None:
    (tool,) = (tool for tool in starter.tools if tool.id in read(tools, question))
    assert tool.data_limit == starter.policy.data_classes[0].id


def test_a_shared_name_by_itself_stays_shared(tools: ToolReader) -> None:
    assert len(read(tools, "Mag ik met ChatGPT een intern rapport samenvatten?")) == 2
