"""Every card and form with example data, as each platform draws it, side by side in the browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web
from markupsafe import Markup

from bot.model.cards import Card, Example, Form
from bot.pages.drawing import fill
from bot.pages.preview import draw_preview, write_payload
from bot.texts import WORDS
from knowledge.content import LANGUAGES, Language

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Draw = Callable[[Card | Form], object]
Examples = Mapping[str, Sequence[Example]]
"""Cards and forms with example data, by conversation."""
_BEHIND = "web"
"""The gallery stands behind the workspace's door, and is only there where the workspace is."""


class House(Protocol):
    """What this page needs of the App."""

    drawings: Mapping[str, Draw]

    def find_examples(self, language: Language) -> Examples: ...

    @property
    def platforms(self) -> Mapping[str, object]: ...


class Door(Protocol):
    def guarded(self, handler: Handler) -> Handler: ...


@dataclass(frozen=True, slots=True)
class Drawing:
    platform: str
    payload: str
    preview: Markup | None


@dataclass(frozen=True, slots=True)
class ShownExample:
    name: str
    drawings: tuple[Drawing, ...]


def add_to(site: web.Application, house: House) -> None:
    door: Door | None = house.platforms.get(_BEHIND)  # type: ignore[assignment]
    if door is None:
        return

    async def show(request: web.Request) -> web.StreamResponse:
        asked = request.query.get("language", request.cookies.get("prompt_club_language"))
        language = next((known for known in LANGUAGES if known == asked), LANGUAGES[0])
        chosen = request.cookies.get("prompt_club_theme")
        theme = next((known for known in ("light", "dark") if known == chosen), "")
        return web.Response(
            text=draw_gallery(language, house.find_examples(language), house.drawings, theme),
            content_type="text/html",
        )

    site.router.add_get("/gallery", door.guarded(show))


def draw_gallery(language: Language, examples: Examples, drawings: Mapping[str, Draw], theme: str = "") -> str:
    shown = {
        conversation: [_show(example, drawings) for example in found] for conversation, found in examples.items()
    }
    count = sum(map(len, shown.values()))
    words = WORDS[language]

    def title_of(conversation: str) -> str:
        key = f"{conversation}.cards"
        return words(key) if words.knows(key) else conversation.capitalize()

    return fill("gallery.html", words=words, shown=shown, count=count, theme=theme, title_of=title_of)


def _show(example: Example, drawings: Mapping[str, Draw]) -> ShownExample:
    """On every platform, the ones that are switched off too."""
    drawn = []
    for platform, draw in sorted(drawings.items(), key=lambda item: (item[0] != _BEHIND, item[0])):
        payload = draw(example.card)
        drawn.append(Drawing(platform, write_payload(payload), draw_preview(payload)))
    return ShownExample(example.name, tuple(drawn))
