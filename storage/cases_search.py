"""Finding published cases by the beginnings of words and by filters, the newest first; the same on both databases.

A filter is a word too, after a `=`. Where some word is rare, the cases that have it are looked up and sorted; where
all are common, the newest cases are walked until enough have them all. So neither way ever reads very much.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
"""Words in no more cases than this are where a search begins."""
_WORD = re.compile(r"[a-z0-9]+")
_AFTER_ALL = "\x7f"
"""Comes after every letter and figure."""

_cases, _words = table_of(CaseRow).c, table_of(CaseWordRow).c
_PUBLISHED = text("published_at IS NOT NULL")


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


async def find(tx: Transaction, wanted: Wanted, most: int) -> list[Case]:
    """Published cases that have every word and mark, the newest first."""
    terms = [_begins(word) for word in wanted.words[:MOST_WORDS]] + [_words.word == one for one in wanted.marks]
    numbers = [await _count(tx, term) for term in terms]
    if 0 in numbers:
        return []
    query = CASE.where(_PUBLISHED, *_before(wanted))
    rarest = min(range(len(terms)), key=numbers.__getitem__, default=None)
    if rarest is not None and numbers[rarest] <= _RARE:
        query = query.where(_cases.id.in_(select(_words.case_id).where(terms.pop(rarest))))
    for term in terms:
        query = query.where(_has(term))
    rows = await tx.execute(query.order_by(_cases.published_at.desc(), _cases.id.desc()).limit(most))
    return [Case(*row) for row in rows]


def _begins(word: str) -> ColumnElement[bool]:
    if len(word) < _SHORTEST_BEGINNING:
        return _words.word == word
    return and_(_words.word >= word, _words.word < word + _AFTER_ALL)


async def _count(tx: Transaction, term: ColumnElement[bool]) -> int:
    """As far as it matters."""
    some: Select[Any] = select(_words.case_id).where(term).limit(_RARE + 1)
    return int((await tx.execute(select(func.count()).select_from(some.subquery()))).scalar_one())


def _has(term: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(_words.case_id).where(_words.case_id == _cases.id, term).correlate(table_of(CaseRow)).exists()


def _before(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    if wanted.before is None:
        return ()
    at, id = wanted.before
    published = _cases.published_at
    return published <= at, or_(published < at, _cases.id < id)
