"""What nobody asked for, on every platform: a first message to somebody new, and messages with a picture."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Fact, Facts, Picture, Text
from bot.model.events import Place
from storage.tables.people import AccountRow
from tests.platforms.behind import put_out
from tests.platforms.stage import Stage

LARGE = (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200)[: limits.PICTURE_BYTES]
"""As large as a card takes; nothing on the way to a platform looks inside."""


def chart(alt: str) -> Card:
    """A card with as large a picture as a card takes."""
    return Card(summary="De week", elements=(Text(text="De week"), Picture(png=LARGE, alt=alt)))


async def place_of_anna(stage: Stage) -> Place:
    """Her chat with the bot, once she said hello in it."""
    await stage.say("anna", "hoi")
    await stage.messages("anna")
    async with stage.app.database.reading() as tx:
        return Place.model_validate((await tx.execute(select(col(AccountRow.direct)))).scalar_one())


# ---------------------------------------------------------------- somebody new


async def test_somebody_who_never_spoke_is_found_by_email_and_reached_once(stage: Stage) -> None:
    account = await stage.app.platforms[stage.name].find_account_by_email(stage.email_of("anna"))
    assert account is not None
    place = Place(platform=account.platform, tenant=account.tenant, id="", kind="direct", user=account.user)
    await put_out(stage.app, place, Card.of_words("Welkom bij de club"))
    assert await stage.deliveries() == [("sent", None)]
    (shown,) = await stage.messages("anna")
    assert "Welkom bij de club" in shown.text


async def test_an_address_that_is_nobody_s(stage: Stage) -> None:
    assert await stage.app.platforms[stage.name].find_account_by_email("niemand-99@voorbeeld.example") is None


# ---------------------------------------------------------------- pictures


async def test_the_largest_picture_is_shown_and_replaced_in_place(stage: Stage) -> None:
    place = await place_of_anna(stage)
    await put_out(stage.app, place, chart("Vier keer mag"))
    before = (await stage.messages("anna"))[-1]
    assert before.pictures == ("Vier keer mag",)
    await put_out(stage.app, place, chart("Vijf keer mag"), replaces=before.id)
    after = (await stage.messages("anna"))[-1]
    assert (after.id, after.pictures) == (before.id, ("Vijf keer mag",))
    assert {state for state, _ in await stage.deliveries()} == {"sent"}


@pytest.mark.parametrize("kind", ["nudge", "digest"])
async def test_a_reminder_with_a_picture_never_stands_there_twice(stage: Stage, kind: str) -> None:
    place = await place_of_anna(stage)
    stage.fail_next_send("unclear")
    await put_out(stage.app, place, chart("Vier keer mag"), kind=kind)
    shown = [message for message in await stage.messages("anna") if message.pictures]
    assert len(shown) == 1
    state, reason = (await stage.deliveries())[-1]
    if stage.tells_unclear:
        assert state == "sent"
    else:
        assert state == "unclear"
        assert "not sent twice" in str(reason)


async def test_a_picture_that_has_to_wait_arrives_once(stage: Stage) -> None:
    place = await place_of_anna(stage)
    stage.fail_next_send("later")
    await put_out(stage.app, place, chart("Vier keer mag"))
    assert [message.pictures for message in (await stage.messages("anna"))[1:]] == [("Vier keer mag",)]


# ---------------------------------------------------------------- as large as a card may be


WIDE = "\U0001f469"
"""Four bytes in UTF-8, two of the units that Teams counts."""


def fill(summary: str, *more: Element) -> Card:
    """As many of the widest characters as a card holds beside what else is on it."""
    room = limits.CARD_CHARACTERS
    while room > 0:
        texts = [Text(text=WIDE * min(limits.TEXT, room - done)) for done in range(0, room, limits.TEXT)]
        try:
            return Card(summary=summary, elements=(*texts, *more))
        except ValueError:
            room -= 100
    raise AssertionError("nothing fits")


def press(number: int) -> Button:
    return Button(
        label=WIDE * limits.BUTTON_LABEL, action=WIDE * (limits.CARD_ACTIONS // 10), opens_form=number == 1
    )


LARGEST = {
    "words": fill(WIDE * limits.SUMMARY),
    "words and a picture": fill(WIDE * limits.SUMMARY, Picture(png=LARGE, alt=WIDE * limits.PICTURE_ALT)),
    "words, a picture and buttons": fill(
        WIDE * limits.SUMMARY,
        Picture(png=LARGE, alt=WIDE * limits.PICTURE_ALT),
        Buttons(buttons=tuple(press(number) for number in range(limits.BUTTONS))),
    ),
    "bullets": fill("De week", Bullets(items=(WIDE * 200,) * limits.BULLETS)),
    "facts": fill("De week", Facts(facts=(Fact(label=WIDE * limits.FACT_LABEL, value=WIDE * 800),) * limits.FACTS)),
}


@pytest.mark.parametrize("what", LARGEST)
async def test_the_largest_card_arrives_and_is_replaced(stage: Stage, what: str) -> None:
    """By shortening where a platform takes less, never by failing."""
    place = await place_of_anna(stage)
    await put_out(stage.app, place, LARGEST[what])
    shown = (await stage.messages("anna"))[-1]
    assert WIDE * 100 in shown.text
    await put_out(stage.app, place, LARGEST[what], replaces=shown.id)
    assert {state for state, _ in await stage.deliveries()} == {"sent"}
