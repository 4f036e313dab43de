"""What every platform must do, tried as its people would. A platform folder with a `stage.py` is picked up.

Each test runs the real app behind the platform's real framework, against a strict fake of the platform's API.
"""

from __future__ import annotations

import pkgutil

from tests.platforms.stage import PLATFORMS, Shown, Stage

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"
ENGLISH = "May I have Copilot rewrite an email to a customer?"


def test_every_platform_of_the_house_has_a_stage() -> None:
    import bot.platforms

    built = {module.name for module in pkgutil.iter_modules(bot.platforms.__path__) if module.ispkg}
    assert built == set(PLATFORMS)


async def only(stage: Stage, person: str = "anna") -> Shown:
    (message,) = await stage.messages(person)
    return message


def with_button(shown: list[Shown], label: str) -> Shown:
    return next(message for message in reversed(shown) if label in message.buttons)


async def test_a_question_is_answered(stage: Stage) -> None:
    await stage.say("anna", QUESTION)
    answer = await only(stage)
    for expected in ("Mag, mits", "Een mail of brief aan een klant", "Lees het zelf na", "Waarom:", "klantmail"):
        assert expected in answer.text, answer.text
    assert "Klopt dit niet?" in answer.buttons
    assert "Persoonsgegevens" in answer.buttons


async def test_in_the_language_it_was_asked_in(stage: Stage) -> None:
    await stage.say("anna", ENGLISH)
    assert "Allowed, if" in (await only(stage)).text


async def test_another_data_class_replaces_the_card_in_place(stage: Stage) -> None:
    await stage.say("anna", QUESTION)
    before = await only(stage)
    await stage.press("anna", before, "Bijzondere persoonsgegevens")
    after = await only(stage)
    assert after.id == before.id
    assert "Mag niet" in after.text
    await stage.press("anna", after, "Interne informatie")
    assert "Mag, mits" in (await only(stage)).text


async def test_a_mention_in_a_channel_is_answered_in_its_thread(stage: Stage) -> None:
    await stage.say("anna", QUESTION, "channel")
    (answer,) = [m for m in await stage.messages("anna", "channel") if m.buttons]
    assert answer.thread is not None
    assert "Mag, mits" in answer.text
    await stage.press("anna", answer, "Bijzondere persoonsgegevens")
    (answer,) = [m for m in await stage.messages("anna", "channel") if m.buttons]
    assert "Mag niet" in answer.text


async def test_somebody_else_s_question_is_kindly_refused(stage: Stage) -> None:
    await stage.say("anna", QUESTION, "channel")
    (answer,) = [m for m in await stage.messages("anna", "channel") if m.buttons]
    await stage.press("bram", answer, "Bijzondere persoonsgegevens")
    assert any("van een collega" in words for words in await stage.refusals("bram"))
    (answer,) = [m for m in await stage.messages("anna", "channel") if m.buttons]
    assert "Mag, mits" in answer.text


async def test_the_same_delivery_again_changes_nothing(stage: Stage) -> None:
    await stage.say("anna", QUESTION)
    await stage.deliver_again()
    answer = await only(stage)
    await stage.press("anna", answer, "Bijzondere persoonsgegevens")
    await stage.deliver_again()
    assert len(await stage.messages("anna")) == 1
    assert len(await stage.deliveries()) == 2


async def test_a_form_opens_complains_and_is_kept(stage: Stage) -> None:
    await stage.say("anna", QUESTION)
    await stage.press("anna", await only(stage), "Klopt dit niet?")
    form = await stage.form("anna")
    assert form is not None
    assert form.title == "Klopt dit niet?"
    assert "Klopt het antwoord?" in form.labels
    why = "Wat klopt er niet, of wat mis je?"
    await stage.submit("anna", {"Klopt het antwoord?": "Nee, er klopt iets niet", why: ""})
    form = await stage.form("anna")
    assert form is not None
    assert "Schrijf kort" in form.errors[why]
    await stage.submit("anna", {"Klopt het antwoord?": "Nee, er klopt iets niet", why: "De klant staat er al in."})
    assert await stage.form("anna") is None
    assert any("Ik heb het bewaard" in message.text for message in await stage.messages("anna"))


async def test_a_command_gives_help(stage: Stage) -> None:
    await stage.command("anna", "help")
    assert "Dit kan ik voor je doen" in (await stage.messages("anna"))[-1].text


async def test_a_question_as_a_command(stage: Stage) -> None:
    await stage.command("anna", "magdit", QUESTION)
    assert "Mag, mits" in (await stage.messages("anna"))[-1].text


async def test_a_choice_becomes_an_answer(stage: Stage) -> None:
    await stage.say("anna", "Mag ik dit bericht laten maken?")
    choice = await only(stage)
    assert "Wat bedoel je?" in choice.text
    await stage.press("anna", choice, choice.buttons[0])
    assert "Waarom:" in (await only(stage)).text


async def test_not_knowing_goes_to_the_lab_in_one_press(stage: Stage) -> None:
    await stage.say("anna", "Mag ik de koffieautomaat laten praten?")
    await stage.press("anna", await only(stage), "Vraag het AI Lab")
    assert "in de lijst van het AI Lab" in (await only(stage)).text


async def test_what_people_type_never_becomes_markup(stage: Stage) -> None:
    hostile = "Mag ik <b>vet</b> *ster* _lijn_ [link](http://x.example) <!channel> & <script>alert(1)</script>?"
    await stage.say("anna", hostile)
    await stage.press("anna", await only(stage), "Vraag het AI Lab")
    shown = (await only(stage)).text
    for piece in ("<b>vet</b>", "*ster*", "_lijn_", "[link](http://x.example)", "<script>alert(1)</script>"):
        assert piece in shown, shown


async def test_home_shows_what_was_asked(stage: Stage) -> None:
    await stage.say("anna", QUESTION)
    await only(stage)
    await stage.open_home("anna")
    home = await stage.home("anna")
    assert home is not None
    assert "klantmail laten herschrijven" in home.text


async def test_a_busy_platform_gets_the_message_later(stage: Stage) -> None:
    stage.fail_next_send("later")
    await stage.say("anna", QUESTION)
    assert "Mag, mits" in (await only(stage)).text
    assert [state for state, _ in await stage.deliveries()] == ["sent"]


async def test_a_message_that_can_never_arrive_is_reported_in_words(stage: Stage) -> None:
    stage.fail_next_send("never")
    await stage.say("anna", QUESTION)
    assert await stage.messages("anna") == []
    ((state, reason),) = await stage.deliveries()
    assert state == "failed"
    assert reason
    assert " " in reason, "a sentence, not a code"


async def test_an_unclear_end_is_looked_up_or_sent_again(stage: Stage) -> None:
    stage.fail_next_send("unclear")
    await stage.say("anna", QUESTION)
    shown = await stage.messages("anna")
    assert len(shown) == (1 if stage.tells_unclear else 2)
    assert [state for state, _ in await stage.deliveries()] == ["sent"]


async def test_a_bug_is_apologised_for_with_a_reference(stage: Stage) -> None:
    await stage.say("anna", "dit is kapot")
    assert "Er ging bij mij iets mis" in (await only(stage)).text


async def test_personal_data_is_masked_and_told(stage: Stage) -> None:
    await stage.say("anna", "Mag ik een klantmail laten schrijven aan piet.klant@example.com?")
    assert "Ik heb een e-mailadres onleesbaar gemaakt" in (await only(stage)).text
