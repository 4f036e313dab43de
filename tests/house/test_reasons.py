"""Every reason that a message can end with is told in Dutch too: all of the tables of errors and of the worker."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.platforms
from bot import delivery
from bot.reasons import find_reason, tell_reason
from bot.texts import WORDS

ENDINGS = {"TryLater", "NeverWill", "Unclear", "AppNotInstalled", "NobodyThere", "ChatGone"}
SETTLING = {"_settle_ended": 2, "_settle_unclear": 1, "drop_late": 2}
"""Methods of the worker that are given a reason, and which of their arguments it is."""
TABLES = ("_LATER", "_NEVER", "_UNCLEAR", "_RETRIED", "_NEVER_BY_CODE")


def all_reasons() -> Iterator[tuple[str, str]]:
    """Where each is written, and what it says; what varies in it as 42."""
    modules = ["bot.delivery"]
    for platform in pkgutil.iter_modules(bot.platforms.__path__):
        if platform.ispkg:
            inside = importlib.import_module(f"bot.platforms.{platform.name}").__path__
            modules += [f"bot.platforms.{platform.name}.{part.name}" for part in pkgutil.iter_modules(inside)]
    for name in modules:
        module = importlib.import_module(name)
        for table in TABLES:
            for reason in getattr(module, table, {}).values():
                yield name, reason
        assert module.__file__ is not None
        for call in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and (said := read_reason(call, vars(module))):
                yield name, said


def read_reason(call: ast.Call, known: dict[str, object]) -> str | None:
    """What a call that ends a message gives as its reason; None for another call, or one that hands on."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    place = 0 if name in ENDINGS else SETTLING.get(name)
    if place is None or len(call.args) <= place:
        return None
    match call.args[place]:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "42" for part in parts)
        case ast.Name(id=id):
            found = known.get(id)
            return found if isinstance(found, str) else None
        case _:
            return None


def test_every_reason_has_its_text() -> None:
    reasons = list(all_reasons())
    assert len(reasons) > 70
    untold = {said: where for where, said in reasons if find_reason(said) is None}
    assert untold == {}, "write these in bot/texts/{nl,en}/reasons.yaml, in English word for word as here"


def test_in_english_a_reason_is_told_as_it_is_kept() -> None:
    for _, said in all_reasons():
        assert tell_reason(WORDS["en"], said) == said


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("the channel is archived", "het kanaal is gearchiveerd"),
        ("tried 100 times: Slack cannot be reached", "100 keer geprobeerd: Slack is niet te bereiken"),
        ("Slack answered with status 500", "Slack antwoordde met foutcode 500"),
        ("iets dat niemand schreef {x}", "iets dat niemand schreef {x}"),
    ],
)
def test_in_dutch(kept: str, told: str) -> None:
    assert tell_reason(WORDS["nl"], kept) == told


def test_reasons_that_differ_in_a_number_are_one() -> None:
    one, other = (find_reason(f"tried {times} times: Slack cannot be reached") for times in (12, 100))
    assert one is not None
    assert other is not None
    assert one.key == other.key
    assert delivery.MOST_ATTEMPTS > 1
