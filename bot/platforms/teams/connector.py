"""Calls to Teams, through the Bot Framework SDK: post, replace, open a chat, look somebody up; and its turns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, ConversationParameters
from botbuilder.schema import ConversationReference as Reference
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.platforms.teams.auth import CHANNEL
from bot.platforms.teams.clients import Clients
from bot.platforms.teams.envelope import THREAD, Envelope
from bot.platforms.teams.errors import ConnectorFault
from bot.platforms.teams.plain import Block
from bot.platforms.teams.tokens import OutgoingToken
from storage.teams import TeamsConversation

SERVICE_URL = "https://smba.trafficmanager.net/teams/"
"""Teams' address for every region; incoming activities name a nearer one."""
THREADS = 32
"""The SDK calls Teams in the event loop's threads, and by default there are six on a small machine."""
_FEWEST_MEMBERS = 50
_PAGE_OF_MEMBERS = 500
_MOST_PAGES = 60
"""Teams holds at most 25,000 people in a team."""
"""Teams gives no smaller page."""
T = TypeVar("T")


class _Authentication(BotFrameworkAuthentication):  # type: ignore[misc]
    """What the SDK asks of an authentication. Requests were checked at the door before they come here."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def accept(self, claims: Mapping[str, Any]) -> AuthenticateRequestResult:
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(dict(claims), True)
        result.connector_factory = self._clients
        return result

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self._clients

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Nobody signs in through this bot."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        raise PermissionError("checked at the door, or not at all")

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:
        raise PermissionError("this bot takes no streaming requests")


class Connector:
    """The SDK's adapter, with its authentication and its clients."""

    def __init__(self, app_id: str, token: OutgoingToken, service_url: str = SERVICE_URL) -> None:
        """`service_url`: where somebody is reached before anybody of their organisation spoke to the bot."""
        self._app_id = app_id
        self._token = token
        self._service_url = service_url
        self._authentication = _Authentication(Clients(token))
        self._adapter = CloudAdapter(self._authentication)

    def start(self) -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="calls"))

    async def take_turn(
        self, type: str, envelope: Envelope, claims: Mapping[str, Any], handle: Callable[[], Awaitable[None]]
    ) -> None:
        """Run one incoming activity through the SDK's pipeline. It gets the little it needs; we read the rest."""

        async def on_turn(_: TurnContext) -> None:
            await handle()

        activity = Activity(
            type=type,
            id=envelope.id,
            channel_id=CHANNEL,
            service_url=envelope.service_url,
            conversation=ConversationAccount(id=_address(envelope.conversation, envelope.thread)),
            from_property=ChannelAccount(id=envelope.user),
            recipient=ChannelAccount(id=envelope.bot),
        )
        await self._adapter.process_activity(self._authentication.accept(claims), activity, on_turn)

    async def post(self, conversation: TeamsConversation, thread: str | None, message: Block) -> str | None:
        """The new message's id."""
        activity = _activity(message)

        async def call(context: TurnContext) -> str | None:
            activity.conversation = context.activity.conversation
            (sent,) = await context.adapter.send_activities(context, [activity])
            return sent.id or None

        return await self._call(conversation, thread, call)

    async def replace(self, conversation: TeamsConversation, thread: str | None, id: str, message: Block) -> str:
        activity = _activity(message)
        activity.id = id

        async def call(context: TurnContext) -> str:
            activity.conversation = context.activity.conversation
            await context.adapter.update_activity(context, activity)
            return id

        return await self._call(conversation, thread, call)

    def find_start(self, tenant: str) -> TeamsConversation | None:
        """What a first chat of a tenant can be opened beside; None for a local client."""
        if not (self._app_id and tenant):
            return None
        return TeamsConversation("", tenant, "direct", self._service_url, f"28:{self._app_id}")

    async def open_direct(self, near: TeamsConversation, user: str) -> str:
        """The id of the one-to-one chat with somebody who has not written there yet."""
        parameters = ConversationParameters(
            is_group=False,
            bot=ChannelAccount(id=near.bot),
            members=[ChannelAccount(id=user)],
            tenant_id=near.tenant,
            channel_data={"tenant": {"id": near.tenant}},
        )
        opened: list[str] = []

        async def call(context: TurnContext) -> None:
            opened.append(context.activity.conversation.id)

        async def create() -> None:
            await self._adapter.create_conversation(self._app_id, call, parameters, CHANNEL, near.service_url)

        await self._with_token(create)
        return opened[0]

    async def find_member(self, conversation: TeamsConversation, user: str) -> Mapping[str, Any]:
        """What Teams tells of somebody in this conversation."""

        async def call(context: TurnContext) -> Mapping[str, Any]:
            client = context.turn_state[context.adapter.BOT_CONNECTOR_CLIENT_KEY]
            member = await client.conversations.get_conversation_member(conversation.id, user)
            return {"name": member.name, "aadObjectId": member.aad_object_id, **member.additional_properties}

        return await self._call(conversation, None, call)

    async def find_members(self, conversation: TeamsConversation) -> list[Mapping[str, Any]]:
        """What Teams tells of everybody in this conversation."""
        found: list[Mapping[str, Any]] = []

        async def call(context: TurnContext) -> None:
            client = context.turn_state[context.adapter.BOT_CONNECTOR_CLIENT_KEY]
            more: str | None = None
            for _ in range(_MOST_PAGES):
                page = await client.conversations.get_conversation_paged_members(
                    conversation.id, _PAGE_OF_MEMBERS, more
                )
                found.extend({"id": member.id, **member.additional_properties} for member in page.members)
                more = page.continuation_token
                if not more:
                    return

        await self._call(conversation, None, call)
        return found

    async def look_into(self, conversation: TeamsConversation) -> None:
        """Ask who is there. A fault: it does not exist, or the app is not in it."""

        async def call(context: TurnContext) -> None:
            client = context.turn_state[context.adapter.BOT_CONNECTOR_CLIENT_KEY]
            await client.conversations.get_conversation_paged_members(conversation.id, _FEWEST_MEMBERS)

        await self._call(conversation, None, call)

    async def find_directory_id(self, conversation: TeamsConversation, user: str) -> str | None:
        """Microsoft's own id of somebody in this conversation."""
        member = await self.find_member(conversation, user)
        id = member.get("aadObjectId") or member.get("objectId")
        return id if isinstance(id, str) else None

    async def _call(
        self, conversation: TeamsConversation, thread: str | None, call: Callable[[TurnContext], Awaitable[T]]
    ) -> T:
        """Inside a turn of the SDK that was not asked for. What fails in it comes out of it: no on_turn_error."""
        reference = Reference(
            channel_id=CHANNEL,
            service_url=conversation.service_url,
            bot=ChannelAccount(id=conversation.bot),
            conversation=ConversationAccount(id=_address(conversation.id, thread)),
        )
        results: list[T] = []

        async def on_turn(context: TurnContext) -> None:
            results.append(await call(context))

        async def proceed() -> None:
            await self._adapter.continue_conversation(reference, on_turn, self._app_id)

        await self._with_token(proceed)
        return results[0]

    async def _with_token(self, call: Callable[[], Awaitable[None]]) -> None:
        """With a token that is good; once more with a new one where Teams refuses the one we hold."""
        await self._token.make_ready()
        try:
            await call()
        except ConnectorFault as fault:
            if fault.status != 401 or not self._token.drop():
                raise
            await self._token.make_ready()
            await call()


def _address(conversation: str, thread: str | None) -> str:
    return f"{conversation}{THREAD}{thread}" if thread else conversation


def _activity(message: Block) -> Activity:
    attachments = [
        Attachment(content_type=attached["contentType"], content=attached["content"])
        for attached in message["attachments"]
    ]
    return Activity(type="message", channel_id=CHANNEL, summary=message["summary"], attachments=attachments)
