"""What Teams' refusals mean for a message: later, never, nobody can say, or a fault of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import NeverWill, TryLater, Unclear
from bot.platforms.teams.errors import AnswerLost, ConnectorFault, Fault, NotConnected, NoToken, judge

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

LATER = {
    "slow down": (ConnectorFault(429, "TooManyRequests", "7"), timedelta(seconds=7)),
    "precondition": (ConnectorFault(412), None),
    "bad gateway": (ConnectorFault(502), None),
    "unavailable": (ConnectorFault(503, "", "Sat, 21 Nov 2026 12:00:30 GMT"), timedelta(seconds=30)),
    "gateway time-out": (ConnectorFault(504), None),
    "not connected": (NotConnected("refused"), None),
    "no token": (NoToken("invalid_client"), None),
}
NEVER = {
    "blocked": (ConnectorFault(403, "209"), "blocked or uninstalled"),
    "blocked, in words": (ConnectorFault(403, "MessageWritesBlocked"), "blocked or uninstalled"),
    "another reason": (ConnectorFault(403, "SomethingNew"), "no longer installed"),
    "no such chat": (ConnectorFault(404, "ConversationNotFound"), "chat is gone"),
    "no such message": (ConnectorFault(404, "ActivityNotFoundInConversation"), "message to change is gone"),
    "not in this chat": (ConnectorFault(400, "BotNotInConversationRoster"), "not in this chat"),
    "our credentials": (ConnectorFault(401, "Unauthorized"), "MicrosoftAppPassword"),
}
OURS = (ConnectorFault(413, "MessageSizeTooBig"), ConnectorFault(400, "BadSyntax"), ConnectorFault(405))


@pytest.mark.parametrize(("fault", "after"), LATER.values(), ids=LATER.keys())
def test_it_may_arrive_later(fault: Fault, after: timedelta | None) -> None:
    verdict = judge(fault, NOW)
    assert isinstance(verdict, TryLater)
    assert verdict.after == after
    assert " " in verdict.reason


@pytest.mark.parametrize(("fault", "reason"), NEVER.values(), ids=NEVER.keys())
def test_it_will_never_arrive(fault: Fault, reason: str) -> None:
    verdict = judge(fault, NOW)
    assert isinstance(verdict, NeverWill)
    assert reason in verdict.reason


@pytest.mark.parametrize("fault", [AnswerLost("read timed out"), ConnectorFault(500), ConnectorFault(507)])
def test_nobody_can_say(fault: Fault) -> None:
    assert isinstance(judge(fault, NOW), Unclear)


@pytest.mark.parametrize("fault", OURS, ids=str)
def test_a_fault_of_ours_is_no_verdict(fault: Fault) -> None:
    assert judge(fault, NOW) is None
