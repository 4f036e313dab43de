"""How a change of a row or tool reads: in labels of the organisation, never in keys of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model import limits
from bot.model.cards import shorten
from bot.texts import Words
from knowledge.changes import Cell, list_cells
from knowledge.content import LANGUAGES, Knowledge, ToolStatus, Verdict
from knowledge.contents import Content

_LINE = 380
_OWN_WORDS = ("version", "since", "id")
"""Which the house fills in itself."""


def title_of(words: Words, kind: str, ref: str, content: Content | None) -> str:
    """What people call it."""
    if kind == "philosophy":
        return words("matrix.philosophy")
    texts = content or {}
    return (
        in_language(words, texts.get("title"))
        or str(texts.get("name") or "")
        or in_language(words, texts.get("text"))
        or ref
    )


def in_language(words: Words, text: object) -> str:
    """In this language, or in the one there is."""
    if not isinstance(text, Mapping):
        return ""
    return str(text.get(words.language) or next(iter(text.values()), ""))


def tell_changes(words: Words, knowledge: Knowledge, before: Content | None, after: Content | None) -> list[str]:
    """One line for every value that changes; of something new, what it will say."""
    cells = [cell for cell in list_cells(before, after) if cell.path not in _OWN_WORDS]
    cells = _say_once(cells, new=before is None)
    lines = [_tell_cell(words, knowledge, cell, new=before is None) for cell in cells]
    return [shorten(line, _LINE) for line in lines][: limits.BULLETS]


def _say_once(cells: Sequence[Cell], *, new: bool) -> list[Cell]:
    """What every language has the same is one line; a description that only repeats the title is none."""
    titles = {cell.after for cell in cells if cell.path.startswith("title.")}
    told: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        field, _, part = cell.path.partition(".")
        if new and field == "description" and cell.after in titles:
            continue
        same = (field if part in LANGUAGES else cell.path, cell.before, cell.after)
        told[same] = Cell(field, cell.before, cell.after) if same in told else cell
    return list(told.values())


def _tell_cell(words: Words, knowledge: Knowledge, cell: Cell, *, new: bool) -> str:
    label = _label(words, knowledge, cell.path)
    old, now = (_value(words, knowledge, cell.path, value) for value in (cell.before, cell.after))
    if "\n" in cell.before + cell.after or cell.path.startswith(("examples", "aliases", "conditions")):
        return _tell_list(words, knowledge, cell, label)
    if new or not cell.before:
        return words("matrix.cell_new", label=label, after=now or "-")
    return words("matrix.cell_changed", label=label, before=old, after=now or "-")


def _tell_list(words: Words, knowledge: Knowledge, cell: Cell, label: str) -> str:
    old, now = cell.before.split("\n"), cell.after.split("\n")
    more = [_value(words, knowledge, cell.path, one) for one in now if one and one not in old]
    less = [_value(words, knowledge, cell.path, one) for one in old if one and one not in now]
    parts = [words("matrix.cell_more", what=words.listed(more))] if more else []
    parts += [words("matrix.cell_less", what=words.listed(less))] if less else []
    return f"{label}: {'; '.join(parts) or words('matrix.cell_order')}"


def _label(words: Words, knowledge: Knowledge, path: str) -> str:
    field, _, part = path.partition(".")
    if field == "verdicts":
        data = knowledge.find_data_class(part)
        return data.label.in_language(words.language) if data else part
    key = f"matrix.field_{field}"
    label = words(key) if words.knows(key) else field
    return f"{label} ({part})" if part else label


def _value(words: Words, knowledge: Knowledge, path: str, value: str) -> str:
    field = path.partition(".")[0]
    policy = knowledge.policy
    match field:
        case "verdicts" if value in tuple(Verdict):
            return words(f"ask.verdict_{value}")
        case "status" if value in tuple(ToolStatus):
            return words(f"matrix.status_{value}")
        case "typical_data" | "data_limit":
            found: Sequence[tuple[str, str]] = [
                (one.id, one.label.in_language(words.language)) for one in policy.data_classes
            ]
        case "conditions":
            found = [(one.id, one.text.in_language(words.language)) for one in policy.conditions]
        case "level":
            found = [(one.id, one.label.in_language(words.language)) for one in policy.levels]
        case _:
            return value
    return dict(found).get(value, value)
