"""How somebody likes their pages: language and colours, from the address, their own choice, or a cookie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.texts import WORDS, Words
from knowledge.content import LANGUAGES, Language

_NAMES: Mapping[Language, str] = {"nl": "Nederlands", "en": "English"}


@dataclass(frozen=True, slots=True)
class View:
    language: Language
    theme: str
    """light, dark, or "" for what the computer prefers."""
    query: Mapping[str, str]

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    @property
    def languages(self) -> list[tuple[Language, str, str]]:
        """Each language, its name, and the address of this page in it; a filter stays as it is."""
        return [(one, _NAMES[one], "?" + urlencode({**self.query, "language": one})) for one in LANGUAGES]


def find_language(request: web.Request, chosen: str | None) -> Language:
    """Dutch, unless the address, the workspace or the person says otherwise."""
    asked = (request.query.get("language"), request.cookies.get("prompt_club_language"), chosen)
    return next((known for one in asked for known in LANGUAGES if known == one), LANGUAGES[0])


def find_theme(request: web.Request) -> str:
    chosen = request.cookies.get("prompt_club_theme")
    return next((known for known in ("light", "dark") if known == chosen), "")
