"""Who may come in: people on this machine or, where a secret is set, whoever knows it; and no other site's pages.

Nothing is remembered here: a visit is a random cookie, and whether it gave the secret is a second one that only
the secret can have made. The token that every change must carry is made from the first, which no script can read.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import SecretStr

from bot.shield import HEADERS, comes_from_us

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SIGN_IN = "/web/sign-in"
TOKEN_HEADER = "X-Prompt-Club-Token"
TOKEN_FIELD = "token"
_VISIT = "prompt_club_visit"
_NEW_VISIT = web.RequestKey("new_visit", str)
_ADMITTED = "prompt_club_admitted"
_A_MONTH = 60 * 60 * 24 * 30
_WRONG_SECRET_SECONDS = 0.5
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class Door:
    def __init__(
        self, secret: SecretStr | None, wait: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._secret = secret.get_secret_value() if secret else None
        self._wait = wait
        self._one_guess_at_a_time = asyncio.Lock()

    def guarded(self, handler: Handler) -> Handler:
        """The handler behind this door; also what it answers cannot be framed, sniffed or given a script."""

        @functools.wraps(handler)
        async def behind_the_door(request: web.Request) -> web.StreamResponse:
            self._check_place(request)
            if not self._is_admitted(request):
                return self._send_to_sign_in(request)
            if request.method not in ("GET", "HEAD"):
                await check_same_origin(request)
            return furnish(request, await handler(request))

        return behind_the_door

    def lets_in(self, request: web.Request) -> bool:
        """Whether this request may see what lies behind the door."""
        try:
            self._check_place(request)
        except web.HTTPForbidden:
            return False
        return self._is_admitted(request)

    @property
    def is_locked(self) -> bool:
        """There is a secret to give."""
        return self._secret is not None

    def _check_place(self, request: web.Request) -> None:
        """Without a secret only this machine, under its own name: another name may be rebound to it."""
        if self._secret is not None:
            return
        if not _is_loopback(request.remote) or any(name in request.headers for name in _PROXIED):
            raise web.HTTPForbidden(text="This workspace is only open to the machine it runs on.")
        if _host_name(request.host) not in _LOCAL_NAMES:
            raise web.HTTPForbidden(text="This workspace is open under 127.0.0.1 and localhost only.")

    def _is_admitted(self, request: web.Request) -> bool:
        if self._secret is None:
            return True
        return _is_same(request.cookies.get(_ADMITTED, ""), self._proof(find_visit(request)))

    def _send_to_sign_in(self, request: web.Request) -> web.StreamResponse:
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            raise web.HTTPSeeOther(SIGN_IN)
        raise web.HTTPUnauthorized(text="Sign in first.")

    async def admit(self, request: web.Request, given: str, response: web.StreamResponse) -> bool:
        """Whether the secret is right; if so the response carries the proof."""
        async with self._one_guess_at_a_time:
            if self._secret is None or not _is_same(given, self._secret):
                await self._wait(_WRONG_SECRET_SECONDS)
                return False
        set_cookie(request, response, _ADMITTED, self._proof(find_visit(request)), same_site="Lax")
        return True

    def _proof(self, visit: str) -> str:
        assert self._secret is not None
        return hmac.digest(self._secret.encode(), f"admitted:{visit}".encode(), "sha256").hex()


def find_visit(request: web.Request) -> str:
    """The visit's random name, a new one for somebody without or with one that we never gave."""
    shown = request.cookies.get(_VISIT, "")
    known = (shown if shown.isascii() else "") or request.get(_NEW_VISIT)
    if not known:
        known = request[_NEW_VISIT] = secrets.token_urlsafe(24)
    return known


def find_token(request: web.Request) -> str:
    """What a page must send along to change anything."""
    return hmac.digest(find_visit(request).encode(), b"token", "sha256").hex()


async def check_same_origin(request: web.Request) -> None:
    """Only our own pages change anything: the browser says where the request comes from, the token proves it."""
    if not comes_from_us(request.headers, request.host):
        raise web.HTTPForbidden(text="This request does not come from a page of this workspace.")
    given = request.headers.get(TOKEN_HEADER)
    if given is None:
        given = str((await read_form(request)).get(TOKEN_FIELD, ""))
    if not _is_same(given, find_token(request)):
        raise web.HTTPForbidden(text="This page is too old. Load it again.")


async def read_form(request: web.Request) -> Mapping[str, object]:
    """The fields of a form as our pages send it; a body of another kind has none."""
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    try:
        return await request.post()
    except (ValueError, LookupError) as problem:  # no text in the encoding it names, or no such encoding
        raise web.HTTPBadRequest(text="This form cannot be read.") from problem


def furnish(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """The headers every answer carries, and the visit's cookie for somebody new."""
    if not response.prepared:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        if _NEW_VISIT in request:
            set_cookie(request, response, _VISIT, request[_NEW_VISIT], same_site="Lax")
    return response


def set_cookie(
    request: web.Request, response: web.StreamResponse, name: str, value: str, same_site: str = "Strict"
) -> None:
    """No script can read it. Lax: a link from elsewhere brings it along, a form or script from there never."""
    secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
    response.set_cookie(name, value, max_age=_A_MONTH, path="/", httponly=True, samesite=same_site, secure=secure)


def _is_same(given: str, right: str) -> bool:
    """Told in the same time whatever is given; a header may hold bytes that are no text at all."""
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address((address or "").partition("%")[0]).is_loopback
    except ValueError:
        return False


def _host_name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").rstrip(".").lower()
