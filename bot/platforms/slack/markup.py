"""Slack's own writing: what people typed becomes plain words, and our words become text shown as typed."""

from __future__ import annotations

import re

_MARKED = re.compile(r"<([^<>]*)>")
_CUT_ENTITY = re.compile(r"&[a-z]{0,3}$")
_SPACES = re.compile(r" {2,}")


def escape(text: str) -> str:
    """For the few fields that Slack reads as markup: no mention, link or command can come out of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_within(text: str, most: int) -> str:
    """Escaped and at most `most` characters, never cut in the middle of an escape."""
    escaped = escape(text)
    if len(escaped) <= most:
        return escaped
    return _CUT_ENTITY.sub("", escaped[: most - 1]).rstrip() + "…"


def read_typed(text: str, bot_user: str | None = None) -> str:
    """The words somebody typed: links and mentions by their label, the bot's own mention taken out.

    Other people become "@…": who was meant is nobody's business but theirs.
    """
    found_own = False

    def plain(marked: re.Match[str]) -> str:
        nonlocal found_own
        target, _, label = marked[1].partition("|")
        if bot_user is not None and target == f"@{bot_user}":
            found_own = True
            return " "
        return _label_of(target, label)

    words = _MARKED.sub(plain, clean(text))
    if found_own:
        words = _SPACES.sub(" ", words).strip()
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _label_of(target: str, label: str) -> str:
    match target[:1]:
        case "@" | "#":
            return target[0] + (label.lstrip("@#") or "…")
        case "!":
            return label or "@" + target[1:].partition("^")[0]
        case _:
            return label or target.removeprefix("mailto:").removeprefix("tel:")


def clean(text: str) -> str:
    """Without what no database and no JSON reader takes: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
