"""What a change does: whether it lets more through, what it changes in words of the file, and what files say anew.

Pure rules. A change is looser as soon as any part of it is: being wrongly permissive is the unforgivable mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from knowledge.content import Knowledge, ToolStatus, Verdict
from knowledge.contents import ROW, Content, Key, fingerprint_of

_OPEN_STATUS = {ToolStatus.APPROVED: 0, ToolStatus.TRIAL: 1, ToolStatus.FORBIDDEN: 2}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that differs; `path` is where it stands in the file: verdicts.intern, title.nl."""

    path: str
    before: str
    after: str


def list_cells(before: Content | None, after: Content | None) -> list[Cell]:
    """Every value that differs, in the order of the file."""
    old, new = dict(_flatten(before or {})), dict(_flatten(after or {}))
    return [
        Cell(path, old.get(path, ""), new.get(path, ""))
        for path in dict.fromkeys([*old, *new])
        if old.get(path, "") != new.get(path, "")
    ]


def _flatten(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flatten(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        yield path, "\n".join(map(str, value))
    elif value is not None:
        yield path, str(value)


def is_looser(knowledge: Knowledge, kind: str, before: Content | None, after: Content | None) -> bool:
    """It may let something through that was not allowed; a mixed change counts as looser."""
    match kind:
        case "row":
            return _is_looser_row(knowledge, before, after)
        case "tool":
            return _is_looser_tool(knowledge, before, after)
        case _:
            return False


def _is_looser_row(knowledge: Knowledge, before: Content | None, after: Content | None) -> bool:
    if after is None:  # what it said no to is left to its neighbours
        return any(Verdict(v).strictness >= Verdict.GRIJS.strictness for v in _verdicts(before).values())
    allows = any(Verdict(v).strictness < Verdict.GRIJS.strictness for v in _verdicts(after).values())
    if before is None:
        return allows
    old, new = _verdicts(before), _verdicts(after)
    milder = any(
        Verdict(new[data]).strictness < Verdict(old.get(data, Verdict.MAG_NIET)).strictness for data in new
    )
    fewer = bool(set(before.get("conditions", ())) - set(after.get("conditions", ())))
    assumes = _assumed(after, after).strictness < _assumed(before, before).strictness
    return (
        milder or fewer or assumes or _is_lower(knowledge, before, after) or (allows and _reads_more(before, after))
    )


def _verdicts(content: Content | None) -> Mapping[str, str]:
    verdicts: Mapping[str, str] = (content or {}).get("verdicts", {})
    return verdicts


def _assumed(content: Content, verdicts: Content) -> Verdict:
    return Verdict(_verdicts(verdicts).get(content.get("typical_data", ""), Verdict.MAG_NIET))


def _is_lower(knowledge: Knowledge, before: Content, after: Content) -> bool:
    levels = [level.id for level in knowledge.policy.levels]
    old, new = before.get("level"), after.get("level")
    return old in levels and new in levels and levels.index(new) < levels.index(old)


def _reads_more(before: Content, after: Content) -> bool:
    """Words that lead to the row and did not before: its examples, and its title."""
    return any(
        set((after.get("examples") or {}).get(language) or ())
        - set((before.get("examples") or {}).get(language) or ())
        or (after.get("title") or {}).get(language) not in (None, (before.get("title") or {}).get(language))
        for language in ("nl", "en")
    )


def _is_looser_tool(knowledge: Knowledge, before: Content | None, after: Content | None) -> bool:
    old, new = _openness(knowledge, before), _openness(knowledge, after)
    renamed = before is not None and after is not None and bool(_names(after) - _names(before))
    return new[0] < old[0] or new[1] > old[1] or (renamed and new[1] >= 0)


def _openness(knowledge: Knowledge, tool: Content | None) -> tuple[int, int]:
    """How strict its status is, and how sensitive what may go in."""
    if tool is None:
        return 2, -1
    limit = tool.get("data_limit")
    data = knowledge.sensitivity(limit) if limit and knowledge.find_data_class(limit) else -1
    return _OPEN_STATUS[ToolStatus(tool["status"])], data


def _names(tool: Content) -> set[str]:
    return {str(name).casefold() for name in (tool.get("name"), *(tool.get("aliases") or ()))}


def next_version(content: Content, standing: int, day: str) -> Content:
    """The same, as the version that follows, in force from this day."""
    return {**content, "version": standing + 1, "since": day}


def search_words(content: Content) -> str:
    """All its words in small letters."""
    return " ".join(value for _, value in _flatten(content)).lower()


def task_of(kind: str, content: Content | None) -> str:
    return str((content or {}).get("task", "")) if kind == ROW else ""


# ---------------------------------------------------------------- what files say anew


class Standing(Protocol):
    """What is in force for one thing."""

    @property
    def hash(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FileNews:
    take: Mapping[Key, Content | None]
    """Nobody changed it in chat or spreadsheet: the file is its source. None: taken out of the file."""
    differ: Mapping[Key, Content | None]
    """Changed by people since, and the file says something new: somebody settles it."""
    hashes: Mapping[Key, str]
    """Of everything the files say."""


def find_file_news(
    file: Mapping[Key, Content],
    standing: Mapping[tuple[str, str], Standing],
    said_before: Mapping[tuple[str, str], AbstractSet[str]],
) -> FileNews:
    """What the files say that is not in force. A file that says what was in force before only lags behind."""
    take: dict[Key, Content | None] = {}
    differ: dict[Key, Content | None] = {}
    hashes = {key: fingerprint_of(content) for key, content in file.items()}
    for key, content in file.items():
        held, said = standing.get(key), hashes[key]
        if held is None or (held.source == "file" and held.hash != said):
            take[key] = content
        elif held.source != "file" and said not in said_before.get(key, ()):
            differ[key] = content
    for kind, id in standing:
        key, held = Key(kind, id), standing[kind, id]
        if key not in file and held.source == "file" and held.hash:
            take[key] = None
    return FileNews(take, differ, hashes)
