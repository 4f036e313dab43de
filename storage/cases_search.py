"""Finding published cases by the beginnings of words and by filters, the newest first; the same on both databases.

A filter is a word too, after a `=`. Where all words are common, the newest cases are walked until enough have them
all. Where one is rare, or where the walk finds little, few cases can have them all: then those with the rarest word
are looked at, among the words alone, and what is left is sorted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, text
from sqlmodel import col

from storage.cases import CASE, Case
from storage.database import table_of
from storage.tables.cases import CaseRow, CaseWordRow
from storage.transaction import Transaction

MOST_WORDS = 8
"""Of a search; whoever types more means a sentence, and its first words will do."""
_KEPT = 600
"""Different words of one case."""
_LONGEST = 40
_SHORTEST_BEGINNING = 3
_RARE = 2_000
"""A word in no more cases than this is where a search begins."""
_COUNTED = 50_000
_WALKED = 3_000
"""So many of the newest cases are looked at first, where no word is rare."""
_WORD = re.compile(r"[a-z0-9]+")
_AFTER_ALL = "\x7f"
"""Comes after every letter and figure."""

_cases, _words = table_of(CaseRow).c, table_of(CaseWordRow).c
_PUBLISHED = text("published_at IS NOT NULL")
Term = Callable[[Any], ColumnElement[bool]]
"""Of the columns of the words: which rows have it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    words: tuple[str, ...] = ()
    """As `split` gives them."""
    marks: tuple[str, ...] = ()
    """As `mark` gives them."""
    before: tuple[datetime, str] | None = field(default=None)
    """The last case of the page before this one: when it was published, and its id."""


def split(typed: str) -> tuple[str, ...]:
    """The words of a text, without accents and capitals; each once."""
    bare = unicodedata.normalize("NFKD", typed.casefold())
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(word[:_LONGEST] for word in _WORD.findall(plain)))


def mark(name: str, value: str) -> str:
    """What a filter asks for, as one word that nobody types."""
    return f"={name}:{value}"[:60]


async def publish(tx: Transaction, case_id: str, texts: Iterable[str], marks: Iterable[str]) -> None:
    """From now on it is found by these words and marks, and by no others."""
    await hide(tx, case_id)
    words = split(" ".join(texts))[:_KEPT]
    rows = [{"case_id": case_id, "word": word} for word in dict.fromkeys((*marks, *words))]
    await tx.execute(insert(table_of(CaseWordRow)), rows)


async def hide(tx: Transaction, case_id: str) -> None:
    await tx.execute(delete(CaseWordRow).where(col(CaseWordRow.case_id) == case_id))


async def find(
    tx: Transaction, wanted: Wanted, most: int, *, rare: int = _RARE, walked: int = _WALKED
) -> list[Case]:
    """Published cases that have every word and mark, the newest first. `rare` and `walked`: how it is looked for,
    not what is found."""
    terms = [*map(_begins, wanted.words[:MOST_WORDS]), *map(_is, wanted.marks)]
    numbers = [await _count(tx, term) for term in terms]
    if 0 in numbers:
        return []
    page = CASE.where(_PUBLISHED, *_before(wanted))
    page = page.order_by(_cases.published_at.desc(), _cases.id.desc()).limit(most)
    ordered = [term for _, term in sorted(zip(numbers, terms, strict=True), key=lambda one: one[0])]
    if not ordered:
        return await _read(tx, page)
    if min(numbers) > rare:
        having = [_has(term) for term in ordered]
        until = await _walk_until(tx, wanted, walked)
        found = await _read(tx, page.where(_cases.published_at >= until, *having))
        if len(found) == most:
            return found
    return await _read(tx, page.where(_cases.id.in_(_have_all(ordered))))


async def _read(tx: Transaction, query: Select[Any]) -> list[Case]:
    return [Case(*row) for row in await tx.execute(query)]


def _begins(word: str) -> Term:
    if len(word) < _SHORTEST_BEGINNING:
        return _is(word)
    return lambda words: and_(words.word >= word, words.word < word + _AFTER_ALL)


def _is(word: str) -> Term:
    return lambda words: words.word == word


async def _count(tx: Transaction, term: Term) -> int:
    """As far as it matters."""
    some: Select[Any] = select(_words.case_id).where(term(_words)).limit(_COUNTED)
    return int((await tx.execute(select(func.count()).select_from(some.subquery()))).scalar_one())


async def _walk_until(tx: Transaction, wanted: Wanted, walked: int) -> datetime:
    """When the last of those that are walked was published."""
    published = _cases.published_at
    query = select(published).where(_PUBLISHED, *_before(wanted)).order_by(published.desc(), _cases.id.desc())
    last: datetime | None = (await tx.execute(query.offset(walked).limit(1))).scalar_one_or_none()
    return last or datetime.min.replace(tzinfo=UTC)


def _has(term: Term) -> ColumnElement[bool]:
    query = select(_words.case_id).where(_words.case_id == _cases.id, term(_words))
    return query.correlate(table_of(CaseRow)).exists()


def _have_all(ordered: Sequence[Term]) -> Select[Any]:
    """Ids of cases that have the rarest word, and then each of the others."""
    rarest = table_of(CaseWordRow).alias("rarest")
    query: Select[Any] = select(rarest.c.case_id).where(ordered[0](rarest.c))
    for number, term in enumerate(ordered[1:]):
        other = table_of(CaseWordRow).alias(f"other{number}")
        same = select(other.c.case_id).where(other.c.case_id == rarest.c.case_id, term(other.c))
        query = query.where(same.correlate(rarest).exists())
    return query


def _before(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    if wanted.before is None:
        return ()
    at, id = wanted.before
    published = _cases.published_at
    return published <= at, or_(published < at, _cases.id < id)
