"""What there is to show of a day's figures: one group, and how the others stand that are large enough to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.figures.counting import Definitions, read_definitions
from knowledge.figures import Counts, add_up, behind, find_hidden, quarter_ends, share
from storage import figures
from storage.figures import Counted
from storage.transaction import Transaction

KINDS = ("unit", "location", "function")
_QUARTERS = 7


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which group is looked at: one at a time, so that two looks never differ in a few people."""

    kind: str = "all"
    name: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Chosen:
        return next((cls(kind, query[kind]) for kind in KINDS if query.get(kind)), cls())


@dataclass(frozen=True, slots=True)
class Group:
    """How one group stands; `counts` is None where it is too small to show."""

    name: str
    counts: Counts | None

    @property
    def share(self) -> float | None:
        return share(self.counts) if self.counts is not None else None

    @property
    def people(self) -> int:
        return self.counts["people"] if self.counts is not None else 0

    @property
    def behind(self) -> int:
        return behind(self.counts) if self.counts is not None else 0


@dataclass(frozen=True, slots=True)
class Point:
    """The share at the end of a quarter, or on the day itself."""

    on: date
    share: float | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a card, a page and a file tell of one day."""

    counted: Counted
    definitions: Definitions
    chosen: Chosen
    group: Group
    groups: Mapping[str, Sequence[Group]]
    """By kind: unit, location, function and process."""
    trend: Sequence[Point]
    corrected: tuple[Counted, Group] | None
    """The same group, with what became known after that day."""
    minimum: int
    """1 for who may see people."""

    @property
    def on(self) -> date:
        return self.counted.day

    @property
    def units_behind(self) -> list[Group]:
        """Those with somebody over the day, the largest part first."""
        late = [one for one in self.groups["unit"] if one.behind]
        return sorted(late, key=lambda one: (_part_behind(one), one.behind), reverse=True)

    @property
    def hidden(self) -> int:
        return sum(one.counts is None for kind in KINDS for one in self.groups[kind])


def _part_behind(group: Group) -> float:
    return group.behind / max(1, group.people)


async def find_overview(tx: Transaction, on: date, chosen: Chosen, minimum: int) -> Overview | None:
    """As shown on that day; None where nothing had been counted yet."""
    counted = await figures.find_counted(tx, on)
    if counted is None:
        return None
    definitions = read_definitions(counted.rules)
    found = {kind: await figures.find_groups(tx, counted, kind) for kind in KINDS}
    total = await figures.find_groups(tx, counted, "all")
    found["process"] = _by_process(found["function"], definitions)
    groups = {kind: _show(parts, minimum) for kind, parts in found.items()}
    return Overview(
        counted=counted,
        definitions=definitions,
        chosen=chosen,
        group=_pick(groups, _show(total, minimum), chosen),
        groups=groups,
        trend=await _find_trend(tx, counted.day, chosen, minimum),
        corrected=await _find_corrected(tx, counted.day, chosen, minimum),
        minimum=minimum,
    )


def _show(parts: Mapping[str, Counts], minimum: int) -> list[Group]:
    hidden = find_hidden(parts, minimum)
    return [Group(name, None if name in hidden else counts) for name, counts in parts.items()]


def _pick(groups: Mapping[str, Sequence[Group]], total: Sequence[Group], chosen: Chosen) -> Group:
    """A group that is not there looks like one that is too small."""
    among: Iterable[Group] = total if chosen.kind == "all" else groups[chosen.kind]
    return next((one for one in among if one.name == chosen.name), Group(chosen.name, None))


def _by_process(functions: Mapping[str, Counts], definitions: Definitions) -> dict[str, Counts]:
    parts: dict[str, list[Counts]] = {}
    for function, counts in functions.items():
        if process := definitions.processes.get(function):
            parts.setdefault(process, []).append(counts)
    return {name: add_up(parts[name]) for name in sorted(parts)}


async def _find_trend(tx: Transaction, on: date, chosen: Chosen, minimum: int) -> list[Point]:
    """What was shown at the end of each quarter; a quarter in which nothing was counted is left out."""
    points = []
    for end in (*quarter_ends(on, _QUARTERS), on):
        counted = await figures.find_counted(tx, end, since=end.replace(day=1))
        if counted is not None:
            points.append(Point(counted.day, (await _find_one(tx, counted, chosen, minimum)).share))
    return points


async def _find_corrected(tx: Transaction, on: date, chosen: Chosen, minimum: int) -> tuple[Counted, Group] | None:
    counted = await figures.find_correction(tx, on)
    return None if counted is None else (counted, await _find_one(tx, counted, chosen, minimum))


async def _find_one(tx: Transaction, counted: Counted, chosen: Chosen, minimum: int) -> Group:
    groups = {chosen.kind: _show(await figures.find_groups(tx, counted, chosen.kind), minimum)}
    return _pick(groups, groups[chosen.kind], chosen)
