"""Who a request comes from: the colleague they chose to be, their language and colours; all in cookies."""

from __future__ import annotations

from aiohttp import web

from bot.platforms.web.colleagues import Workspace
from bot.platforms.web.door import find_token
from bot.platforms.web.views import Visitor
from bot.texts import language_of
from knowledge.content import Language

PERSON = "prompt_club_person"
LANGUAGE = "prompt_club_language"
THEME = "prompt_club_theme"
PERSON_HEADER = "X-Prompt-Club-Person"
"""Who the page was made for: another tab may have become somebody else since."""


def find_language(request: web.Request) -> Language:
    return language_of(request.cookies.get(LANGUAGE))


def find_visitor(request: web.Request, workspace: Workspace) -> Visitor:
    """The first colleague for somebody who has not chosen yet."""
    theme = request.cookies.get(THEME, "")
    return Visitor(
        colleague=workspace.find_colleague(request.cookies.get(PERSON)) or workspace.colleagues[0],
        language=find_language(request),
        theme=theme if theme in ("light", "dark") else "",
        token=find_token(request),
    )


def get_visitor(request: web.Request, workspace: Workspace) -> Visitor:
    """The visitor, if they still are who their page says they are."""
    visitor = find_visitor(request, workspace)
    if request.headers.get(PERSON_HEADER, request.query.get("person")) != visitor.colleague.id:
        raise web.HTTPConflict(text=visitor.words("web.somebody_else"))
    return visitor
