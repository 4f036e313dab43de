"""The AI Lab's tickets as dialogs: from a question nobody could answer to an answer everybody hears once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversation import ClosedTicket, Turn
from bot.delivery import TryLater
from bot.model.cards import Text
from bot.model.effects import FormErrors, OpenForm, Refusal
from knowledge.content import Knowledge
from knowledge.matching.explaining import Explanation, Meant
from knowledge.routing import Destination, LabPlan
from storage import forgetting, people, retention
from storage.database import Database
from storage.tables.audit import AuditRow
from storage.tables.tickets import TicketAskerRow, TicketRow
from tests.conversations.dialog import buttons_of, channel, direct, text_of
from tests.conversations.labs import COFFEE, LAB, MAIL, RECORDING, SAME, LabHouse, unsure
from tests.conversations.roles import meet
from tests.storage.filled import read_all


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[LabHouse]:
    async with LabHouse(database, knowledge) as house:
        yield house


async def all_tickets(database: Database) -> list[TicketRow]:
    async with database.reading() as tx:
        return list((await tx.execute(select(TicketRow).order_by(TicketRow.opened_at))).all())  # type: ignore[arg-type]


# ---------------------------------------------------------------- coming in


async def test_the_card_has_all_that_helps(house: LabHouse) -> None:
    await house.hand_over("anna")
    shown = text_of(house.card)
    for expected in (
        "Wacht op iemand van het Lab · eerste reactie vóór di 24 november 2026 14:00",
        RECORDING,
        "Dichtst in de buurt:",
        "Brainstormen en ideeën bedenken: ⛔ Mag niet",
        "Gevraagd door Anna",
        "Gegevens: persoonsgegevens",
        "[Ik pak hem op]",
    ):
        assert expected in shown, shown
    assert "Je vraag ligt bij het AI Lab" in house.chat("anna")


async def test_a_question_for_people_comes_in_by_the_command_and_by_the_form(house: LabHouse) -> None:
    await house.command("anna", "vraag", COFFEE)
    assert "Je vraag ligt bij het AI Lab" in house.chat("anna")
    assert COFFEE in text_of(house.card)
    effect = await house.command("cleo", "vraag")
    assert isinstance(effect, OpenForm)
    effect = await house.submit("cleo", {"question": " ", "how": "named"})
    assert isinstance(effect, FormErrors)
    await house.submit("cleo", {"question": "Bel 06 12345678: mag ik een robot?", "how": "named"})
    assert "12345678" not in text_of(house.messages(LAB)[-1]), "masked"
    assert "mag ik een robot" in text_of(house.messages(LAB)[-1])


async def test_a_text_of_ten_thousand_characters_is_kept_whole(house: LabHouse, database: Database) -> None:
    text = "Mag ik dit? " + "heel lang verhaal " * 560 + "einde"
    await house.command("anna", "vraag", text)
    (kept,) = await all_tickets(database)
    assert kept.text.endswith("einde")
    assert len(kept.text) > 10_000
    assert "De hele tekst staat op de pagina" in text_of(house.card)


async def test_who_asks_the_same_joins_and_hears_so(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    house.clock.pass_by(timedelta(seconds=1))
    await house.hand_over("cleo", SAME)
    assert "ligt al bij het AI Lab" in house.chat("cleo")
    assert len(await all_tickets(database)) == 1
    assert "Gevraagd door Anna en Cleo" in text_of(house.card)
    assert "nu 2 collega's" in house.thread[-1]
    await house.command("cleo", "vraag", SAME)
    assert "samen met wie dit ook vroeg" in house.chat("cleo")
    assert "Gevraagd door Anna en Cleo" in text_of(house.card), "counted once"


async def test_asking_again_while_it_waits_says_so(house: LabHouse, database: Database) -> None:
    await house.say("anna", MAIL)
    for _ in range(2):
        await house.press("anna", "Vraag het AI Lab")
    assert "ligt al bij het AI Lab" in house.chat("anna")
    assert len(await all_tickets(database)) == 1


async def test_without_a_channel_it_lives_in_the_queue_and_the_asker_hears_the_truth(
    database: Database, knowledge: Knowledge
) -> None:
    async with LabHouse(database, knowledge, lab=None) as house:
        await house.hand_over("anna")
        assert "Ze krijgen er nog geen bericht van" in house.chat("anna")
        await house.command("fleur", "lab")
        assert "1 open" in house.chat("fleur")
        (label,) = [
            b.label for b in buttons_of(house.messages(direct("fleur"))[-1]) if b.label.startswith("Bekijk")
        ]
        await house.press("fleur", label)
        await house.press("fleur", "Ik pak hem op")
        assert "Fleur heeft hem opgepakt" in house.chat("fleur")
        assert "Fleur van het AI Lab kijkt naar je vraag" in house.chat("anna")


@pytest.mark.parametrize("by", ["data", "task"])
async def test_routing_sends_it_elsewhere(database: Database, knowledge: Knowledge, by: str) -> None:
    kind = {"data": {"data": "persoonsgegevens"}, "task": {"task": knowledge.get_use_case("klantmail").task}}[by]
    route = Destination(channel="plain:privacy", person="bram@example.com", **kind)
    async with LabHouse(database, knowledge, plan=LabPlan(destinations=(route,))) as house:
        await house.hand_over("anna")
        await house.hand_over("cleo", COFFEE)
        assert RECORDING in text_of(house.messages(channel("privacy"))[0])
        assert RECORDING in house.chat("bram"), "the person it is meant for"
        assert COFFEE in text_of(house.messages(LAB)[0])
        await house.press("bram", "Ik pak hem op")


async def test_the_unit_is_that_of_who_asked_at_that_moment_and_goes_with_their_name(
    house: LabHouse, database: Database
) -> None:
    await house.place("anna", "Zorg", date(2026, 3, 1), date(2026, 11, 1))
    await house.place("anna", "Wijkteam Oost", date(2026, 11, 1))
    await house.place("cleo", "Financiën", date(2026, 1, 1))
    await house.hand_over("anna")
    assert "Afdeling: Wijkteam Oost" in text_of(house.card)
    await house.hand_over("cleo", SAME)
    (ticket,) = await all_tickets(database)
    assert ticket.unit == "Wijkteam Oost", "of who asked first"
    async with database.transaction() as tx:
        anna = await people.find_person(tx, "plain", "", "anna")
        assert anna is not None
        await forgetting.forget_asked(tx, anna.id, house.clock())
    (ticket,) = await all_tickets(database)
    assert ticket.unit == ""
    await house.press("fleur", "Ik pak hem op")
    assert "Wijkteam" not in text_of(house.card)


async def test_of_who_asks_without_a_name_no_unit_is_known_nor_routed(
    database: Database, knowledge: Knowledge
) -> None:
    route = Destination(unit="zorg", channel="plain:zorg")
    async with LabHouse(database, knowledge, plan=LabPlan(destinations=(route,))) as house:
        for person in ("anna", "cleo"):
            await house.place(person, "Zorg", date(2026, 1, 1))
        await house.command("anna", "vraag")
        await house.submit("anna", {"question": COFFEE, "how": "unnamed"})
        await house.ring(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
        assert COFFEE in text_of(house.card), "to the Lab, like everybody's"
        await house.hand_over("cleo")
        assert RECORDING in text_of(house.messages(channel("zorg"))[0])
        units = {ticket.text: ticket.unit for ticket in await all_tickets(database)}
        assert units == {COFFEE: "", RECORDING: "Zorg"}
        await house.hand_over("cleo", COFFEE)
        assert {ticket.text: ticket.unit for ticket in await all_tickets(database)} == units, "nor when others join"


async def test_who_asks_hears_by_when_the_lab_means_to_answer(house: LabHouse) -> None:
    """Two working days of ten hours, from Tuesday ten o'clock."""
    until = "Het Lab wil je vóór do 26 november 2026 10:00 antwoord geven."
    await house.hand_over("anna")
    assert until in house.chat("anna")
    await house.press("fleur", "Ik pak hem op")
    assert until in house.chat("anna")
    await house.command("cleo", "vraag", SAME)
    assert until in house.chat("cleo"), "who joins hears when it is due"
    await house.press("fleur", "Vraag iets terug")
    await house.submit("fleur", {"text": "Welke opname?"})
    await house.command("cleo", "vraag", SAME)
    assert "Het Lab wil" not in house.chat("cleo"), "the asker is to speak first"
    house.clock.pass_by(timedelta(days=4))
    await house.command("cleo", "vraag", RECORDING)
    assert "Het Lab wil" not in house.chat("cleo"), "a moment that has gone by is no promise"


