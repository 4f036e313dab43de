"""The chat platforms, found by folder: each has an `adapter.py`, a `render.py` and a `checking.py`.

A platform is added by one folder and its name in the settings; nothing here names one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from aiohttp import web

from bot.delivery import Platform
from bot.model.cards import Card, Form
from bot.model.effects import Effect
from bot.model.events import Account, Event
from bot.settings import Settings
from storage.database import Database

Finding = tuple[str, bool, str]
"""For `prompt-club check`: what was looked at, whether it works, and what was found or what to do."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What an adapter is built with."""

    settings: Settings
    receive: Callable[[Event], Awaitable[Effect]]
    """The dispatcher's: give it an event, hand back the effect."""
    database: Database


class ChatPlatform(Platform, Protocol):
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What this platform serves over HTTP; none for a platform that connects by itself."""

    async def find_account_by_email(self, email: str) -> Account | None:
        """The account of somebody who may never have spoken to the bot; None: the platform knows no such address.

        A message to `Place(..., id="", kind="direct", user=account.user)` reaches them. TryLater or NeverWill (a
        right is missing, and the reason names it) where the platform does not tell.
        """

    def draw(self, card: Card | Form) -> object:
        """The platform's own payload for a card or form, for the gallery and the tests."""


@runtime_checkable
class KeepsPagesOpen(Protocol):
    """A platform with requests that stay open for as long as somebody looks."""

    async def let_go(self, site: web.Application) -> None:
        """End them, so that the server need not wait for them when it stops."""


@runtime_checkable
class KnowsGroups(Protocol):
    """A platform on which people stand together in groups that the organisation keeps."""

    async def find_members(self, group: str) -> Sequence[Account]:
        """Everybody in this group who is a person. TryLater or NeverWill, with the reason, where it is not told."""


class Checking(Protocol):
    """A platform's `checking.py`, asked only where the platform is on."""

    async def check(self, settings: Settings) -> list[Finding]:
        """What works, what is missing, and what to do about it."""

    async def check_channel(self, settings: Settings, channel: str) -> tuple[bool, str]:
        """Whether the bot can post there, and what was found or what to do."""


Draw = Callable[[Card | Form], object]


def find_drawings() -> dict[str, Draw]:
    """How each platform draws a card or form, also of those that are switched off: for the gallery and tests."""
    return {name: _import(name, "render").draw for name in _folders()}


def build_platforms(wiring: Wiring) -> list[ChatPlatform]:
    """Every platform the settings switch on."""
    return [_import(name, "adapter").build(wiring) for name in wiring.settings.platforms_on]


def find_checking(name: str) -> Checking:
    found: Checking = _import(name, "checking")
    return found


def _import(name: str, part: str) -> Any:
    return importlib.import_module(f"{__name__}.{name}.{part}")


def _folders() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
