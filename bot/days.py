"""Reads a day as people type it: 3 januari, 3-1, 2027-01-03, vrijdag, morgen, over twee weken. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from knowledge.content import LANGUAGES

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{2}|\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:e|ste|de|st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?(?:\s+(\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_AHEAD = re.compile(
    r"(?:over|in|nog|for)?\s*(\d{1,3}|[a-z]+)\s+(dag(?:en)?|days?|weken|weeks?|maand(?:en)?|months?)"
)
_LEADING = re.compile(r"^(?:(?:tot en met|t/m|tot|until|till|op|on|aanstaande|komende|volgende|next)\s+)+")
_AT_ONCE = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}
_COUNTED = (("een", "twee", "drie", "vier", "vijf", "zes"), ("a", "two", "three", "four", "five", "six"))
_LENGTHS = {"d": 1, "w": 7, "m": 30}


def read_day(text: str, today: date) -> date | None:
    """The day that is meant, never before today where no year is named; None where none can be read."""
    said = _LEADING.sub("", text.strip(" .!").lower().replace("één", "een"))
    if said in _AT_ONCE:
        return today + timedelta(days=_AT_ONCE[said])
    if said in _weekdays():
        return today + timedelta(days=(_weekdays()[said] - today.weekday() - 1) % 7 + 1)
    if found := _AHEAD.fullmatch(said):
        return _count_ahead(found, today)
    if found := _ISO.fullmatch(said):
        return _make(int(found[3]), int(found[2]), int(found[1]), today)
    if found := _NUMBERS.fullmatch(said):
        return _make(int(found[1]), int(found[2]), _year(found[3]), today)
    if found := _DAY_FIRST.fullmatch(said):
        return _make(int(found[1]), _months().get(found[2]), _year(found[3]), today)
    if found := _MONTH_FIRST.fullmatch(said):
        return _make(int(found[2]), _months().get(found[1]), _year(found[3]), today)
    return None


def _count_ahead(found: re.Match[str], today: date) -> date | None:
    number = int(found[1]) if found[1].isdigit() else _count(found[1])
    return None if number is None else today + timedelta(days=number * _LENGTHS[found[2][0]])


def _count(word: str) -> int | None:
    return next((words.index(word) + 1 for words in _COUNTED if word in words), None)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def _make(day: int, month: int | None, year: int | None, today: date) -> date | None:
    try:
        if month is None:
            return None
        if year is not None:
            return date(year, month, day)
        found = date(today.year, month, day)
        return found if found >= today else date(today.year + 1, month, day)
    except ValueError:  # the 31st of February
        return None


@cache
def _months() -> dict[str, int]:
    """januari, jan, january, ..."""
    names = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            months = get_month_names(width, locale=language)
            names.update({str(name).lower().rstrip("."): number for number, name in months.items()})
    return names


@cache
def _weekdays() -> dict[str, int]:
    """maandag: 0, ..., sunday: 6"""
    return {
        str(name).lower().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_day_names(width, locale=language).items()
    }
