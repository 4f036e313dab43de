"""What comes in from Slack: Bolt checks where it is from, one middleware hands it to the club and answers."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.model.effects import Effect
from bot.model.events import Event
from bot.platforms.slack.answering import Answering
from bot.platforms.slack.parse import parse
from bot.platforms.slack.payload import is_from_slack

log = structlog.get_logger()

PATH = "/slack/events"
Receive = Callable[[Event], Awaitable[Effect]]

# What Bolt's reading of a body raises when the body is not what Slack would send.
_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
# Bolt's verifier takes any other time or signature for a bug and would answer 500.
_STAMP = re.compile(r"[0-9]{1,12}")


class Door(AsyncMiddleware):
    """Every payload goes through here. Our own router decides who answers, so Bolt's listeners have nothing to do.

    The answer waits for the turn of a press or a form (their effect is the answer), and for no more than one short
    transaction of anything that is read later.
    """

    def __init__(self, receive: Receive, answering: Answering) -> None:
        self._receive = receive
        self._answering = answering
        self._inside: set[asyncio.Task[Any] | None] = set()
        self.bot_user: str | None = None

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        if not is_from_slack(req.body):
            return BoltResponse(status=400, body={"error": "malformed request"})
        event = parse(req.body, datetime.now(UTC), self.bot_user)
        if event is None:
            return BoltResponse(status=200, body="")
        task = asyncio.current_task()
        self._inside.add(task)
        try:
            effect = await self._receive(event)
            body = await self._answering.answer(effect, event, req.body)
        finally:
            self._inside.discard(task)
        return BoltResponse(status=200, body="" if body is None else body)

    async def finish(self) -> None:
        """Wait for what came in over a socket; over HTTP the server waits for its own requests."""
        inside = [task for task in self._inside if task is not None]
        if inside:
            await asyncio.wait(inside, timeout=10)


def build_bolt(token: str, signing_secret: str, base_url: str, door: Door) -> AsyncApp:
    """A Bolt app that connects to nothing: the token is given, so Slack is never asked who we are per request."""
    ours = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    async def authorize(context: Any) -> AuthorizeResult:
        return ours

    bolt = AsyncApp(
        name="prompt-club",
        logger=_make_logger(),
        client=AsyncWebClient(base_url=base_url),
        authorize=authorize,
        signing_secret=signing_secret,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        process_before_response=True,
    )
    bolt.use(door)
    bolt.error(_note_failure)
    return bolt


def _make_logger() -> logging.Logger:
    """Bolt logs whole payloads below this level, and they hold what people said."""
    logger = logging.getLogger("slack_bolt.prompt_club")
    logger.setLevel(logging.ERROR)
    return logger


async def _note_failure(error: Exception) -> None:
    """Slack gets a 500 and delivers again. Only the kind is logged: a database's message may quote a text."""
    log.error("slack.not_accepted", problem=type(error).__name__)


class Entrance:
    """POST /slack/events, where all of Slack's requests come in over HTTP."""

    def __init__(self, bolt: AsyncApp) -> None:
        self._bolt = bolt

    async def handle(self, request: web.Request) -> web.Response:
        stamp = request.headers.get("X-Slack-Request-Timestamp", "0")
        signature = request.headers.get("X-Slack-Signature", "")
        if _STAMP.fullmatch(stamp) is None or not signature.isascii():
            return web.json_response({"error": "invalid request"}, status=401)
        try:
            bolt_request = await to_bolt_request(request)
        except _MALFORMED:
            return web.json_response({"error": "malformed request"}, status=400)
        if not isinstance(bolt_request.body.get("event", {}), dict):
            return web.json_response({"error": "malformed request"}, status=400)
        return await to_aiohttp_response(await self._bolt.async_dispatch(bolt_request))
