"""A ticket of the AI Lab on every platform: from a question to its answer, with a name and without."""

from __future__ import annotations

from bot.conversations.lab.actions import EmptyLetterbox
from bot.model.events import HOUSE, NOWHERE, Due
from storage import people, roles
from tests.platforms.stage import Shown, Stage

QUESTION = "Mag de koffieautomaat meepraten?"


def with_button(shown: list[Shown], label: str) -> Shown:
    return next(message for message in reversed(shown) if any(b.startswith(label) for b in message.buttons))


async def join_lab(stage: Stage, person: str) -> None:
    await stage.say(person, "hoi")
    await stage.messages(person)
    async with stage.app.database.transaction() as tx:
        known = await people.find_by_email(tx, stage.email_of(person))
        assert known is not None
        await roles.give(tx, known.id, "ai_lab", stage.app.now())


async def press(stage: Stage, person: str, label: str) -> None:
    message = with_button(await stage.messages(person), label)
    await stage.press(person, message, next(button for button in message.buttons if button.startswith(label)))


async def empty_letterbox(stage: Stage) -> None:
    now = stage.app.now()
    due = Due(key="round", account=HOUSE, place=NOWHERE, at=now, action=EmptyLetterbox().pack())
    await stage.app.dispatcher.ring(due)


async def take(stage: Stage, person: str) -> Shown:
    """From the queue to a ticket of one's own."""
    await stage.command(person, "lab")
    await press(stage, person, "Bekijk")
    await press(stage, person, "Ik pak hem op")
    return with_button(await stage.messages(person), "Geef terug")


async def test_from_a_question_to_its_answer(stage: Stage) -> None:
    await join_lab(stage, "bram")
    await stage.say("anna", QUESTION)
    await press(stage, "anna", "Vraag het AI Lab")
    card = await take(stage, "bram")
    assert "heeft hem opgepakt" in card.text
    assert "kijkt naar je vraag" in (await stage.messages("anna"))[-1].text
    await stage.press("bram", card, "Geef antwoord")
    form = await stage.form("bram")
    assert form is not None
    assert form.labels == ("Je antwoord",)
    await stage.submit("bram", {"Je antwoord": "Ja, als hij netjes blijft."})
    assert "Beantwoord door" in with_button(await stage.messages("bram"), "Open opnieuw").text, "the card itself"
    answer = (await stage.messages("anna"))[-1]
    assert "Ja, als hij netjes blijft." in answer.text
    assert QUESTION in answer.text
    await stage.press("anna", answer, "Ik heb nog een vraag")
    await stage.submit("anna", {"Wat wil je zeggen?": "En de printer?"})
    await stage.messages("anna")
    assert any("En de printer?" in message.text for message in await stage.messages("bram"))


async def test_without_a_name_the_question_comes_in_and_no_message_goes_back(stage: Stage) -> None:
    """The code is told in the open request: what each platform makes of that its own tests know."""
    await join_lab(stage, "bram")
    await stage.say("anna", QUESTION)
    await press(stage, "anna", "Vraag het AI Lab anoniem")
    form = await stage.form("anna")
    assert form is not None
    assert form.labels == ("Wil je er iets bij zetten?", "Hoe stuur je het?")
    before = len(await stage.messages("anna"))
    await stage.submit("anna", {"Hoe stuur je het?": "Stuur anoniem: ik kijk zelf met mijn code"})
    await empty_letterbox(stage)
    card = await take(stage, "bram")
    assert QUESTION in card.text
    assert "iemand die anoniem blijft" in card.text
    await stage.press("bram", card, "Geef antwoord")
    await stage.submit("bram", {"Je antwoord": "Ja hoor."})
    after = await stage.messages("anna")
    assert len(after) <= before
    assert all("Ja hoor." not in message.text for message in after)
