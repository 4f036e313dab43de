"""Asks an organisation's own language model to help reading, when the settings name one.

It stands beside `bot.reading` and calls an HTTP service, so it is the one part of this layer that knows aiohttp.
What the model may add is decided in `knowledge.matching.assisted`; whatever goes wrong, the built-in reading holds.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog

from bot.settings import Settings
from knowledge.answers import Outcome, Reading
from knowledge.content import Knowledge
from knowledge.matching.assisted import Suggestion, Unusable, combine, is_open, make_messages, read_suggestion

log = structlog.get_logger()

Read = Callable[[str], Awaitable[Reading]]
_PATIENCE_SECONDS = 2.0
_REST_SECONDS = 30.0
"""How long a model that did not answer is left alone, so that not every question waits for it."""
_MOST_BYTES = 65_536
_MOST_TOKENS = 300


class Unavailable(Exception):
    """It answers, and cannot help now."""


FAULTS = (aiohttp.ClientError, TimeoutError, Unavailable, Unusable)


class OwnModel:
    """Reads with `read`, and then asks the model; gives the reading as it was when that fails."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Callable[[], Knowledge],
        read: Read,
        *,
        patience: float = _PATIENCE_SECONDS,
        rest: float = _REST_SECONDS,
    ) -> None:
        assert settings.model_url is not None
        self._url = complete_url(settings.model_url)
        self._name = settings.model_name
        self._key = settings.model_key.get_secret_value() if settings.model_key else ""
        self._knowledge = knowledge
        self._read = read
        self._patience = patience
        self._rest = rest
        self._resting_until = 0.0
        self._session: aiohttp.ClientSession | None = None

    async def read(self, question: str) -> Reading:
        reading = await self._read(question)
        now = asyncio.get_running_loop().time()
        if not is_open(reading) or now < self._resting_until:
            return reading
        knowledge = self._knowledge()
        try:
            return combine(knowledge, reading, await self.suggest(knowledge, reading))
        except FAULTS as problem:
            if not isinstance(problem, Unusable):
                self._resting_until = now + self._rest
            log.warning("model.not_used", problem=describe(problem))
            return reading

    async def suggest(self, knowledge: Knowledge, reading: Reading) -> Suggestion:
        """What the model takes the question for; raises what is in `FAULTS`."""
        asked = {
            "model": self._name,
            "messages": make_messages(knowledge, reading),
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
        }
        async with asyncio.timeout(self._patience):
            return read_suggestion(knowledge, _content_of(await self._post(asked)))

    async def _post(self, asked: dict[str, Any]) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        # A redirect would carry key and question to somebody the settings do not name.
        async with self._session.post(self._url, json=asked, headers=headers, allow_redirects=False) as answer:
            if answer.status != 200:
                raise Unavailable(f"status {answer.status}")
            body = bytearray()
            async for part in answer.content.iter_chunked(8192):
                body += part
                if len(body) > _MOST_BYTES:
                    raise Unusable("too long")
        return bytes(body)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _content_of(body: bytes) -> str:
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as problem:
        raise Unusable("no chat completion") from problem
    if not isinstance(content, str):
        raise Unusable("no text in the chat completion")
    return content


async def try_model(settings: Settings, knowledge: Knowledge) -> None:
    """Ask it about one harmless question; raises what is in `FAULTS` when it cannot help."""

    async def read(question: str) -> Reading:
        return Reading(question, (), "nl", Outcome.CHOOSE, None, (), None, (), (), (), None, "")

    model = OwnModel(settings, lambda: knowledge, read)
    try:
        await model.suggest(knowledge, await read("Mag ik een rapport laten samenvatten?"))
    finally:
        await model.close()


def complete_url(url: str) -> str:
    """`https://host/v1` and the whole address both do."""
    url = url.rstrip("/")
    return url if url.endswith("/chat/completions") else f"{url}/chat/completions"


def describe(problem: BaseException) -> str:
    """For the log and `prompt-club check`: nothing of the question, the answer or the key."""
    if isinstance(problem, Unavailable | Unusable):
        return str(problem)
    return "no answer in time" if isinstance(problem, TimeoutError) else type(problem).__name__
