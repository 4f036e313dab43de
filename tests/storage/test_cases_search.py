"""Finding cases: the same answer whichever way it is found, page after page, on both databases."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from storage import cases, cases_search
from storage.cases_search import Wanted, mark, split
from storage.database import Database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = ("klant", "klantmail", "klantgesprek", "datum", "toon", "mail", "ai", "verslag")
WAYS = [(2_000, 3_000), (0, 5), (0, 0), (3, 10)]
"""Everything is rare; walked a little first; nothing is walked; some is rare."""


async def fill(database: Database, number: int = 80) -> dict[str, set[str]]:
    """By id which words and marks it has; every fifth is published at the moment of the one before."""
    chance, made = random.Random(7), {}
    async with database.transaction() as tx:
        for one in range(number):
            words = {word for word in WORDS if chance.random() < 0.4} | {"altijd"}
            kind = chance.choice(("success", "failure"))
            at = NOW + timedelta(minutes=one - (one % 5 == 0))
            id = await cases.add(
                tx, now=NOW, kind=kind, did=" ".join(words), happened="", learned="", tool="", task="",
                language="nl", in_digest=True, stale=False, published_at=at,
            )  # fmt: skip
            await cases_search.publish(tx, id, words, [mark("kind", kind)])
            made[id] = words | {mark("kind", kind)}
    return made


@pytest.mark.parametrize(("rare", "walked"), WAYS)
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", ""), ("klant", ""), ("klantmail", ""), ("klant datum", ""), ("ai", ""), ("mai klan", ""), ("a", ""),
        ("toon mail verslag", "success"), ("", "failure"), ("altijd", "failure"), ("nergens", ""),
        ("klant nergens", ""),
    ],
)  # fmt: skip
async def test_the_same_whichever_way(database: Database, rare: int, walked: int, typed: str, kind: str) -> None:
    made = await fill(database)
    marks = (mark("kind", kind),) if kind else ()
    right = {
        id for id, has in made.items() if all(matches(word, has) for word in split(typed)) and set(marks) <= has
    }
    found, before = [], None
    async with database.reading() as tx:
        while page := await cases_search.find(tx, Wanted(split(typed), marks, before), 7, rare=rare, walked=walked):
            found += page
            assert page[-1].published_at is not None
            before = (page[-1].published_at, page[-1].id)
    assert {case.id for case in found} == right
    assert len(found) == len(right), "each once, over all pages"
    order = [(case.published_at, case.id) for case in found]
    assert order == sorted(order, reverse=True)


def matches(word: str, has: set[str]) -> bool:
    return word in has or (len(word) > 2 and any(one.startswith(word) for one in has))


async def test_what_is_hidden_is_not_found(database: Database) -> None:
    made = await fill(database, 5)
    async with database.transaction() as tx:
        for id in made:
            await cases_search.hide(tx, id)
        assert await cases_search.find(tx, Wanted(("altijd",)), 10) == []


async def test_of_two_who_looked_at_one_version_one_changes_it(database: Database) -> None:
    made = await fill(database, 1)
    async with database.transaction() as tx:
        case = await cases.find(tx, next(iter(made)))
        assert case is not None
        assert await cases.change(tx, case, reason="eerst")
        assert not await cases.change(tx, case, reason="daarna")
        newest = await cases.find(tx, case.id)
    assert newest is not None
    assert (newest.reason, newest.version) == ("eerst", 2)


def test_words_as_they_are_kept() -> None:
    assert split("Één café, TÉST-naam; 'klantmail' ﬁne") == ("een", "cafe", "test", "naam", "klantmail", "fine")
    assert split("日本 !!!") == ()
    assert len(split("x" * 100)[0]) == 40