async def test_a_route_to_a_platform_that_is_off_goes_to_the_lab(database: Database, knowledge: Knowledge) -> None:
    route = Destination(data="persoonsgegevens", channel="slack:C0123456789")
    async with LabHouse(database, knowledge, plan=LabPlan(destinations=(route,))) as house:
        await house.hand_over("anna")
        assert RECORDING in text_of(house.card)


# ---------------------------------------------------------------- whose it is


async def test_claim_is_seen_on_the_card_in_the_thread_and_by_the_asker(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Ik pak hem op")
    assert "Fleur heeft hem opgepakt · antwoord vóór do 26 november 2026" in text_of(house.card)
    assert len([card for card in house.messages(LAB) if card.summary.startswith("Melding")]) == 1
    assert house.thread == ["Fleur heeft deze melding opgepakt."]
    assert "Fleur van het AI Lab kijkt naar je vraag" in house.chat("anna")


async def test_who_is_second_hears_kindly_who_has_it(house: LabHouse) -> None:
    await house.hand_over("anna")
    claim = next(b for b in buttons_of(house.card) if b.label == "Ik pak hem op")
    await house.press_raw("fleur", claim.action)
    assert isinstance(await house.press_raw("bram", claim.action), Refusal)
    assert house.refusal == "Fleur heeft deze melding al. Fijn dat je wilde helpen."
    await house.press_raw("fleur", claim.action)
    assert house.refusal == "Jij hebt deze melding al."


async def test_hand_to_a_colleague_and_hand_back(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Geef aan een collega")
    bram = next(option for option in house.form.fields[0].options if option.label == "Bram")  # type: ignore[union-attr]
    assert all(option.label != "Fleur" for option in house.form.fields[0].options)  # type: ignore[union-attr]
    await house.submit("fleur", {"who": bram.value, "text": "Jij weet dit beter."})
    assert "Bram heeft hem opgepakt" in text_of(house.card)
    assert "Fleur geeft je melding" in house.chats("bram")
    assert "Jij weet dit beter." in house.chats("bram")
    assert isinstance(await house.press("fleur", "Geef terug"), Refusal)
    await house.press("bram", "Geef terug")
    assert "Wacht op iemand van het Lab" in text_of(house.card)
    assert "[Ik pak hem op]" in text_of(house.card)


async def test_nobody_outside_the_lab_does_anything(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    for button in buttons_of(house.card):
        assert isinstance(await house.press_raw("cleo", button.action), Refusal), button.label
        assert "rol AI Lab" in house.refusal
    assert isinstance(await house.command("cleo", "lab"), Refusal)
    (ticket,) = await all_tickets(database)
    assert ticket.state == "open"


async def test_who_left_the_lab_gets_nothing_handed(house: LabHouse) -> None:
    outsider = await meet(house, "dirk")
    await house.hand_over("anna")
    await house.press("fleur", "Geef aan een collega")
    assert isinstance(await house.submit("fleur", {"who": outsider, "text": ""}), Refusal)


async def test_a_button_of_the_clock_is_nobody_s(house: LabHouse) -> None:
    for forged in ('["lab.empty_letterbox",{}]', '["lab.tell_left_over",{}]',
                   '["lab.remind",{"ticket":"x","target":"y","share":100}]'):  # fmt: skip
        assert isinstance(await house.press_raw("fleur", forged), Refusal)


# ---------------------------------------------------------------- answering


async def answer(house: LabHouse, text: str = "Ja, met toestemming.") -> None:
    await house.press("fleur", "Geef antwoord")
    await house.submit("fleur", {"text": text})


async def test_everyone_who_asked_hears_the_answer_once(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await house.hand_over("cleo", SAME)
    await answer(house, "Ja. Bel me op 06 12345678.")
    for person in ("anna", "cleo"):
        assert house.chats(person).count("Fleur van het AI Lab geeft antwoord:") == 1
        assert "12345678" not in house.chats(person)
    assert "Beantwoord door Fleur" in text_of(house.card)
    assert house.labels() == {"Open opnieuw", "Waarom weet de bot dit niet?"}
    (ticket,) = await all_tickets(database)
    assert (ticket.state, ticket.reaction_minutes, ticket.answer_minutes, ticket.due_by) == ("answered", 0, 0, None)


async def test_on_the_home_screen_it_lies_with_the_lab_until_it_is_answered(house: LabHouse) -> None:
    await house.hand_over("anna")
    assert f"Bij het AI Lab: {RECORDING}" in text_of(await house.open_home("anna"))
    await answer(house)
    assert f"Beantwoord door het AI Lab: {RECORDING}" in text_of(await house.open_home("anna"))
    await house.hand_over("cleo", COFFEE)
    await house.press("fleur", "Sluit zonder antwoord")
    await house.submit("fleur", {"text": "Vraag het HR."})
    assert f"Zonder antwoord: {COFFEE}" in text_of(await house.open_home("cleo"))


async def test_an_answer_needs_words_and_comes_too_late_for_a_second(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("bram", "Geef antwoord")
    form = house.effect
    assert isinstance(await house.submit("bram", {"text": "  "}), FormErrors)
    await answer(house)
    house.effect = form
    assert isinstance(await house.submit("bram", {"text": "Nee."}), FormErrors)
    assert isinstance(house.effect, FormErrors)
    assert house.effect.errors == {"text": "Fleur heeft hier al op geantwoord."}
    assert "Nee." not in house.chats("anna")


async def test_somebody_else_s_ticket_is_left_alone(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Ik pak hem op")
    for label in ("Geef antwoord", "Vraag iets terug", "Sluit zonder antwoord"):
        assert isinstance(await house.press("bram", label), Refusal)
        assert house.refusal.startswith("Fleur heeft deze melding al")


async def test_other_conversations_offer_what_becomes_of_an_answer(house: LabHouse) -> None:
    seen: list[ClosedTicket] = []

    async def offer(_: Turn, ticket: ClosedTicket) -> list[Text]:
        seen.append(ticket)
        return [Text(text="Vaste regel maken?")]

    next(one for one in house.desk.conversations if one.name == "mine").on_closed(offer)
    await house.hand_over("anna")
    await answer(house)
    assert "is beantwoord" in house.chat("fleur")
    assert "Vaste regel maken?" in house.chat("fleur")
    (ticket,) = seen
    assert (ticket.question, ticket.answer) == (RECORDING, "Ja, met toestemming.")
    assert (ticket.nearest[0], ticket.data) == ("klantmail", ("persoonsgegevens",))


async def test_ask_the_asker_something_and_back_again(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Vraag iets terug")
    assert isinstance(await house.submit("fleur", {"text": ""}), FormErrors)
    await house.submit("fleur", {"text": "Waar staat die opname?"})
    assert "Fleur wacht op de vraagsteller" in text_of(house.card)
    assert "Waar staat die opname?" in house.chat("anna")
    await house.press("anna", "Antwoord")
    assert "Waar staat die opname?" in house.form.intro
    await house.submit("anna", {"text": "Op de schijf van HR."})
    assert "Anna zegt:\nOp de schijf van HR." in house.thread
    assert "Fleur heeft hem opgepakt" in text_of(house.card)
    assert "Op de schijf van HR." in house.chat("fleur")
    assert "Dank je" in house.chat("anna")


async def test_another_question_after_the_answer_opens_it_again(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await answer(house)
    await house.press("anna", "Ik heb nog een vraag")
    await house.submit("anna", {"text": "Ook als de kandidaat uit België komt?"})
    assert "Fleur heeft hem opgepakt · antwoord vóór" in text_of(house.card)
    await answer(house, "Ook dan.")
    assert house.chats("anna").count("geeft antwoord:") == 2
    (ticket,) = await all_tickets(database)
    assert ticket.answer == "Ook dan."


async def test_only_who_asked_may_say_something_back(house: LabHouse) -> None:
    await house.hand_over("anna")
    await answer(house)
    more = next(b for b in buttons_of(house.messages(direct("anna"))[-1]) if b.opens_form)
    assert isinstance(await house.press_raw("cleo", more.action), Refusal)
    assert "niet van jou" in house.refusal


# ---------------------------------------------------------------- ending


async def test_close_without_an_answer_says_why_and_reopens(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Sluit zonder antwoord")
    assert isinstance(await house.submit("fleur", {"text": ""}), FormErrors)
    await house.submit("fleur", {"text": "Dit is een vraag voor HR."})
    assert "Dit is een vraag voor HR." in house.chat("anna")
    assert "Gesloten zonder antwoord" in text_of(house.card)
    await house.press("bram", "Open opnieuw")
    assert "Fleur heeft hem opgepakt" in text_of(house.card)


async def test_merged_the_askers_hear_the_other_s_answer(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await house.hand_over("cleo", COFFEE)
    coffee = next(card for card in house.messages(LAB) if COFFEE in text_of(card))
    merge = next(b for b in buttons_of(coffee) if b.label == "Voeg samen")
    await house.press_raw("fleur", merge.action)
    (into,) = house.form.fields[0].options  # type: ignore[union-attr]
    await house.submit("fleur", {"into": into.value})
    first, second = await all_tickets(database)
    merged, kept = (first, second) if first.merged_into else (second, first)
    assert (merged.state, kept.asks) == ("closed", 2)
    answering = next(b for b in buttons_of(house.card) if b.label == "Geef antwoord")
    await house.press_raw("fleur", answering.action)
    await house.submit("fleur", {"text": "Samen beantwoord."})
    for person in ("anna", "cleo"):
        assert house.chats(person).count("Samen beantwoord.") == 1


async def test_there_must_be_something_to_merge_with(house: LabHouse) -> None:
    await house.hand_over("anna")
    assert isinstance(await house.press("fleur", "Voeg samen"), Refusal)


async def test_what_is_closed_is_asked_anew(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await answer(house)
    await house.hand_over("cleo", SAME)
    assert [ticket.state for ticket in await all_tickets(database)].count("open") == 1
    assert "Je vraag ligt bij het AI Lab" in house.chat("cleo")


# ---------------------------------------------------------------- looking


async def test_what_the_bot_understood_without_a_name(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Waarom weet de bot dit niet?")
    shown = house.thread[-1]
    assert "Waarom: Ik twijfel." in shown
    assert "Gegevens: persoonsgegevens" in shown
    assert "Anna" not in shown


async def test_why_the_bot_does_not_know_in_plain_words(house: LabHouse, knowledge: Knowledge) -> None:
    """The whole way is told in the thread, once more read; where reading fails, what was kept of it."""
    asked: list[str] = []

    async def explain(question: str) -> Explanation:
        asked.append(question)
        if len(asked) > 1:
            raise TimeoutError
        reading = unsure("klantmail", "verdwenen", data=())
        seen = (("kandidaat", "persoonsgegevens"),)
        concepts = (Meant("tasks", "transcriberen", "uitschrijven"),)
        return Explanation(reading, (), (("opnme", "opname"),), concepts, seen, (), "unsure", ("weak",), 0.41)

    object.__setattr__(house.desk, "explain", explain)
    await house.hand_over("anna")
    await house.press("fleur", "Waarom weet de bot dit niet?")
    told = house.thread[-1]
    for expected in (
        "“opnme” las ik als “opname”",
        "Wat er gebeurt: transcriberen (“uitschrijven”).",
        "persoonsgegevens, door “kandidaat”.",
        f"30% {knowledge.get_use_case('klantmail').title.nl}",
        "41% iets anders",
        "Geen soort werk springt er echt uit.",
    ):
        assert expected in told, told
    assert "Anna" not in told
    assert "verdwenen" not in told, "a row that is gone is no row"
    await house.press("fleur", "Waarom weet de bot dit niet?")
    assert "Waarom: Ik twijfel." in house.thread[-1]
    assert asked == [RECORDING] * 2


async def test_the_queue_in_the_chat(house: LabHouse) -> None:
    await house.command("fleur", "lab")
    assert "Er ligt niets open" in house.chat("fleur")
    await house.hand_over("anna")
    await house.hand_over("cleo", COFFEE)
    await house.press("fleur", "Ik pak hem op")
    await house.command("fleur", "lab")
    assert "2 open, 1 van jou, 0 wachten op de vraagsteller, 0 te laat." in house.chat("fleur")
    await house.press("fleur", "Van mij")
    assert COFFEE in house.chat("fleur")
    assert RECORDING not in house.chat("fleur")
    await house.press("fleur", "Te laat")
    assert "Niets is te laat" in house.chat("fleur")


async def test_a_grey_answer_offers_to_ask_without_a_name(house: LabHouse) -> None:
    card = await house.say("anna", MAIL)
    assert "Vraag het AI Lab anoniem" in {button.label for button in buttons_of(card)}


async def test_every_act_behind_the_right_is_in_the_audit_log(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Ik pak hem op")
    await answer(house)
    await house.press("bram", "Open opnieuw")
    async with database.reading() as tx:
        acts = [row.act for row in await tx.execute(select(AuditRow)) if row.act.startswith("lab.")]
    assert acts == ["lab.claimed", "lab.answered", "lab.reopened"]


async def test_a_card_that_has_not_arrived_yet_is_drawn_anew_later(house: LabHouse) -> None:
    await house.say("anna", RECORDING)
    house.platform.failures += [TryLater("busy")] * 2
    await house.press("anna", "Vraag het AI Lab")
    await house.command("fleur", "lab")
    queue = house.messages(direct("fleur"))[-1]
    await house.press("fleur", next(b.label for b in buttons_of(queue) if "Bekijk" in b.label))
    await house.press("fleur", "Ik pak hem op")
    for _ in range(6):
        house.clock.pass_by(timedelta(seconds=20))
        await house.ring()
    assert "Fleur heeft hem opgepakt" in text_of(house.card)


async def test_who_is_forgotten_is_named_nowhere_and_the_question_stays(
    house: LabHouse, database: Database
) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Vraag iets terug")
    await house.submit("fleur", {"text": "Welke opname?"})
    await house.press("anna", "Antwoord")
    await house.submit("anna", {"text": "Die van gisteren."})
    async with database.transaction() as tx:
        known = await people.find_person(tx, "plain", "", "anna")
        assert known is not None
        await forgetting.forget_asked(tx, known.id, house.clock())
    async with database.reading() as tx:
        tables = await read_all(tx)
    named = {name for name, rows in tables.items() if name != "people" and any("Anna" in str(row) for row in rows)}
    assert named == set()
    (ticket,) = await all_tickets(database)
    assert ticket.text == RECORDING
    about = {
        name for name, rows in tables.items() if any(ticket.id in str(row) and known.id in str(row) for row in rows)
    }
    assert about == set()


async def test_who_asked_is_forgotten_before_the_ticket(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await answer(house)
    await house.hand_over("cleo", COFFEE)
    for days, kept, asked in ((89, 2, 2), (91, 2, 1), (401, 1, 1)):
        async with database.transaction() as tx:
            await retention.tidy(tx, house.clock() + timedelta(days=days))
        async with database.reading() as tx:
            assert len((await tx.execute(select(TicketAskerRow))).all()) == asked
        assert len(await all_tickets(database)) == kept, "what is open stays"
