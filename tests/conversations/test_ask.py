""" "Mag dit?" as dialogs, in both languages: what is said, and what comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.model.effects import FormErrors, Nothing, Refusal
from bot.model.events import Place
from knowledge.answers import Outcome
from knowledge.content import Knowledge
from storage.database import Database
from storage.tables.handovers import HandoverRow
from storage.tables.inbox import InboxRow
from storage.tables.questions import AskerRow, QuestionRow, RatingRow
from tests.conversations.dialog import Dialog, buttons_of, channel, direct, text_of
from tests.conversations.readings import NOTHING, answers, chooses, read_from, small_talk

MAIL, SOCIAL = "klantmail", "sociale-media"
LAB = channel("lab")
READINGS = {
    "Mag ik een klantmail laten schrijven?": answers(MAIL),
    "Mag ik een klantmail met gegevens laten schrijven?": answers(MAIL, data=("persoonsgegevens",)),
    "May AI write an email to a customer?": answers(MAIL, language="en"),
    "Mag ik DeepSeek een klantmail laten schrijven?": answers(MAIL, tools=("deepseek",), tool_words="DeepSeek"),
    "Mag ik DeepSeek een klantmail over zijn ziekte laten schrijven?": answers(
        MAIL, data=("bijzonder",), tools=("deepseek",), tool_words="DeepSeek"
    ),
    "Mag Claude een klantmail over zijn ziekte schrijven?": answers(MAIL, data=("bijzonder",), tools=("claude",)),
    "Mag ChatGPT een klantmail schrijven?": answers(
        MAIL, tools=("chatgpt-enterprise", "chatgpt-gratis"), tool_words="ChatGPT"
    ),
    "Mag NotebookLM een klantmail schrijven?": answers(MAIL, tools=("?",), tool_words="NotebookLM"),
    "Wat met sociale media?": answers(SOCIAL, data=("intern",)),
    "Mag Claude een klantmail schrijven?": answers(MAIL, tools=("claude",), tool_words="Claude"),
    "Mag een klantmail met Copilot en NotebookLM?": answers(
        MAIL, tools=("m365-copilot", "?"), tool_words="Copilot, NotebookLM"
    ),
    "Mag ik een klantmail en een LinkedIn-post laten schrijven?": answers(MAIL, also=(SOCIAL,), data=("intern",)),
    "Mag dit bericht?": chooses(MAIL, SOCIAL),
    "Mag ik de koffieautomaat laten praten?": NOTHING,
    "Stuur maar naar [e-mailadres]": answers(MAIL, masked=("email",)),
    "hoi": small_talk("greeting"),
    "hello": small_talk("greeting", language="en"),
    "iets geks": small_talk("a group nobody knows"),
    "kapot": answers("no such row"),
}


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read_from(READINGS), lab=LAB) as dialog:
        yield dialog


async def rows(database: Database, table: type) -> list[object]:
    async with database.reading() as tx:
        return list((await tx.execute(select(table))).all())


async def test_the_answer_says_verdict_row_data_conditions_reason_and_source(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag ik een klantmail laten schrijven?"))
    for expected in (
        "☑️ Mag, mits",
        "Een mail of brief aan een klant",
        "Ik ga uit van interne informatie",
        "Lees het zelf na",
        "Waarom:",
        "Onze afspraak:",
        "Regel klantmail, versie 1",
        "Privacybeleid",
        "[Persoonsgegevens]",
        "[Klopt dit niet?]",
        "[Vraag het AI Lab]",
    ):
        assert expected in shown, shown
    assert "[Interne informatie]" not in shown, "the class that is assumed needs no button"


async def test_a_tool_that_is_not_allowed_is_named_where_the_work_is_not_allowed_either(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag ik DeepSeek een klantmail over zijn ziekte laten schrijven?"))
    assert "Mag niet" in shown
    assert "En DeepSeek is ook niet toegestaan." in shown
    shown = text_of(await dialog.say("anna", "Mag Claude een klantmail over zijn ziekte schrijven?"))
    assert "Mag niet" in shown
    assert "ook niet" not in shown


async def test_an_english_question_gets_an_english_answer(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "May AI write an email to a customer?"))
    assert "☑️ Allowed, if" in shown
    assert "I am assuming internal information" in shown
    assert "Mag, mits" not in shown


async def test_another_data_class_replaces_the_card_in_place(dialog: Dialog) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    assert isinstance(await dialog.press("anna", "Bijzondere persoonsgegevens"), Nothing)
    assert len(dialog.messages()) == 1, "in place, not below"
    assert "⛔ Mag niet" in text_of(dialog.last)
    assert "Dit geldt voor bijzondere persoonsgegevens" in text_of(dialog.last)
    shown = text_of(dialog.last)
    assert "Waarom: Met bijzondere persoonsgegevens mag dit niet.\n" in shown, "the data decides, not the row"
    await dialog.press("anna", "Interne informatie")
    assert "☑️ Mag, mits" in text_of(dialog.last)


async def test_asking_twice_gives_the_same_answer(dialog: Dialog) -> None:
    first = await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    second = await dialog.say("bram", "Mag ik een klantmail laten schrijven?")
    third = await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    assert text_of(first) == text_of(second), "both are introduced once"
    assert text_of(third) in text_of(first)


async def test_what_the_bot_keeps_is_said_once(dialog: Dialog) -> None:
    assert "Ik bewaar je vraag" in text_of(await dialog.say("anna", "hoi"))
    assert "Ik bewaar je vraag" not in text_of(await dialog.say("anna", "hoi"))


async def test_a_forbidden_tool_names_what_does_work(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag ik DeepSeek een klantmail laten schrijven?"))
    assert "⛔ Mag niet" in shown
    assert "Niet met DeepSeek, wel met Microsoft 365 Copilot" in shown


async def test_grey_says_what_can_be_done_now_and_what_to_keep_in_mind_last(dialog: Dialog) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    await dialog.press("anna", "Persoonsgegevens")
    shown = text_of(dialog.last)
    said = (
        "❔ Grijs gebied",
        "Hier is nog geen vaste afspraak over.",
        "Goed om te weten:",
        "Wat wel kan: Schrijf de mail met een verzonnen naam",
        "Krijg je akkoord, let dan hierop:",
    )
    places = [shown.find(line) for line in said]
    assert -1 not in places
    assert places == sorted(places)
    assert "Waarom:" not in shown, "nothing was decided, so there is no reason to give"


async def test_without_an_advice_of_its_own_a_row_says_with_which_data_it_may_be_done(dialog: Dialog) -> None:
    await dialog.say("anna", "Wat met sociale media?")
    assert "Gaat er alleen openbare informatie in? Dan geldt: ☑️ Mag, mits." in text_of(dialog.last)


async def test_a_tool_on_trial_names_a_better_one_and_says_why_once(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag Claude een klantmail schrijven?"))
    assert "Claude is nog een proef. Kies liever Microsoft 365 Copilot of ChatGPT Enterprise, of overleg" in shown
    assert shown.count("In proef bij") == 1


async def test_one_known_and_one_unknown_tool_says_which_is_the_trouble(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag een klantmail met Copilot en NotebookLM?"))
    assert "Een van de tools die je noemt, staat niet in ons overzicht." in shown
    assert "We weten nog niet wat deze tool" in shown
    assert "proef" not in shown
    assert "In Microsoft 365 Copilot mag" not in shown, "the tool we know is not what makes it grey"


async def test_a_shared_name_says_which_tool_is_meant(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag ChatGPT een klantmail schrijven?"))
    assert "Ik neem aan dat je ChatGPT Enterprise bedoelt" in shown


async def test_an_unknown_tool_is_grey_and_offers_the_lab(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "Mag NotebookLM een klantmail schrijven?"))
    assert "❔ Grijs gebied" in shown
    assert "NotebookLM staat niet in ons overzicht" in shown


async def test_of_two_uses_the_stricter_decides_and_both_are_named(dialog: Dialog) -> None:
    card = await dialog.say("anna", "Mag ik een klantmail en een LinkedIn-post laten schrijven?")
    assert "❔ Grijs gebied" in text_of(card), "social media with internal information"
    assert "Een mail of brief aan een klant" in text_of(card)
    assert "Berichten voor sociale media" in text_of(card)
    await dialog.press("anna", "Openbare informatie")
    assert "☑️ Mag, mits" in text_of(dialog.last), "social media is still the stricter of the two"


async def test_a_choice_is_picked_by_the_person(dialog: Dialog, knowledge: Knowledge) -> None:
    card = await dialog.say("anna", "Mag dit bericht?")
    assert "Wat bedoel je?" in text_of(card)
    await dialog.press("anna", knowledge.get_use_case(MAIL).title.nl)
    assert len(dialog.messages()) == 1
    assert "☑️ Mag, mits" in text_of(dialog.last)


async def test_only_an_offered_row_can_be_picked(dialog: Dialog) -> None:
    card = await dialog.say("anna", "Mag dit bericht?")
    forged = buttons_of(card)[0].action.replace(MAIL, "brainstormen")
    assert isinstance(await dialog.press_raw("anna", forged), Refusal)


async def test_not_knowing_offers_the_lab_and_the_lab_hears_it_once(dialog: Dialog, database: Database) -> None:
    await dialog.say("anna", "Mag ik de koffieautomaat laten praten?")
    assert "Zal ik het aan het AI Lab vragen?" in text_of(dialog.last)
    await dialog.press("anna", "Vraag het AI Lab")
    assert "Je vraag ligt bij het AI Lab" in text_of(dialog.messages(direct("anna"))[0])
    assert "koffieautomaat" in text_of(dialog.messages(LAB)[0])
    await dialog.press_raw("anna", buttons_of(dialog.messages(direct("anna"))[0])[0].action) if buttons_of(
        dialog.messages(direct("anna"))[0]
    ) else None
    assert len(dialog.messages(LAB)) == 1
    assert len(await rows(database, HandoverRow)) == 1


async def test_an_answer_can_go_to_the_lab_too_and_stays(
    dialog: Dialog, database: Database, knowledge: Knowledge
) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    await dialog.press("anna", "Vraag het AI Lab")
    (kept,) = await rows(database, QuestionRow)
    assert (kept.outcome, kept.row_version) == ("answer", knowledge.get_use_case(MAIL).version)
    mine = dialog.messages(direct("anna"))
    assert "☑️ Mag, mits" in text_of(mine[0])
    assert "Je vraag ligt bij het AI Lab" in text_of(mine[1])
    await dialog.press("anna", "Vraag het AI Lab")
    assert "ligt al bij het AI Lab" in text_of(dialog.messages(direct("anna"))[2])
    assert len(dialog.messages(LAB)) == 1


async def test_a_rating_needs_a_reason_when_something_is_wrong(dialog: Dialog, database: Database) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    await dialog.press("anna", "Klopt dit niet?")
    effect = await dialog.submit("anna", {"right": "no", "reason": ""})
    assert isinstance(effect, FormErrors)
    assert effect.errors.keys() == {"reason"}
    assert effect.form.fields[0].value == "no", "what was typed is still there"
    await dialog.submit("anna", {"right": "no", "reason": "Bel me op 06 12345678, dit klopt niet"})
    assert "Dank je" in text_of(dialog.last)
    (rating,) = await rows(database, RatingRow)
    assert not rating.helpful
    assert "12345678" not in rating.reason


async def test_somebody_else_cannot_touch_your_question(dialog: Dialog) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?", channel("algemeen", "t1"))
    for label in ("Persoonsgegevens", "Vraag het AI Lab", "Klopt dit niet?"):
        assert isinstance(await dialog.press("bram", label), Refusal)
        assert "collega" in dialog.refusal
    assert "☑️ Mag, mits" in text_of(dialog.last)


async def test_a_channel_is_answered_in_its_thread(dialog: Dialog) -> None:
    place: Place = channel("algemeen", "t1")
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?", place)
    assert len(dialog.messages(place)) == 1
    assert "Ik bewaar je vraag" not in text_of(dialog.last), "the introduction is for a chat of one's own"


async def test_what_was_masked_is_told_kindly(dialog: Dialog, database: Database) -> None:
    shown = text_of(await dialog.say("anna", "Stuur maar naar jan.jansen@example.com"))
    assert "Ik heb een e-mailadres onleesbaar gemaakt" in shown
    (question,) = await rows(database, QuestionRow)
    assert "jan.jansen" not in question.text


async def test_who_asked_lies_apart_from_the_question(dialog: Dialog, database: Database) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    (question,) = await rows(database, QuestionRow)
    (asker,) = await rows(database, AskerRow)
    assert question.outcome == "answer"
    assert question.verdict == "mag_mits"
    assert asker.person_id not in str(question)
    (kept,) = await rows(database, InboxRow)
    assert kept.state == "done"
    assert kept.event is None


async def test_small_talk_gets_a_kind_word_in_the_right_language(dialog: Dialog) -> None:
    assert "Waar kan ik je mee helpen" in text_of(await dialog.say("anna", "hoi"))
    assert "How can I help" in text_of(await dialog.say("anna", "hello"))
    assert "Dat begrijp ik niet" in text_of(await dialog.say("anna", "iets geks"))


async def test_help_lists_the_commands(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "help"))
    assert "/promptclub magdit" in shown
    assert "/promptclub help" in shown
    await dialog.command("anna", "")
    assert "Dit kan ik voor je doen" in text_of(dialog.last)


async def test_magdit_without_a_question_opens_a_form(dialog: Dialog) -> None:
    await dialog.command("anna", "magdit")
    assert dialog.form.fields[0].id == "question"
    await dialog.submit("anna", {"question": "Mag ik een klantmail laten schrijven?"})
    assert "☑️ Mag, mits" in text_of(dialog.last)


async def test_a_command_nobody_knows_is_a_question(dialog: Dialog) -> None:
    await dialog.command("anna", "Mag", "ik een klantmail laten schrijven?")
    assert "☑️ Mag, mits" in text_of(dialog.last)


async def test_a_new_colleague_is_welcomed_once(dialog: Dialog) -> None:
    await dialog.join("anna")
    await dialog.join("anna")
    assert len(dialog.messages()) == 1
    assert "Hoi, ik ben Prompt Club" in text_of(dialog.last)
    assert "een bot" in text_of(dialog.last)


async def test_home_shows_the_last_questions(dialog: Dialog) -> None:
    assert "nog niets gevraagd" in text_of(await dialog.open_home("anna"))
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    shown = text_of(await dialog.open_home("anna"))
    assert "☑️ Mag, mits: Mag ik een klantmail" in shown
    assert "klantmail laten" not in text_of(await dialog.open_home("bram")), "somebody else's home"


async def test_a_row_that_is_gone_gets_no_verdict(dialog: Dialog) -> None:
    shown = text_of(await dialog.say("anna", "kapot"))
    assert "Zal ik het aan het AI Lab vragen?" in shown


async def test_the_same_delivery_twice_changes_nothing(dialog: Dialog, database: Database) -> None:
    await dialog.say("anna", "Mag ik een klantmail laten schrijven?")
    assert dialog.last_event is not None
    await dialog.happen(dialog.last_event)
    assert len(dialog.messages()) == 1
    assert len(await rows(database, QuestionRow)) == 1
    await dialog.press("anna", "Persoonsgegevens")
    pressed = dialog.last_event
    sends = dialog.platform.sends
    await dialog.happen(pressed)
    assert dialog.platform.sends == sends


async def test_no_outcome_but_an_answer_has_a_verdict(dialog: Dialog, database: Database) -> None:
    for text, reading in READINGS.items():
        if reading.outcome is not Outcome.ANSWER:
            await dialog.say("anna", text)
    assert {row.verdict for row in await rows(database, QuestionRow)} == {None}


def test_readings_are_told_apart() -> None:
    assert replace(NOTHING, outcome=Outcome.ANSWER) != NOTHING


async def test_the_reason_is_that_of_what_decides(dialog: Dialog, knowledge: Knowledge) -> None:
    row, deepseek = knowledge.get_use_case(MAIL), knowledge.get_tool("deepseek")
    assert row.why.nl in text_of(await dialog.say("anna", "Mag ik een klantmail laten schrijven?"))
    by_tool = text_of(await dialog.say("anna", "Mag ik DeepSeek een klantmail laten schrijven?"))
    assert deepseek.note.nl in by_tool
    assert row.why.nl not in by_tool, "the work is fine; the tool is not"
    unknown = text_of(await dialog.say("anna", "Mag NotebookLM een klantmail schrijven?"))
    assert "weten nog niet wat deze tool" in unknown
    assert "wacht daar even op" in unknown


async def test_the_reason_names_each_class_that_is_not_allowed_and_promises_nothing_of_others(
    database: Database, knowledge: Knowledge
) -> None:
    """With personal data a customer's mail is grey: "less sensitive data may" would have said yes to it."""
    data = ("vertrouwelijk", "persoonsgegevens", "bijzonder")
    asked = {
        "een mail": answers(MAIL, data=data),
        "een samenvatting": answers("document-samenvatten", data=data, tools=("deepseek",), tool_words="DeepSeek"),
        "een klantenbestand": answers("klantenbestand", data=data),
    }
    async with Dialog(database, knowledge, read_from(asked)) as dialog:
        shown = [text_of(await dialog.say("anna", question)) for question in asked]
    for answer in shown[:2]:
        assert "Waarom: Met bijzondere persoonsgegevens mag dit niet.\n" in answer
    own = knowledge.get_use_case("klantenbestand").why.nl
    assert f"Waarom: {own}" in shown[2], "what it usually takes is not allowed: the row says why"


async def test_an_approved_tool_says_how_far_it_may_go(database: Database, knowledge: Knowledge) -> None:
    question = "Mag DeepL gratis dit vertrouwelijke stuk?"
    reading = answers(MAIL, data=("vertrouwelijk",), tools=("deepl-gratis",), tool_words="DeepL gratis")
    async with Dialog(database, knowledge, read_from({question: reading})) as dialog:
        shown = text_of(await dialog.say("anna", question))
    assert "⛔ Mag niet" in shown
    assert "In DeepL (gratis) mag hooguit openbare informatie" in shown
    assert "Niet met DeepL (gratis), wel met DeepL Pro" in shown


async def test_less_sensitive_than_ones_own_words_is_answered_with_that_proviso(dialog: Dialog) -> None:
    await dialog.say("anna", "Stuur maar naar jan.jansen@example.com")
    await dialog.press("anna", "Openbare informatie")
    assert "In je vraag stond een e-mailadres. Dit antwoord geldt alleen als dat er niet in gaat." in text_of(
        dialog.last
    )
