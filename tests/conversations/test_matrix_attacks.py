"""The living matrix under people who press at the same moment, make their own buttons, or have left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from bot.in_force import Followed, end_of_day
from bot.model.actions import Action
from bot.model.events import Pressed, Submitted
from knowledge.sheet_reading import read_sheets
from knowledge.sheets import write_sheets
from storage import matrix, matrix_proposals, matrix_reviews, register_import
from storage.database import Database
from storage.matrix import Wanted
from storage.register_import import Listed
from tests.conversations.dialog import account_of, direct, text_of
from tests.conversations.living import ROW, LivingHouse
from tests.conversations.test_matrix import approve, list_ids, propose


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path) as house:
        yield house


async def press(house: LivingHouse, person: str, action: Action) -> None:
    """Without waiting for what others do."""
    about = {"account": account_of(person), "place": direct(person), "at": house.clock()}
    await house.dispatcher.receive(Pressed(key=f"{person}-{action.name}", action=action.pack(), **about))  # type: ignore[arg-type]


async def test_two_replicas_approve_at_the_same_moment(database: Database, tmp_path: Path) -> None:
    async with LivingHouse(database, tmp_path) as one, LivingHouse(database, tmp_path) as other:
        other.start_counting_at(10_000)
        id = await propose(one, "noor", "mag")
        yes = actions.Approve(proposal=id)
        await asyncio.gather(press(one, "lars", yes), press(other, "rosa", yes))
        for house in (one, other):
            await house.follow()
            assert house.verdict() == "mag"
        async with database.reading() as tx:
            assert len(await matrix.list_history(tx, "row", ROW)) == 2
            assert len(await matrix_proposals.list_approvals(tx, id)) == 2


async def test_withdrawn_while_it_is_approved(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag_niet")
    await asyncio.gather(
        press(house, "noor", actions.Withdraw(proposal=id)), press(house, "lars", actions.Approve(proposal=id))
    )
    await house.follow()
    async with house.database.reading() as tx:
        proposal = await matrix_proposals.lock_proposal(tx, id)
    assert proposal is not None
    assert (proposal.state, house.verdict()) in (("withdrawn", "mag_mits"), ("adopted", "mag_niet"))


async def test_a_policy_with_two_new_versions_at_the_same_moment(house: LivingHouse) -> None:
    action = actions.AddPolicyVersion().pack()

    async def add(person: str) -> None:
        about = {"account": account_of(person), "place": direct(person), "at": house.clock()}
        values = {"policy": "privacybeleid", "what": f"Wat {person} weet."}
        await house.dispatcher.receive(Submitted(key=person, action=action, values=values, **about))  # type: ignore[arg-type]

    await asyncio.gather(add("lars"), add("lena"))
    async with house.database.reading() as tx:
        newest = await matrix_reviews.list_policy_versions(tx)
    assert newest["privacybeleid"].version == 3
    await house.follow()
    leaning = {row.id for row in house.shelf.current.use_cases if "privacybeleid" in row.policies}
    assert house.shelf.current.under_review == leaning
    await house.command("lars", "nakijken")
    await house.press("lars", "Ja, dit klopt nog")
    await house.follow()
    assert len(house.shelf.current.under_review) == len(leaning) - 1
    await add("rosa")  # she may not
    await house.happen(
        Submitted(
            key="again",
            action=action,
            values={"policy": "privacybeleid", "what": "Nog iets."},
            account=account_of("lars"),
            place=direct("lars"),
            at=house.clock(),
        )
    )
    await house.follow()
    assert house.shelf.current.under_review == leaning, "the one that was looked at is asked again"


async def test_buttons_that_people_made_do_nothing(house: LivingHouse) -> None:
    before = len(house.messages())
    async with house.database.reading() as tx:
        revision = await matrix.find_revision(tx)
    made = (
        actions.TellAskers(revision=10**9),
        actions.TellAskers(revision=1),
        actions.LookAfter(),
        actions.BringBatch(batch="x"),
    )
    for action in made:
        await house.press_raw("noor", action.pack())
    for action in (
        actions.Settle(kind="row", ref=ROW, hash="x", take=True),
        actions.StillHolds(row=ROW),
        actions.OpenHandOver(row=ROW),
        actions.OpenPolicy(),
        actions.OpenToolDecision(request="x"),
        actions.OpenTool(tool="claude"),
        actions.OpenFindTool(),
        actions.OpenWording(row=ROW),
    ):
        await house.press_raw("noor", action.pack())
        assert house.refusal
    assert len(house.messages()) == before
    async with house.database.reading() as tx:
        assert await matrix.find_revision(tx) == revision


async def test_an_owner_who_left_means_the_lab(house: LivingHouse) -> None:
    await house.ring()
    await house.ring(timedelta(minutes=6))
    today = house.clock().date()
    await list_staff(house, ["rosa", "noor"], today)
    async with house.database.transaction() as tx:
        await matrix_reviews.hand_over(tx, ROW, house.ids["rosa"])
    await list_staff(house, ["noor"], today + timedelta(days=1))
    await house.ring(timedelta(days=62))
    for _ in range(2):
        await house.ring(timedelta(minutes=6))
    assert "49 regels" in "\n".join(text_of(card) for card in house.chat("lars"))
    await house.press_raw("rosa", actions.OpenHandOver(row=ROW).pack())
    assert house.refusal


async def list_staff(house: LivingHouse, people: list[str], today: date) -> None:
    """Who works here from this day on."""
    listed = [Listed(email=f"{person}@example.com", name=person.title(), unit="Advies") for person in people]
    async with house.database.transaction() as tx:
        plan = await register_import.plan(tx, listed, today, house.clock())
        await register_import.carry_out(tx, plan, house.clock())


async def test_what_was_agreed_in_chat_goes_out_and_comes_back_the_same(house: LivingHouse) -> None:
    await approve(house, "lars", await propose(house, "noor", "mag_niet"))
    followed = Followed()
    async with house.database.reading() as tx:
        await followed.follow(tx)
    held = {key: one.content for key, one in followed.in_force.items() if key.kind != "philosophy"}
    contents = {key: content for key, content in held.items() if content is not None}
    assert contents.keys() == {key for key in house.shelf.list_contents() if key.kind != "philosophy"}
    back = read_sheets(write_sheets(contents, house.shelf.current), house.shelf.current, contents)
    assert back.contents == contents
    again = write_sheets(dict(back.contents), house.shelf.current)
    assert read_sheets(again, house.shelf.current, contents).contents == contents


async def test_as_it_was_on_a_day_of_the_organisation(house: LivingHouse) -> None:
    """Half past midnight in Amsterdam, still the day before in UTC."""
    house.clock.moment = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    await approve(house, "lars", await propose(house, "noor", "mag_niet"))
    row = house.shelf.current.get_use_case(ROW)
    assert str(row.since) == "2026-11-25"
    days = {}
    async with house.database.reading() as tx:
        for day in (24, 25):
            at = end_of_day(row.since.replace(day=day), "Europe/Amsterdam") if row.since else None
            (found,) = [
                one for one in await matrix.find_page(tx, Wanted("row", at), skip=0, most=100) if one.ref == ROW
            ]
            days[day] = (found.content or {})["verdicts"]["intern"]
    assert days == {24: "mag_mits", 25: "mag_niet"}


async def test_a_proposal_of_somebody_with_two_accounts_is_still_their_own(house: LivingHouse) -> None:
    """An approval that came in by another way does not count for whoever proposed it."""
    id = await propose(house, "lars", "mag_niet")
    async with house.database.transaction() as tx:
        await matrix_proposals.approve(tx, id, house.ids["lars"], reviewer=False, now=house.clock())
    before = await list_ids(house)
    assert before == {id}
    await approve(house, "noor", id)
    assert house.verdict() == "mag_mits"
    looser = await propose(house, "lars", "mag")
    async with house.database.transaction() as tx:
        await matrix_proposals.approve(tx, looser, house.ids["lars"], reviewer=True, now=house.clock())
    await approve(house, "rosa", looser)
    assert house.verdict() == "mag_mits", "one of the two is the proposer"
