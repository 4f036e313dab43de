"""The decision on the diploma: everybody reads it, the board adopts what it read, and it is kept as it was then."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from bot.conversations.diploma import actions
from bot.decision import describe, fingerprint_of, write_content
from bot.texts import WORDS
from knowledge.content import Knowledge
from storage import audit, decisions
from storage.database import Database
from tests.conversations.dialog import Dialog, text_of
from tests.conversations.roles import meet
from tests.platforms.reading import read


def with_longer(knowledge: Knowledge) -> Knowledge:
    content: Any = dict(knowledge.diploma) | {"validity_months": 36}
    return replace(knowledge, diploma=content)


async def test_the_board_adopts_what_it_read(database: Database, knowledge: Knowledge) -> None:
    async with Dialog(database, knowledge, read) as dialog:
        await dialog.command("noor", "besluit")
        told = text_of(dialog.last)
        assert "nog niet vastgesteld" in told and "[Stel vast]" not in told and "/in/" in told
        read_then = actions.Adopt(fingerprint=fingerprint_of(write_content(knowledge))).pack()
        await dialog.press_raw("noor", read_then)
        assert "Directie" in dialog.refusal
        await meet(dialog, "dirk", role="executive")
        await dialog.command("dirk", "besluit")
        await dialog.press("dirk", "Stel vast")
        assert "Versie 1, vastgesteld op di 24 november 2026." in text_of(dialog.last)
        await dialog.press_raw("dirk", read_then)
        assert "al vastgesteld" in dialog.refusal
    async with Dialog(database, with_longer(knowledge), read) as dialog:
        dialog._keys = itertools.count(1000)  # other events than those before
        await dialog.press_raw("dirk", read_then)
        assert "intussen veranderd" in dialog.refusal
        await dialog.command("dirk", "besluit")
        await dialog.press("dirk", "Stel vast")
        assert "Versie 2" in text_of(dialog.last)
    async with database.reading() as tx:
        first = await decisions.find(tx, fingerprint_of(write_content(knowledge)))
        assert first is not None and first.version == 1
        assert "Een diploma is 24 maanden geldig." in str(first.content["nl"]), "as it was then"
        assert [line.act for line in await audit.find_lines(tx, about="decision:2")] == ["diploma.adopted"]


def test_it_says_what_was_agreed(knowledge: Knowledge) -> None:
    told = "\n".join(line for _, lines in describe(WORDS["nl"], knowledge) for line in lines)
    assert "uiterlijk wo 31 maart 2027" in told
    assert "Finance: gevorderd, uiterlijk ma 31 mei 2027." in told
    assert "HR na 56 dagen" in told
    assert "{" not in told
