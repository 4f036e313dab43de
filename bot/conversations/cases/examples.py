"""Every card and form of cases with example data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.conversations.cases import cards, desking, forms
from bot.conversations.cases.actions import Share
from bot.conversations.cases.cards import Around
from bot.conversations.cases.desk_card import Beside, desk_card, waiting_card
from bot.conversations.cases.draft import Draft, draft_of
from bot.conversations.cases.moment_cards import moment_card, moments_card, stopped_card
from bot.model.cards import Card, Example, Form
from bot.texts import WORDS, Words
from knowledge.content import Language
from storage.cases import Case
from storage.cases_moments import Moment

_DAY = datetime(2026, 11, 20, tzinfo=UTC)
_CODE = "K7QF-2M9X-RT4C-8HWZ"
_PAGE = "https://promptclub.voorbeeld.example/cases"
_WORKED = {
    "nl": (
        "Ik liet Copilot een eerste versie schrijven van een mail over een vertraagde levering.",
        "De toon was goed, maar er stond een datum in die niet klopte.",
        "Laat de datum weg uit je vraag en vul hem zelf in. Dan klopt hij altijd.",
        "e-mail aan klanten",
        "Een mail aan een klant schrijven",
    ),
    "en": (
        "I had Copilot write a first version of an email about a late delivery.",
        "The tone was good, but there was a date in it that was wrong.",
        "Leave the date out of your question and fill it in yourself. Then it is always right.",
        "email to customers",
        "Writing an email to a customer",
    ),
}
_WENT_WRONG = {
    "nl": (
        "Ik liet een verslag van een overleg samenvatten.",
        "Twee besluiten ontbraken. Een collega merkte het pas na een week.",
        "Leg de samenvatting naast je eigen aantekeningen voordat je hem deelt.",
    ),
    "en": (
        "I had the notes of a meeting summarised.",
        "Two decisions were missing. A colleague noticed a week later.",
        "Put the summary beside your own notes before you share it.",
    ),
}
_REASON = {
    "nl": "Deze ervaring gaat over één klant die te herkennen is. De les nemen we wel mee in de regel.",
    "en": "This experience is about one customer who can be recognised. We do take the lesson into the rule.",
}


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    for key, card in (*_for_sharers(words), *_for_readers(words), *_for_the_lab(words), *_moments(words)):
        yield Example(name=key, card=card)


def _worked(words: Words) -> Case:
    did, happened, learned, task, _ = _WORKED[words.language]
    return Case(
        id="c" * 32,
        person_id="p1",
        code_sum=None,
        kind="success",
        did=did,
        happened=happened,
        learned=learned,
        tool="Microsoft 365 Copilot",
        task=task,
        language=words.language,
        in_digest=True,
        state="new",
        version=1,
        shared_on=_DAY,
        claimed_by=None,
        reason="",
        merged_into=None,
        use_case="klantmail",
        stance="supports",
        tags=("mail", "toon" if words.language == "nl" else "tone"),
        proposed=None,
        published_at=None,
        message_key=None,
        stale=False,
        name="Noor Bakker",
    )


def _went_wrong(words: Words) -> Case:
    did, happened, learned = _WENT_WRONG[words.language]
    return replace(
        _worked(words),
        id="d" * 32,
        kind="failure",
        did=did,
        happened=happened,
        learned=learned,
        person_id=None,
        code_sum="0" * 64,
        name=None,
        task="",
        tags=(),
        in_digest=False,
    )


def _proposal(case: Case) -> dict[str, str]:
    return {"did": case.did, "happened": case.happened, "learned": case.learned}


def _for_sharers(words: Words) -> Iterator[tuple[str, Card | Form]]:
    case, other = _worked(words), _went_wrong(words)
    proposed = replace(case, proposed=_proposal(case), state="claimed")
    yield words("cases.card_share"), forms.share_form(words, Share(), Draft())
    yield words("cases.card_back"), forms.share_form(words, Share(round=1), draft_of(case), masked=True)
    yield words("cases.card_thanks"), cards.thanks_card(words, case.id)
    yield words("cases.card_own_code"), forms.own_form(words, other, code=_CODE, first=True)
    yield words("cases.card_own"), forms.own_form(words, proposed)
    yield words("cases.card_code"), forms.code_form(words)
    yield words("cases.card_asked"), cards.asked_card(words, proposed)
    declined = replace(case, state="declined", reason=_REASON[words.language])
    yield words("cases.card_declined"), cards.told_card(words, declined)
    yield words("cases.card_mine"), cards.mine_card(words, [replace(case, state="published"), declined])


def _for_readers(words: Words) -> Iterator[tuple[str, Card | Form]]:
    case, other = _worked(words), _went_wrong(words)
    row = _WORKED[words.language][4]
    yield words("cases.card_read"), cards.case_card(words, case, Around(row, recognised=7, also=2))
    yield words("cases.card_failure"), cards.case_card(words, other, Around())
    yield words("cases.card_found"), cards.found_card(words, [case, other], "mail", more=True, link=_PAGE)
    yield words("cases.card_none"), cards.found_card(words, [], "klantmail", more=False, link=_PAGE)


def _for_the_lab(words: Words) -> Iterator[tuple[str, Card | Form]]:
    case, other = _worked(words), _went_wrong(words)
    row = _WORKED[words.language][4]
    claimed = replace(case, state="claimed", claimed_by="p2", proposed=_proposal(case))
    yield words("cases.card_desk"), desk_card(words, other, Beside())
    yield words("cases.card_desk_claimed"), desk_card(words, claimed, Beside("Fleur Janssens", row))
    done = replace(claimed, state="published", proposed=None)
    yield words("cases.card_desk_done"), desk_card(words, done, Beside("Fleur Janssens", row))
    yield words("cases.card_tidy"), desking.tidy_form(words, case)
    yield words("cases.card_link"), desking.link_form(words, case)
    yield words("cases.card_merge"), desking.merge_form(words, case, [other])
    yield words("cases.card_decline"), desking.decline_form(words, case)
    waiting = [(other, ""), (claimed, "Fleur Janssens")]
    yield words("cases.card_waiting"), waiting_card(words, waiting, 12, 3)


def _moments(words: Words) -> Iterator[tuple[str, Card | Form]]:
    place = {"platform": "web", "tenant": "", "id": "klantenservice", "kind": "channel"}
    moment = Moment("web//klantenservice/", place, 6, words.language, True, "p1", _DAY, None, 2)
    yield words("cases.card_moment"), moment_card(words, moment.channel)
    yield words("cases.card_moments"), moments_card(words, [moment, replace(moment, weeks=1)])
    yield words("cases.card_stopped"), stopped_card(words, moment)
