"""Slack: over HTTP where there is a signing secret, over Socket Mode where there is an app token."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.delivery import NeverWill, Outgoing, TryLater, Unclear
from bot.model.cards import Card, Form
from bot.model.events import Account
from bot.platforms import Wiring
from bot.platforms.slack.answering import Answering
from bot.platforms.slack.client import Client
from bot.platforms.slack.errors import NobodyThere, in_our_words
from bot.platforms.slack.forms import Block
from bot.platforms.slack.installation import Installation, Introduction
from bot.platforms.slack.payload import NAME
from bot.platforms.slack.receiving import PATH, Door, Entrance, build_bolt
from bot.platforms.slack.render import draw
from bot.platforms.slack.sending import Sending
from storage.people import Profile

log = structlog.get_logger()


def build(wiring: Wiring) -> Slack:
    return Slack(wiring)


_CHANNELS = ("C", "G")
"""How the ids of channels begin; those of user groups begin with an S."""
_PAGE = 200


class Slack:
    """The platform; built without a connection, started when the rest of the house is ready."""

    name = NAME

    def __init__(self, wiring: Wiring) -> None:
        settings = wiring.settings
        assert settings.slack_bot_token is not None
        token = settings.slack_bot_token.get_secret_value()
        secret, app_token = settings.slack_signing_secret, settings.slack_app_token
        self._over_http = secret is not None
        self._app_token = app_token.get_secret_value() if app_token else None
        self.client = Client(token, settings.slack_api_url)
        self._sending = Sending(self.client)
        self._answering = Answering(self.client, self._sending, wiring.database)
        self._door = Door(wiring.receive, self._answering)
        secret_text = secret.get_secret_value() if secret else ""
        self._bolt = build_bolt(token, secret_text, settings.slack_api_url, self._door)
        self._introduction = Introduction(self.client, self._know)
        self._socket: AsyncSocketModeHandler | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, Entrance(self._bolt).handle)] if self._over_http else []

    async def start(self) -> None:
        """Slack may be away when we start: both lines are laid in the background."""
        self._tasks.append(asyncio.create_task(self._introduction.insist(), name="slack auth.test"))
        if self._app_token is not None:
            self._socket = AsyncSocketModeHandler(self._bolt, self._app_token)
            connecting = self._socket.connect_async()  # type: ignore[no-untyped-call]
            self._tasks.append(asyncio.create_task(connecting, name="slack socket"))

    def _know(self, installed: Installation) -> None:
        self._door.bot_user = installed.bot_user

    async def stop(self) -> None:
        """What Slack sends from now on it delivers again, to another replica or after the next start."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await self.finish()
        await self.client.close()

    async def finish(self) -> None:
        """Until all that came in is handled and every form, refusal and home tab is shown."""
        await self._door.finish()
        await self._answering.finish()

    async def send(self, message: Outgoing) -> str | None:
        return await self._sending.send(message)

    async def find_sent(self, message: Outgoing) -> str | None:
        return await self._sending.find_sent(message)

    async def find_profile(self, account: Account) -> Profile | None:
        """Name, e-mail and time zone. The display language says nothing: it is mostly English for Dutch people."""
        try:
            installed = await self._introduction.get()
            with in_our_words():
                answer = await self.client.patient.users_info(user=account.user)
        except (TryLater, Unclear):
            return None
        except NeverWill:  # asking again with every word they say would tell no more
            return Profile()
        user = answer["user"] or {}
        profile = user.get("profile") or {}
        name = profile.get("real_name") or profile.get("display_name") or user.get("name")
        email = profile.get("email") if installed.has_colleague(user) else None
        return Profile(name=name, email=email, time_zone=user.get("tz"))

    async def find_account_by_email(self, email: str) -> Account | None:
        """Somebody of the workspace, also who never wrote. TryLater or NeverWill where Slack does not tell."""
        try:
            installed = await self._introduction.get()
            with in_our_words():
                user = (await self.client.patient.users_lookupByEmail(email=email))["user"] or {}
        except NobodyThere:
            return None
        except Unclear as unclear:  # asking twice does no harm
            raise TryLater(unclear.reason) from unclear
        if user.get("deleted") or user.get("is_bot"):
            return None
        return Account(platform=NAME, tenant=installed.team_of(user), user=str(user["id"]))

    async def find_members(self, group: str) -> list[Account]:
        """Of a user group, or of a channel the bot is in."""
        installed = await self._introduction.get()
        with in_our_words():
            if group.startswith(_CHANNELS):
                return [self._account(installed.team, user) for user in await self._list_in_channel(group)]
            users = (await self.client.patient.usergroups_users_list(usergroup=group))["users"] or []
        return [self._account(installed.team, user) for user in users]

    async def _list_in_channel(self, channel: str) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            page = await self.client.patient.conversations_members(channel=channel, limit=_PAGE, cursor=cursor)
            found += page["members"] or []
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    @staticmethod
    def _account(team: str, user: object) -> Account:
        return Account(platform=NAME, tenant=team, user=str(user))

    def draw(self, card: Card | Form) -> Block:
        return draw(card)
