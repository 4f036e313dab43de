"""The token we send with: one for the whole process, fetched in a thread, kept for some minutes.

The SDK fetches one on the event loop, with a new msal application every turn. Here one credentials object is shared
by every call; msal's own cache is asked again every few minutes, and asks Microsoft when its token is nearly over.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import requests
from botframework.connector.auth import MicrosoftAppCredentials
from msal import ConfidentialClientApplication  # type: ignore[import-untyped]
from msrest.authentication import Authentication

from bot.platforms.teams.errors import NoToken
from bot.settings import Settings

_HELD_SECONDS = 240.0
"""msal hands out no token that ends within five minutes."""
_MSAL_SECONDS = 10

FetchToken = Callable[[bool], str]
"""Blocking; True: not one that was handed out before. Raises NoToken."""


class OutgoingToken(Authentication):
    """What msrest signs every call with. Without a way to fetch (a local client) calls go unsigned."""

    def __init__(self, fetch: FetchToken | None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._fetch = fetch
        self._clock = clock
        self._token = ""
        self._held_until = float("-inf")
        self._refused = False
        self._lock = asyncio.Lock()

    async def make_ready(self) -> None:
        """Before a call: have a token that is good for some minutes. Many may ask at once, one fetches."""
        if self._fetch is None or self._clock() < self._held_until:
            return
        async with self._lock:
            if self._clock() >= self._held_until:
                self._token = await asyncio.to_thread(self._fetch, self._refused)
                self._refused = False
                self._held_until = self._clock() + _HELD_SECONDS

    def drop(self) -> bool:
        """Teams refused it: the next call fetches another. False where there is none to fetch."""
        self._held_until = float("-inf")
        self._refused = True
        return self._fetch is not None

    @property
    def signature(self) -> dict[str, str]:
        """For a call that msrest does not make."""
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    def signed_session(self, session: requests.Session | None = None) -> requests.Session:
        session = session or requests.Session()
        session.headers.update(self.signature)
        return session


def tokens_of(settings: Settings) -> FetchToken | None:
    """For the Bot Connector, with the bot's own credentials; None where they are not complete."""
    if settings.teams_app_id is None or settings.teams_app_password is None:
        return None
    tenant = settings.teams_tenant_id if settings.teams_app_type == "SingleTenant" else None
    return microsoft_tokens(settings.teams_app_id, settings.teams_app_password.get_secret_value(), tenant)


def microsoft_tokens(app_id: str, password: str, tenant: str | None, scope: str | None = None) -> FetchToken:
    """Fetches from Microsoft's login server; the tenant is the bot's own, or none for a multi-tenant bot.

    scope: what the token is for; the Bot Connector where nothing is said.
    """
    credentials = MicrosoftAppCredentials(app_id, password, tenant, scope)

    def fetch(new: bool) -> str:
        try:
            if credentials.app is None:  # as the SDK would make it, but never waiting for ever
                credentials.app = ConfidentialClientApplication(
                    client_id=app_id,
                    client_credential=password,
                    authority=credentials.oauth_endpoint,
                    timeout=_MSAL_SECONDS,
                )
            if new:
                credentials.app.remove_tokens_for_client()
            return str(credentials.get_access_token())
        except requests.RequestException as problem:
            raise NoToken("login.microsoftonline.com could not be reached") from problem
        except (PermissionError, ValueError, KeyError) as problem:
            raise NoToken(_first_line(problem)) from problem

    return fetch


def _first_line(problem: Exception) -> str:
    """Microsoft's answers go on with trace ids and moments; a person needs the first sentence."""
    lines = str(problem).splitlines()
    return lines[0].split(" Trace ID:")[0][:300] if lines else type(problem).__name__
