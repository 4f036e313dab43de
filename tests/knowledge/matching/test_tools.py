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


@pytest.mark.parametrize(
    "question",
    [
        "Mag dat gratis appje mijn slides maken?",
        "Mag ik een AI die ik op internet vond een tekst laten vertalen?",
        "Mag ik met de chatbot van mijn buurman een mail schrijven?",
        "Can that plugin for my browser shorten a report?",
        "Kan iets zoals ChatGPT mijn notulen uitwerken?",
        "Mag een copilot-achtig ding mijn notulen uitwerken?",
        "Mag ik met gamma slides maken?",
        "mag sider mijn tekst verbeteren",
        "Mag ik met Copilot of een onbekende app slides maken?",
    ],
)
def test_a_tool_from_elsewhere_needs_no_name(tools: ToolReader, question: str) -> None:
    assert UNKNOWN_TOOL in read(tools, question)


@pytest.mark.parametrize(
    "question",
    [
        "Mag een AI-tool mijn slides maken?",
        "Mag ik met onze chatbot een mail schrijven?",
        "Mag ik ChatGPT op mijn telefoon gebruiken?",
        "Mag AI een tekst over een gratis app schrijven voor een website?",
        "Mag ik met Copilot slides maken, niet met dat gratis appje?",
        "May AI make a poem, a sonnet, for Santa Claus?",
    ],
)
def test_a_tool_that_may_be_any_is_none(tools: ToolReader, question: str) -> None:
    assert UNKNOWN_TOOL not in read(tools, question)


def test_a_name_is_heard_in_what_nobody_would_write(tools: ToolReader) -> None:
    words = ["met", "deepsjiek", "vertalen"]
    assert tools.read(" ".join(words), words, frozenset(), {1: "deepsjiek"}).tools == ("deepseek",)


@pytest.mark.parametrize(
    "question", ["Is Gamma oké voor een presentatie?", "Is Vlotschrift toegestaan voor een memo?"]
)
def test_whether_it_is_fine_is_asked_of_a_tool(tools: ToolReader, question: str) -> None:
    assert tools.read(question, split_words(fold(question)), frozenset()).tools == (UNKNOWN_TOOL,)


@pytest.mark.parametrize(
    "question", ["Is It ok to use AI?", "Is een memo toegestaan?", "Is AI goed voor een mail?"]
)
def test_whether_anything_else_is_fine(tools: ToolReader, question: str) -> None:
    assert tools.read(question, split_words(fold(question)), frozenset()).tools == ()
