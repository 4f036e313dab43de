"""Short ways to tell of a case, for cards, forms and the weekly post. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model.cards import shorten
from bot.texts import Words
from storage.cases import Case

KINDS = {"success": "cases.kind_success", "failure": "cases.kind_failure"}
_HEADINGS = {"success": "cases.heading_success", "failure": "cases.heading_failure"}
_LINES = {"success": "cases.line_success", "failure": "cases.line_failure"}
_STATUS = {
    "new": "cases.status_new",
    "claimed": "cases.status_claimed",
    "published": "cases.status_published",
    "lab": "cases.status_lab",
    "declined": "cases.status_declined",
    "merged": "cases.status_merged",
    "withdrawn": "cases.status_withdrawn",
}
_LABELS = {"did": "cases.did", "happened": "cases.happened", "learned": "cases.learned"}


def tell_status(words: Words, case: Case) -> str:
    key = _STATUS[case.state]
    return words(key, reason=case.reason) if case.state == "declined" else words(key)


def tell_texts(words: Words, texts: Mapping[str, str]) -> str:
    """Each question with what was answered; what was left empty is left out."""
    lines = [f"{words(key)}\n{texts[name]}" for name, key in _LABELS.items() if texts.get(name)]
    return "\n\n".join(lines)


def heading_of(words: Words, kind: str) -> str:
    return words(_HEADINGS[kind])


def lesson_of(learned: str, happened: str, most: int) -> str:
    """What others can use, in one line: the lesson, else what happened."""
    return shorten(" ".join((learned or happened).split()), most)


def line_of(words: Words, case: Case, most: int = 140) -> str:
    return words(_LINES[case.kind], line=lesson_of(case.learned, case.happened or case.did, most))
