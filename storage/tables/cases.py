"""Cases: what colleagues shared of their work with AI, what worked and what went wrong, and what became of it.

Why: a colleague's experience helps the next one, and shows where the matrix is right and where it is not. Keeps:
the masked words, the name of who shared it with a name, the day; of an anonymous one the sum of a code that only
its sharer was shown, and nobody's name. Of a channel that is asked for experiences: how often, and when last. For
how long: words that were withdrawn go at once, those that were declined or merged after 90 days, the rest after
three years; who recognised a case, as long as the case; a channel's settings until a year after they were turned
off.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column

_PUBLISHED = text("published_at IS NOT NULL")
_WAITING = text("state IN ('new', 'claimed')")
_STALE = text("stale")
_LONGEST_WORD = 60


def word_type() -> Any:
    """Compared letter by letter on both databases, so that a beginning of a word is a range of words."""
    return String(_LONGEST_WORD).with_variant(String(_LONGEST_WORD, collation="C"), "postgresql")


class CaseRow(SQLModel, table=True):
    """SQLite keeps it by its random id: the order in which anonymous cases came must not be there to be read."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_published", "published_at", "id", sqlite_where=_PUBLISHED, postgresql_where=_PUBLISHED),
        Index(
            "cases_of_row", "use_case", "published_at", "id", sqlite_where=_PUBLISHED, postgresql_where=_PUBLISHED
        ),
        Index("cases_waiting", "shared_on", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("cases_stale", "shared_on", "id", sqlite_where=_STALE, postgresql_where=_STALE),
        Index("cases_person", "person_id"),
        Index("cases_merged", "merged_into"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(primary_key=True, max_length=32)
    person_id: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """Whose name stands with it; None: anonymous, or the person was erased."""
    code_sum: str | None = Field(default=None, max_length=64, unique=True)
    """Of an anonymous case: the sum of the code with which its sharer comes back."""
    kind: str = Field(max_length=10)
    """success or failure."""
    did: str
    happened: str
    learned: str
    tool: str = Field(max_length=200)
    task: str = Field(max_length=200)
    language: str = Field(max_length=2)
    in_digest: bool
    state: str = Field(max_length=10)
    """new, claimed, published, lab (stays with the Lab), declined, merged or withdrawn."""
    version: int
    """Grows with every change: who changes it says which one they looked at."""
    shared_on: datetime = Field(sa_type=UtcDateTime)
    """The day, never the hour: an hour would lead to who was talking to the bot."""
    claimed_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    settled_on: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The day of the last outcome, for how long it is kept."""
    reason: str = Field(default="")
    """Why it was declined, as the Lab wrote it, masked."""
    merged_into: str | None = Field(default=None, max_length=32)
    use_case: str | None = Field(default=None, max_length=100)
    """The row of the matrix that it supports or overturns."""
    stance: str | None = Field(default=None, max_length=10)
    """supports or overturns; None: not said."""
    tags: list[str] = Field(default_factory=list, sa_column=Column(json_column(), nullable=False))
    proposed: dict[str, str] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    """The Lab's wording, until the sharer says yes or no to it."""
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Only while everybody may read it."""
    message_key: str | None = Field(default=None, max_length=32)
    """The Lab's card among the messages, to draw it anew."""
    stale: bool
    """The Lab's card says something older; the next morning draws it anew."""


class CaseWordRow(SQLModel, table=True):
    """The words of published cases, lower case and without accents; and what a filter asks for, after a `=`."""

    __tablename__ = "case_words"
    __table_args__ = (Index("case_words_word", "word", "case_id"), {"sqlite_with_rowid": False})

    case_id: str = Field(primary_key=True, max_length=32, foreign_key="cases.id", ondelete="CASCADE")
    word: str = Field(sa_column=Column(word_type(), primary_key=True))


class CaseReactionRow(SQLModel, table=True):
    """Nothing forbids two rows of one person: two accounts may turn out to be one. People are what is counted."""

    __tablename__ = "case_reactions"
    __table_args__ = (Index("case_reactions_case", "case_id", "person_id"),)

    id: str = Field(primary_key=True, max_length=32)
    case_id: str = Field(max_length=32, foreign_key="cases.id", ondelete="CASCADE")
    person_id: str = Field(max_length=32, foreign_key="people.id")


class CaseMomentRow(SQLModel, table=True):
    """A channel that is asked, every so many weeks, what worked, what went wrong and what is learned from it."""

    __tablename__ = "case_moments"

    channel: str = Field(primary_key=True, max_length=500)
    """The place's key."""
    place: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    weeks: int
    language: str = Field(max_length=2)
    active: bool
    set_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    asked_on: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shared_on: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The day of the last case that came from here, whoever shared it."""
    unanswered: int
    """How often in a row it was asked and nobody shared."""
    changed_on: datetime = Field(sa_type=UtcDateTime)
