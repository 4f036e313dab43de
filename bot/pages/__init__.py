"""What people look at in a browser beside the chat, and what operators ask of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.pages import (
    api,
    badges,
    cases,
    decision,
    deliveries,
    digest,
    entrance,
    figures,
    gallery,
    health,
    lab,
    matrix,
    my_diploma,
    stored,
    style,
    surveys,
    tools,
)
from bot.pages.access import Access

if TYPE_CHECKING:
    from collections.abc import Sequence


def add_pages(site: web.Application, house: Any) -> None:
    """Every page. `house` is the App: its database, platforms and whether it is ready."""
    health.add_to(site, house)
    style.add_to(site)
    gallery.add_to(site, house)
    api.add_to(site, house)
    access = Access(house)
    badges.add_to(site, house, access)
    entrance.add_to(site, house, access)
    decision.add_to(site, house, access)
    deliveries.add_to(site, house, access)
    digest.add_to(site, house, access)
    cases.add_to(site, house, access)
    figures.add_to(site, house, access)
    lab.add_to(site, house, access)
    matrix.add_to(site, house, access)
    my_diploma.add_to(site, house, access)
    stored.add_to(site, house, access)
    surveys.add_to(site, house, access)
    tools.add_to(site, house, access)


def middlewares() -> Sequence[Any]:
    return (health.count_requests,)
