"""What goes wrong with a call of Slack's Web API, as a test asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web


@dataclass
class Fault:
    """The next calls of a method go wrong: an error code, a status, or an answer that never comes."""

    method: str
    error: str = ""
    status: int = 200
    after: int | None = None
    """Retry-After, in seconds."""
    lost: bool = False
    """It is done, and the connection breaks before the answer."""
    times: int = 1
    needed: str = ""
    """The scope that would do."""


def fail(fault: Fault) -> web.Response:
    headers = {"Retry-After": str(fault.after)} if fault.after is not None else {}
    if not fault.error:
        return web.Response(status=fault.status, text="upstream trouble", headers=headers)
    told = {"ok": False, "error": fault.error, **({"needed": fault.needed} if fault.needed else {})}
    return web.json_response(told, status=fault.status, headers=headers)
