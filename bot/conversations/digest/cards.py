"""The small cards around a digest: asking for consent, reading back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.digest.actions import Agree, ShowDraft
from bot.model import limits
from bot.model.cards import Button, Buttons, Card, Element, Link, Text, shorten
from bot.texts import Words
from knowledge.content import DigestPlan
from storage.digest_questions import Consent
from storage.digests import Digest

_PLANS = 3


def request_elements(words: Words, consent: Consent) -> tuple[Element, ...]:
    """May we? With the very words that would be posted."""
    yes = Button.to(Agree(consent=consent.id, yes=True), words("digest.consent_yes"))
    no = Button.to(Agree(consent=consent.id, yes=False), words("digest.consent_no"))
    return (
        Text(text=words("digest.consent_ask")),
        Text(text=shorten(consent.text, limits.TEXT), style="quote"),
        Text(text=words("digest.consent_safe"), style="quiet"),
        Buttons(buttons=(yes, no)),
    )


def thanks_card(words: Words, consent: Consent) -> Card:
    back = Button.to(Agree(consent=consent.id, yes=False), words("digest.consent_back"))
    thanks = words("digest.consent_thanks")
    return Card(summary=thanks, elements=(Text(text=thanks), Buttons(buttons=(back,))))


def read_card(words: Words, digest: Digest, channel: str, time_zone: str, url: str) -> Card:
    """As it was posted, with where and when, and this reader's own way to the others."""
    assert digest.card is not None and digest.settled_at is not None
    posted = Card.model_validate(digest.card)
    moment = words.moment(digest.settled_at, time_zone)
    body = [element for element in posted.elements if element.kind != "link"]
    where = Text(text=words("digest.read_title", channel=channel, moment=moment), style="quiet")
    link = Link(label=words("digest.all"), url=url)
    return Card(summary=posted.summary, elements=(body[0], where, *body[1:], link))


def with_drafts(words: Words, card: Card, plans: Sequence[DigestPlan]) -> Card:
    """For editors, below what everybody reads."""
    buttons = tuple(
        Button.to(ShowDraft(plan=plan.id), words("digest.see_draft", channel=plan.id)) for plan in plans[:_PLANS]
    )
    below = (Text(text=words("digest.for_editors"), style="quiet"), Buttons(buttons=buttons))
    return Card(summary=card.summary, elements=(*card.elements, *below))
