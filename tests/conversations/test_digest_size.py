"""However much there is to tell, the post and its draft fit every platform; never a failure, never a word lost
that an editor pinned while there is room."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import insert

from bot.conversation import DigestLine, DigestSection, DigestSpan, Turn
from bot.conversations.digest import forms, picture
from bot.conversations.digest.draft_card import draft_card
from bot.conversations.digest.examples import all_examples
from bot.conversations.digest.post_card import arrange, post_card
from bot.conversations.digest.sections import ASKED, FIGURES, QUOTED, ROWS, WORDS
from bot.model import limits
from bot.model.cards import Bullets, Card, Picture
from bot.platforms.slack.render import draw_message
from bot.platforms.teams import render as teams
from bot.texts import WORDS as TEXTS
from knowledge.content import Knowledge, Verdict, Wording
from storage.database import Database
from storage.digests import Line
from storage.tables.people import PersonRow
from storage.tables.questions import AskerRow, QuestionRow
from tests.conversations.dialog import text_of
from tests.conversations.digests import DUE, DigestHouse
from tests.conversations.roles import meet
from tests.platforms.any_card import words
from tests.platforms.slack.block_kit import find_message_problems
from tests.platforms.teams.card_rules import find_faults

NAMES = (WORDS, ROWS, QUOTED, ASKED, FIGURES, *(f"other{number}" for number in range(12)))


async def find_nothing(_: Turn, __: DigestSpan) -> list[DigestLine]:
    return []


SECTIONS = {name: DigestSection(name, "digest.section_rows", 50, find_nothing) for name in NAMES if name != WORDS}
_figures = st.dictionaries(st.sampled_from(picture.KINDS), st.integers(3, 10**9), min_size=1)
_lines = st.lists(
    st.builds(
        Line,
        id=st.uuids().map(str),
        section=st.sampled_from(NAMES),
        ref=st.just("x"),
        number=st.integers(0, 60_000),
        text=words(3_000),
        reworded=st.none() | words(500),
        dropped=st.booleans(),
        pinned=st.booleans(),
    ),
    max_size=60,
)


def fits_everywhere(card: Card) -> None:
    slack = draw_message(card)
    assert find_message_problems(slack, files=frozenset()) == [] or any(e.kind == "picture" for e in card.elements)
    assert find_faults(teams.draw_card(card)) == []


@settings(max_examples=60)
@given(_lines, _figures, st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10**6)))
def test_anything_fits(lines: list[Line], figures: dict[str, int], more: dict[str, int]) -> None:
    drawn = [replace(line, figures=figures) if line.section == FIGURES else line for line in lines]
    parts = arrange(TEXTS["nl"], SECTIONS, drawn, more)
    fits_everywhere(post_card(TEXTS["nl"], "2026-W48", parts, "https://promptclub.example"))


@settings(max_examples=30)
@given(_lines)
def test_any_draft_and_its_form_fit(lines: list[Line]) -> None:
    from bot.conversations.digest import examples

    parts = arrange(TEXTS["nl"], SECTIONS, lines, {}, dropped_too=True)
    digest = examples._digest("nl")
    draft = examples.Draft(digest, "x" * 300, parts, digest.made_at, "Europe/Amsterdam", by="y" * 200)
    fits_everywhere(draft_card(TEXTS["nl"], draft))
    if lines:
        forms.change_form(TEXTS["nl"], digest, lines)


def line(number: int, section: str = ROWS, **values: object) -> Line:
    text = f"{number} " + "woord " * 60
    return replace(Line(f"l{number}", section, f"r{number}", number, text), **values)  # type: ignore[arg-type]


def test_what_is_pinned_stays_and_the_rest_is_counted() -> None:
    lines = [line(number, pinned=number in (40, 41)) for number in range(50)]
    card = post_card(
        TEXTS["nl"], "2026-W48", arrange(TEXTS["nl"], SECTIONS, lines, {ROWS: 450}), "https://x.example"
    )
    items = next(element.items for element in card.elements if isinstance(element, Bullets))
    assert [item.split()[0] for item in items[:2]] == ["40", "41"]
    assert f"En nog {500 - len(items)} andere." in text_of(card)


def test_the_least_important_goes_first() -> None:
    many = [line(1_000 * place + n, name, pinned=True) for place, name in enumerate(NAMES[1:]) for n in range(9)]
    card = post_card(TEXTS["nl"], "2026-W48", arrange(TEXTS["nl"], SECTIONS, many, {}), "https://x.example")
    first = [item.split()[0] for element in card.elements if isinstance(element, Bullets) for item in element.items]
    assert first[0] == "0", "the first section is there"
    assert str(1_000 * (len(NAMES) - 2)) not in first, "the last is not"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_picture_is_small_readable_and_told_in_words(language: str) -> None:
    figures = {"mag": 1_204, "mag_mits": 3, "grijs": 7, "mag_niet": 999_999_999, "open": 12}
    png = picture.draw_figures(TEXTS[language], figures)  # type: ignore[index]
    assert len(png) < limits.PICTURE_BYTES
    alt = picture.tell_figures(TEXTS[language], figures)  # type: ignore[index]
    assert all(TEXTS[language].number(number) in alt for number in figures.values())  # type: ignore[index]
    example = next(e.card for e in all_examples(language) if isinstance(e.card, Card))  # type: ignore[arg-type]
    drawn = next(element for element in example.elements if isinstance(element, Picture))
    assert drawn.png.startswith(b"\x89PNG")


def test_every_row_of_the_picture_differs_without_its_colours() -> None:
    """In grey tones each verdict still has a sign of its own."""
    import io

    signs = set()
    for kind in picture.KINDS:
        image = Image.open(io.BytesIO(picture.draw_figures(TEXTS["nl"], {kind: 5}))).convert("L")
        signs.add(image.crop((20, 30, 56, 70)).point(lambda tone: 0 if tone < 200 else 255).tobytes())
    assert len(signs) == len(picture.KINDS)


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[DigestHouse]:
    async with DigestHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        yield house


async def test_five_thousand_questions_and_five_hundred_changed_rows(house: DigestHouse) -> None:
    long = "Werk met een heel lange naam " * 60
    template = house.known.get_use_case("klantmail")
    rows = tuple(replace(template, id=f"r{n}", title=Wording(f"{n} {long}", f"{n} {long}")) for n in range(500))
    house.known = replace(house.known, use_cases=rows)
    await house.drafted()
    await house.ring(DUE)
    changed = tuple(replace(row, verdicts=dict.fromkeys(row.verdicts, Verdict.GRIJS)) for row in rows)
    house.known = replace(house.known, use_cases=changed)
    house.clock.moment = DUE + timedelta(days=2)
    await ask_much(house)
    house.clock.moment = DUE + timedelta(days=6)
    await house.ring()
    await house.press("fleur", "Pas een regel aan")
    assert len(house.form.fields[0].options) <= limits.OPTIONS  # type: ignore[union-attr]
    await house.ring(DUE + timedelta(days=7))
    post = house.posts()[-1]
    fits_everywhere(post)
    assert "En nog 49" in text_of(post)
    assert "(door 50 collega's)" in text_of(post)
    assert "Aantal vragen: Mag, mits: 5.000." in text_of(post)


async def ask_much(house: DigestHouse) -> None:
    now = house.clock()
    async with house.database.transaction() as tx:
        await tx.execute(insert(PersonRow), [{"id": f"p{n}", "name": "", "created_at": now} for n in range(50)])
        question = {
            "text": "x" * 40_000, "language": "nl", "outcome": "answer", "row_version": 1,
            "verdict": "mag_mits", "reading": {}, "asked_at": now,
        }  # fmt: skip
        asked = [{**question, "id": f"q{n}", "use_case": f"r{n % 20}"} for n in range(5_000)]
        await tx.execute(insert(QuestionRow), asked)
        askers = [{"question_id": f"q{n}", "person_id": f"p{n // 20 % 50}", "asked_at": now} for n in range(5_000)]
        await tx.execute(insert(AskerRow), askers)


async def test_another_conversation_fills_a_section(house: DigestHouse) -> None:
    async def find_cases(turn: Turn, span: DigestSpan) -> list[DigestLine]:
        assert (span.channel, turn.language) == ("plain:algemeen", "nl")
        return [DigestLine("c1", "Wat werkte: notulen in de helft van de tijd.")]

    section = DigestSection("cases", "digest.section_asked", 25, find_cases)
    mine = next(one for one in house.desk.conversations if one.name == "mine")
    mine.on_digest(section)
    await house.drafted()
    await house.ring(DUE)
    assert "notulen in de helft van de tijd" in text_of(house.posts()[0])
