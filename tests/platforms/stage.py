"""What a platform's tests provide so that one contract suite can try every platform as its people would.

Each platform folder has a `stage.py` with `open_stage(folder) -> AsyncContextManager[Stage]`: the real app and the
platform's real framework, behind whole signed requests, against a hand-written fake of the platform's API that
enforces its limits.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from bot.app import App


def find_stages(folder: Path) -> list[str]:
    """Names of the platforms that have tests there: whose folder the contract suite then opens."""
    return sorted(module.name for module in pkgutil.iter_modules([str(folder)]) if module.ispkg)


PLATFORMS = find_stages(Path(__file__).parent)
Where = Literal["direct", "channel"]


@dataclass(frozen=True)
class Shown:
    """One message as a person sees it."""

    id: str
    text: str
    """Everything readable on it, one line per element."""
    buttons: tuple[str, ...] = ()
    thread: str | None = None
    pictures: tuple[str, ...] = ()
    """Alternative texts."""


@dataclass(frozen=True)
class ShownForm:
    title: str
    labels: tuple[str, ...]
    """Labels of the fields, in order."""
    errors: dict[str, str] = field(default_factory=dict)
    """By label."""


class Stage(Protocol):
    """People are plain names ("anna", "bram"); the stage makes accounts for them."""

    name: str
    app: App
    tells_unclear: bool
    """The platform can look up whether a message arrived."""

    def email_of(self, person: str) -> str:
        """Somebody the platform knows by this address, whether they ever spoke to the bot or not."""

    async def say(self, person: str, text: str, where: Where = "direct") -> None:
        """Type to the bot (mentioning it in a channel) and return once the platform got its acknowledgement."""

    async def command(self, person: str, word: str, rest: str = "") -> None: ...

    async def press(self, person: str, message: Shown, label: str) -> None: ...

    async def submit(self, person: str, values: dict[str, str]) -> None:
        """Fill in the open form by label and send it."""

    async def open_home(self, person: str) -> None: ...

    async def deliver_again(self) -> None:
        """The platform delivers the last event once more."""

    async def messages(self, person: str, where: Where = "direct") -> list[Shown]:
        """What stands in that chat now, oldest first; waits until nothing of ours is under way."""

    async def form(self, person: str) -> ShownForm | None:
        """The form that is open for this person."""

    async def refusals(self, person: str) -> list[str]:
        """What was said to this person alone, outside the outbox (ephemeral text, invoke answers)."""

    async def home(self, person: str) -> Shown | None: ...

    def fail_next_send(self, how: Literal["later", "never", "unclear"], times: int = 1) -> None:
        """The platform's API answers our next sends so; `unclear`: it arrives and the answer is lost."""

    async def deliveries(self) -> list[tuple[str, str | None]]:
        """State and reason of every outbox row, oldest first."""
