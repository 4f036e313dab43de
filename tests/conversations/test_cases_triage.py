"""The AI Lab and a case: claimed by one, tidied with a yes, linked, merged, published or not, and told why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.conversations.cases import actions
from bot.model.effects import FormErrors, Nothing, Refusal
from bot.model.events import Pressed, Submitted
from knowledge.content import Knowledge
from storage import audit
from storage.cases import Case
from storage.database import Database
from tests.conversations.dialog import account_of, direct, text_of
from tests.conversations.roles import meet
from tests.conversations.sharing import DID, HAPPENED, LAB, LEARNED, MONDAY, CaseHouse


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[CaseHouse]:
    async with CaseHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "gijs", role="ai_lab")
        await meet(house, "sanne")
        await house.ring()
        yield house


async def claimed(house: CaseHouse, **answers: str) -> Case:
    case = await house.share("sanne", **answers)
    await house.press("fleur", "Ik pak hem op")
    return case


async def test_claimed_decided_and_told(house: CaseHouse) -> None:
    case = await claimed(house)
    assert "Fleur is ermee bezig." in text_of(house.at_the_lab()[0])
    await house.press("fleur", "Publiceer")
    (card,) = house.at_the_lab()
    assert "Gepubliceerd door Fleur." in text_of(card)
    told = text_of(house.messages(direct("sanne"))[-1])
    assert "gepubliceerd" in told
    assert LEARNED in told
    async with house.database.reading() as tx:
        lines = await audit.find_lines(tx, about=f"case:{case.id}")
    assert [line.act for line in lines] == ["case.published", "case.claimed", "case.shared"]
    assert not any(DID in str(line) or "Fleur" in str(line) for line in lines)


async def test_kept_inside_and_declined_are_told_too(house: CaseHouse) -> None:
    await claimed(house)
    await house.press("fleur", "Alleen voor het Lab")
    assert "blijft binnen het AI Lab" in text_of(house.messages(direct("sanne"))[-1])
    await house.press("gijs", "Bekijk opnieuw")
    await house.press("gijs", "Deel hem niet")
    assert isinstance(await house.submit("gijs", {"reason": "  "}), FormErrors)
    await house.submit("gijs", {"reason": "Bel jan@voorbeeld.nl, de klant is te herkennen."})
    told = text_of(house.messages(direct("sanne"))[-1])
    assert "De reden: Bel" in told
    assert "jan@voorbeeld.nl" not in told
    assert "Niet gedeeld, zegt Gijs." in text_of(house.at_the_lab()[0])


async def test_of_many_at_once_one_wins_and_the_others_are_told_kindly(house: CaseHouse) -> None:
    names = [f"lab{number}" for number in range(50)]
    for name in names:
        await meet(house, name, role="ai_lab")
    case = await house.share("sanne")
    packed = actions.Claim(case=case.id).pack()
    presses = [
        Pressed(key=f"race{name}", account=account_of(name), place=LAB, at=house.clock(), action=packed)
        for name in names
    ]
    effects = await asyncio.gather(*(house.dispatcher.receive(press) for press in presses))
    won = [name for name, effect in zip(names, effects, strict=True) if isinstance(effect, Nothing)]
    assert len(won) == 1
    lost = [effect.words for effect in effects if isinstance(effect, Refusal)]
    assert lost == [f"{won[0].title()} was je net voor. Dank dat je hem wilde oppakken."] * 49
    newest = await house.get(case)
    assert (newest.state, newest.version) == ("claimed", 2)


async def test_a_case_withdrawn_and_published_at_once_is_one_of_the_two(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("sanne", "Bekijk of verander")
    withdraw = Submitted.model_validate(
        {
            "key": "w",
            "account": account_of("sanne"),
            "place": direct("sanne"),
            "at": house.clock(),
            "action": house.form.action,
            "values": {"what": "withdraw"},
        }
    )
    publish = Pressed(
        key="p",
        account=account_of("fleur"),
        place=LAB,
        at=house.clock(),
        action=actions.Decide(case=case.id, what="publish").pack(),
    )
    effects = await asyncio.gather(house.dispatcher.receive(publish), house.dispatcher.receive(withdraw))
    newest = await house.get(case)
    if newest.state == "published":
        assert isinstance(effects[1], Refusal), "told, and nothing done"
    else:
        assert newest.state == "withdrawn"
        assert newest.published_at is None
        assert newest.did == ""


async def test_who_did_not_claim_it_hears_who_did(house: CaseHouse) -> None:
    case = await house.share("sanne")
    publish = actions.Decide(case=case.id, what="publish").pack()
    await house.press_raw("gijs", publish)
    assert "Pak deze casus eerst op" in house.refusal
    await house.press("fleur", "Ik pak hem op")
    await house.press_raw("gijs", publish)
    assert "Fleur is met deze casus bezig" in house.refusal
    await house.press("gijs", "Ik neem hem over")
    await house.press_raw("fleur", publish)
    assert "Gijs is met deze casus bezig" in house.refusal
    await house.press("gijs", "Geef terug")
    assert "[Ik pak hem op]" in text_of(house.at_the_lab()[0])
    assert (await house.get(case)).state == "new"


@pytest.mark.parametrize(
    "action",
    [
        actions.Claim(case="c"),
        actions.Decide(case="c", what="publish"),
        actions.OpenDesk(case="c", form="tidy"),
        actions.See(case="c"),
    ],
)
async def test_each_right_is_checked_for_each_button(house: CaseHouse, action: actions.Action) -> None:
    case = await house.share("sanne")
    real = action.model_copy(update={"case": case.id})
    await house.press_raw("sanne", real.pack())
    assert "Dit hoort bij de rol AI Lab" in house.refusal
    await house.press_raw("fleur", action.pack())
    assert "is er niet meer" in house.refusal
    assert (await house.get(case)).version == 1


async def test_other_words_wait_for_a_yes(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Schaaf de tekst bij")
    await house.submit("fleur", {"did": DID, "happened": HAPPENED, "learned": LEARNED})
    assert isinstance(house.effect, FormErrors)
    assert "niets veranderd" in str(house.effect.errors)
    await house.submit("fleur", {"did": DID, "happened": "De datum klopte niet.", "learned": LEARNED})
    assert "ligt bij wie de casus deelde" in text_of(house.at_the_lab()[0])
    assert (await house.get(case)).happened == HAPPENED
    asked = text_of(house.messages(direct("sanne"))[-1])
    assert "De datum klopte niet." in asked
    await house.press("sanne", "Ja, zo is het goed")
    assert (await house.get(case)).happened == "De datum klopte niet."
    assert "ligt bij wie de casus deelde" not in text_of(house.at_the_lab()[0])
    assert "heeft nu deze tekst" in text_of(house.messages(direct("sanne"))[-1])


async def test_a_no_keeps_one_s_own_words_and_a_late_yes_changes_nothing(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Schaaf de tekst bij")
    await house.submit("fleur", {"did": DID, "happened": "Anders.", "learned": ""})
    asked = house.messages(direct("sanne"))[-1]
    await house.press("sanne", "Liever mijn eigen tekst")
    assert "eigen tekst blijft staan" in text_of(house.messages(direct("sanne"))[-1])
    await house.press_raw("sanne", actions.Agree(case=case.id, yes=True).pack())
    assert "geen voorstel meer" in text_of(house.messages(direct("sanne"))[-1])
    assert (await house.get(case)).happened == HAPPENED
    assert "Anders." in text_of(asked)


async def test_published_while_a_proposal_waits_it_is_in_the_sharer_s_own_words(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Schaaf de tekst bij")
    await house.submit("fleur", {"did": DID, "happened": "Anders.", "learned": ""})
    await house.press("fleur", "Publiceer")
    newest = await house.get(case)
    assert (newest.state, newest.happened, newest.proposed) == ("published", HAPPENED, None)


async def test_a_form_about_an_older_version_overwrites_nothing(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Schaaf de tekst bij")
    older = house.effect
    await house.press("sanne", "Bekijk of verander")
    await house.choose("sanne", "change")
    await house.fill_in("sanne", happened="Het bedrag klopte niet.")
    await house.keep("sanne")
    house.effect = older
    await house.submit("fleur", {"did": DID, "happened": "Mooie tekst.", "learned": LEARNED})
    assert isinstance(house.effect, FormErrors)
    assert "veranderd nadat je dit formulier opende" in str(house.effect.errors)
    assert "Mooie tekst." in [getattr(field, "value", "") for field in house.form.fields], "nothing is lost"
    newest = await house.get(case)
    assert (newest.happened, newest.proposed) == ("Het bedrag klopte niet.", None)


async def test_what_was_typed_while_somebody_took_over_is_still_there_to_copy(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Deel hem niet")
    decline = house.effect
    await house.press_raw("gijs", actions.Claim(case=case.id, take_over=True).pack())
    house.effect = decline
    await house.submit("fleur", {"reason": "Een zorgvuldige uitleg."})
    assert isinstance(house.effect, FormErrors)
    assert "Gijs is met deze casus bezig" in house.effect.errors["reason"]
    assert house.form.fields[0].value == "Een zorgvuldige uitleg."
    assert (await house.get(case)).state == "claimed"


async def test_nothing_is_merged_into_what_was_declined_meanwhile(house: CaseHouse) -> None:
    """Its sharer would hear nothing any more."""
    first, second = await claimed(house), await house.share("sanne", happened="Iets heel anders.")
    await house.press_raw("gijs", actions.Claim(case=second.id).pack())
    await house.press_raw("gijs", actions.OpenDesk(case=second.id, form="merge").pack())
    form = house.effect
    await house.press_raw("fleur", actions.OpenDesk(case=first.id, form="decline").pack())
    await house.submit("fleur", {"reason": "Te herkennen."})
    for into in (first.id, second.id, "", "x"):
        house.effect = form
        await house.submit("gijs", {"into": into})
        assert "Kies een andere" in house.refusal
    assert (await house.get(second)).state == "claimed"


async def test_withdrawn_while_it_is_looked_at(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Deel hem niet")
    decline = house.effect
    await house.press("sanne", "Bekijk of verander")
    await house.choose("sanne", "withdraw")
    house.effect = decline
    await house.submit("fleur", {"reason": "Te herkennen."})
    assert "net ingetrokken" in house.refusal
    for action in (actions.Decide(case=case.id, what="publish"), actions.Claim(case=case.id)):
        await house.press_raw("gijs", action.pack())
        assert "net ingetrokken" in house.refusal
    assert (await house.get(case)).state == "withdrawn"


async def test_linked_to_the_row_it_overturns(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Label en koppel")
    await house.submit("fleur", {"row": "klantmial", "stance": "overturns", "tags": ""})
    assert isinstance(house.effect, FormErrors)
    assert "klantmail" in house.effect.errors["row"]
    await house.submit("fleur", {"row": "Klantmail", "stance": "overturns", "tags": "Mail,  toon , mail,,"})
    newest = await house.get(case)
    assert (newest.use_case, newest.stance, newest.tags) == ("klantmail", "overturns", ["mail", "toon"])
    assert "Spreekt de regel" in text_of(house.at_the_lab()[0])
    await house.press("fleur", "Label en koppel")
    await house.submit("fleur", {"row": "", "stance": "supports", "tags": ""})
    newest = await house.get(case)
    assert (newest.use_case, newest.stance, newest.tags) == (None, None, [])


async def test_merged_with_another_and_back_when_that_one_goes(house: CaseHouse) -> None:
    first = await claimed(house)
    await house.press("fleur", "Publiceer")
    await meet(house, "bram")
    second = await house.share("bram")
    await house.press("gijs", "Ik pak hem op")
    await house.press("gijs", "Voeg samen")
    await house.submit("gijs", {"into": second.id})
    assert "Kies een andere" in house.refusal
    await house.press("gijs", "Voeg samen")
    await house.submit("gijs", {"into": first.id})
    assert (await house.get(second)).merged_into == first.id
    assert "samengevoegd" in text_of(house.messages(direct("bram"))[-1])
    await house.command("sanne", "cases", "copilot")
    await house.press("sanne", "Lees hoe")
    assert "Nog 1 collega meldde hetzelfde." in text_of(house.messages(direct("sanne"))[-1])
    own = actions.OpenOwn(case=first.id).pack()
    await house.press_raw("sanne", own)
    await house.choose("sanne", "withdraw")
    assert (await house.get(second)).state == "new"
    await house.ring(MONDAY + timedelta(days=1))
    assert any("Van Bram." in text_of(card) and "[Ik pak hem op]" in text_of(card) for card in house.at_the_lab())


async def test_nothing_to_merge_with(house: CaseHouse) -> None:
    await claimed(house)
    await house.press("fleur", "Voeg samen")
    assert "nog geen casus die hierop lijkt" in house.refusal


async def test_looked_at_again_it_leaves_the_page(house: CaseHouse) -> None:
    case = await claimed(house)
    await house.press("fleur", "Publiceer")
    await house.press("gijs", "Bekijk opnieuw")
    assert "Zolang staat hij niet op de pagina" in text_of(house.messages(direct("sanne"))[-1])
    await house.press_raw("sanne", actions.Read(case=case.id).pack())
    assert "niet meer voor iedereen open" in house.refusal
