"""Short pages: who are you, not for you, come in, this link is used, goodbye."""

from __future__ import annotations

from typing import Any

from bot.pages.drawing import fill
from bot.pages.view import View
from bot.shield import HEADERS


def whole(page: str) -> dict[str, Any]:
    """What an aiohttp answer is made with, so that one that is raised is as shielded as one that is given."""
    return {
        "text": page,
        "content_type": "text/html",
        "headers": {**HEADERS, "Cache-Control": "no-store"},
    }


def draw_unknown(view: View, command: str, has_workspace: bool) -> str:
    words = view.words
    return _draw(
        view,
        words("pages.unknown_title"),
        [words("pages.unknown", command=command), words("pages.one_time")],
        workspace=has_workspace,
    )


def draw_not_yours(view: View, roles: str, has_workspace: bool) -> str:
    words = view.words
    why = words("pages.not_yours", roles=roles) if roles else words("pages.not_anybody_s")
    return _draw(
        view, words("pages.not_yours_title"), [why, words("pages.not_yours_more")], workspace=has_workspace
    )


def draw_elsewhere(view: View) -> str:
    return _draw(view, view.words("pages.elsewhere_title"), [view.words("pages.elsewhere")])


def draw_come_in(view: View) -> str:
    words = view.words
    said = [words("pages.come_in"), words("pages.come_in_more")]
    return _draw(view, words("pages.come_in_title"), said, button=words("pages.come_in_do"))


def draw_used(view: View) -> str:
    words = view.words
    return _draw(view, words("pages.used_title"), [words("pages.one_time"), words("pages.used")])


def draw_goodbye(view: View) -> str:
    return _draw(view, view.words("pages.goodbye_title"), [view.words("pages.goodbye")])


def _draw(view: View, title: str, said: list[str], *, button: str = "", workspace: bool = False) -> str:
    return fill(
        "notice.html",
        view=view,
        words=view.words,
        title=title,
        can_leave=False,
        said=said,
        button=button,
        workspace=workspace,
    )
