"""What was done in a period so that people work well with AI: counted per kind, for whoever asks for approach and
progress. Numbers and titles of the organisation's own; nothing about a person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from storage.database import table_of
from storage.tables.audit import AuditRow
from storage.tables.cases import CaseRow
from storage.tables.certificates import CertificateRow
from storage.tables.digests import DigestRow
from storage.tables.matrix import MatrixVersionRow
from storage.tables.nudges import NudgeRow
from storage.tables.outbox import OutboxRow
from storage.tables.surveys import SurveyRoundRow
from storage.tables.tickets import TicketRow
from storage.transaction import Transaction

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Span:
    since: datetime
    until: datetime
    """The first moment that no longer counts."""


@dataclass(frozen=True, slots=True)
class SurveyHeld:
    title: dict[str, str]
    unit: str
    closed: date
    invited: int
    answered: int


async def count_measures(tx: Transaction, span: Span) -> dict[str, int]:
    """By kind, in the order in which they are told."""
    rounds, cases, versions, tickets, digests, nudges, sent = (
        table_of(one).c
        for one in (SurveyRoundRow, CaseRow, MatrixVersionRow, TicketRow, DigestRow, NudgeRow, OutboxRow)
    )
    certificates = table_of(CertificateRow).c
    asked = {
        "surveys": _within(rounds.opened_at, span).where(rounds.state.in_(("open", "closed"))),
        "cases": _within(cases.published_at, span),
        "matrix": _within(versions.since, span),
        "tickets": _within(tickets.answered_at, span),
        "digests": _within(digests.settled_at, span).where(digests.state == "sent"),
        "nudges": _within(nudges.due_at, span).where(nudges.state == "gathered"),
        "reminders": _within(sent.due_at, span).where(sent.kind == "nudge", sent.state == "sent"),
        "passed": _days(certificates.issued, span).where(certificates.passed),
        "failed": _days(certificates.issued, span).where(~certificates.passed, certificates.replaces.is_(None)),
    }
    return {kind: int((await tx.execute(query)).scalar_one()) for kind, query in asked.items()}


def _within(moment: Any, span: Span) -> Any:
    return select(func.count()).where(moment >= span.since, moment < span.until)


def _days(day: Any, span: Span) -> Any:
    return select(func.count()).where(day >= span.since.date(), day < span.until.date())


async def list_surveys(tx: Transaction, span: Span, unit: str) -> list[SurveyHeld]:
    """Those that closed; "" for every unit."""
    rounds = table_of(SurveyRoundRow).c
    query = select(rounds.title, rounds.unit, rounds.closes_at, rounds.invited, rounds.answered)
    query = query.where(rounds.state == "closed", rounds.closes_at >= span.since, rounds.closes_at < span.until)
    if unit:
        query = query.where(rounds.unit == unit)
    rows = await tx.execute(query.order_by(rounds.closes_at))
    return [SurveyHeld(row.title, row.unit, row.closes_at.date(), row.invited, row.answered) for row in rows]


@dataclass(frozen=True, slots=True)
class Changed:
    """One version of what was agreed on."""

    since: datetime
    kind: str
    ref: str
    version: int


async def list_changes(tx: Transaction, span: Span) -> list[Changed]:
    versions = table_of(MatrixVersionRow).c
    query = select(versions.since, versions.kind, versions.ref, versions.version)
    query = query.where(versions.since >= span.since, versions.since < span.until)
    return [Changed(*row) for row in await tx.execute(query.order_by(versions.revision))]


async def read_audit(tx: Transaction, span: Span) -> AsyncIterator[Row[Any]]:
    """Every line of the period and those between them, in the order of the chain; memory stays flat."""
    rows = table_of(AuditRow).c
    ends = select(func.min(rows.number), func.max(rows.number)).where(rows.at >= span.since, rows.at < span.until)
    first, last = (await tx.execute(ends)).one()
    while first is not None and first <= last:
        query = select(table_of(AuditRow)).where(rows.number >= first, rows.number <= last)
        found = (await tx.execute(query.order_by(rows.number).limit(_BATCH))).all()
        for row in found:
            yield row
        if not found:
            return
        first = found[-1].number + 1
