"""A small Microsoft Graph beside the small Teams, as strict: rights ride in the token, ids and bodies must fit.

Installing the app for somebody here lets the small Teams open their chat; who has it already is a conflict.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from bot.platforms.teams.errors import NoToken
from bot.platforms.teams.graph import ALL_RIGHTS, CATALOG, FIND_PEOPLE, INSTALL
from bot.platforms.teams.package import app_in_teams
from tests.platforms.teams.fake import FakeTeams, Fault
from tests.platforms.teams.keys import APP_ID

IN_CATALOG = "b1c5353a-7aca-41b3-830f-27d5218fe0e5"
EVERY_RIGHT = frozenset(ALL_RIGHTS)
_BY_MANIFEST = re.compile(r"(?:teamsApp/)?externalId eq '([0-9a-f-]{36})'")
_BY_MAIL = re.compile(r"mail eq '(.*)' or userPrincipalName eq '\1'")


@dataclass
class FakeGraph:
    teams: FakeTeams
    url: str = ""
    rights: frozenset[str] = EVERY_RIGHT
    """What the next token carries."""
    catalog: dict[str, str] = field(default_factory=lambda: {app_in_teams(APP_ID): IN_CATALOG})
    """The catalogue's id of an app by the id in its manifest."""
    names_bot: bool = True
    """The uploaded manifest names the bot, so that it may install itself."""
    without_teams: set[str] = field(default_factory=set)
    """People without a Teams licence."""
    faults: list[Fault] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    tokens: dict[str, frozenset[str]] = field(default_factory=dict)
    no_token: str = ""
    _installing: Counter[str] = field(default_factory=Counter)

    def issue_token(self, new: bool) -> str:
        """What the login server does: the rights of this moment, for as long as the token is used."""
        if self.no_token:
            raise NoToken(self.no_token)
        token = f"graph-{len(self.tokens)}"
        self.tokens[token] = self.rights
        return token

    def make_site(self) -> web.Application:
        site = web.Application()
        apps = "/v1.0/users/{user}/teamwork/installedApps"
        site.add_routes(
            [
                web.get("/v1.0/appCatalogs/teamsApps", self._find_apps),
                web.get("/v1.0/users", self._find_users),
                web.post(apps, self._install),
                web.get(apps, self._list),
                web.get(apps + "/{id}/chat", self._chat),
            ]
        )
        return site

    # ------------------------------------------------------------ what it answers

    async def _find_apps(self, request: web.Request) -> web.Response:
        self._admit(request, "find app", CATALOG)
        wanted = _read_filter(_BY_MANIFEST, request)
        found = [self.catalog[wanted]] if wanted in self.catalog else []
        return web.json_response({"value": [{"id": id, "externalId": wanted} for id in found]})

    async def _find_users(self, request: web.Request) -> web.Response:
        self._admit(request, "find user", FIND_PEOPLE)
        wanted = _read_filter(_BY_MAIL, request).replace("''", "'").lower()
        found = [member for member in self.teams.members.values() if member["email"].lower() == wanted]
        return web.json_response({"value": [{"id": member["aadObjectId"]} for member in found]})

    async def _install(self, request: web.Request) -> web.Response:
        self._admit(request, "install", INSTALL)
        user = self._person(request)
        body = await request.json()
        if set(body) != {"teamsApp@odata.bind"}:
            raise _refused(400, "BadRequest", "teamsApp@odata.bind is missing")
        if body["teamsApp@odata.bind"] != f"{self.url}/v1.0/appCatalogs/teamsApps/{IN_CATALOG}":
            raise _refused(404, "NotFound", "no such app in the catalogue")
        if not self.names_bot:
            raise _refused(403, "Forbidden", f"AAD App Id '{APP_ID}' is not allowed to manage the Teams App ''")
        self._installing[user] += 1
        self.most_at_once = max(self.most_at_once, self._installing[user])
        await asyncio.sleep(0.05)
        self._installing[user] -= 1
        if user in self.teams.installed:
            raise _refused(409, "Conflict", "The app is already installed")
        self.teams.installed.add(user)
        return web.Response(status=201)

    async def _list(self, request: web.Request) -> web.Response:
        self._admit(request, "list", INSTALL)
        user = self._person(request)
        known = _read_filter(_BY_MANIFEST, request) in self.catalog and user in self.teams.installed
        return web.json_response({"value": [{"id": _installation(user)}] if known else []})

    async def _chat(self, request: web.Request) -> web.Response:
        self._admit(request, "chat", INSTALL)
        user = self._person(request)
        if request.match_info["id"] != _installation(user):
            raise _refused(404, "NotFound", "no such installation")
        teams_id = next(id for id, member in self.teams.members.items() if member["aadObjectId"] == user)
        return web.json_response({"id": self.teams.direct(teams_id)})

    # ------------------------------------------------------------ what it refuses

    def _admit(self, request: web.Request, call: str, right: str) -> None:
        self.calls[call] += 1
        rights = self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if rights is None:
            raise _refused(401, "InvalidAuthenticationToken", "Access token is empty.")
        if self.faults:
            fault = self.faults[0]
            fault.times -= 1
            if fault.times <= 0:
                self.faults.pop(0)
            if fault.lost and request.transport is not None:
                request.transport.close()
            raise _refused(fault.status, "fault", "asked for", fault.headers)
        if right not in rights:
            if right == INSTALL:
                message = f"Missing role permissions on the request. API requires one of '{right}'."
                raise _refused(403, "Forbidden", message)
            raise _refused(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")

    def _person(self, request: web.Request) -> str:
        """By Microsoft's own id or the name they sign in with; no Teams id."""
        given = request.match_info["user"]
        for member in self.teams.members.values():
            if given in (member["aadObjectId"], member["userPrincipalName"]):
                if member["aadObjectId"] in self.without_teams:
                    raise _refused(404, "NotFound", "no Teams service plan")
                return str(member["aadObjectId"])
        raise _refused(404, "NotFound", "No user found")


def _installation(user: str) -> str:
    return base64.b64encode(f"{user}##{IN_CATALOG}".encode()).decode()


def _read_filter(pattern: re.Pattern[str], request: web.Request) -> str:
    found = pattern.fullmatch(request.query.get("$filter", ""))
    if found is None:
        raise _refused(400, "BadRequest", f"Invalid filter clause: {request.query.get('$filter')}")
    return found[1]


def _refused(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> web.HTTPException:
    class Error(web.HTTPException):
        status_code = status

    text = json.dumps({"error": {"code": code, "message": message}})
    return Error(text=text, content_type="application/json", headers=headers)
