"""In the terminal: the same cards as in a chat, and nothing but the answer where a program reads along."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.show_answer import show_card
from bot.conversations import find_examples
from bot.conversations.ask.answer_card import About, answer_card
from bot.model.cards import Bullets, Buttons, Card, Divider, Element, Fact, Facts, Link, Picture, Text
from bot.texts import WORDS
from knowledge.content import LANGUAGES, Language
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.verdict import judge


def shown(card: Card, width: int = 80) -> str:
    file = io.StringIO()
    show_card(card, Console(file=file, width=width))
    return " ".join(file.getvalue().split())


def texts_of(element: Element) -> list[str]:
    match element:
        case Text(text=text):
            return [text]
        case Bullets(items=items):
            return list(items)
        case Facts(facts=facts):
            return [text for fact in facts for text in (fact.label, fact.value)]
        case Buttons(buttons=buttons):
            return [button.label for button in buttons]
        case Link(label=label, url=url):
            return [label, url]
        case Picture(alt=alt):
            return [alt]
        case Divider():
            return []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_says_in_the_terminal_what_it_says_in_a_chat(language: Language) -> None:
    for examples in find_examples(language).values():
        for example in examples:
            if isinstance(example.card, Card):
                drawn = shown(example.card, width=2_000)
                for text in (text for element in example.card.elements for text in texts_of(element)):
                    assert " ".join(text.split())[:80] in drawn, example.name


def test_words_are_no_markup_and_every_kind_of_element_is_drawn() -> None:
    card = Card(
        summary="x",
        elements=(
            Text(text="[bold]vet[/bold] [/dicht] :smile:", style="quote"),
            Facts(facts=(Fact(label="[red]", value="[link=x]"),)),
            Picture(png=b"x", alt="een [grafiek]"),
            Divider(),
            Link(label="[hier]", url="https://x.example/[a]"),
        ),
    )
    drawn = shown(card)
    for text in (text for element in card.elements for text in texts_of(element)):
        assert text in drawn


def test_an_answer_that_is_not_kept_offers_nothing_to_press() -> None:
    knowledge = load(DEFAULT_FOLDER)
    judgement = judge(knowledge, knowledge.use_cases[0].id, [], [])
    kept, not_kept = (answer_card(WORDS["nl"], knowledge, judgement, About(id)) for id in ("0" * 32, ""))
    pressed = [element for element in kept.elements if element not in not_kept.elements]
    assert not [element for element in not_kept.elements if isinstance(element, Buttons)]
    assert [type(element) for element in pressed] == [Text, Buttons, Buttons]


def test_ask_answers_with_the_card_in_the_language_of_the_question(tmp_path: Path) -> None:
    nowhere = {"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite"}
    answered = CliRunner().invoke(app, ["ask", "May I let AI judge CVs of applicants?"], env=nowhere)
    assert answered.exit_code == 0
    assert "⛔ Not allowed" in answered.stdout
    assert "Why: " in answered.stdout
    assert "What you can do: " in answered.stdout
    assert "Part of: " in answered.stdout
    assert answered.stderr == "", "only a person at a terminal is told what takes so long"
