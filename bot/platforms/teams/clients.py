"""The SDK's clients of the Bot Connector, as we need them: kept, signed with one token, and frank about faults.

One client per service address, so that connections are used again. Our own sender below the SDK turns every refusal
into a ConnectorFault before the SDK reads it (its reading loses Teams' error numbers and chokes on an HTML page),
never tries again by itself (the outbox does, and says so), and gives up in time.
"""

from __future__ import annotations

import asyncio
from typing import Any

import requests
from botframework.connector import AsyncBfPipeline, BotFrameworkConnectorConfiguration
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import ConnectorFactory
from msrest.exceptions import ClientRequestError
from msrest.universal_http.async_requests import AsyncRequestsHTTPSender

from bot.platforms.teams.errors import AnswerLost, ConnectorFault, NotConnected
from bot.platforms.teams.tokens import OutgoingToken

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 20.0


class _Sender(AsyncRequestsHTTPSender):
    async def send(self, request: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        try:
            response = await super().send(request, **kwargs)
        except ClientRequestError as problem:
            raise _named(problem) from problem
        if response.internal_response.status_code >= 400:
            raise await asyncio.to_thread(_read_fault, response.internal_response)
        return response


def _named(problem: ClientRequestError) -> NotConnected | AnswerLost:
    """Whether the call can have reached Teams: only where no connection was made is it sure that it did not."""
    inner = getattr(problem, "inner_exception", None)
    never_left = isinstance(inner, requests.ConnectTimeout) or "NewConnectionError" in repr(inner)
    return NotConnected(repr(inner)) if never_left else AnswerLost(repr(inner))


def _read_fault(response: requests.Response) -> ConnectorFault:
    """`{"error": {"code": ...}}` or `{"errorCode": 209}`; a gateway in between may answer with a page instead."""
    try:
        body = response.json()
    except (ValueError, requests.RequestException):
        body = None
    told = body if isinstance(body, dict) else {}
    error = told.get("error")
    code = error.get("code") if isinstance(error, dict) else told.get("errorCode")
    return ConnectorFault(response.status_code, str(code or ""), response.headers.get("Retry-After", ""))


def _never_again(policy: Any) -> None:
    """One try only: a second one is the outbox's to decide."""
    policy.total = policy.connect = 0
    policy.read = False
    policy.status_forcelist = ()


class Clients(ConnectorFactory):  # type: ignore[misc]
    """One client per service address, all signing with one token."""

    def __init__(self, token: OutgoingToken) -> None:
        self._token = token
        self._clients: dict[str, ConnectorClient] = {}

    async def create(self, service_url: str, audience: str | None = None) -> ConnectorClient:
        client = self._clients.get(service_url)
        if client is None:
            config = BotFrameworkConnectorConfiguration(self._token, service_url)
            _never_again(config.retry_policy.policy)
            config.connection.timeout = (_CONNECT_SECONDS, _ANSWER_SECONDS)
            config.driver = _Sender(config)
            config.custom_pipeline = AsyncBfPipeline(config)
            client = self._clients[service_url] = ConnectorClient(None, custom_configuration=config)
        return client
