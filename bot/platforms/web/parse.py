"""From what a page sends to the club's own events; whatever is not as it should be is a BadRequest."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from bot.model import limits
from bot.model.cards import FormValue, Value
from bot.model.events import Joined, MessageRef, Opened, Place, Pressed, Said, Submitted
from bot.platforms.web.colleagues import NAME, Colleague, place_for

MOST_TYPED = 8_000
_MENTION = re.compile(r"@prompt[ \-]?club\b[,:]?[ \t]*", re.IGNORECASE)
_COMMAND = re.compile(r"\s*/(promptclub|magdit)\b", re.IGNORECASE)


class BadRequest(ValueError):
    """Not something our pages send."""


def _without_nul(text: str) -> str:
    return text.replace("\x00", "")  # nobody can see it and PostgreSQL does not keep it


def _tidy(text: str) -> str:
    return _without_nul(text).strip()


Typed = Annotated[str, AfterValidator(_without_nul)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{16,40}$")]
"""Made by the page, once for each thing somebody does; a retry sends it again."""
PlaceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9:-]{1,80}$")]
FieldId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
Number = Annotated[int, Field(ge=1, lt=2**31)]


class Open(Value):
    """Somebody looks at the bot's home."""

    key: Key


class Say(Value):
    key: Key
    place: PlaceId
    thread: Number | None = None
    text: Annotated[str, AfterValidator(_tidy), StringConstraints(min_length=1, max_length=MOST_TYPED)]


class Read(Value):
    """Somebody has seen everything up to this message."""

    place: PlaceId
    message: Number


class Press(Value):
    key: Key
    place: PlaceId
    message: Number | None = None
    """None: a button on the bot's home."""
    action: Annotated[Typed, StringConstraints(min_length=1, max_length=limits.FORM_ACTION)]


class TypedText(Value):
    kind: Literal["text_field"]
    value: Annotated[Typed, StringConstraints(max_length=limits.FIELD_TEXT)]


class Chosen(Value):
    kind: Literal["choice_field"]
    value: Annotated[Typed, StringConstraints(max_length=limits.OPTION_VALUE)] | None


class ChosenMany(Value):
    kind: Literal["many_field"]
    value: Annotated[tuple[Typed, ...], Field(max_length=limits.OPTIONS)]


class ChosenDay(Value):
    kind: Literal["date_field"]
    value: date | None


class Submit(Press):
    values: Annotated[
        dict[FieldId, Annotated[TypedText | Chosen | ChosenMany | ChosenDay, Field(discriminator="kind")]],
        Field(max_length=limits.FORM_FIELDS),
    ]


Request = TypeVar("Request", bound=Value)


def read(body: bytes, kind: type[Request]) -> Request:
    try:
        return kind.model_validate_json(body)
    except ValidationError as wrong:
        where = sorted({".".join(map(str, problem["loc"])) or "body" for problem in wrong.errors()})
        raise BadRequest(f"not as it should be: {', '.join(where)[:200]}") from wrong


def is_for_the_bot(request: Say, colleague: Colleague) -> bool:
    """Everything in one's own chat with the bot; in a channel a mention or a typed command."""
    if request.place == colleague.direct:
        return True
    return bool(_MENTION.search(request.text) or _COMMAND.match(request.text))


def said(request: Say, colleague: Colleague, message: int, at: datetime) -> Said:
    """In a channel the answer goes into the thread, which the question starts where there is none yet."""
    thread = request.thread or message
    return Said(
        key=_key(colleague, request.key),
        account=colleague.account,
        place=place_for(request.place, colleague, thread),
        at=at,
        text=_MENTION.sub("", request.text).strip(),
    )


def pressed(request: Press, colleague: Colleague, thread: int | None, at: datetime) -> Pressed:
    place = place_for(request.place, colleague, thread)
    return Pressed(
        key=_key(colleague, request.key),
        account=colleague.account,
        place=place,
        at=at,
        action=request.action,
        message=_message(request, place),
    )


def submitted(request: Submit, colleague: Colleague, thread: int | None, at: datetime) -> Submitted:
    place = place_for(request.place, colleague, thread)
    values: dict[str, FormValue] = {id: field.value for id, field in request.values.items()}
    return Submitted(
        key=_key(colleague, request.key),
        account=colleague.account,
        place=place,
        at=at,
        action=request.action,
        message=_message(request, place),
        values=values,
    )


def opened(request: Open, colleague: Colleague, at: datetime) -> Opened:
    place = place_for(colleague.direct, colleague, None)
    return Opened(key=_key(colleague, request.key), account=colleague.account, place=place, at=at)


def joined(colleague: Colleague, at: datetime) -> Joined:
    """One key for ever: somebody comes in for the first time once."""
    place = place_for(colleague.direct, colleague, None)
    return Joined(key=f"{NAME}:joined:{colleague.id}", account=colleague.account, place=place, at=at)


def split_mentions(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it names the bot."""
    pieces = []
    end = 0
    for found in _MENTION.finditer(text):
        name = found.group().rstrip(" \t,:")
        pieces += [(text[end : found.start()], False), (name, True)]
        end = found.start() + len(name)
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _key(colleague: Colleague, key: str) -> str:
    return f"{NAME}:{colleague.id}:{key}"


def _message(request: Press, place: Place) -> MessageRef | None:
    return None if request.message is None else MessageRef(place=place, id=str(request.message))
