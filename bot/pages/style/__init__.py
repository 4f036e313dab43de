"""The look that every page shares: colours, letters, cards, buttons, the club's sign; served as plain files."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).parent
_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}
_FILES = {path.name: path for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


def add_to(site: web.Application) -> None:
    """Open to everybody: there is nothing in it, and the sign-in page needs it too."""
    site.router.add_get("/style/{file}", give_file)


async def give_file(request: web.Request) -> web.StreamResponse:
    path = _FILES.get(request.match_info["file"])
    if path is None:
        raise web.HTTPNotFound
    headers = {
        "Content-Type": _TYPES[path.suffix],
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return web.FileResponse(path, headers=headers)
