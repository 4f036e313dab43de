"""Figures in chat: counted at night or the first time somebody asks, one card with a picture, for who may look."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bot.conversations.figures import actions
from bot.model.cards import Picture
from bot.model.events import HOUSE, NOWHERE, Due
from knowledge.content import Knowledge
from storage import certificates, due, figures
from storage.certificates import Certificate
from storage.database import Database
from tests.conversations.dialog import Dialog, text_of
from tests.conversations.readings import read_from
from tests.conversations.roles import meet
from tests.storage.staffing import hire

TODAY = date(2026, 11, 24)


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read_from({})) as dialog:
        await meet(dialog, "willemijn", role="executive")
        await meet(dialog, "hans", role="hr")
        await meet(dialog, "bram")
        yield dialog


async def staff(dialog: Dialog) -> None:
    """Twenty in IT of whom ten hold what they need, and three in HR."""
    async with dialog.database.transaction() as tx:
        for place in range(23):
            unit = "IT" if place < 20 else "HR"
            id = await hire(tx, f"p{place}", date(2025, 1, 1), unit=unit, function="medewerker")
            if place < 10:
                one = Certificate(id, "basis", True, date(2026, 1, 1), date(2027, 9, 1))
                await certificates.add(tx, one, dialog.clock())


async def ring(dialog: Dialog, action: str) -> None:
    await dialog.happen(
        Due(key=uuid4().hex, account=HOUSE, place=NOWHERE, at=dialog.clock(), action=action)
    )  # fmt: skip


async def count(dialog: Dialog) -> None:
    """All that the clock would bring back now."""
    while True:
        async with dialog.database.reading() as tx:
            things = await due.find_due(tx, dialog.clock(), 10)
        if not things:
            return
        for thing in things:
            await ring(dialog, thing.action)
            async with dialog.database.transaction() as tx:
                await due.settle(tx, thing.key)


async def test_from_the_first_question_to_the_card(dialog: Dialog) -> None:
    await dialog.command("bram", "cijfers")
    assert "Directie" in dialog.refusal
    await dialog.command("willemijn", "cijfers")
    assert "personeelsregister is nog leeg" in text_of(dialog.last)
    await staff(dialog)
    await dialog.command("willemijn", "cijfers")
    assert "Ik begin nu" in text_of(dialog.last)
    await count(dialog)
    await dialog.command("willemijn", "cijfers")
    told = text_of(dialog.last)
    assert "Van de hele organisatie heeft 43% een geldig diploma voor het eigen werk: 10 van de 23 mensen." in told
    assert "Loopt af binnen een jaar: 10" in told
    assert "minder dan 5 mensen" in told and "werkt één keer" in told
    assert any(isinstance(element, Picture) for element in dialog.last.elements)
    await dialog.command("hans", "dashboard")
    assert "minder dan" not in text_of(dialog.last), "who may see people sees small groups too"


async def test_every_night_and_a_quarter_again_when_something_came_in(dialog: Dialog) -> None:
    await staff(dialog)
    for _ in range(2):  # as from two replicas
        await ring(dialog, actions.CountDaily().pack())
    await count(dialog)
    dialog.clock.pass_by(timedelta(days=37))  # the last day of the year
    await ring(dialog, actions.CountDaily().pack())
    await count(dialog)
    dialog.clock.pass_by(timedelta(days=20))
    async with dialog.database.transaction() as tx:
        late = await hire(tx, "p12", TODAY, unit="IT", function="medewerker")
        one = Certificate(late, "basis", True, date(2026, 12, 1), date(2028, 12, 1))
        await certificates.add(tx, one, dialog.clock())
    await ring(dialog, actions.CountDaily().pack())
    await count(dialog)
    end = date(2026, 12, 31)
    async with dialog.database.reading() as tx:
        shown, again = await figures.find_counted(tx, end), await figures.find_correction(tx, end)
        assert shown is not None and again is not None
        before = await figures.find_group(tx, shown, "all", "")
        after = await figures.find_group(tx, again, "all", "")
    assert before is not None and after is not None
    assert (before["state:valid"], after["state:valid"]) == (10, 11)


async def test_nobody_else_brings_a_count_about(dialog: Dialog) -> None:
    for action in (actions.CountDaily(), actions.CountOn(day=TODAY, known_on=TODAY)):
        await dialog.press_raw("bram", action.pack())
        assert dialog.refusal
