"""The look that every page shares: colours, letters, cards and buttons, served as plain style sheets."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).parent
_SHEETS = {path.name: path for path in sorted(_FOLDER.glob("*.css"))}


def add_to(site: web.Application) -> None:
    """Open to everybody: there is nothing in it, and the sign-in page needs it too."""
    site.router.add_get("/style/{sheet}", give_sheet)


async def give_sheet(request: web.Request) -> web.StreamResponse:
    path = _SHEETS.get(request.match_info["sheet"])
    if path is None:
        raise web.HTTPNotFound
    headers = {"Content-Type": "text/css", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.FileResponse(path, headers=headers)
