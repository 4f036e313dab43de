"""Reads a list of people: who works here, where, as what and under whom; every mistake by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from knowledge.incoming.columns import Cells, find_columns
from knowledge.incoming.lines import Lines, Wrong

FIELDS = MappingProxyType(
    {
        "email": ("e-mail", "e-mailadres", "mail", "emailadres", "werk e-mail", "work email", "e-mail address"),
        "name": ("naam", "volledige naam", "full name", "medewerker", "employee"),
        "unit": ("afdeling", "onderdeel", "eenheid", "team", "department"),
        "location": ("locatie", "vestiging", "standplaats", "office", "site"),
        "function": ("functie", "functietitel", "rol", "job title", "job", "title", "position"),
        "manager": ("leidinggevende", "manager e-mail", "e-mail manager", "e-mail leidinggevende", "reports to"),
        "started": ("in dienst", "in dienst sinds", "datum in dienst", "start date", "hire date", "startdatum"),
        "ended": ("uit dienst", "datum uit dienst", "end date", "einddatum", "last day"),
        "language": ("taal", "voorkeurstaal", "preferred language"),
        "aliases": ("alias", "andere e-mail", "andere e-mailadressen", "other e-mail", "other emails"),
        "away_since": ("afwezig vanaf", "afwezig sinds", "verlof vanaf", "absent from", "away from", "leave from"),
        "away_until": ("afwezig tot", "terug op", "verlof tot", "absent until", "away until", "back on"),
        "since": ("vanaf", "per", "ingangsdatum", "from", "effective date"),
    }
)
"""What a column may be headed, beside the field's own name."""
_LANGUAGES = {
    "nl": "nl", "nederlands": "nl", "dutch": "nl", "nederland": "nl",
    "en": "en", "engels": "en", "english": "en",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonLine:
    line: int
    email: str
    name: str
    unit: str
    location: str
    function: str
    """As written."""
    manager: str
    """E-mail address; empty where nobody leads them."""
    started: date | None
    ended: date | None
    language: str | None
    aliases: tuple[str, ...]
    since: date | None
    """From when this holds, where the list says so."""
    away: tuple[date, date | None] | None = None
    """Since when they are away, and the first day back where it is known. Why is never read."""


@dataclass(frozen=True, slots=True)
class PeopleList:
    people: tuple[PersonLine, ...]
    unread: tuple[str, ...]
    """Columns that mean nothing to us."""
    says_who_is_away: bool = False
    """Then who is away by an earlier list, and not by this one, is back."""


def read_people(lines: Lines, mapped: Mapping[str, str] = MappingProxyType({})) -> PeopleList:
    """LineErrors with all that is wrong."""
    wrong = Wrong()
    columns = find_columns(lines, FIELDS, ("email", "name"), mapped, wrong)
    wrong.raise_any()
    people = [_read(Cells(line, row, columns, lines.headings, wrong)) for line, row in lines.rows]
    _check_addresses(people, wrong)
    _check_leaders(people, wrong)
    wrong.raise_any()
    return PeopleList(tuple(people), columns.unread, "away_since" in columns)


def _read(cells: Cells) -> PersonLine:
    language = cells.text("language")
    if language and language.casefold() not in _LANGUAGES:
        cells.fail("language", f"'{language}'", "write nl or en, or leave it empty")
    person = PersonLine(
        line=cells.line,
        email=cells.email("email"),
        name=cells.text("name"),
        unit=cells.text("unit"),
        location=cells.text("location"),
        function=cells.text("function"),
        manager=cells.email("manager"),
        started=cells.day("started"),
        ended=cells.day("ended"),
        language=_LANGUAGES.get(language.casefold()),
        aliases=cells.emails("aliases"),
        since=cells.day("since"),
        away=_read_away(cells),
    )
    if not cells.text("email"):
        cells.fail("email", "nothing", "everybody has an e-mail address: accounts are tied by it")
    if person.started and person.ended and person.ended < person.started:
        cells.fail("ended", f"{person.ended}", f"the end comes after the start, {person.started}")
    return person


def _read_away(cells: Cells) -> tuple[date, date | None] | None:
    since, until = cells.day("away_since"), cells.day("away_until")
    if since is not None and until is not None and until <= since:
        cells.fail("away_until", f"{until}", f"the first day back comes after the first day away, {since}")
    if since is None and until is not None:
        cells.fail("away_since", "nothing", f"write since when they are away; they are back on {until}")
    return None if since is None else (since, until)


def _check_addresses(people: list[PersonLine], wrong: Wrong) -> None:
    """No address may be of two people, as their own or as another one."""
    first: dict[str, int] = {}
    for person in people:
        for email in dict.fromkeys((person.email, *person.aliases)):
            line = first.setdefault(email, person.line)
            if email and line != person.line:
                wrong.note(
                    person.line, "", f"{email}, as in line {line}", "give each person an address of their own"
                )


def _check_leaders(people: list[PersonLine], wrong: Wrong) -> None:
    """Nobody leads themselves, by however long a way round."""
    own = {email: person.email for person in people for email in (person.email, *person.aliases)}
    leads = {person.email: own.get(person.manager, "") for person in people}
    lines = {person.email: person.line for person in people}
    cleared: set[str] = set()
    for email in leads:
        way: dict[str, None] = {}
        while email and email not in cleared:
            if email in way:
                steps = list(way)[list(way).index(email) :]
                ring = " -> ".join([*steps[:6], *(["..."] if len(steps) > 6 else []), email])
                right = "nobody leads themselves; leave out one manager"
                wrong.note(lines[email], "", f"a ring of managers: {ring}", right)
                break
            way[email] = None
            email = leads.get(email, "")  # noqa: PLW2901 - one step up
        cleared.update(way)
