"""Every card and form of the AI Lab with example data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.conversations.lab import cards, forms
from bot.conversations.lab.found_card import Found, found_card
from bot.conversations.lab.ticket_card import Shown, near_lines, ticket_card
from bot.conversations.lab.understood_card import explained_card, understood_card
from bot.model.cards import Card, Example
from bot.texts import WORDS, Words
from knowledge.answers import Candidate, Outcome, Reading
from knowledge.content import Knowledge, Language
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.explaining import Explanation, Meant
from storage.roles import Holder
from storage.tickets import Asker, Ticket
from storage.tickets_finding import Listed, Numbers

_NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_ZONE = "Europe/Amsterdam"
_URL = "https://promptclub.voorbeeld.example/lab"
_CODE = "MFK7-QPXD-9RTC-H3VE"
_IDS = ("4c19e0" + "0" * 26, "b07d5a" + "0" * 26)
_TEXTS = {
    "nl": (
        "Mag ik een opname van een sollicitatiegesprek laten uitschrijven als de kandidaat dat goed vindt?",
        "Mag de nieuwe tool van onze leverancier bij de planning?",
        "Het gaat om gesprekken van een half uur.",
        "Ja, als de kandidaat vooraf schriftelijk akkoord geeft en je de opname daarna wist. Gebruik Copilot, geen "
        "eigen account.",
        "Waar staat die opname nu, en wie kan erbij?",
    ),
    "en": (
        "May I have the recording of a job interview written out if the candidate agrees?",
        "May our supplier's new tool look at the rota?",
        "They are interviews of half an hour.",
        "Yes, if the candidate agrees in writing beforehand and you delete the recording afterwards. Use Copilot, "
        "no account of your own.",
        "Where is that recording now, and who can open it?",
    ),
}


@cache
def _knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    ticket = _ticket(language)
    yield from _tickets(words, ticket)
    yield from _others(words, ticket)
    yield from _forms(words, ticket)


def _tickets(words: Words, ticket: Ticket) -> Iterator[Example]:
    answer = _TEXTS[words.language][3]
    claimed = replace(ticket, state="claimed", claimed_by="p2", reacted_at=_NOW, due_by=ticket.answer_by, asks=6)
    late = replace(ticket, unnamed=1, due_by=_NOW - timedelta(hours=2), note="")
    done = replace(ticket, state="answered", answer=answer, answered_by="p2", due_by=None)
    yield Example(name=words("lab.card_open"), card=_draw(words, ticket))
    yield Example(name=words("lab.card_claimed"), card=_draw(words, claimed))
    yield Example(name=words("lab.card_late"), card=_draw(words, late, names=()))
    yield Example(name=words("lab.card_answered"), card=_draw(words, done))


def _draw(words: Words, ticket: Ticket, names: tuple[str, ...] = ("Noor Bakker",)) -> Card:
    askers = [Asker("p1", name, None, None) for name in names]
    return ticket_card(
        words, Shown(ticket, _knowledge(), askers, claimer="Fleur Janssens", answerer="Fleur Janssens", now=_NOW,
                     time_zone=_ZONE)
    )  # fmt: skip


def _others(words: Words, ticket: Ticket) -> Iterator[Example]:
    name = "Fleur Janssens"
    _, _, _, answer, asked = _TEXTS[words.language]
    note = cards.note_card(words, words("lab.note_answered", name=name), answer)
    yield Example(name=words("lab.card_note"), card=note)
    until = words("lab.until", moment=words.moment(ticket.answer_by, _ZONE))
    claimed = cards.asker_card(words, f"{words('lab.asker_claimed', name=name)} {until}", ticket)
    yield Example(name=words("lab.card_asker_claimed"), card=claimed)
    said, more = words("lab.asker_answered", name=name), words("lab.button_more")
    yield Example(
        name=words("lab.card_asker_answered"), card=cards.asker_card(words, said, ticket, answer, reply=more)
    )
    said, reply = words("lab.asker_asked", name=name), words("lab.button_reply")
    yield Example(
        name=words("lab.card_asker_asked"), card=cards.asker_card(words, said, ticket, asked, reply=reply)
    )
    yield Example(
        name=words("lab.card_handed"), card=cards.handed_card(words, f"{words('lab.handed')} {until}", ticket.text)
    )
    near = near_lines(words, _knowledge(), ticket)
    yield Example(name=words("lab.card_understood"), card=understood_card(words, _knowledge(), ticket, near))
    explained = explained_card(words, _knowledge(), ticket, _explanation(words, ticket))
    yield Example(name=words("lab.card_explained"), card=explained)
    yield Example(name=words("lab.card_closed"), card=cards.closed_card(words, ticket))
    rows = _knowledge().use_cases
    second = replace(ticket, id=_IDS[1], text=_TEXTS[words.language][1])
    offered = [Found(ticket, rows[0], "mag_mits"), Found(second, rows[1], "mag")]
    yield Example(name=words("lab.card_found_again"), card=found_card(words, offered))
    given = [words("lab.again_given", ref="4c19e0")]
    yield Example(name=words("lab.card_found_given"), card=found_card(words, offered[1:], told=given))
    found, names = _listed(words.language), {"p2": name}
    queue = cards.queue_card(words, "open", Numbers(12, 2, 3, 1), found, _URL, names)
    yield Example(name=words("lab.card_queue"), card=queue)
    empty = cards.queue_card(words, "late", Numbers(0, 0, 0, 0), [], _URL, {})
    yield Example(name=words("lab.card_queue_empty"), card=empty)
    yield Example(name=words("lab.card_left_over"), card=cards.late_card(words, found, 2))
    told = words("lab.remind", ref="4c19e0", moment=words.moment(ticket.answer_by, _ZONE))
    yield Example(name=words("lab.card_reminder"), card=cards.reminder_card(words, told, ticket))


def _explanation(words: Words, ticket: Ticket) -> Explanation:
    """Of the example's question, as the reading tells it."""
    rows, nl = list(ticket.reading["candidates"]), words.language == "nl"
    reading = Reading(
        masked_question=ticket.text,
        masked=(),
        language=words.language,
        outcome=Outcome.HANDOVER,
        smalltalk=None,
        candidates=tuple(Candidate(row, share) for row, share in zip(rows, (0.34, 0.21, 0.08), strict=True)),
        use_case=None,
        also=(),
        data=tuple(ticket.reading["data"]),
        tools=(),
        tool_words=None,
        because=ticket.reading["because"],
    )
    concepts = (
        Meant("tasks", "transcriberen" if nl else "transcribe", "uitschrijven" if nl else "written out"),
        Meant(
            "objects", "sollicitatie" if nl else "job application", "sollicitatiegesprek" if nl else "job interview"
        ),
    )
    signals = (("kandidaat" if nl else "candidate", ticket.reading["data"][0]),)
    return Explanation(reading, (), (), concepts, signals, (), "unsure", ("weak", "outside"), 0.37)


