"""Who may not edit cannot, the clock's own actions are the clock's, and small numbers are told to nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversations.digest import actions
from bot.model.actions import Action
from bot.model.effects import Refusal
from bot.model.events import Submitted
from knowledge.content import Knowledge
from storage import digest_questions, digests, people, roles
from storage.database import Database
from tests.conversations.dialog import account_of, direct, text_of
from tests.conversations.digests import DRAFT, DUE, SUNDAY, DigestHouse
from tests.conversations.roles import meet


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[DigestHouse]:
    async with DigestHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "sanne")
        await house.ask("bram", "klantmail", "mag_mits", "Een vraag van Bram")
        await house.drafted()
        yield house


async def digest_id(house: DigestHouse) -> str:
    async with house.database.reading() as tx:
        digest = await digests.find_open(tx, "plain:algemeen", house.clock())
    assert digest is not None
    return digest.id


async def press_everything(house: DigestHouse, person: str) -> None:
    id = await digest_id(house)
    pressed: list[Action] = [
        actions.ShowDraft(plan="algemeen"), actions.OpenChange(digest=id), actions.OpenWords(digest=id),
        actions.OpenPick(digest=id), actions.Hold(digest=id, held=True), actions.SendNow(digest=id),
        actions.Post(plan="algemeen"), actions.Prepare(plan="algemeen"),
    ]  # fmt: skip
    for action in pressed:
        assert isinstance(await house.press_raw(person, action.pack()), Refusal), action
    submitted: list[tuple[Action, dict[str, object]]] = [
        (actions.ChangeLine(digest=id, version=9), {"line": "x", "what": "drop", "text": ""}),
        (actions.AddWords(digest=id), {"text": "Gratis geld"}),
        (actions.PickQuestion(digest=id), {"question": "x"}),
    ]
    for number, (action, values) in enumerate(submitted):
        event = Submitted(
            key=f"forged {person} {number}",
            account=account_of(person),
            place=direct(person),
            at=house.clock(),
            action=action.pack(),
            values=values,  # type: ignore[arg-type]
        )
        assert isinstance(await house.happen(event), Refusal), action


async def test_a_colleague_who_is_no_editor_changes_nothing(house: DigestHouse) -> None:
    await press_everything(house, "sanne")
    assert "Dit hoort bij de rol AI Lab. Fleur kan je verder helpen." in house.refusal
    assert house.posts() == []
    await house.ring(DUE)
    assert "Gratis" not in text_of(house.posts()[0])


async def test_an_editor_who_no_longer_is_one_neither(house: DigestHouse) -> None:
    async with house.database.transaction() as tx:
        fleur = await people.find_person(tx, "plain", "", "fleur")
        assert fleur is not None
        await roles.take(tx, fleur.id, "ai_lab", house.clock())
    await press_everything(house, "fleur")
    assert house.posts() == []


async def test_an_editor_cannot_ring_the_clock(house: DigestHouse) -> None:
    for action in (actions.Post(plan="algemeen"), actions.Prepare(plan="algemeen")):
        assert isinstance(await house.press_raw("fleur", action.pack()), Refusal)
    assert house.posts() == []


async def test_made_up_ids_are_answered_and_change_nothing(house: DigestHouse) -> None:
    made_up: tuple[Action, ...] = (
        actions.SendNow(digest="x"),
        actions.Hold(digest="' OR 1=1 --", held=False),
        actions.ShowDraft(plan="x"),
    )
    for action in made_up:
        assert isinstance(await house.press_raw("fleur", action.pack()), Refusal)
    assert house.posts() == []


async def test_a_channel_that_left_the_file_gets_nothing_any_more(house: DigestHouse) -> None:
    id = await digest_id(house)
    object.__setattr__(house.known, "digests", ())
    assert isinstance(await house.press_raw("fleur", actions.SendNow(digest=id).pack()), Refusal)
    await house.ring(DUE)
    assert house.posts() == []


@pytest.mark.parametrize("askers", [1, 2, 3])
async def test_no_number_of_fewer_than_three_people(house: DigestHouse, askers: int) -> None:
    """However often each of them asked, and on however many accounts."""
    for person in ("anna", "bas", "cas")[:askers]:
        for number in range(7):
            await house.ask(person, "cv-screening", "mag_niet", f"vraag {number} van {person}")
            await house.ask(person, None, None, f"open vraag {number} van {person}")
    async with house.database.reading() as tx:
        span = (SUNDAY.replace(day=10), DRAFT)
        rows = dict(await digest_questions.count_askers(tx, *span, most=50))
        figures = await digest_questions.count_by_verdict(tx, *span)
    told = askers >= digest_questions.LEAST
    assert rows == ({"cv-screening": askers} if told else {})
    assert figures == ({"mag_niet": 7 * askers, "open": 7 * askers} if told else {})


async def test_one_person_on_three_accounts_is_one_person(house: DigestHouse) -> None:
    for account in ("dewi-slack", "dewi-teams", "dewi-web"):
        await house.ask(account, "cv-screening", "mag_niet", f"vraag van {account}")
    async with house.database.transaction() as tx:
        known = [await people.find_person(tx, "plain", "", f"dewi-{one}") for one in ("slack", "teams", "web")]
        first, second, third = (one.id for one in known if one is not None)
        await people.merge_people(tx, keep=first, drop=second)
        await people.merge_people(tx, keep=first, drop=third)
        span = (SUNDAY.replace(day=10), DRAFT)
        assert await digest_questions.count_askers(tx, *span, most=50) == []
