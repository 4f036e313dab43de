"""A small Teams: the Bot Connector, its signing keys and its token server, as strict as the real ones.

It keeps what stands in each chat, refuses what Teams refuses (a wrong token, too much at once, too large, a chat
that is not there, a card that is none) and fails on request.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from uuid import NAMESPACE_DNS, uuid5

from aiohttp import web

from bot.platforms.teams.errors import NoToken
from tests.gate import Gate
from tests.platforms.teams.card_rules import MOST_BYTES, find_faults, size_of
from tests.platforms.teams.keys import APP_ID, public_jwk, sign

TENANT = "7e1a5c3e-0000-4f6e-9a55-1f0b7c2d9e01"
BOT = f"28:{APP_ID}"
ROOM = "19:general5e6f@thread.tacv2"
GROUP = "19:group0c4d@thread.v2"
_RATES = ((1.0, 7), (2.0, 8), (30.0, 60))
"""Messages a conversation takes within so many seconds."""


def directory_id(person: str) -> str:
    """Microsoft's own id of a person."""
    return str(uuid5(NAMESPACE_DNS, person))


@dataclass
class Posted:
    id: str
    conversation: str
    """Without the thread."""
    thread: str | None
    activity: dict[str, Any]
    versions: int = 1

    @property
    def card(self) -> dict[str, Any]:
        content: dict[str, Any] = self.activity["attachments"][0]["content"]
        return content


@dataclass
class Fault:
    """The next `times` posts or updates are answered like this; `lost`: taken, but the answer never comes."""

    status: int = 500
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    times: int = 1


