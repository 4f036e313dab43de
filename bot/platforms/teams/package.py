"""The app package that Teams installs: a manifest filled in from what the organisation set, and two icons."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from bot.model.cards import shorten
from bot.platforms.teams.icons import ACCENT, draw_colour_icon, draw_outline_icon
from bot.platforms.teams.parse import HOME_WORD
from bot.texts import WORDS

TEMPLATE = Path(__file__).parent / "manifest.json"
PLACEHOLDER = "https://prompt-club.example"
"""Where no page of the organisation's own is given; Teams wants an address and does not open it."""
_MOST_COMMANDS = 10
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class WrongManifest(Exception):
    """Everything that keeps the package from being built, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Command:
    """A word people can type, and what it does."""

    word: str
    what: str


@dataclass(frozen=True, slots=True)
class About:
    """What the package says of the bot."""

    app_id: str
    bot: str
    organisation: str
    version: str
    commands: Sequence[Command] = ()
    website: str = PLACEHOLDER


def app_in_teams(bot: str) -> str:
    """The app's id in its manifest. Another than the bot's own: the same for ever, and never mistaken for it."""
    return str(uuid5(UUID(bot), "teams app"))


def build_package(about: About) -> bytes:
    """The zip file; the same for the same input. WrongManifest where Teams would refuse it."""
    manifest = json.dumps(fill_in(about), ensure_ascii=False, indent=2).encode()
    files = {"manifest.json": manifest, "color.png": draw_colour_icon(), "outline.png": draw_outline_icon()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name), content)  # without a date: nothing changes by itself
    return packed.getvalue()


def fill_in(about: About) -> dict[str, Any]:
    problems = list(_find_problems(about))
    if problems:
        raise WrongManifest(problems)
    words = WORDS["nl"]
    manifest: dict[str, Any] = json.loads(TEMPLATE.read_text(encoding="utf-8"))
    manifest |= {
        "version": about.version,
        "id": app_in_teams(about.app_id),
        # Only with this may the bot install itself for people; the resource is for signing in, which nobody does.
        "webApplicationInfo": {"id": about.app_id, "resource": "https://graph.microsoft.com"},
        "accentColor": ACCENT,
        "name": {"short": shorten(about.bot, 30), "full": shorten(f"{about.bot}: {words('teams.app_short')}", 100)},
        "description": {
            "short": shorten(words("teams.app_short"), 80),
            "full": shorten(words("teams.app_full", bot=about.bot, organisation=about.organisation), 4000),
        },
        "developer": {
            "name": shorten(about.organisation, 32),
            **dict.fromkeys(("websiteUrl", "privacyUrl", "termsOfUseUrl"), about.website),
        },
    }
    home = Command(HOME_WORD, words("teams.home_command"))
    manifest["bots"][0] |= {
        "botId": about.app_id,
        "commandLists": [
            {"scopes": ["personal"], "commands": _list([*about.commands[:1], home, *about.commands[1:]])},
            {"scopes": ["team", "groupChat"], "commands": _list(about.commands)},
        ],
    }
    manifest["composeExtensions"][0]["botId"] = about.app_id
    return manifest


def _list(commands: Sequence[Command]) -> list[dict[str, str]]:
    return [
        {"title": shorten(command.word, 32), "description": shorten(command.what, 128)}
        for command in commands[:_MOST_COMMANDS]
    ]


def _find_problems(about: About) -> Iterator[str]:
    try:
        UUID(about.app_id)
    except ValueError:
        yield f"MicrosoftAppId: {about.app_id!r} is no id such as 00000000-0000-0000-0000-000000000000"
    if not _VERSION.fullmatch(about.version):
        yield f"version: {about.version!r} is no version such as 1.2.3"
    address = urlsplit(about.website)
    if address.scheme != "https" or not address.hostname:
        yield f"website: {about.website!r} is no address that begins with https://"
    for name, value in (("the bot's name", about.bot), ("the organisation's name", about.organisation)):
        if not value.strip():
            yield f"{name} is empty"
