"""What people look at in a browser beside the chat, and what operators ask of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

import bot.pages.gallery as gallery
import bot.pages.health as health

if TYPE_CHECKING:
    from collections.abc import Sequence


def add_pages(site: web.Application, house: Any) -> None:
    """Every page. `house` is the App: its database, platforms and whether it is ready."""
    health.add_to(site, house)
    gallery.add_to(site, house)


def middlewares() -> Sequence[Any]:
    return (health.count_requests,)
