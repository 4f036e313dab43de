"""Somebody who reads everything: tables and how their rows lie, log, audit log, outbox, every view. No answer can
be put to a person better than by guessing, and no two views differ in a small group."""

from __future__ import annotations

import csv
import itertools
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, text

from bot.pages.survey_sheets import write_csv
from bot.pages.survey_shown import describe
from bot.pages.survey_sums import sum_up
from bot.texts import WORDS
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.survey_results import find_agreed
from knowledge.themes import Vectors
from storage import surveys, surveys_answers, surveys_apart
from storage.database import Database
from storage.tables import metadata
from tests.conversations.dialog import direct, text_of
from tests.conversations.readings import answers
from tests.conversations.roles import meet
from tests.conversations.surveying import CLOSES, UNTIL, SurveyHouse

ROUNDS = 10
_BY_CHANCE = 26
"""Of matchings at random one in each is right on average, ten in ten; 26 or more once in 80,000 times."""


class Town(SurveyHouse):
    """Ten teams of five to twelve, each with its own lead; `said` is what only we know."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        super().__init__(database, knowledge)
        self.teams: list[list[str]] = []
        self.said: dict[tuple[str, str], str] = {}
        """Person's id and question -> words."""
        self.came: list[str] = []
        """Ids of people in the order in which they answered."""
        self.codes: list[str] = []
        object.__setattr__(self.desk, "encode", self._encode)
        object.__setattr__(self.desk, "read", self._read)

    async def _encode(self, texts: Sequence[str]) -> Vectors:
        """What begins with the same letter means the same."""
        return np.eye(26, dtype=np.float32)[[ord(text[0].lower()) % 26 for text in texts]]

    async def _read(self, text: str) -> Reading:
        return answers(self.known.use_cases[0].id, masked_question=text)

    async def live(self) -> None:
        dice = random.Random(7)
        for number in range(ROUNDS):
            lead = f"lead{number}"
            await meet(self, lead, role="team_lead")
            team = [f"p{number}x{one}" for one in range(dice.randint(5, 12))]
            for name in team:
                self.ids[name] = await meet(self, name)
            self.teams.append(team)
            await self.ask(lead, team)
        everybody = [name for team in self.teams for name in team]
        dice.shuffle(everybody)
        for name in everybody:
            await self.press_own(name, "Vul in")
            words = {key: f"{begin} {make_word(dice)}" for key, begin in _BEGINS.items()}
            values = self.fill(**{_LABELS[key]: said for key, said in words.items()})
            await self.submit(name, values)
            assert self.code(), "the code is shown to them alone"
            self.codes.append(self.code())
            self.came.append(self.ids[name])
            self.said |= {(self.ids[name], key): said for key, said in words.items()}

    async def ask(self, lead: str, team: list[str]) -> None:
        await self.command(lead, "enquete")
        emails = " ".join(f"{name}@example.com" for name in team)
        how = {"survey": "gedrag", "who": "people", "until": UNTIL, "anonymous": "yes", "emails": emails}
        await self.submit(lead, how)  # type: ignore[arg-type]
        await self.press_own(lead, f"Verstuur aan {len(team)} collega's")


def make_word(dice: random.Random) -> str:
    """That nobody uses and nothing masks."""
    return "".join(dice.choice(("ba", "de", "fi", "go", "ku", "la", "mo", "ne", "ri", "su")) for _ in range(6))


_BEGINS = {"twijfel": "over", "mag": "wel"}
_LABELS = {"twijfel": "waar_twijfel", "mag": "wat_vind"}


@pytest.fixture
async def town(database: Database, knowledge: Knowledge) -> AsyncIterator[Town]:
    async with Town(database, knowledge) as opened:
        yield opened


async def read_everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every table, each in the order in which its rows lie."""
    found = {}
    async with database.reading() as tx:
        for table in metadata.sorted_tables:
            without_numbers = database.is_sqlite and not table.dialect_options["sqlite"].get("with_rowid", True)
            place = None if without_numbers else text("rowid" if database.is_sqlite else "ctid")
            query = select(table) if place is None else select(table).order_by(place)
            found[table.name] = [dict(row._mapping) for row in await tx.execute(query)]
    return found


async def read_writers(database: Database) -> list[str]:
    """PostgreSQL's own note of which transaction wrote each answer, by round."""
    async with database.reading() as tx:
        rows = (await tx.execute(text("SELECT round_id, xmin::text FROM survey_answers"))).all()
    by_round = defaultdict(set)
    for round_id, writer in rows:
        by_round[round_id].add(writer)
    return [" ".join(writers) for writers in by_round.values()]


def guess(answers: list[dict[str, Any]], people: list[str], town: Town) -> int:
    """How many are right where the answers of each round, as they lie, are put to its people in this order."""
    right = 0
    for team, question in itertools.product(town.teams, _BEGINS):
        mine = {town.ids[name] for name in team}
        ordered = [person for person in people if person in mine]
        theirs = {town.said[person, question] for person in mine}
        lie = [row["words"] for row in answers if row["question"] == question and row["words"] in theirs]
        right += sum(town.said[person, question] == words for person, words in zip(ordered, lie, strict=True))
    return right // len(_BEGINS)


