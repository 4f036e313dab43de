"""The whole loop, with the real reading: what nobody knew is asked, answered, agreed on, and known everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.reader import Reader, build_reader
from storage import matrix_proposals
from storage.database import Database
from tests.conversations.dialog import buttons_of, text_of
from tests.conversations.living import LAB, LivingHouse

UNKNOWN = "Mag ik AI de bladmuziek voor het personeelsfeest laten arrangeren?"
THE_SAME = "mag ik de bladmuziek voor ons personeelsfeest door AI laten arrangeren"
TITLE = "Muziek arrangeren voor een feest"


class Replica(LivingHouse):
    """Reads as a program of its own does, and learns what is agreed on."""

    def __init__(self, database: Database, folder: Path, cache: Path) -> None:
        super().__init__(database, folder)
        self.reader: Reader = build_reader(self.shelf.current, cache)
        object.__setattr__(self.desk, "read", self._read)

    async def _read(self, question: str) -> Reading:
        return self.reader.read(question)

    async def _ready(self, knowledge: Knowledge) -> None:
        self.reader = self.reader.with_knowledge(knowledge)

    async def find_proposal(self) -> str:
        async with self.database.reading() as tx:
            (proposal,) = await matrix_proposals.list_open(tx)
        return proposal.id


@pytest.fixture(scope="module")
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept: pytest.Cache | None = getattr(request.config, "cache", None)
    return kept.mkdir("reading") if kept else tmp_path_factory.mktemp("reading")


async def hand_over(house: Replica, person: str) -> None:
    """Whatever it was taken for, the person says it is none of these."""
    card = await house.say(person, UNKNOWN)
    labels = [button.label for button in buttons_of(card)]
    await house.press(person, next(label for label in labels if "AI Lab" in label))


async def propose_row(house: Replica, person: str) -> str:
    """With the short form that is offered with the answered ticket."""
    await house.press(person, "Stel een nieuwe regel voor")
    values = {field.id: field.value for field in house.form.fields}
    assert UNKNOWN in house.form.intro
    assert "zonder rechten van anderen" in str(values["why"]), "what the Lab answered is filled in"
    await house.submit(person, {**values, "title": TITLE, "verdict": "mag"})
    assert UNKNOWN in text_of(house.last), "what was asked is its example"
    await house.press(person, "Stel dit voor")
    return await house.find_proposal()


async def test_unknown_asked_answered_agreed_and_known_on_the_other_replica(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    async with Replica(database, tmp_path, cache) as one, Replica(database, tmp_path, cache) as other:
        other.start_counting_at(10_000)
        await one.say_hello("anna")
        await hand_over(one, "anna")
        assert UNKNOWN in text_of(one.messages(LAB)[-1])

        await one.press("lars", "Geef antwoord")
        (field,) = one.form.fields
        await one.submit("lars", {field.id: "Ja, met muziek zonder rechten van anderen."})
        assert "zonder rechten van anderen" in text_of(one.chat("anna")[-1])

        id = await propose_row(one, "lars")
        for person in ("lena", "rosa"):
            assert TITLE not in text_of(await other.say("cleo", THE_SAME)), "not before two agreed"
            await one.press_raw(person, actions.Approve(proposal=id).pack())
        await one.follow()
        await other.follow()

        answer = text_of(await other.say("cleo", UNKNOWN.upper()))
        assert TITLE in answer
        assert "✅ Mag" in answer
        assert TITLE in text_of(await other.say("cleo", THE_SAME)), "in other words it is at least offered"
        for _ in range(2):
            for house in (one, other):
                await house.ring()
        heard = [text_of(card) for house in (one, other) for card in house.chat("anna")]
        told = [text for text in heard if "Daar is nu een antwoord op: ✅ Mag" in text]
        assert len(told) == 1, "the first asker hears it, once"
