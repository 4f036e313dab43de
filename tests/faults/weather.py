"""Bad weather between the program and a platform: too fast, away, a fault, a cut line, a slow room, a full stop.

It stands in front of a fake as middleware, so the fake itself stays as strict as it is.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SLOW_SECONDS = 0.8
_BAD = {"too fast": 1, "away": 4, "fault": 3, "fault after": 3, "cut": 4, "cut after": 5}
"""How often each, beside one another. "after": what was asked had been done by then."""


class Weather:
    """`touches` says which requests it concerns; `share` of those go wrong."""

    def __init__(self, seed: int, touches: Callable[[web.Request], bool], share: float = 0.12) -> None:
        self.share = share
        self.met: Counter[str] = Counter()
        self.slow: Callable[[bytes], bool] = lambda body: False
        """Whether a request with this body takes its time."""
        self.stop: Callable[[web.Request], bool] = lambda request: False
        """Whether this request is where everything stops: it is never answered."""
        self.done_when_stopped = False
        """What was asked is done all the same."""
        self.stopped = asyncio.Event()
        self._touches = touches
        self._random = random.Random(seed)

    @web.middleware
    async def blow(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.stop(request):
            return await self._stand_still(request, handler)
        if not self._touches(request):
            return await handler(request)
        if self.slow(await request.read()):
            await asyncio.sleep(SLOW_SECONDS)
        bad = self._random.choices(list(_BAD), list(_BAD.values()))[0]
        if self._random.random() >= self.share:
            return await handler(request)
        self.met[bad] += 1
        return await self._spoil(bad, request, handler)

    async def _stand_still(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.done_when_stopped:
            await handler(request)
        self.stopped.set()
        await asyncio.sleep(3_600)
        raise web.HTTPServiceUnavailable

    async def _spoil(self, bad: str, request: web.Request, handler: Handler) -> web.StreamResponse:
        if bad.endswith("after"):
            await handler(request)
        match bad:
            case "too fast":
                return web.json_response(
                    {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"}
                )
            case "away":
                return web.Response(status=503, text="upstream is away")
            case "fault" | "fault after":
                return web.Response(status=500, text="upstream trouble")
            case _:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
