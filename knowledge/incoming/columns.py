"""Finds the columns of a list by their headings, Dutch, English or the organisation's own, and reads cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.checking import Entry
from knowledge.errors import Findings, suggest
from knowledge.incoming.lines import FORMULA, Lines, Wrong
from knowledge.yaml_lines import parse

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(10_000, 80_000)
_SPELLINGS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,255}")
LONGEST = 200


def fold(text: str) -> str:
    """Headings and functions are the same whatever their case, spaces and dashes."""
    return re.sub(r"[\W_]+", "", text.casefold())


def read_mapping(file: bytes, name: str, fields: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """An organisation's own headings by field; `KnowledgeErrors` with what is wrong in the file."""
    findings = Findings()
    node = parse(file, name, findings)
    mapped = Entry(findings, name, "", 1, node).fields((), tuple(fields))
    found = {field: mapped[field].text() for field in fields if field in mapped}
    findings.raise_any()
    return found


@dataclass(frozen=True, slots=True)
class Columns:
    places: Mapping[str, int]
    unread: tuple[str, ...]
    """Headings that mean nothing to us."""

    def __contains__(self, field: str) -> bool:
        return field in self.places


def find_columns(
    lines: Lines,
    fields: Mapping[str, tuple[str, ...]],
    needed: tuple[str, ...],
    mapped: Mapping[str, str],
    wrong: Wrong,
) -> Columns:
    """Where each field stands. A heading that is there twice, or one that is missing, is a mistake."""
    names = {fold(name): field for field, known in fields.items() for name in (field, *known)}
    names |= {fold(heading): field for field, heading in mapped.items()}
    places: dict[str, int] = {}
    unread = []
    for place, heading in enumerate(lines.headings):
        field = names.get(fold(heading))
        if field is None:
            unread.append(heading)
        elif field in places:
            wrong.note(1, heading[:60], f"a second column for {field}", "keep one of the two")
        else:
            places[field] = place
    for field, heading in mapped.items():
        if field not in places:
            wrong.note(1, "", f"no column '{heading}'", suggest(heading, lines.headings))
    for field in needed:
        if field not in places and field not in mapped:
            known = f"add one headed {' or '.join(fields[field][:2])}, or map it"
            wrong.note(
                1, "", f"no column for {field}", f"{known}; the headings are {', '.join(lines.headings)[:200]}"
            )
    return Columns(places, tuple(heading for heading in unread if heading))


class Cells:
    """The cells of one line, read by field; what is wrong is noted with the line and the column."""

    def __init__(
        self, line: int, row: list[str], columns: Columns, headings: tuple[str, ...], wrong: Wrong
    ) -> None:
        self.line, self._row, self._columns, self._headings, self._wrong = line, row, columns, headings, wrong

    def fail(self, field: str, found: str, right: str) -> None:
        place = self._columns.places.get(field)
        self._wrong.note(self.line, self._headings[place] if place is not None else field, found, right)

    def text(self, field: str, *, longest: int = LONGEST) -> str:
        """Empty where there is no such column."""
        place = self._columns.places.get(field)
        value = self._row[place] if place is not None and place < len(self._row) else ""
        if value == FORMULA or value[:1] in ("=", "@") or (value[:1] == "+" and not value[1:].isdigit()):
            self.fail(field, "a formula", "write the value itself")
            return ""
        if len(value) > longest:
            self.fail(field, f"{len(value):,} characters", f"write at most {longest}")
            return ""
        return " ".join(value.split())

    def email(self, field: str) -> str:
        value = self.text(field, longest=320).lower()
        if value and not _EMAIL.fullmatch(value):
            self.fail(field, f"'{value[:60]}'", "write one e-mail address, such as noor@example.org")
            return ""
        return value

    def emails(self, field: str) -> tuple[str, ...]:
        parts = re.split(r"[\s,;|]+", self.text(field, longest=2_000).lower())
        for part in filter(None, parts):
            if not _EMAIL.fullmatch(part):
                self.fail(field, f"'{part[:60]}'", "write e-mail addresses with spaces between")
        return tuple(part for part in parts if _EMAIL.fullmatch(part))

    def day(self, field: str) -> date | None:
        value = self.text(field)
        if not value:
            return None
        if value.isdigit() and int(value) in _EXCEL_DAYS:
            return _EXCEL_DAY_ZERO + timedelta(days=int(value))
        bare = re.split(r"[T ]", value)[0] if len(value) > 10 else value
        for spelling in _SPELLINGS:
            try:
                return datetime.strptime(bare, spelling).date()
            except ValueError:
                continue
        self.fail(field, f"'{value[:60]}'", "write a day as 2026-11-24 or 24-11-2026")
        return None