async def test_who_reads_everything_can_only_guess(
    town: Town, database: Database, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("INFO")
    await town.live()
    everything = await read_everything(database)
    answers = everything["survey_answers"]
    people = {row["id"] for row in everything["people"]}
    assert len(answers) == 2 * len(town.came)

    # No row of an answer says who or when, and nothing else says anything of an answer.
    assert {column for row in answers for column, value in row.items() if str(value) in people} == set()
    rest = str({name: rows for name, rows in everything.items() if name != "survey_answers"})
    logged = caplog.text + "".join(capsys.readouterr())
    for row in answers:
        assert row["words"] not in rest + logged
        assert row["id"] not in rest + logged
    for code in town.codes:
        assert code not in rest + logged + str(answers)
        assert code.replace("-", "") not in rest + logged + str(answers)

    # How the rows lie, put beside everything that has an order of people.
    orders = {
        "as they came": town.came,
        "as they took part": [row["person_id"] for row in everything["survey_invitations"]],
        "as they were sent to": [row["person_id"] for row in everything["outbox"]],
        "as they last spoke": [row["person_id"] for row in sorted(
            everything["accounts"], key=lambda row: str(row["last_spoke_at"]))],
    }  # fmt: skip
    for name, order in orders.items():
        once = list(dict.fromkeys(order))
        assert guess(answers, once, town) < _BY_CHANCE, name
    if not database.is_sqlite:
        assert all(" " not in writers for writers in await read_writers(database)), "one writer a round"


async def test_two_answers_of_one_person_are_strangers(town: Town, database: Database) -> None:
    await town.live()
    answers = (await read_everything(database))["survey_answers"]
    owner = {said: person for (person, _), said in town.said.items()}
    right = 0
    for team in town.teams:
        mine = {town.ids[name] for name in team}
        lie = [[owner[row["words"]] for row in answers if row["question"] == question] for question in _BEGINS]
        first, second = ([person for person in people if person in mine] for people in lie)
        right += sum(one == other for one, other in zip(first, second, strict=True))
    assert right < _BY_CHANCE


async def test_after_closing_only_what_everybody_sees_is_there(town: Town, database: Database) -> None:
    await town.live()
    await town.close_up()
    everything = await read_everything(database)
    assert everything["survey_answers"] == []
    for row in everything["survey_results"]:
        assert row["people"] >= 5
        words = [told["text"] for told in row["texts"]]
        assert words == sorted(words), "an order that tells nothing"
    for number, team in enumerate(town.teams):
        card = town.result(f"lead{number}")
        assert all(town.chat(name) == card for name in team)
        others = {said for name in itertools.chain(*town.teams) if name not in team
                  for said in (town.said[town.ids[name], "twijfel"],)}  # fmt: skip
        assert not any(said in text_of(card) for said in others)
    assert not any("code" in text_of(card).lower() for card in town.messages(direct(town.teams[0][0])))
    await check_every_view(town, database)


async def check_every_view(town: Town, database: Database) -> None:
    """Cards, pages, spreadsheets, themes and sums: each number is of a whole group, and so is what is left of a sum
    when whoever leads a team takes their own off."""
    agreed = find_agreed(town.known)
    async with database.reading() as tx:
        rounds = await surveys_answers.find_rounds(tx, "gedrag", 100)
    assert len(rounds) == ROUNDS
    for round_, results in rounds:
        for asked in describe(WORDS["nl"], round_, results, agreed):
            assert asked.people == 0 or asked.people >= 5
            assert all(theme.people >= 5 for theme in asked.themes)
            assert [said.quotes[0] for said in asked.others] == sorted(said.quotes[0] for said in asked.others)
        sheet = list(csv.reader(write_csv(WORDS["nl"], round_, results).decode("utf-8-sig").splitlines()))
        assert all(int(line[1]) >= 5 for line in sheet[1:])
    summed = sum_up(WORDS["nl"], rounds, agreed, 5)
    assert summed is not None
    for asked in summed.asked:
        assert not asked.themes, "what somebody wrote stays with the team"
        for _, results in rounds:
            mine = next((one.people for one in results.values() if one.people), 0)
            assert asked.people - mine == 0 or asked.people - mine >= 5
    assert all(people >= 5 for _, _, people in summed.doubts)
    assert sum_up(WORDS["nl"], rounds[:1], agreed, 5) is None, "one team alone is that team's"


async def test_no_sequence_of_rounds_isolates_a_few(house_pool: Town, database: Database) -> None:
    """A hundred groups at random out of thirty people: those that may be asked are apart."""
    dice = random.Random(3)
    pool = [house_pool.ids[name] for name in itertools.chain(*house_pool.teams)]
    asked: list[frozenset[str]] = []
    asks = [{"id": "twijfel"}]
    for _ in range(100):
        group = asked[0] if asked and dice.random() < 0.1 else frozenset(dice.sample(pool, dice.randint(5, 7)))
        async with database.transaction() as tx:
            id = await surveys.add_draft(
                tx, survey="gedrag", survey_version=1, title={}, purpose={}, questions=asks, lead_id=pool[0],
                audience="people", unit="", anonymous=True, minimum=5, closes_at=CLOSES, people=sorted(group),
                now=house_pool.clock(),
            )  # fmt: skip
            round_ = await surveys.find_round(tx, id)
            assert round_ is not None
            if await surveys_apart.find_clash(tx, round_, house_pool.clock()) is None:
                await surveys.open_round(tx, id, house_pool.clock())
                asked.append(group)
    assert len(asked) > 2
    assert not any(one & other for one, other in itertools.combinations(asked, 2))


@pytest.fixture
async def house_pool(database: Database, knowledge: Knowledge) -> AsyncIterator[Town]:
    async with Town(database, knowledge) as opened:
        opened.teams = [[f"q{one}" for one in range(30)]]
        for name in opened.teams[0]:
            opened.ids[name] = await meet(opened, name)
        yield opened