@dataclass
class FakeTeams:
    url: str = ""
    local: bool = False
    """Calls must come without a token."""
    chats: dict[str, list[Posted]] = field(default_factory=lambda: {ROOM: [], GROUP: []})
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    installed: set[str] = field(default_factory=set)
    """Microsoft's ids of people who have the app; by these ids nobody else can be written to."""
    strangers: set[str] = field(default_factory=set)
    """Teams' ids of people who neither have the app nor share a team with it."""
    not_ready: int = 0
    """How many more times a chat cannot be opened though the app is installed."""
    keys: list[int] = field(default_factory=lambda: [0])
    endorsements: tuple[str, ...] = ("msteams",)
    faults: list[Fault] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    token_gate: Gate | None = None
    no_token: str = ""
    """Why the login server gives none."""
    key_fetches: int = 0
    _ids: Any = field(default_factory=lambda: itertools.count(1_795_000_000_000))
    _times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    # ------------------------------------------------------------ what Microsoft does

    def sign(self, number: int | None = None, **claims: Any) -> str:
        """The header that Teams' requests carry."""
        return sign(self.url, self.keys[-1] if number is None else number, **claims)

    def rotate(self) -> None:
        """From now on another key signs."""
        self.keys = [*self.keys[-1:], self.keys[-1] + 1]

    def issue_token(self, new: bool) -> str:
        """What the login server does; blocking, like the real call."""
        if self.token_gate is not None:
            self.token_gate.wait()
        if self.no_token:
            raise NoToken(self.no_token)
        self.tokens.append(f"outgoing-{len(self.tokens)}")
        return self.tokens[-1]

    def make_id(self) -> str:
        return str(next(self._ids))

    def add_person(self, person: str) -> str:
        """Their user id; their one-to-one chat with the bot exists once somebody opens it."""
        user = f"29:1{person}"
        email = f"{person}@example.com"
        self.members[user] = {
            "id": user,
            "name": person.capitalize(),
            "email": email,
            "userPrincipalName": email,
            "aadObjectId": directory_id(person),
            "tenantId": TENANT,
        }
        return user

    def direct(self, user: str) -> str:
        """The one-to-one chat of this user; it is there from now on."""
        id = f"a:1personal-{user.removeprefix('29:1')}"
        self.chats.setdefault(id, [])
        return id

    def find(self, id: str) -> Posted:
        return next(posted for chat in self.chats.values() for posted in chat if posted.id == id)

    # ------------------------------------------------------------ over HTTP

    def make_site(self) -> web.Application:
        site = web.Application(client_max_size=4_000_000)
        chat = "/v3/conversations/{chat}"
        site.add_routes(
            [
                web.get("/openid", self._openid),
                web.get("/keys", self._keys),
                web.post("/v3/conversations", self._create),
                web.post(chat + "/activities", self._post),
                web.put(chat + "/activities/{id}", self._put),
                web.get(chat + "/members/{user}", self._member),
                web.get(chat + "/pagedmembers", self._members),
            ]
        )
        return site

    async def _openid(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        self.key_fetches += 1
        return web.json_response({"keys": [public_jwk(number, self.endorsements) for number in self.keys]})

    async def _create(self, request: web.Request) -> web.Response:
        body = await self._read(request)
        (member,) = body["members"]
        if body["channelData"]["tenant"]["id"] != TENANT:
            raise _refused(400, "BadArgument")
        if body["bot"]["id"] != BOT:
            raise _refused(403, "BotNotInConversationRoster")
        return web.json_response({"id": self.direct(self._reachable(member["id"]))}, status=201)

    def _reachable(self, id: str) -> str:
        """Teams' own id of somebody the bot may open a chat with; Microsoft's id serves who has the app only."""
        by_directory = {member["aadObjectId"]: user for user, member in self.members.items()}
        user = by_directory.get(id, id)
        directory_id = self.members.get(user, {}).get("aadObjectId")
        if directory_id in self.installed and self.not_ready:
            self.not_ready -= 1
            raise _refused(403, "ForbiddenOperationException")
        if directory_id not in self.installed and (user != id or user in self.strangers):
            raise _refused(403, "ForbiddenOperationException")
        if user not in self.members:
            raise _refused(403, "BotNotInConversationRoster")
        return user

    async def _post(self, request: web.Request) -> web.Response:
        activity = await self._read(request)
        conversation, thread = self._place(request)
        self._check(conversation, activity)
        posted = Posted(self.make_id(), conversation, thread, activity)
        lost = self._fail()
        self.chats[conversation].append(posted)
        if lost:
            await _hang_up(request)
        return web.json_response({"id": posted.id}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        activity = await self._read(request)
        conversation, _ = self._place(request)
        self._check(conversation, activity)
        id = request.match_info["id"]
        known = [posted for posted in self.chats[conversation] if posted.id == id]
        if not known:
            raise _refused(404, "ActivityNotFoundInConversation")
        lost = self._fail()
        known[0].activity = activity
        known[0].versions += 1
        if lost:
            await _hang_up(request)
        return web.json_response({"id": id})

    async def _member(self, request: web.Request) -> web.Response:
        self._check_token(request)
        conversation, _ = self._place(request)
        member = self.members.get(unquote(request.match_info["user"]))
        if member is None or conversation not in self.chats:
            raise _refused(404, "MemberNotFoundInConversation")
        return web.json_response(member)

    async def _members(self, request: web.Request) -> web.Response:
        self._check_token(request)
        conversation, _ = self._place(request)
        if conversation not in self.chats:
            raise _refused(404, "ConversationNotFound")
        if conversation in self.blocked:
            raise _refused(403, "BotNotInConversationRoster")
        assert 50 <= int(request.query["pageSize"]) <= 500
        return web.json_response({"members": list(self.members.values())})

    # ------------------------------------------------------------ what it refuses

    async def _read(self, request: web.Request) -> dict[str, Any]:
        self.calls.append(f"{request.method} {request.path}")
        self._check_token(request)
        text = await request.text()
        if len(text.encode("utf-16-le")) > 4 * MOST_BYTES or size_of(json.loads(text)) > MOST_BYTES:
            raise _refused(413, "MessageSizeTooBig")
        body: dict[str, Any] = json.loads(text)
        return body

    def _check_token(self, request: web.Request) -> None:
        header = request.headers.get("Authorization")
        wanted = None if self.local else f"Bearer {self.tokens[-1]}" if self.tokens else ""
        if header != wanted:
            raise _refused(401, "Unauthorized")

    def _place(self, request: web.Request) -> tuple[str, str | None]:
        conversation, _, thread = request.match_info["chat"].partition(";messageid=")
        return conversation, thread or None

    def _check(self, conversation: str, activity: dict[str, Any]) -> None:
        if conversation not in self.chats:
            raise _refused(404, "ConversationNotFound")
        if conversation in self.blocked:
            raise web.HTTPForbidden(
                text='{"errorCode": 209, "message": "forbidden"}', content_type="application/json"
            )
        self._check_rate(conversation)
        faults = [] if activity.get("summary") else ["a message without a summary"]
        for attached in activity["attachments"]:
            if attached["contentType"] != "application/vnd.microsoft.card.adaptive":
                faults.append(f"attachment of type {attached['contentType']}")
            faults += find_faults(_without_kindness(attached["content"]) if self.local else attached["content"])
        if faults:
            self.problems += faults
            raise _refused(400, "BadSyntax")

    def _check_rate(self, conversation: str) -> None:
        now = time.monotonic()
        times = self._times[conversation]
        for seconds, most in _RATES:
            if sum(now - moment < seconds for moment in times) >= most:
                raise _refused(429, "TooManyRequests", {"Retry-After": "1"})
        times.append(now)

    def _fail(self) -> bool:
        """Raises the error that was asked for; True: take the message and hang up."""
        if not self.faults:
            return False
        fault = self.faults[0]
        fault.times -= 1
        if fault.times <= 0:
            self.faults.pop(0)
        if fault.lost:
            return True
        text = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
        kind = "text/html" if isinstance(fault.body, str) else "application/json"
        raise _error(fault.status, text, kind, fault.headers)


def _without_kindness(card: Any) -> Any:
    return json.loads(json.dumps(card).replace('"msTeams": {}, ', ""))


def _refused(status: int, code: str, headers: dict[str, str] | None = None) -> web.HTTPException:
    return _error(status, json.dumps({"error": {"code": code, "message": code}}), "application/json", headers or {})


def _error(status: int, text: str, kind: str, headers: dict[str, str]) -> web.HTTPException:
    class Error(web.HTTPException):
        status_code = status

    return Error(text=text, content_type=kind, headers=headers)


async def _hang_up(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.close()
    await asyncio.sleep(0.05)
