"""A small Slack to test against: its Web API over HTTP, with the limits and refusals that matter, and nothing else.

Everything it was asked is kept in `calls`; everything it refused for being drawn wrongly in `problems`.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack.block_kit import find_message_problems, find_view_problems
from tests.platforms.slack.faulty import Fault, fail
from tests.platforms.slack.uploads import Refusal, Uploads

TOKEN, APP_TOKEN, SECRET = "xoxb-fake", "xapp-fake", "fake-signing-secret"
TEAM, BOT_USER, BOT_ID = "T0CLUB", "U0BOT", "B0BOT"
ROOM = "C0ROOM"
SCOPES = "app_mentions:read,channels:history,channels:read,chat:write,commands,files:write,groups:history,\
groups:read,im:history,im:write,usergroups:read,users:read,users:read.email"


@dataclass
class FakeSlack:
    channels: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {ROOM: []})
    rooms: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What conversations.info says of a channel, where that is not the usual."""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is different about somebody."""
    gone: set[str] = field(default_factory=set)
    """People whose account is switched off."""
    installed: dict[str, Any] = field(default_factory=dict)
    """What auth.test says besides, of an app that is installed in a whole organisation."""
    groups: dict[str, list[str]] = field(default_factory=dict)
    """User groups, by id."""
    whispers: list[tuple[str, str]] = field(default_factory=list)
    """(user, text) that one person alone saw."""
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The open modal by user."""
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: Uploads = field(default_factory=Uploads)
    unprocessed: int = 0
    """How many more times a picture is "not ready yet"."""
    scopes: str = SCOPES
    faults: list[Fault] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    _triggers: dict[str, str] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def make_site(self) -> web.Application:
        site = web.Application()
        site.router.add_route("*", "/api/{method}", self._call)
        site.router.add_post("/upload/{id}", self._upload)
        site.router.add_post("/response/{token}", self._respond)
        site.router.add_get("/socket", self._connect)
        return site

    @property
    def files(self) -> dict[str, bytes]:
        return self.uploads.files

    # ------------------------------------------------------------ what Slack itself hands out

    def make_ts(self) -> str:
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def make_trigger(self, user: str) -> str:
        trigger = f"{next(self._numbers)}.{int(time.time())}.abcdef"
        self._triggers[trigger] = user
        return trigger

    def make_response_url(self, user: str) -> str:
        token = f"r{next(self._numbers)}"
        self._addresses[token] = user
        return f"{self.url}/response/{token}"

    def direct(self, user: str) -> str:
        channel = "D" + user[1:]
        self.channels.setdefault(channel, [])
        return channel

    def find_message(self, channel: str, ts: str) -> dict[str, Any] | None:
        return next((message for message in self.channels.get(channel, []) if message["ts"] == ts), None)

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]

    # ------------------------------------------------------------ HTTP

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, arguments = request.match_info["method"], await _read_arguments(request)
        self.calls.append((method, arguments))
        fault = next((f for f in self.faults if f.method == method and f.times > 0), None)
        if fault is not None:
            fault.times -= 1
            if not fault.lost:
                return fail(fault)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            if token not in (TOKEN, APP_TOKEN):
                raise Refusal("invalid_auth")
            answer = {"ok": True, **await self._METHODS[method](self, arguments)}
        except Refusal as refusal:
            answer = {"ok": False, "error": str(refusal)}
        if fault is not None and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, headers={"x-oauth-scopes": self.scopes})

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads.take(request.match_info["id"], await request.read())
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        user, body = self._addresses[request.match_info["token"]], await request.json()
        self._whisper(user, body)
        return web.json_response({"ok": True})

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                self.acknowledged.append(json.loads(frame.data))
        self.sockets.remove(socket)
        return socket

    # ------------------------------------------------------------ the methods

    async def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        me = {"team_id": TEAM, "team": "Voorbeeld", "user_id": BOT_USER, "user": "promptclub", "bot_id": BOT_ID}
        return {**me, **self.installed}

    async def _connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.url.replace("http://", "ws://") + "/socket"}

    async def _users_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        name = arguments["user"][2:].lower()
        profile = {"real_name": name.title(), "display_name": name, "email": f"{name}@voorbeeld.example"}
        known = {
            "id": arguments["user"],
            "team_id": TEAM,
            "name": name,
            "tz": "Europe/Brussels",
            "profile": profile,
        }
        return {"user": {**known, **self.users.get(arguments["user"], {})}}

    async def _in_channel(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Two at a time."""
        members = self.groups.get(arguments["channel"])
        if members is None:
            raise Refusal("channel_not_found")
        begin = int(arguments.get("cursor") or 0)
        more = str(begin + 2) if begin + 2 < len(members) else ""
        return {"members": members[begin : begin + 2], "response_metadata": {"next_cursor": more}}

    async def _group(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["usergroup"] not in self.groups:
            raise Refusal("no_such_subteam")
        return {"users": self.groups[arguments["usergroup"]]}

    async def _lookup(self, arguments: dict[str, Any]) -> dict[str, Any]:
        name = arguments["email"].removesuffix("@voorbeeld.example")
        if not name.isalpha() or "U0" + name.upper() in self.gone:
            raise Refusal("users_not_found")
        return {"user": {"id": "U0" + name.upper(), "team_id": TEAM, "deleted": False, "is_bot": False}}

    async def _open_direct(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["users"] in self.gone:
            raise Refusal("user_disabled")
        return {"channel": {"id": self.direct(arguments["users"])}}

    async def _info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._room(arguments)
        usual = {"id": arguments["channel"], "name": "ai-lab", "is_member": True, "is_archived": False}
        return {"channel": {**usual, **self.rooms.get(arguments["channel"], {})}}

    async def _post(self, arguments: dict[str, Any]) -> dict[str, Any]:
        room, ts = self._room(arguments), self.make_ts()
        self._judge(arguments)
        kept = {name: arguments.get(name) for name in ("text", "blocks", "metadata", "thread_ts")}
        room.append({**kept, "ts": ts, "bot_id": BOT_ID, "user": BOT_USER})
        return {"ts": ts, "channel": arguments["channel"]}

    async def _update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._room(arguments)
        message = self.find_message(arguments["channel"], arguments["ts"])
        if message is None:
            raise Refusal("message_not_found")
        self._judge(arguments)
        message.update(text=arguments["text"], blocks=arguments["blocks"])
        return {"ts": arguments["ts"], "channel": arguments["channel"]}

    async def _post_ephemeral(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._room(arguments)
        self._whisper(arguments["user"], arguments)
        return {"message_ts": self.make_ts()}

    async def _history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        found = [message for message in self._room(arguments) if not message.get("thread_ts")]
        return self._page([_shown(message, arguments) for message in reversed(found)], arguments)

    async def _replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        thread = arguments["ts"]
        found = [m for m in self._room(arguments) if thread in (m["ts"], m.get("thread_ts"))]
        return self._page([_shown(message, arguments) for message in found], arguments)

    async def _views_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        user = self._triggers.pop(arguments["trigger_id"], None)
        if user is None:
            raise Refusal("expired_trigger_id")
        self.show_view(user, arguments["view"])
        return {"view": self.views[user]}

    async def _views_publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._refuse_for(find_view_problems(arguments["view"], "home", frozenset(self.files)))
        self.homes[arguments["user_id"]] = arguments["view"]
        return {}

    async def _upload_url(self, arguments: dict[str, Any]) -> dict[str, Any]:
        id = self.uploads.promise(arguments)
        return {"upload_url": f"{self.url}/upload/{id}", "file_id": id}

    async def _upload_done(self, arguments: dict[str, Any]) -> dict[str, Any]:
        for entry in arguments["files"]:
            self.uploads.complete(entry["id"])
        return {"files": [{"id": entry["id"]} for entry in arguments["files"]]}

    _METHODS: dict[str, Callable[[Any, dict[str, Any]], Awaitable[dict[str, Any]]]] = field(
        default_factory=lambda: {
            "auth.test": FakeSlack._auth_test,
            "apps.connections.open": FakeSlack._connections_open,
            "users.info": FakeSlack._users_info,
            "usergroups.users.list": FakeSlack._group,
            "conversations.members": FakeSlack._in_channel,
            "users.lookupByEmail": FakeSlack._lookup,
            "conversations.open": FakeSlack._open_direct,
            "conversations.info": FakeSlack._info,
            "conversations.history": FakeSlack._history,
            "conversations.replies": FakeSlack._replies,
            "chat.postMessage": FakeSlack._post,
            "chat.update": FakeSlack._update,
            "chat.postEphemeral": FakeSlack._post_ephemeral,
            "views.open": FakeSlack._views_open,
            "views.publish": FakeSlack._views_publish,
            "files.getUploadURLExternal": FakeSlack._upload_url,
            "files.completeUploadExternal": FakeSlack._upload_done,
        }
    )

    # ------------------------------------------------------------ inside

    def show_view(self, user: str, view: dict[str, Any]) -> None:
        """What views.open and `response_action: update` do."""
        self._refuse_for(find_view_problems(view, "modal"))
        known = self.views.get(user, {})
        id = known.get("id") or f"V{next(self._numbers)}"
        self.views[user] = {**view, "id": id, "hash": self.make_ts(), "app_installed_team_id": TEAM}

    def _room(self, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        if arguments.get("channel") not in self.channels:
            raise Refusal("channel_not_found")
        return self.channels[arguments["channel"]]

    def _judge(self, arguments: dict[str, Any]) -> None:
        if self.unprocessed and any(block["type"] == "image" for block in arguments["blocks"]):
            self.unprocessed -= 1
            raise Refusal("invalid_blocks")
        self._refuse_for(find_message_problems(arguments, frozenset(self.files)))

    def _whisper(self, user: str, body: dict[str, Any]) -> None:
        self._refuse_for(find_message_problems(body))
        self.whispers.append((user, body["text"]))

    def _refuse_for(self, problems: list[str]) -> None:
        if problems:
            self.problems += problems
            raise Refusal("invalid_blocks")

    def _page(self, found: list[dict[str, Any]], arguments: dict[str, Any]) -> dict[str, Any]:
        start, most = int(arguments.get("cursor") or 0), int(arguments["limit"])
        more = str(start + most) if len(found) > start + most else ""
        return {"messages": found[start : start + most], "response_metadata": {"next_cursor": more}}


def _shown(message: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """Metadata comes along only when it is asked for."""
    if str(arguments.get("include_all_metadata")) in ("1", "True", "true"):
        return message
    return {name: value for name, value in message.items() if name != "metadata"}


async def _read_arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    given: dict[str, Any] = {**request.query, **await request.post()}
    for name in ("blocks", "view", "metadata", "files"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given
