"""A house where a team is asked: a lead, her colleagues, and the forms filled in by the words of their labels."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from bot.model.cards import Card, ChoiceField, Form, FormValue, ManyField
from bot.model.effects import Effect
from bot.model.events import MessageRef
from knowledge.content import Knowledge
from storage import surveys
from storage.database import Database
from storage.surveys import Round
from storage.tables.surveys import SurveyAnswerRow
from tests.conversations.dialog import buttons_of, direct
from tests.conversations.digests import DigestHouse
from tests.conversations.roles import meet

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""Half past ten in Amsterdam."""
UNTIL = date(2026, 11, 30)
CLOSES = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
_STEPS = 8
"""More than there are questions with words."""
TEAM = ("sanne", "tom", "cleo", "daan", "emma", "finn")


class SurveyHouse(DigestHouse):
    """Noor leads; `self.ids` are the people by name."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        super().__init__(database, knowledge)
        self.clock.moment = MONDAY
        self.ids: dict[str, str] = {}

    async def __aenter__(self) -> SurveyHouse:
        await super().__aenter__()
        self.ids["noor"] = await meet(self, "noor", role="team_lead")
        for name in TEAM:
            self.ids[name] = await meet(self, name)
        await self.ring()
        return self

    async def start(
        self, survey: str = "gedrag", *, anonymous: bool = True, people: tuple[str, ...] = TEAM,
        language: str = "own",
    ) -> Effect:  # fmt: skip
        """Up to the look at how it goes out."""
        await self.command("noor", "enquete")
        emails = ", ".join(f"{name}@example.com" for name in people)
        return await self.submit(
            "noor",
            {
                "survey": survey,
                "who": "people",
                "until": UNTIL,
                "anonymous": "yes" if anonymous else "no",
                "emails": emails,
                "language": language,
            },
        )

    async def send(self, survey: str = "gedrag", **how: bool) -> Round:
        await self.start(survey, **how)  # type: ignore[arg-type]
        await self.press("noor", f"Verstuur aan {len(TEAM)} collega's")
        return await self.round()

    async def round(self) -> Round:
        async with self.database.reading() as tx:
            (found,) = await surveys.list_led(tx, self.ids["noor"], 1)
        return found

    async def press_own(self, person: str, label: str) -> Effect:
        """In their own chat."""
        found = [(id, shown) for id, shown in self.platform.shown.items() if shown.place.key == direct(person).key]
        for id, shown in reversed(found):
            for button in buttons_of(shown.card):
                if button.label == label:
                    return await self.press_raw(person, button.action, MessageRef(place=shown.place, id=id))
        raise LookupError(label)

    async def open(self, person: str) -> Form:
        round_ = await self.round()
        await self.press_raw(person, f'["surveys.open",{{"round":"{round_.id}"}}]')
        return self.form

    def fill(self, **answers: str | tuple[str, ...]) -> dict[str, FormValue]:
        """By the beginning of a question; choices by their words."""
        values: dict[str, FormValue] = {}
        for field in self.form.fields:
            values[field.id] = field.value
            for begin, answer in answers.items():
                if field.label.lower().startswith(begin.replace("_", " ").lower()):
                    values[field.id] = self._value(field, answer)
        return values

    def _value(self, field: object, answer: str | tuple[str, ...]) -> FormValue:
        if isinstance(field, ChoiceField):
            return next(option.value for option in field.options if option.label == answer)
        if isinstance(field, ManyField):
            return tuple(option.value for option in field.options if option.label in answer)
        return answer

    async def answer(self, person: str, **answers: str | tuple[str, ...]) -> str:
        """Whole; the code that was shown, if any."""
        await self.open(person)
        await self.submit(person, self.fill(**answers))
        return self.code()

    def code(self) -> str:
        field = self.form.fields[0] if self.effect and hasattr(self.effect, "form") else None
        return str(field.value) if field is not None and field.id == "kept_code" else ""

    async def answers(self) -> list[SurveyAnswerRow]:
        async with self.database.reading() as tx:
            return list((await tx.execute(select(SurveyAnswerRow))).all())  # type: ignore[arg-type]

    async def close_up(self) -> None:
        """Until what came out is put together and told."""
        await self.ring(CLOSES)
        for _ in range(_STEPS):
            await self.ring()

    async def close(self) -> Card:
        """What came out; the newest message to who started it may be about what can follow."""
        await self.close_up()
        return self.result("noor")

    def result(self, person: str) -> Card:
        return next(card for card in reversed(self.messages(direct(person))) if "Wat eruit kwam" in card.summary)
