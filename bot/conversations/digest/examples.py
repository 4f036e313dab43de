"""Every card and form of the weekly post with example data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversation import DigestLine, DigestSection, DigestSpan, Turn
from bot.conversations.digest import cards, forms, picture
from bot.conversations.digest.draft_card import Draft, draft_card
from bot.conversations.digest.making import APART
from bot.conversations.digest.post_card import Part, arrange, post_card
from bot.conversations.digest.sections import ASKED, FIGURES, QUOTED, ROWS, WORDS
from bot.model.cards import Card, Example
from bot.texts import WORDS as TEXTS
from bot.texts import Words
from knowledge.content import DigestPlan, Language
from storage.digest_questions import Candidate, Consent
from storage.digests import Digest, Line

_DUE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_URL = "https://promptclub.voorbeeld.example"
_ZONE = "Europe/Amsterdam"
_FIGURES = {"mag": 31, "mag_mits": 58, "grijs": 12, "mag_niet": 9, "open": 7}
_TITLES = {
    "nl": (
        "Vergaderingen samenvatten",
        "Cv's beoordelen",
        "Een mail aan een klant schrijven",
        "Code laten nakijken",
    ),
    "en": ("Summarising meetings", "Judging CVs", "Writing an email to a customer", "Having code reviewed"),
}
_QUESTIONS = {
    "nl": (
        "Mag ik een verslag van een gesprek laten samenvatten als ik de namen eruit haal?",
        "Mag Copilot een eerste versie van mijn presentatie maken?",
    ),
    "en": (
        "May I have the notes of a conversation summarised if I take the names out?",
        "May Copilot make a first version of my presentation?",
    ),
}
_OWN = {
    "nl": "Donderdag om 12.00 uur eten we samen en laten drie collega's zien wat ze met AI doen. Schuif je aan?",
    "en": "On Thursday at noon we have lunch together, and three colleagues show what they do with AI. Do join us.",
}


async def _find_nothing(_: Turn, __: DigestSpan) -> list[DigestLine]:
    return []


_SECTIONS = {
    ROWS: DigestSection(ROWS, "digest.section_rows", 10, _find_nothing),
    ASKED: DigestSection(ASKED, "digest.section_asked", 30, _find_nothing),
}


def all_examples(language: Language) -> Iterator[Example]:
    words = TEXTS[language]
    lines = _lines(words)
    digest = _digest(language)
    candidates = [Candidate(f"q{place}", text) for place, text in enumerate(_QUESTIONS[language])]
    consent = Consent("c1", "d1", _QUESTIONS[language][0], "p1", "p2", "asked")
    edited = [replace(line, pinned=place == 2, dropped=place == 3) for place, line in enumerate(lines)]
    yield Example(name=words("digest.card_post"), card=_post(words, digest, lines))
    yield Example(name=words("digest.card_quiet"), card=_post(words, digest, []))
    yield Example(name=words("digest.card_draft"), card=_draft(words, digest, edited, asked=True))
    held = replace(digest, state="held", settled_by="p2")
    late = _draft(words, held, edited, now=_DUE + timedelta(hours=1))
    yield Example(name=words("digest.card_held"), card=late)
    sent = replace(digest, state="sent", settled_at=_DUE - timedelta(hours=3), settled_by="p2")
    yield Example(name=words("digest.card_sent"), card=_draft(words, sent, edited))
    yield Example(name=words("digest.card_change"), card=forms.change_form(words, digest, edited))
    yield Example(name=words("digest.card_add"), card=forms.words_form(words, digest))
    yield Example(name=words("digest.card_pick"), card=forms.pick_form(words, digest, candidates))
    asking = Card(summary=words("digest.consent_summary"), elements=cards.request_elements(words, consent))
    yield Example(name=words("digest.card_consent"), card=asking)
    yield Example(name=words("digest.card_thanks"), card=cards.thanks_card(words, consent))
    read = cards.read_card(
        words,
        replace(sent, card=_post(words, digest, lines).model_dump(mode="json")),
        "algemeen",
        _ZONE,
        f"{_URL}/digest/2026-W48",
    )
    plans = (DigestPlan("algemeen", "web:algemeen", "0 9 * * 2", None, language),)
    yield Example(name=words("digest.card_read"), card=cards.with_drafts(words, read, plans))


def _digest(language: Language) -> Digest:
    return Digest(
        id="d1",
        channel="web:algemeen",
        week="2026-W48",
        posted_in=None,
        language=language,
        state="draft",
        version=1,
        since=_DUE - timedelta(days=8),
        made_at=_DUE - timedelta(days=1),
        due_at=_DUE,
        good_until=_DUE + timedelta(days=5),
        more={},
        card=None,
        outbox_key=None,
        settled_at=None,
        settled_by=None,
        reported_at=None,
    )


def _lines(words: Words) -> list[Line]:
    titles = _TITLES[words.language]
    mits, mag, niet = (words(f"ask.verdict_{verdict}") for verdict in ("mag_mits", "mag", "mag_niet"))
    told = (
        (WORDS, 0, _OWN[words.language]),
        (ROWS, 10, words("digest.row_verdict_changed", title=titles[0], before=mits, verdict=mag)),
        (ROWS, 10, words("digest.row_new", title=titles[3], verdict=mits)),
        (QUOTED, 20, _QUESTIONS[words.language][0]),
        (ASKED, 30, words("digest.asked_line", title=titles[2], verdict=mits, n=23)),
        (ASKED, 30, words("digest.asked_line", title=titles[1], verdict=niet, n=8)),
    )
    lines = [Line(f"l{n}", name, f"r{n}", rank * APART + n, text) for n, (name, rank, text) in enumerate(told)]
    numbers = picture.tell_figures(words, _FIGURES)
    return [*lines, Line("l9", FIGURES, "verdicts", 40 * APART, numbers, figures=_FIGURES)]


def _parts(words: Words, lines: list[Line], *, dropped_too: bool = False) -> list[Part]:
    return arrange(words, _SECTIONS, lines, {ROWS: 4}, dropped_too=dropped_too)


def _post(words: Words, digest: Digest, lines: list[Line]) -> Card:
    return post_card(words, digest.week, _parts(words, lines), _URL)


def _draft(words: Words, digest: Digest, lines: list[Line], *, now: datetime = _DUE, asked: bool = False) -> Card:
    parts = _parts(words, lines, dropped_too=True)
    moment = now if now != _DUE else digest.made_at
    return draft_card(
        words,
        Draft(digest, "algemeen", parts, moment, _ZONE, by="Fleur Janssens", asked=asked, picked=True),
    )
