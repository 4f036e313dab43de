"""Survey rounds in storage: once each person, changed by the secret alone, and nothing of too few people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from storage import people, retention, surveys, surveys_answers, surveys_apart
from storage.codes import new_code
from storage.database import Database
from storage.surveys import Round
from storage.surveys_answers import Answer
from storage.tables.surveys import SurveyAnswerRow, SurveyInvitationRow
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLOSES = NOW + timedelta(days=7)
_NL = {"nl": "Titel", "en": "Title"}


async def add_people(tx: Transaction, number: int, prefix: str = "p") -> list[str]:
    return [(await people.get_or_add_person(tx, "plain", "", f"{prefix}{one}", NOW)).id for one in range(number)]


async def draft(
    tx: Transaction, lead: str, asked: list[str], *, anonymous: bool = True, minimum: int = 5,
    audience: str = "team", questions: tuple[str, ...] = ("often", "doubt"),
) -> Round:  # fmt: skip
    asks = [{"id": one, "kind": "text"} for one in questions]
    id = await surveys.add_draft(
        tx, survey="gedrag", survey_version=1, title=_NL, purpose=_NL, questions=asks, lead_id=lead,
        audience=audience, unit="Zorg", anonymous=anonymous, minimum=minimum, closes_at=CLOSES, people=asked,
        now=NOW,
    )  # fmt: skip
    found = await surveys.find_round(tx, id)
    assert found is not None
    return found


async def opened(tx: Transaction, asked: list[str], **how: Any) -> Round:
    round_ = await draft(tx, asked[0], asked, **how)
    assert await surveys.open_round(tx, round_.id, NOW)
    return round_


async def closed(tx: Transaction, asked: list[str], *, said: int = 5, **how: Any) -> Round:
    """Answered by so many of them."""
    round_ = await opened(tx, asked, **how)
    for _ in range(said):
        answers = {question["id"]: Answer(words="Ja") for question in round_.questions}
        await surveys_answers.keep(tx, round_, new_code(), answers)
    await surveys.end_round(tx, round_.id)
    await surveys_answers.publish(tx, round_)
    return round_


async def test_once_each_person_and_only_who_was_asked(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 5)
        (stranger,) = await add_people(tx, 1, "s")
        round_ = await opened(tx, asked)
        assert await surveys.take_part(tx, round_.id, asked[1])
        assert not await surveys.take_part(tx, round_.id, asked[1])
        assert not await surveys.take_part(tx, round_.id, stranger)
        assert await surveys.decline(tx, round_.id, asked[2])
        assert not await surveys.decline(tx, round_.id, asked[1]), "who answered has answered"
        assert await surveys.take_part(tx, round_.id, asked[2]), "who thinks better of it is welcome"
        assert await surveys.list_people(tx, round_.id, "invited") == sorted([asked[0], *asked[3:]])


async def test_an_answer_is_changed_by_its_secret_alone(database: Database) -> None:
    async with database.transaction() as tx:
        round_ = await opened(tx, await add_people(tx, 5))
        secret = new_code()
        await surveys_answers.keep(
            tx, round_, secret, {"often": Answer(("daily",)), "doubt": Answer(words="Mail?")}
        )
        await surveys_answers.keep(tx, round_, secret, {"often": Answer(("never",)), "doubt": Answer()})
        found = await surveys_answers.find(tx, round_, secret.lower(), ["often", "doubt"])
        assert found == {"often": Answer(("never",))}
        assert await surveys_answers.find(tx, round_, new_code(), ["often", "doubt"]) == {}


@pytest.mark.parametrize("said", [4, 5])
async def test_of_fewer_than_the_minimum_nothing_is_kept(database: Database, said: int) -> None:
    async with database.transaction() as tx:
        round_ = await opened(tx, await add_people(tx, 8))
        for one in range(8):
            words = {"doubt": Answer(words=f"Twijfel {one}")} if one < said else {}
            await surveys_answers.keep(tx, round_, new_code(), {"often": Answer(("daily",)), **words})
        assert await surveys_answers.find_results(tx, round_.id) == {}, "nothing while it is open"
        assert await surveys.end_round(tx, round_.id)
        assert not await surveys.end_round(tx, round_.id)
        await surveys_answers.publish(tx, round_)
        results = await surveys_answers.find_results(tx, round_.id)
        assert results["often"].counts == {"daily": 8}
        assert ("doubt" in results) == (said >= 5)
        assert (await tx.execute(select(SurveyAnswerRow))).first() is None, "the answers themselves are gone"


async def test_whatever_an_organisation_says_never_under_three(database: Database) -> None:
    async with database.transaction() as tx:
        round_ = await opened(tx, await add_people(tx, 5), minimum=1)
        assert round_.minimum == 3


async def test_with_names_only_where_the_round_says_so(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 5)
        round_ = await opened(tx, asked)
        with pytest.raises(AssertionError):
            await surveys_answers.keep(tx, round_, new_code(), {"often": Answer(("x",))}, asked[0])


CLASHES = [
    (range(6), range(6), True, "the same people while it is open"),
    (range(6), range(7), True, "one more"),
    (range(7), range(1, 8), True, "one other"),
    (range(6), range(11), True, "five more: with a round of others they may be told apart"),
    (range(6), range(6, 12), False, "others"),
    (range(10), range(5, 15), True, "half of them"),
]


@pytest.mark.parametrize(("first", "second", "clash", "why"), CLASHES, ids=[case[3] for case in CLASHES])
async def test_a_round_beside_another_never_tells_of_a_few(
    database: Database, first: range, second: range, clash: bool, why: str
) -> None:
    async with database.transaction() as tx:
        all_ = await add_people(tx, 15)
        before = await opened(tx, [all_[one] for one in first])
        after = await draft(tx, all_[0], [all_[one] for one in second])
        found = await surveys_apart.find_clash(tx, after, NOW)
        assert (found is not None) == clash, why
        assert found is None or (found.still_open and found.until == before.closes_at)


async def clash_after(tx: Transaction, asked: list[str], days: int, **how: Any) -> bool:
    found = await surveys_apart.find_clash(tx, await draft(tx, asked[0], asked, **how), NOW + timedelta(days=days))
    assert found is None or found.until > NOW + timedelta(days=days)
    return found is not None


async def test_who_was_asked_is_asked_the_same_again_after_two_months(database: Database) -> None:
    """Not sooner, the very same group neither: whoever was away the second time would be told apart."""
    async with database.transaction() as tx:
        asked = await add_people(tx, 8)
        await closed(tx, asked[:6])
        assert await clash_after(tx, asked[:6], 1)
        assert await clash_after(tx, asked[:7], 59)
        assert not await clash_after(tx, asked[:7], 61), "the register changed, nobody picked"


async def test_who_picks_people_waits_a_year_or_picks_the_same(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 8)
        await closed(tx, asked[:6])
        assert await clash_after(tx, asked[1:7], 200, audience="people")
        assert not await clash_after(tx, asked[:6], 61, audience="people"), "nobody is left out"
        assert not await clash_after(tx, asked[1:7], 366, audience="people")


async def test_other_questions_stand_in_no_way_and_shared_ones_do(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 7)
        await closed(tx, asked[:6], questions=("often", "own-1"))
        assert not await clash_after(tx, asked, 1, questions=("role",))
        assert await clash_after(tx, asked, 1, questions=("role", "often")), "of another survey"
        assert await clash_after(tx, asked, 1, questions=("own-2",)), "nobody knows what they asked themselves"


async def test_where_nothing_was_shown_it_may_be_tried_again(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 6)
        await closed(tx, asked, said=4)
        assert not await clash_after(tx, asked[:5], 1)


@pytest.mark.parametrize(("second", "beside"), [(range(6), True), (range(7), False), (range(1, 7), False),
                                                (range(5, 11), True), (range(6, 12), True)])  # fmt: skip
async def test_rounds_stand_side_by_side_where_the_difference_is_nobody_or_enough(
    database: Database, second: range, beside: bool
) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 12)
        before = await closed(tx, asked[:6])
        after = await draft(tx, asked[0], [asked[one] for one in second])
        assert await surveys_apart.is_comparable(tx, before, after) == beside


async def test_people_are_told_in_portions_and_nobody_twice(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 7)
        round_ = await opened(tx, asked)
        await surveys.decline(tx, round_.id, asked[0])
        told: list[str] = []
        while some := await surveys.find_languages(
            tx, round_.id, without="declined", after=told[-1] if told else "", most=4
        ):
            told += [person for person, _ in some]
        assert told == sorted(asked[1:])


async def test_what_follows_a_round_happens_once(database: Database) -> None:
    async with database.transaction() as tx:
        round_ = await closed(tx, await add_people(tx, 5))
        assert await surveys.begin_follow_up(tx, round_.id, "vote", NOW)
        assert not await surveys.begin_follow_up(tx, round_.id, "vote", NOW)
        assert await surveys.find_follow_ups(tx, round_.id) == {"vote"}


async def test_where_answers_lie_tells_nothing_of_when_they_came(database: Database) -> None:
    async with database.transaction() as tx:
        round_ = await opened(tx, await add_people(tx, 9))
    came = []
    for one in range(9):
        async with database.transaction() as tx:
            await surveys_answers.keep(tx, round_, new_code(), {"doubt": Answer(words=f"{one}")})
            came.append(f"{one}")
    async with database.reading() as tx:
        if database.is_sqlite:
            columns = (
                await tx.execute(text("SELECT sql FROM sqlite_master WHERE name = 'survey_answers'"))
            ).scalar()
            assert columns is not None
            assert "WITHOUT ROWID" in columns
            lie = list((await tx.execute(select(col(SurveyAnswerRow.words)))).scalars())
        else:
            rows = (await tx.execute(text("SELECT words, xmin::text FROM survey_answers ORDER BY ctid"))).all()
            assert len({row[1] for row in rows}) == 1, "all written by the last transaction"
            lie = [row[0] for row in rows]
    assert sorted(lie) == came
    assert lie != came, "once in 362,880 times this is chance"


async def test_how_long_things_are_kept(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 5)
        round_ = await opened(tx, asked)
        await surveys.end_round(tx, round_.id)
        unsent = await draft(tx, asked[0], asked)
        await retention.tidy(tx, NOW + timedelta(days=2))
        assert await surveys.find_round(tx, unsent.id) is None
        assert await surveys.find_part(tx, round_.id, asked[0]) == "invited"
        await retention.tidy(tx, CLOSES + timedelta(days=91))
        states = (await tx.execute(select(col(SurveyInvitationRow.state)).distinct())).scalars().all()
        assert states == ["past"], "who took part is nobody's business any more; who may read it stays"
        assert await surveys.find_round(tx, round_.id) is not None
        await retention.tidy(tx, CLOSES + timedelta(days=3 * 365 + 1))
        assert await surveys.find_round(tx, round_.id) is None
