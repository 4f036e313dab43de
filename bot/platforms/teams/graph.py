"""Calls to Microsoft Graph with the bot's own rights: find the app and people, install it for them, find a chat.

Nothing here is done for the bot's daily talking, which needs no Graph: it is the way to people who do not have the
app yet, where an administrator grants the rights.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from uuid import UUID

import aiohttp
from yarl import URL

from bot.platforms.teams.errors import GraphFault
from bot.platforms.teams.plain import Block
from bot.platforms.teams.tokens import OutgoingToken, microsoft_tokens
from bot.settings import Settings

GRAPH_URL = "https://graph.microsoft.com/v1.0"
SCOPE = "https://graph.microsoft.com/.default"
INSTALL = "TeamsAppInstallation.ReadWriteSelfForUser.All"
CATALOG = "AppCatalog.Read.All"
FIND_PEOPLE = "User.Read.All"
ALL_RIGHTS = {
    INSTALL: "it cannot install itself for people who do not have it",
    CATALOG: "it cannot find itself among the organisation's apps, and so not install itself either",
    FIND_PEOPLE: "it cannot find somebody in Teams of whom it knows the e-mail address only",
}
"""And what does not work without each."""
_NOBODY = "00000000-0000-0000-0000-000000000000"
_SECONDS = aiohttp.ClientTimeout(total=20, sock_connect=5)


def make_graph(settings: Settings) -> Graph | None:
    """Of the bot's own tenant; None where the settings name none."""
    app_id, password, tenant = settings.teams_app_id, settings.teams_app_password, settings.teams_tenant_id
    if app_id is None or password is None or tenant is None or not is_microsofts(app_id):
        return None
    return Graph(OutgoingToken(microsoft_tokens(app_id, password.get_secret_value(), tenant, SCOPE)))


class Graph:
    """One connection pool, opened at the first call. Every call raises GraphFault or NoToken."""

    def __init__(self, token: OutgoingToken, url: str = GRAPH_URL) -> None:
        self._token = token
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def find_app(self, app: str) -> str | None:
        """The organisation's own id of the app with this id in its manifest; None where it was never uploaded."""
        found = await self._call("GET", "appCatalogs/teamsApps", CATALOG, {"$filter": f"externalId eq '{app}'"})
        return _first_id(found)

    async def install(self, user: str, app: str) -> bool:
        """False: this person had it already."""
        bound = {"teamsApp@odata.bind": f"{self._url}/appCatalogs/teamsApps/{app}"}
        try:
            await self._call("POST", f"users/{quote(user)}/teamwork/installedApps", INSTALL, body=bound)
        except GraphFault as fault:
            if fault.status != 409:
                raise
            return False
        return True

    async def find_chat(self, user: str, app: str) -> str | None:
        """The chat of this person with the app of this manifest id; None where it is not installed for them."""
        apps = f"users/{quote(user)}/teamwork/installedApps"
        query = {"$expand": "teamsApp", "$filter": f"teamsApp/externalId eq '{app}'"}
        installed = _first_id(await self._call("GET", apps, INSTALL, query))
        if installed is None:
            return None
        chat = await self._call("GET", f"{apps}/{quote(installed, safe='')}/chat", INSTALL)
        return str(chat["id"])

    async def find_user(self, email: str) -> str | None:
        written = email.replace("'", "''")
        query = {"$filter": f"mail eq '{written}' or userPrincipalName eq '{written}'", "$select": "id"}
        return _first_id(await self._call("GET", "users", FIND_PEOPLE, query))

    async def has_right(self, right: str) -> bool:
        """Asks what needs this right and finds nobody; Graph looks at the right first."""
        try:
            if right == INSTALL:
                await self.find_chat(_NOBODY, _NOBODY)
            elif right == CATALOG:
                await self.find_app(_NOBODY)
            else:
                await self.find_user(_NOBODY)
        except GraphFault as fault:
            if fault.status not in (403, 404):
                raise
            return fault.status == 404
        return True

    async def _call(
        self, method: str, path: str, right: str, query: dict[str, str] | None = None, body: Block | None = None
    ) -> Block:
        """The answer's body; {} where there is none. A token refused is fetched anew once."""
        try:
            return await self._ask(method, path, right, query, body)
        except GraphFault as fault:
            if fault.status != 401 or not self._token.drop():
                raise
        return await self._ask(method, path, right, query, body)

    async def _ask(
        self, method: str, path: str, right: str, query: dict[str, str] | None, body: Block | None
    ) -> Block:
        await self._token.make_ready()
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=_SECONDS)
        url = URL(f"{self._url}/{path}", encoded=True).with_query(query)
        try:
            async with self._session.request(method, url, json=body, headers=self._token.signature) as answer:
                told = _read(await answer.read())
                status, retry_after = answer.status, answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            raise GraphFault(0, right, type(problem).__name__) from problem
        if status < 400:
            return told
        if status == 403:  # a right granted since is in the next token only
            self._token.drop()
        error = told.get("error")
        about = error if isinstance(error, dict) else {}
        raise GraphFault(status, right, str(about.get("code", "")), str(about.get("message", "")), retry_after)


def is_microsofts(id: str) -> bool:
    """A GUID, as Microsoft's own ids of people and apps are."""
    try:
        return str(UUID(id)) == id.lower()
    except ValueError:
        return False


def _read(body: bytes) -> Block:
    """What it says; a gateway in between may answer with a page, and an installation with nothing."""
    try:
        told: Any = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _first_id(found: Block) -> str | None:
    value = found.get("value")
    return str(value[0]["id"]) if value else None
