"""Who may knock: every request must carry a token that the Bot Framework signed for this bot.

The SDK's own check answers a bad token with an exception of any kind, fetches keys on the event loop without a
time-out and forgets to look for new ones after a rotation; so the token is checked here, with PyJWT, and the SDK is
told who called. The address for answers is believed only where the token itself names it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

import jwt
import requests
import structlog
from aiohttp import web

from bot.platform_settings import LOOPBACK

log = structlog.get_logger()

ISSUER = "https://api.botframework.com"
OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
CHANNEL = "msteams"
_LEEWAY_SECONDS = 300
_KEYS_LAST_SECONDS = 24 * 3600.0
_SEARCH_AGAIN_SECONDS = 60.0
"""How often an unknown key makes us look for new ones: strangers can name any key they like."""
_START_AGAIN_SECONDS = 5.0
"""And while there is no key at all."""
_FETCH_SECONDS = 5.0


class NotAllowed(Exception):
    """The request proves nothing; the words are for our log only."""


class KeysAway(Exception):
    """The signing keys could not be fetched, so nobody can be let in now."""


Jwk = Mapping[str, Any]
FetchKeys = Callable[[], Sequence[Jwk]]
"""Blocking; raises KeysAway."""


def fetch_keys_from(url: str) -> FetchKeys:
    """The keys that this OpenID description points to."""

    def fetch() -> Sequence[Jwk]:
        try:
            described = requests.get(url, timeout=_FETCH_SECONDS)
            described.raise_for_status()
            found = requests.get(described.json()["jwks_uri"], timeout=_FETCH_SECONDS)
            found.raise_for_status()
            keys: Sequence[Jwk] = found.json()["keys"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as problem:
            raise KeysAway(f"{url}: {type(problem).__name__}") from problem
        return keys

    return fetch


@dataclass(frozen=True, slots=True)
class SigningKey:
    public: Any
    channels: tuple[str, ...]
    """Which channels may sign with it; () where the key does not say."""


def _read_key(jwk: Jwk) -> SigningKey:
    return SigningKey(jwt.PyJWK.from_dict(dict(jwk), algorithm="RS256").key, tuple(jwk.get("endorsements", ())))


class SigningKeys:
    """The Bot Framework's keys: looked up again daily, and when a token names a key we do not know."""

    def __init__(self, fetch: FetchKeys, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._lock = asyncio.Lock()

    async def find(self, id: str) -> SigningKey | None:
        """The key with this id; KeysAway when none at all could be fetched."""
        if self._is_current(id):
            return self._keys[id]
        async with self._lock:
            pause = _SEARCH_AGAIN_SECONDS if self._keys else _START_AGAIN_SECONDS
            if not self._is_current(id) and self._clock() - self._tried_at >= pause:
                await self._refresh()
        if not self._keys:
            raise KeysAway("no signing keys yet")
        return self._keys.get(id)

    def _is_current(self, id: str) -> bool:
        return id in self._keys and self._clock() - self._fetched_at < _KEYS_LAST_SECONDS

    async def _refresh(self) -> None:
        self._tried_at = self._clock()
        try:
            fetched = await asyncio.to_thread(self._fetch)
        except KeysAway as away:  # yesterday's keys still open the door
            log.warning("teams.keys_away", problem=str(away))
            return
        self._keys = {
            str(key["kid"]): _read_key(key) for key in fetched if key.get("kty") == "RSA" and "kid" in key
        }
        self._fetched_at = self._clock()


@dataclass(frozen=True, slots=True)
class Caller:
    claims: Mapping[str, Any]
    """Of the token; empty for a local client."""

    def vouches_for(self, service_url: str) -> bool:
        """The token names the address that answers are to go to; a local client has one on this machine."""
        if not self.claims:
            return _host_of(service_url) in LOOPBACK
        return bool(service_url) and self.claims.get("serviceurl") == service_url


class Door(Protocol):
    async def check(self, request: web.Request) -> Caller:
        """Who calls; NotAllowed for a stranger, KeysAway when nobody can be told from a stranger now."""


class LocalDoor:
    """For a client on this machine: no token, and nothing from elsewhere, a page in a browser included."""

    async def check(self, request: web.Request) -> Caller:
        if not ip_address(request.remote or "0.0.0.0").is_loopback:
            raise NotAllowed(f"{request.remote} is not this machine")
        if _host_of(f"//{request.host}") not in LOOPBACK:
            raise NotAllowed("called by a name that is not this machine's")
        return Caller({})


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


class TokenDoor:
    """Lets in who brings a token of the Bot Framework for this bot."""

    def __init__(self, app_id: str, keys: SigningKeys) -> None:
        self._app_id = app_id
        self._keys = keys

    async def check(self, request: web.Request) -> Caller:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise NotAllowed("no bearer token")
        try:
            return Caller(await self._read(token))
        except (jwt.PyJWTError, ValueError, TypeError) as problem:
            raise NotAllowed(f"{type(problem).__name__}: {problem}") from problem

    async def _read(self, token: str) -> Mapping[str, Any]:
        named = jwt.get_unverified_header(token)
        key = await self._keys.find(str(named.get("kid", "")))
        if key is None:
            raise NotAllowed("signed with a key we do not know")
        if key.channels and CHANNEL not in key.channels:
            raise NotAllowed("signed with a key that is not for Teams")
        return jwt.decode(
            token,
            key.public,
            algorithms=["RS256"],
            audience=self._app_id,
            issuer=ISSUER,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
