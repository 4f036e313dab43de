"""POST /api/messages: one activity in, one answer out; whatever is sent here, the status says whose fault it was.

The SDK's own handler answers every invoke and every bad token with 500, so this is ours; the turn itself runs in
the SDK's pipeline.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.platforms.teams.auth import CHANNEL, Caller, Door, KeysAway, NotAllowed
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.envelope import BadActivity
from bot.platforms.teams.parse import Understood, parse
from bot.platforms.teams.plain import Block

log = structlog.get_logger()

_DATABASE_AWAY = (SQLAlchemyError, sqlite3.Error, OSError)
Handle = Callable[[Understood], Awaitable[Block | None]]
"""Does what the activity asks for; the body to answer with, or None for an empty answer."""


class Endpoint:
    def __init__(self, door: Door, connector: Connector, handle: Handle) -> None:
        self._door = door
        self._connector = connector
        self._handle = handle

    async def post(self, request: web.Request) -> web.Response:
        """Who, then what, then the turn. A database that is away is 503: the service may deliver again."""
        if request.content_type != "application/json":
            return _refuse(415, "an activity is application/json")
        try:
            caller = await self._door.check(request)
            activity = _read(await request.read())
            understood = _understand(activity, caller)
            answer = await self._take_turn(activity, understood, caller)
        except NotAllowed as stranger:
            log.info("teams.not_allowed", why=str(stranger)[:200])
            return _refuse(401, "no valid token for this bot")
        except BadActivity as bad:
            return _refuse(400, str(bad))
        except (KeysAway, *_DATABASE_AWAY) as away:
            log.warning("teams.cannot_take", problem=type(away).__name__)
            return _refuse(503, "try again in a moment")
        return web.Response(status=201) if answer is None else web.json_response(answer)

    async def _take_turn(self, activity: Block, understood: Understood, caller: Caller) -> Block | None:
        answers: list[Block | None] = [None]

        async def handle() -> None:
            answers.append(await self._handle(understood))

        await self._connector.take_turn(activity["type"], understood.envelope, caller.claims, handle)
        if answers[-1] is None and activity["type"] == "invoke":
            raise BadActivity("an invoke this bot does not know")
        return answers[-1]


def _read(body: bytes) -> Block:
    try:
        activity: Any = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise BadActivity("this is no JSON") from problem
    if not isinstance(activity, dict):
        raise BadActivity("an activity is an object")
    return activity


def _understand(activity: Block, caller: Caller) -> Understood:
    if activity.get("channelId") != CHANNEL:
        raise NotAllowed("not from Teams")
    understood = parse(activity, datetime.now(UTC))
    if not caller.vouches_for(understood.envelope.service_url):
        raise NotAllowed("the token does not name this service address")
    return understood


def _refuse(status: int, words: str) -> web.Response:
    return web.json_response({"error": words}, status=status)
