"""Turns lists from other systems into what storage keeps, for the command line and for whoever sends them to us."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.content import Knowledge
from knowledge.diploma_functions import Functions
from knowledge.incoming.people import PersonLine
from storage.register_import import Listed


def list_people(lines: Iterable[PersonLine], knowledge: Knowledge) -> tuple[list[Listed], dict[str, str | None]]:
    """People, and functions that diploma.yaml does not have with the nearest that it has."""
    functions = Functions(knowledge.diploma)
    unknown: dict[str, str | None] = {}
    listed = []
    for one in lines:
        function = functions.find(one.function)
        if function is None and one.function and one.function not in unknown:
            unknown[one.function] = functions.find_nearest(one.function)
        listed.append(
            Listed(
                email=one.email,
                name=one.name,
                unit=one.unit,
                location=one.location,
                function=function or one.function,
                manager=one.manager,
                started=one.started,
                ended=one.ended,
                language=one.language,
                aliases=one.aliases,
                since=one.since,
            )
        )
    return listed, unknown
