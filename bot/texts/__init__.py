"""Wording apart from code: one YAML file per conversation and language, looked up as `<file>.<key>`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.plural import to_python

from knowledge.content import LANGUAGES, Language

_FOLDER = Path(__file__).parent
_one_or_other = to_python({"one": "n is 1"})
_LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language: `words("ask.assumed", data="...")`.

    A text is a format string, or a map with `one` and `other` chosen by the value named `n`. A missing key or
    value is a bug and raises KeyError.
    """

    language: Language

    def __call__(self, key: str, /, **values: object) -> str:
        text = wording(self.language)[key]
        if isinstance(text, Mapping):
            text = text[_one_or_other(int(str(values["n"])))]
        return str(text).format(**values) if values else str(text)

    def knows(self, key: str) -> bool:
        return key in wording(self.language)

    def day(self, day: date) -> str:
        """vr 4 december 2026"""
        return _written_day(day, self.language)

    def moment(self, moment: datetime, time_zone: str) -> str:
        """vr 4 december 2026 14:05, in the reader's own time zone."""
        pattern = "EEE d MMMM y HH:mm"
        return format_datetime(moment, pattern, tzinfo=ZoneInfo(time_zone), locale=_LOCALES[self.language])

    def short_day(self, day: date) -> str:
        """4 dec 2026"""
        return str(format_date(day, "d MMM y", locale=_LOCALES[self.language]))

    def month(self, day: date, *, short: bool = False) -> str:
        """december 2026"""
        return str(format_date(day, "LLL y" if short else "LLLL y", locale=_LOCALES[self.language]))

    def number(self, number: int) -> str:
        """1.204"""
        return str(format_decimal(number, locale=_LOCALES[self.language]))

    def listed(self, items: list[str], *, last: str = "house.and") -> str:
        """a, b en c"""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self(last)} {items[-1]}"


@lru_cache(maxsize=500)
def _written_day(day: date, language: Language) -> str:
    """Every answer names the day its row holds from, and they are few."""
    return format_date(day, "EEE d MMMM y", locale=_LOCALES[language])


@cache
def wording(language: Language) -> Mapping[str, Any]:
    """All texts of one language, by `<file>.<key>`."""
    texts: dict[str, Any] = {}
    for path in sorted((_FOLDER / language).glob("*.yaml")):
        for key, text in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            texts[f"{path.stem}.{key}"] = text
    return texts


WORDS: Mapping[Language, Words] = {language: Words(language) for language in LANGUAGES}
DEFAULT_LANGUAGE: Language = "nl"


def language_of(kept: str | None) -> Language:
    """The language a row of the database names; Dutch where it names none."""
    return "en" if kept == "en" else DEFAULT_LANGUAGE


def words_in(kept: str | None) -> Words:
    return WORDS[language_of(kept)]
