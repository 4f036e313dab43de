"""How questions reach the people of the AI Lab: by when they answer, and who gets which kind. Pure values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Destination:
    """Where tickets of one kind go in the place of the Lab's own channel. Every kind that is named must fit."""

    task: str = ""
    data: str = ""
    """Id of a data class."""
    unit: str = ""
    channel: str = ""
    """`slack:C0123456789`: the platform and its own id of the channel."""
    person: str = ""
    """An e-mail address, in lower case: this person gets it too, and is reminded of it."""


@dataclass(frozen=True, slots=True)
class LabPlan:
    """What routing.yaml says; the usual where an organisation has none."""

    first_reaction_hours: int = 4
    """Working hours until the asker hears that somebody looks at it."""
    answer_days: int = 2
    """Working days until the answer."""
    destinations: tuple[Destination, ...] = ()

    def find(self, *, task: str, data: Collection[str], unit: str) -> Destination | None:
        """The first that fits."""
        return next((one for one in self.destinations if _fits(one, task, data, unit)), None)


def _fits(one: Destination, task: str, data: Collection[str], unit: str) -> bool:
    named = (
        (one.task, one.task == task),
        (one.data, one.data in data),
        (one.unit, one.unit.lower() == unit.lower()),
    )
    return all(fits for kind, fits in named if kind)
