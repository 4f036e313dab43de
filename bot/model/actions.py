"""An Action says what a button or form is about: a small typed value that travels to the client and back.

An action is named `<conversation>.<verb>` and packs to one short JSON text. A name is never changed once
messages with it are out in the world; a field may be added with a default. What comes back is the client's word:
it says which case is meant, storage says who may touch it.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.model import limits

_registry: dict[str, type[Action]] = {}


class UnknownAction(Exception):
    """The text is no action of ours (any more): an old message, another version, or tampering."""


class Action(BaseModel):
    """Subclass with `name="<conversation>.<verb>"`: `class ChangeData(Action, name="ask.change_data")`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
    name: ClassVar[str]

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Takes `name=`, which pydantic hands on to the method below once the class is whole."""
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        name = str(kwargs.get("name", ""))
        conversation, _, verb = name.partition(".")
        if not conversation or not verb:
            raise TypeError(f"{cls.__name__}: an action is named <conversation>.<verb>, not {name!r}")
        known = _registry.get(name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{name!r} is the name of {known.__qualname__} already")
        cls.name = name
        _registry[name] = cls

    def pack(self) -> str:
        """One line of JSON, at most `limits.ACTION` characters; ValueError when it is longer."""
        packed = f'["{self.name}",{self.model_dump_json()}]'
        if len(packed) > limits.ACTION:
            raise ValueError(f"{self.name}: {len(packed)} characters, at most {limits.ACTION}")
        return packed


def unpack(packed: str) -> Action:
    """The action that `pack` wrote; UnknownAction for anything else, however malformed."""
    if len(packed) > limits.FORM_ACTION:
        raise UnknownAction("too long")
    try:
        name, fields = json.loads(packed)
        return _registry[name].model_validate(fields)
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as problem:
        raise UnknownAction(packed[:80]) from problem


def known_actions() -> dict[str, type[Action]]:
    """All actions of all conversations that are loaded, by name."""
    return dict(_registry)
