"""A case as it is typed: read from its form, masked, and split where a text is longer than one field. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.model.cards import FormValues, shorten
from bot.model.limits import FIELD_TEXT
from knowledge.masking import mask
from storage.cases import Case

TEXTS = ("did", "happened", "learned")
_MOST_PARTS = 4
LONGEST = _MOST_PARTS * FIELD_TEXT
"""Of one text: so many fields of a form hold it."""
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Draft:
    kind: str = ""
    did: str = ""
    happened: str = ""
    learned: str = ""
    tool: str = ""
    task: str = ""
    who: str = ""
    """named or anonymous."""
    digest: str = ""
    """yes or no."""

    @property
    def values(self) -> dict[str, str]:
        """Its words, as they are kept."""
        return {name: getattr(self, name) for name in ("kind", *TEXTS, "tool", "task")}


def draft_of(case: Case) -> Draft:
    return Draft(
        case.kind,
        case.did,
        case.happened,
        case.learned,
        case.tool,
        case.task,
        who="anonymous" if case.anonymous else "named",
        digest="yes" if case.in_digest else "no",
    )


def field_id(name: str, round: int, part: int = 0) -> str:
    """Another id each time the form is shown: Slack keeps what was typed in a field it has seen before."""
    return name + (f"_p{part}" if part else "") + (f"_r{round}" if round else "")


def read_draft(values: FormValues, round: int) -> Draft:
    """What was typed; a choice that we did not offer counts as none."""
    chosen = {
        name: _one_of(values.get(field_id(name, round)), allowed)
        for name, allowed in (
            ("kind", ("success", "failure")),
            ("who", ("named", "anonymous")),
            ("digest", ("yes", "no")),
        )
    }
    texts = {name: read_text(values, name, round) for name in TEXTS}
    short = {name: _typed(values, field_id(name, round)) for name in ("tool", "task")}
    return Draft(**chosen, **texts, **short)


def read_text(values: FormValues, name: str, round: int = 0) -> str:
    """All parts of one text."""
    parts = (_typed(values, field_id(name, round, part)) for part in range(_MOST_PARTS))
    return "\n".join(part for part in parts if part)


def _typed(values: FormValues, id: str) -> str:
    return str(values.get(id) or "").replace("\r\n", "\n").strip()


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    return next((one for one in allowed if one == value), "")


def mask_draft(draft: Draft) -> Draft:
    masked = {name: mask(getattr(draft, name)).text for name in TEXTS}
    short = {name: shorten(mask(getattr(draft, name)).text, _SHORT) for name in ("tool", "task")}
    return replace(draft, **masked, **short)


def split_long(text: str) -> tuple[str, ...]:
    """Parts that each fit in a field, broken between words where that can be; one empty part of nothing."""
    parts: list[str] = []
    rest = text
    while len(rest) > FIELD_TEXT:
        head = rest[:FIELD_TEXT]
        end = max(head.rfind("\n"), head.rfind(" "))
        cut = end if end > FIELD_TEXT // 2 else FIELD_TEXT
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip() if end > FIELD_TEXT // 2 else rest[cut:]
    return (*parts, rest)


def fits(draft: Draft) -> bool:
    """Every text fits in the fields a form has for it."""
    return all(len(split_long(getattr(draft, name))) <= _MOST_PARTS for name in TEXTS)
