"""routing.yaml: by when the AI Lab answers, and which questions go to another channel or person."""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.checking import Entry
from knowledge.files.digest import read_channel
from knowledge.files.policy import Agreed
from knowledge.routing import Destination, LabPlan
from knowledge.yaml_lines import shorten

_KINDS = ("task", "data", "unit")
_GOES_TO = ("channel", "person")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def read_routing(file: Entry, agreed: Agreed, tasks: Collection[str]) -> LabPlan:
    """The usual where the organisation has no routing.yaml. `tasks`: those of the matrix."""
    if file.node is None:
        return LabPlan()
    fields = file.fields(("version",), ("first_reaction_hours", "answer_days", "routes"))
    fields["version"].whole(least=1)
    usual = LabPlan()
    return LabPlan(
        first_reaction_hours=fields["first_reaction_hours"].whole(least=1)
        if "first_reaction_hours" in fields
        else usual.first_reaction_hours,
        answer_days=fields["answer_days"].whole(least=1) if "answer_days" in fields else usual.answer_days,
        destinations=tuple(_read_route(entry, agreed, tasks) for entry in fields["routes"].each()),
    )


def _read_route(entry: Entry, agreed: Agreed, tasks: Collection[str]) -> Destination:
    row = entry.fields((), (*_KINDS, *_GOES_TO))
    if not any(kind in row for kind in _KINDS):
        entry.fail("a route for everything", "say which questions go there: task, data or unit")
    if not any(where in row for where in _GOES_TO):
        entry.fail("a route to nowhere", "say where they go: channel or person")
    return Destination(
        task=row["task"].one_of(tasks) if "task" in row else "",
        data=row["data"].one_of(agreed.among("data_classes")) if "data" in row else "",
        unit=row["unit"].text() if "unit" in row else "",
        channel=read_channel(row["channel"]) if "channel" in row else "",
        person=_read_person(row["person"]) if "person" in row else "",
    )


def _read_person(entry: Entry) -> str:
    address = entry.text()
    if address and not _EMAIL.fullmatch(address):
        entry.fail(f"'{shorten(address)}'", "write somebody's e-mail address, such as noor@voorbeeld.nl")
    return address.lower()
