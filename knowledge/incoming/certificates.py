"""Reads a list of results: who passed or failed which level when; every mistake by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from knowledge.errors import suggest
from knowledge.incoming.columns import Cells, find_columns, fold
from knowledge.incoming.lines import Lines, Wrong

FIELDS = MappingProxyType(
    {
        "email": ("e-mail", "e-mailadres", "mail", "emailadres", "work email", "e-mail address"),
        "level": ("niveau", "diploma", "certificaat", "certificate"),
        "issued": ("behaald op", "datum", "afgerond op", "uitgegeven", "date", "completed", "issued on"),
        "expires": ("geldig tot", "verloopt", "verloopt op", "valid until", "expires on"),
        "outcome": ("uitslag", "resultaat", "result", "passed", "geslaagd", "behaald"),
        "issuer": ("uitgever", "academie", "aanbieder", "provider"),
        "evidence": ("bewijs", "certificaatnummer", "certificate number", "reference"),
        "attempt": ("poging", "attempt number"),
        "statement": ("id", "kenmerk"),
    }
)
_PASSED = {
    fold(word) for word in ("ja", "yes", "passed", "geslaagd", "behaald", "true", "waar", "1", "v", "gehaald")
}
_FAILED = {fold(word) for word in ("nee", "no", "failed", "gezakt", "niet behaald", "false", "onwaar", "0")}


@dataclass(frozen=True, slots=True)
class ResultLine:
    line: int
    email: str
    level: str
    passed: bool
    issued: date
    expires: date | None
    """As the list says; None: by the organisation's own rule."""
    issuer: str
    evidence: str
    attempt: int | None
    statement: str


def read_results(
    lines: Lines,
    levels: Mapping[str, Iterable[str]],
    today: date,
    mapped: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ResultLine, ...]:
    """`levels`: by id, what they are called. LineErrors with all that is wrong."""
    wrong = Wrong()
    columns = find_columns(lines, FIELDS, ("email", "level", "issued"), mapped, wrong)
    wrong.raise_any()
    known = {fold(name): id for id, names in levels.items() for name in (id, *names)}
    found = [_read(Cells(line, row, columns, lines.headings, wrong), known, today) for line, row in lines.rows]
    wrong.raise_any()
    return tuple(one for one in found if one is not None)


def _read(cells: Cells, levels: Mapping[str, str], today: date) -> ResultLine | None:
    email, level, outcome = cells.email("email"), cells.text("level"), fold(cells.text("outcome"))
    issued, expires, attempt = cells.day("issued"), cells.day("expires"), cells.text("attempt")
    if not email:
        cells.fail("email", "no address", "write whose result it is")
    if fold(level) not in levels:
        cells.fail("level", f"'{level[:60]}'", suggest(level, dict.fromkeys(levels.values())))
    if outcome and outcome not in _PASSED | _FAILED:
        cells.fail("outcome", f"'{outcome[:60]}'", "write yes or no; empty is yes")
    if issued is None:
        cells.fail("issued", "no day", "write the day it was passed")
    elif issued > today:
        cells.fail("issued", f"{issued}", f"that day is yet to come; today is {today}")
    elif expires is not None and expires <= issued:
        cells.fail("expires", f"{expires}", f"it runs out after the day it was passed, {issued}")
    if attempt and not attempt.isdecimal():
        cells.fail("attempt", f"'{attempt[:60]}'", "write a number")
    if not email or issued is None or fold(level) not in levels:
        return None
    return ResultLine(
        line=cells.line,
        email=email,
        level=levels[fold(level)],
        passed=outcome not in _FAILED,
        issued=issued,
        expires=expires,
        issuer=cells.text("issuer"),
        evidence=cells.text("evidence", longest=1000),
        attempt=int(attempt) if attempt.isdecimal() else None,
        statement=cells.text("statement"),
    )
