"""A house where cases are shared: the clock runs, the AI Lab has a channel, and forms are filled in by name."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.model.cards import Card, ChoiceField, FormValues
from bot.model.effects import Effect, FormErrors, Nothing, OpenForm
from knowledge.content import Knowledge
from storage import cases
from storage.cases import Case
from storage.database import Database
from tests.conversations.dialog import channel
from tests.conversations.digests import DigestHouse

LAB = channel("ai-lab")
TEAM = channel("klantenservice")
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""Half past ten in Amsterdam."""
DID = "Ik liet Copilot een klantmail schrijven."
HAPPENED = "De toon was goed, maar de datum klopte niet."
LEARNED = "Vul een datum altijd zelf in."


class CaseHouse(DigestHouse):
    def __init__(self, database: Database, knowledge: Knowledge, *, lab: bool = True) -> None:
        super().__init__(database, knowledge)
        object.__setattr__(self.desk, "lab", LAB if lab else None)
        self.clock.moment = MONDAY

    async def fill_in(self, person: str, **answers: str) -> Effect:
        """The form that is open, with these answers and what stands in it already."""
        known = {"kind": "success", "did": DID, "happened": HAPPENED, "learned": LEARNED, "who": "named"}
        known |= {"digest": "yes", **answers}
        values: FormValues = {}
        for field in self.form.fields:
            name = field.id.split("_r")[0]
            values[field.id] = known.get(name, getattr(field, "value", ""))
        return await self.submit(person, values)

    async def keep(self, person: str) -> Effect:
        """As it was shown back."""
        return await self.submit(person, {field.id: getattr(field, "value", "") for field in self.form.fields})

    async def share(self, person: str, **answers: str) -> Case:
        """From the command to what is kept."""
        await self.command(person, "case")
        await self.fill_in(person, **answers)
        await self.keep(person)
        assert isinstance(self.effect, Nothing | OpenForm), self.effect
        return (await self.all_cases())[-1]

    async def all_cases(self) -> list[Case]:
        """The one that was added last stands last, whatever the order in the database."""
        async with self.database.reading() as tx:
            found = [Case(*row) for row in await tx.execute(cases.CASE)]
        known = getattr(self, "_known", [])
        self._known: list[str] = [id for id in known if any(case.id == id for case in found)]
        self._known += [case.id for case in found if case.id not in self._known]
        return sorted(found, key=lambda case: self._known.index(case.id))

    async def get(self, case: Case) -> Case:
        async with self.database.reading() as tx:
            found = await cases.find(tx, case.id)
        assert found is not None
        return found

    def at_the_lab(self) -> list[Card]:
        return self.messages(LAB)

    def code(self) -> str:
        """What an anonymous sharer has just been shown."""
        assert isinstance(self.effect, OpenForm), self.effect
        return next(str(field.value) for field in self.form.fields if field.id == "kept_code")  # type: ignore[union-attr]

    async def come_back(self, person: str, code: str) -> Effect:
        await self.command(person, "case", "code")
        return await self.submit(person, {"code": code})

    async def choose(self, person: str, what: str) -> Effect:
        """In the form about one's own case."""
        return await self.submit(person, {"what": what})

    def offered(self) -> list[str]:
        assert isinstance(self.effect, OpenForm | FormErrors)
        field = next(field for field in self.form.fields if field.id == "what")
        assert isinstance(field, ChoiceField)
        return [option.value for option in field.options]
