"""Every card and form with example data, as each platform draws it, side by side in the browser."""

from __future__ import annotations

from typing import Any

from aiohttp import web


def add_to(site: web.Application, house: Any) -> None:
    """Only where the web workspace is on, and behind the same door."""
