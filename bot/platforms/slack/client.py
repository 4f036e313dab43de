"""The two ways in which we call Slack's Web API: once, and patiently."""

from __future__ import annotations

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

_SECONDS = 15.0
_SECONDS_TO_CONNECT = 5.0


class Client:
    """One connection pool, opened at the first call: nothing connects when this is built.

    once: for whatever must not happen twice; it never repeats a call by itself, the outbox decides.
    patient: for looking things up; it waits when Slack says so and tries again.
    """

    def __init__(self, token: str, base_url: str) -> None:
        self._once = AsyncWebClient(token=token, base_url=base_url, retry_handlers=[])
        self._patient = AsyncWebClient(
            token=token,
            base_url=base_url,
            retry_handlers=[AsyncConnectionErrorRetryHandler(), AsyncRateLimitErrorRetryHandler()],
        )
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=_SECONDS, sock_connect=_SECONDS_TO_CONNECT)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    @property
    def once(self) -> AsyncWebClient:
        self._once.session = self.session
        return self._once

    @property
    def patient(self) -> AsyncWebClient:
        self._patient.session = self.session
        return self._patient

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
