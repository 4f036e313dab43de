"""The Lab's cards and forms with the longest of everything still fit the strictest platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversations.lab import cards, forms
from bot.conversations.lab.examples import all_examples
from bot.conversations.lab.found_card import Found, found_card
from bot.conversations.lab.ticket_card import Shown, ticket_card
from bot.conversations.lab.understood_card import explained_card, understood_card
from bot.model.cards import Card, Form
from bot.model.effects import Refusal
from bot.texts import WORDS, Words
from knowledge.answers import Candidate, Outcome, Reading
from knowledge.content import Knowledge
from knowledge.matching.explaining import Explanation, Meant
from storage.database import Database
from storage.roles import Holder
from storage.tables.tickets import TicketRow
from storage.tickets import Asker, Ticket
from storage.tickets_finding import Listed, Numbers
from tests.conversations.dialog import buttons_of, direct, text_of
from tests.conversations.labs import RECORDING, LabHouse
from tests.conversations.roles import meet

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LONG, FIELD, NAME = "Een lange zin met é en 🧑‍🤝‍🧑. " * 400, "x" * 3_000, "N" * 200
ID = "0" * 32

both = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)


def longest(knowledge: Knowledge, state: str) -> Ticket:
    data = [one.id for one in knowledge.policy.data_classes]
    rows = [row.id for row in knowledge.use_cases[:3]]
    reading = {"candidates": rows, "data": data, "tools": ["?"], "tool_words": LONG, "because": LONG}
    return Ticket(
        id=ID, version=1, state=state, text=LONG, note=FIELD, language="nl", reading=reading, row=rows[0],
        unit=NAME, asks=9_999, unnamed=5, meant_for=None, claimed_by=ID, opened_at=NOW, answer_by=NOW, due_by=NOW,
        reacted_at=None, answered_at=NOW, answered_by=ID, answer=FIELD, closed_at=None, merged_into=None,
        place=None, card_key=None,
    )  # fmt: skip


@both
@pytest.mark.parametrize("state", ["open", "claimed", "asking", "answered", "closed"])
def test_a_ticket_of_the_longest_everything(words: Words, knowledge: Knowledge, state: str) -> None:
    askers = [Asker(ID, NAME, None, None)] * 60
    shown = Shown(
        longest(knowledge, state), knowledge, askers, NAME, NAME, NOW + timedelta(days=1), "Europe/Amsterdam"
    )
    assert isinstance(ticket_card(words, shown), Card)


def longest_explanation(ticket: Ticket) -> Explanation:
    """Of ten thousand characters that are all seen as something."""
    data = list(ticket.reading["data"])
    reading = Reading(
        masked_question=LONG,
        masked=("bsn", "iban"),
        language="nl",
        outcome=Outcome.HANDOVER,
        smalltalk=None,
        candidates=tuple(Candidate(row, 0.3) for row in ticket.reading["candidates"]),
        use_case=None,
        also=(),
        data=tuple(data),
        tools=("?",),
        tool_words=LONG,
        because=LONG,
    )
    many = range(900)
    return Explanation(
        reading,
        parts=tuple(f"{number} {LONG[:400]}" for number in many),
        mended=tuple((f"tikfuot{number}", f"tikfout{number}") for number in many),
        concepts=tuple(
            Meant(group, f"iets{n}", f"ies{n}") for group in ("tasks", "objects", "audiences") for n in many
        ),
        signals=tuple((f"naam{number}", data[-1]) for number in many),
        left_out=tuple(f"adres{number}" for number in many),
        why="unsure",
        doubts=("unread", "outside", "weak", "rival", "stricter", "part", "purpose"),
        outside=0.5,
    )


@both
def test_everything_around_it(words: Words, knowledge: Knowledge) -> None:
    ticket = longest(knowledge, "claimed")
    listed = [Listed(ID, "claimed", LONG, 9_999, ID, NOW, NOW)] * 12
    for card in (
        cards.note_card(words, LONG, FIELD),
        cards.asker_card(
            words, words("lab.asker_answered", name=NAME), ticket, FIELD, reply=words("lab.button_more")
        ),
        cards.asker_card(words, words("lab.asker_closed"), replace(ticket, text="kort"), LONG),
        understood_card(words, knowledge, ticket, [LONG[:2_000]] * 3),
        explained_card(words, knowledge, ticket, longest_explanation(ticket)),
        found_card(words, [Found(ticket, knowledge.use_cases[0], "mag_mits")] * 6, told=[LONG[:2_000]] * 6),
        cards.queue_card(
            words, "mine", Numbers(9_999, 999, 99, 9), listed, "https://x.example/" + "a" * 900, {ID: NAME}
        ),
        cards.late_card(words, listed[:10], 1_000),
        cards.reminder_card(words, words("lab.for_claimer", ref="x", text=LONG[:1_500]), ticket),
    ):
        assert isinstance(card, Card)


@both
def test_every_form(words: Words, knowledge: Knowledge) -> None:
    ticket, code = longest(knowledge, "open"), "abcd-efgh-jkmn-pqrs"
    for form in (
        forms.question_form(words, code, ID, text=LONG),
        forms.question_form(words, code, text=LONG),
        forms.found_form(words, code, LONG),
        forms.kept_form(words, code * 9, LONG),
        forms.reply_form(words, ticket, FIELD),
        forms.answer_form(words, ticket),
        forms.hand_on_form(words, ticket, [Holder(f"p{n}", NAME, None, None, "") for n in range(300)]),
        forms.merge_form(words, ticket, [(f"{n:032}", LONG) for n in range(300)]),
    ):
        assert isinstance(form, Form)


def test_every_example_is_drawn_in_both_languages() -> None:
    names = {language: [example.name for example in all_examples(language)] for language in WORDS}
    assert len(names["nl"]) == len(names["en"]) == len(set(names["nl"])) >= 24


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[LabHouse]:
    async with LabHouse(database, knowledge) as house:
        yield house


async def test_an_answer_to_very_many_is_asked_about_once_more(house: LabHouse, database: Database) -> None:
    """Sixty colleagues asked the same: nobody hears it before the yes, everybody once after it."""
    colleagues = [f"vrager{number}" for number in range(60)]
    for person in colleagues:
        await meet(house, person)
        await house.hand_over(person)
    await house.press("fleur", "Geef antwoord")
    await house.submit("fleur", {"text": "Ja, met toestemming."})
    assert "Dit gaat naar 6" in house.chat("fleur")
    assert not any("met toestemming" in house.chats(person) for person in colleagues)
    await house.press("fleur", buttons_of(house.messages(direct("fleur"))[-1])[0].label)
    for person in colleagues:
        assert house.chats(person).count("Ja, met toestemming.") == 1
    async with database.reading() as tx:
        assert (await tx.execute(select(TicketRow))).one().state == "answered"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> @here <!channel> *x*", "\u202egnp.exe", "🧑‍🤝‍🧑" * 900, "a\n" * 1_400]
)
async def test_what_somebody_types_is_never_more_than_words(house: LabHouse, text: str) -> None:
    await house.command("anna", "vraag")
    await house.submit("anna", {"question": text[:3_000], "how": "named"})
    assert not isinstance(house.effect, Refusal)
    assert text[:20].strip() in text_of(house.card)
    assert RECORDING not in text_of(house.card)