def _forms(words: Words, ticket: Ticket) -> Iterator[Example]:
    _, other, _, answer, asked = _TEXTS[words.language]
    holders = [
        Holder("p2", "Fleur Janssens", None, None, "ai_lab"),
        Holder("p3", "Bram Visser", None, None, "ai_lab"),
    ]
    told = f"{words('lab.found_answered')}\n\n{answer}"
    drawn = {
        "card_form": forms.question_form(words, _CODE),
        "card_form_about": forms.question_form(words, _CODE, "q" * 32, text=ticket.text),
        "card_code": forms.code_form(words),
        "card_sent": forms.kept_form(words, _CODE, words("lab.sent_unnamed", when=words("lab.unnamed_until", n=2))),
        "card_found": forms.found_form(words, _CODE, told),
        "card_reply": forms.reply_form(words, ticket, asked),
        "card_answer": forms.answer_form(words, ticket),
        "card_ask": forms.ask_form(words, ticket),
        "card_hand_on": forms.hand_on_form(words, ticket, holders),
        "card_merge": forms.merge_form(words, ticket, [(_IDS[1], other)]),
        "card_close": forms.close_form(words, ticket),
    }
    for key, form in drawn.items():
        yield Example(name=words(f"lab.{key}"), card=form)


def _listed(language: Language) -> list[Listed]:
    first, second = _TEXTS[language][:2]
    return [
        Listed(_IDS[0], "claimed", first, 6, "p2", _NOW - timedelta(days=2), _NOW),
        Listed(_IDS[1], "open", second, 1, None, _NOW - timedelta(days=1), _NOW),
    ]


def _ticket(language: Language) -> Ticket:
    rows = [row.id for row in _knowledge().use_cases[:3]]
    because = {"nl": "Geen soort werk springt er echt uit.", "en": "No kind of work stands out."}[language]
    data, tool = [_knowledge().policy.data_classes[-1].id], _knowledge().tools[0]
    return Ticket(
        id=_IDS[0],
        version=1,
        state="open",
        text=_TEXTS[language][0],
        note=_TEXTS[language][2],
        language=language,
        reading={"candidates": rows, "data": data, "tools": [tool.id], "tool_words": tool.name, "because": because},
        row=rows[0],
        unit={"nl": "Zorg", "en": "Care"}[language],
        asks=1,
        unnamed=0,
        meant_for=None,
        claimed_by=None,
        opened_at=_NOW - timedelta(hours=2),
        answer_by=_NOW + timedelta(days=2),
        due_by=_NOW + timedelta(hours=2),
        reacted_at=None,
        answered_at=None,
        answered_by=None,
        answer=None,
        closed_at=None,
        merged_into=None,
        place=None,
        card_key=None,
    )
