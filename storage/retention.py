"""The retention job: deletes what each table's own docstring says is kept no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col

from storage import (
    cases,
    cases_moments,
    certificates,
    confirmations,
    digests,
    diploma_lists,
    due,
    figures,
    inbox,
    matrix_proposals,
    nudges,
    page_sessions,
    refreshers,
    register,
    surveys,
    teams,
    tickets_forgetting,
    tool_requests,
    web,
)
from storage.tables.outbox import OutboxRow
from storage.tables.questions import AskerRow, QuestionRow
from storage.transaction import Transaction

DELIVERY_KEYS = timedelta(days=7)
NUDGES = timedelta(days=365)
CONFIRMATIONS = timedelta(days=1)
DUE_ROWS = timedelta(days=30)
SENT_CARDS = timedelta(days=30)
DELIVERIES = timedelta(days=365)
QUESTIONS = timedelta(days=400)
TEAMS_REFERENCES = timedelta(days=400)
ASKERS = timedelta(days=90)
WORKSPACE = timedelta(days=30)
DIGESTS = timedelta(days=3 * 365)
DIGEST_LINES = timedelta(days=90)
TICKETS = timedelta(days=400)
"""After they were closed."""
TICKET_ASKERS = timedelta(days=90)
CASES = timedelta(days=3 * 365)
CASES_UNSHARED = timedelta(days=90)
MOMENTS = timedelta(days=365)
REGISTER = timedelta(days=7 * 365)
ABSENCES = timedelta(days=2 * 365)
FIGURES = timedelta(days=10 * 365)
SURVEYS = timedelta(days=3 * 365)
SURVEY_INVITATIONS = timedelta(days=90)
SURVEY_DRAFTS = timedelta(days=1)

_SETTLED = ("sent", "failed", "unclear", "cancelled")


async def tidy(tx: Transaction, now: datetime) -> dict[str, int]:
    """How many rows went, by what they were."""
    old_cards = (
        update(OutboxRow)
        .where(
            col(OutboxRow.state).in_(_SETTLED),
            col(OutboxRow.due_at) < now - SENT_CARDS,
            col(OutboxRow.card).is_not(None),
        )
        .values(card=None)
    )
    old_deliveries = delete(OutboxRow).where(
        col(OutboxRow.state).in_(_SETTLED), col(OutboxRow.due_at) < now - DELIVERIES
    )
    return {
        "delivery_keys": await inbox.forget(tx, now - DELIVERY_KEYS),
        "nudges": await nudges.forget(tx, now - NUDGES),
        "confirmations": await confirmations.forget(tx, now - CONFIRMATIONS),
        "due_rows": await due.forget(tx, now - DUE_ROWS),
        "workspace_messages": await web.forget(tx, now - WORKSPACE),
        "teams_references": await teams.forget(tx, now - TEAMS_REFERENCES),
        "tool_requesters": await tool_requests.forget(tx, now - tool_requests.REQUESTERS),
        "proposals_begun": await matrix_proposals.forget_drafts(tx, now - matrix_proposals.DRAFTS),
        "page_sessions": await page_sessions.forget(tx, now),
        "digests": await digests.forget(tx, lines_before=now - DIGEST_LINES, before=now - DIGESTS),
        "cases": await cases.forget(tx, settled_before=now - CASES_UNSHARED, before=now - CASES),
        "surveys": await surveys.forget(
            tx,
            drafts_before=now - SURVEY_DRAFTS,
            asked_before=now - SURVEY_INVITATIONS,
            before=now - SURVEYS,
        ),
        "moments": await cases_moments.forget(tx, now - MOMENTS),
        "tickets": await tickets_forgetting.forget(
            tx, closed_before=now - TICKETS, askers_before=now - TICKET_ASKERS
        ),
        "register": await register.forget(
            tx, periods_before=(now - REGISTER).date(), absences_before=(now - ABSENCES).date()
        ),
        "figures": await figures.forget(tx, (now - FIGURES).date()),
        "certificates": await certificates.forget(tx, (now - REGISTER).date()),
        "refreshers": await refreshers.forget(tx, now - REGISTER),
        "diploma_lists": await diploma_lists.forget(tx, requests_before=now - ABSENCES, marks_before=now - NUDGES),
        "cards": (await tx.execute(old_cards)).rowcount,
        "deliveries": (await tx.execute(old_deliveries)).rowcount,
        "askers": (await tx.execute(delete(AskerRow).where(col(AskerRow.asked_at) < now - ASKERS))).rowcount,
        "questions": (
            await tx.execute(delete(QuestionRow).where(col(QuestionRow.asked_at) < now - QUESTIONS))
        ).rowcount,
    }
