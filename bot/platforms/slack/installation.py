"""Who the app is in Slack, and whose: asked at the start, again while Slack cannot be reached, and when needed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery import NeverWill, TryLater, Unclear
from bot.platforms.slack.client import Client
from bot.platforms.slack.errors import get_code, in_our_words

log = structlog.get_logger()

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0
_TODO = "run `prompt-club check`"


@dataclass(frozen=True, slots=True)
class Installation:
    bot_user: str
    team: str
    organisation: str | None
    """Of an app that is installed in a whole organisation, with many workspaces."""

    def has_colleague(self, user: Mapping[str, Any]) -> bool:
        """Accounts are tied by e-mail, and another organisation in a shared channel can write any it likes. Which
        workspace a payload names says nothing here: in an organisation it may be the other one's."""
        about = user.get("enterprise_user") or {}
        if self.organisation is not None:
            return about.get("enterprise_id") == self.organisation
        return self.team in (user.get("team_id"), *(about.get("teams") or ()))

    def team_of(self, user: Mapping[str, Any]) -> str:
        """The workspace that this person's own requests name."""
        return self.team if self.organisation is None else str(user["team_id"])


class Introduction:
    def __init__(
        self,
        client: Client,
        on_known: Callable[[Installation], None],
        wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._on_known = on_known
        self._wait = wait
        self._known: Installation | None = None

    async def get(self) -> Installation:
        """TryLater, NeverWill or Slack's own error where Slack does not tell."""
        if self._known is None:
            try:
                with in_our_words():
                    me = await self._client.patient.auth_test()
            except Unclear as unclear:  # asking twice does no harm
                raise TryLater(unclear.reason) from unclear
            organisation = me.get("enterprise_id") if me.get("is_enterprise_install") else None
            self._known = Installation(str(me["user_id"]), str(me["team_id"]), organisation)
            self._on_known(self._known)
        return self._known

    async def insist(self) -> None:
        """Until Slack can be reached. A token that does not work is told at once and plainly, and tried no more."""
        pause = _FIRST_PAUSE
        while True:
            try:
                installed = await self.get()
            except NeverWill as never:
                log.error("slack.not_connected", reason=never.reason, todo=_TODO)
                return
            except SlackApiError as problem:
                log.error("slack.not_connected", reason=get_code(problem), todo=_TODO)
                return
            except TryLater as later:
                log.error("slack.not_connected", reason=later.reason, again_in_seconds=pause, todo=_TODO)
            else:
                log.info("slack.connected", team=installed.team)
                return
            await self._wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
