"""Turns lists from other systems into what storage keeps, for the command line and for whoever sends them to us."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from knowledge.content import Knowledge
from knowledge.diploma_functions import Functions
from knowledge.diploma_rules import Rules, find_expiry
from knowledge.incoming.certificates import ResultLine
from knowledge.incoming.lines import Wrong
from knowledge.incoming.people import PersonLine
from storage import certificates, diploma_nudges, register
from storage.certificates import Certificate, Progress
from storage.register_import import Listed
from storage.transaction import Transaction


def list_people(lines: Iterable[PersonLine], knowledge: Knowledge) -> tuple[list[Listed], dict[str, str | None]]:
    """People, and functions that diploma.yaml does not have with the nearest that it has."""
    functions = Functions(knowledge.diploma)
    unknown: dict[str, str | None] = {}
    listed = []
    for one in lines:
        function = functions.find(one.function)
        if function is None and one.function and one.function not in unknown:
            unknown[one.function] = functions.find_nearest(one.function)
        listed.append(
            Listed(
                email=one.email,
                name=one.name,
                unit=one.unit,
                location=one.location,
                function=function or one.function,
                manager=one.manager,
                started=one.started,
                ended=one.ended,
                language=one.language,
                aliases=one.aliases,
                since=one.since,
                away=one.away,
            )
        )
    return listed, unknown


def level_names(knowledge: Knowledge) -> dict[str, tuple[str, str]]:
    """By id, what a level is called in each language."""
    return {level.id: (level.label.nl, level.label.en) for level in knowledge.policy.levels}


async def list_certificates(
    tx: Transaction, rules: Rules, lines: Sequence[ResultLine], *, source: str
) -> list[Certificate]:
    """With the person of each line and the day it runs out. LineErrors for people nobody knows."""
    ids = await register.find_by_emails(tx, list(dict.fromkeys(line.email for line in lines)))
    wrong = Wrong()
    for line in lines:
        if line.email not in ids:
            wrong.note(
                line.line, "", f"nobody with the address {line.email}", "import the people first, or correct it"
            )
    wrong.raise_any()
    ends = await _find_ends(tx, rules, list(dict.fromkeys(ids.values())))
    found = []
    for line in sorted(lines, key=lambda one: (one.issued, one.line)):
        own = ends.setdefault(ids[line.email], [])
        expires = line.expires
        if line.passed and expires is None:
            expires = find_expiry(rules, line.issued, _find_previous(rules, own, line))
        if line.passed and expires is not None:
            own.append((line.level, line.issued, expires))
        found.append(_make(line, ids[line.email], expires if line.passed else None, source))
    return found


async def add_certificates(
    tx: Transaction,
    rules: Rules,
    found: Sequence[Certificate],
    now: datetime,
    *,
    progress: Progress = lambda *_: None,
) -> int:
    """How many are new. Who passed is reminded of nothing that they have now."""
    added = await certificates.add_many(tx, found, now, progress=progress)
    highest: dict[str, int] = {}
    for one in found if added else ():
        if one.passed and (one.expires is None or one.expires > now.date()):
            highest[one.person_id] = max(highest.get(one.person_id, 0), rules.rank(one.level))
    for rank in sorted(set(highest.values())):
        ids = [id for id, theirs in highest.items() if theirs == rank]
        await diploma_nudges.end(tx, ids, rules.levels[: rank + 1])
    return added


_Ends = list[tuple[str, date, date]]
"""Level, day and end of what somebody passed."""


async def _find_ends(tx: Transaction, rules: Rules, ids: Sequence[str]) -> dict[str, _Ends]:
    kept = await certificates.find_of_many(tx, ids)
    return {
        id: [(one.level, one.issued, one.expires) for one in theirs if one.passed and one.expires]
        for id, theirs in kept.items()
    }


def _find_previous(rules: Rules, ends: _Ends, line: ResultLine) -> date | None:
    """The end of what this one renews: earned before it, at the same level or a higher one."""
    rank = rules.rank(line.level)
    earlier = [end for level, issued, end in ends if issued < line.issued and rules.rank(level) >= rank]
    return max(earlier, default=None)


def _make(line: ResultLine, person_id: str, expires: date | None, source: str) -> Certificate:
    return Certificate(
        person_id,
        line.level,
        line.passed,
        line.issued,
        expires,
        issuer=line.issuer,
        evidence=line.evidence,
        attempt=line.attempt,
        source=source,
        statement=line.statement,
    )
