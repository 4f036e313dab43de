"""Survey rounds in storage: once each person, changed by the secret alone, and nothing of too few people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from storage import people, retention, surveys, surveys_answers
from storage.codes import new_code
from storage.database import Database
from storage.surveys import Round
from storage.surveys_answers import Answer
from storage.tables.surveys import SurveyAnswerRow, SurveyInvitationRow
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLOSES = NOW + timedelta(days=7)
_NL = {"nl": "Titel", "en": "Title"}
QUESTIONS = [{"id": "often", "kind": "choice"}, {"id": "doubt", "kind": "text"}]


async def add_people(tx: Transaction, number: int, prefix: str = "p") -> list[str]:
    return [(await people.get_or_add_person(tx, "plain", "", f"{prefix}{one}", NOW)).id for one in range(number)]


async def draft(tx: Transaction, lead: str, asked: list[str], *, anonymous: bool = True, minimum: int = 5) -> Round:
    id = await surveys.add_draft(
        tx, survey="gedrag", survey_version=1, title=_NL, purpose=_NL, questions=QUESTIONS, lead_id=lead,
        audience="team", unit="Zorg", anonymous=anonymous, minimum=minimum, closes_at=CLOSES, people=asked, now=NOW,
    )  # fmt: skip
    found = await surveys.find_round(tx, id)
    assert found is not None
    return found


async def opened(tx: Transaction, asked: list[str], **how: bool | int) -> Round:
    round_ = await draft(tx, asked[0], asked, **how)  # type: ignore[arg-type]
    assert await surveys.open_round(tx, round_.id, NOW)
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
        found = await surveys.find_clash(tx, after, NOW)
        assert (found is not None and found.id == before.id) == clash, why
        assert await surveys.find_clash(tx, after, NOW + timedelta(days=90)) is None, "the next quarter may"


async def test_a_closed_round_may_be_asked_again_of_the_same(database: Database) -> None:
    async with database.transaction() as tx:
        asked = await add_people(tx, 6)
        round_ = await opened(tx, asked)
        await surveys.end_round(tx, round_.id)
        assert await surveys.find_clash(tx, await draft(tx, asked[0], asked), NOW) is None
        assert await surveys.find_clash(tx, await draft(tx, asked[0], asked[1:]), NOW) is not None


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
        assert (await tx.execute(select(SurveyInvitationRow))).first() is None
        assert await surveys.find_round(tx, round_.id) is not None
        await retention.tidy(tx, CLOSES + timedelta(days=3 * 365 + 1))
        assert await surveys.find_round(tx, round_.id) is None
