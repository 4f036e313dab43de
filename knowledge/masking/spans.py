"""What a finder gives back: where something stands, what it is, and the word that takes its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    BSN = "bsn"
    NATIONAL_NUMBER = "national_number"
    IBAN = "iban"
    CARD = "card"
    EMAIL = "email"
    PHONE = "phone"
    SECRET = "secret"
    IP = "ip"
    ADDRESS = "address"
    PLATE = "plate"
    BIRTH_DATE = "birth_date"


TOKENS: dict[Kind, str] = {
    Kind.BSN: "[BSN]",
    Kind.NATIONAL_NUMBER: "[rijksregisternummer]",
    Kind.IBAN: "[IBAN]",
    Kind.CARD: "[kaartnummer]",
    Kind.EMAIL: "[e-mailadres]",
    Kind.PHONE: "[telefoonnummer]",
    Kind.SECRET: "[sleutel]",
    Kind.IP: "[IP-adres]",
    Kind.ADDRESS: "[adres]",
    Kind.PLATE: "[kenteken]",
    Kind.BIRTH_DATE: "[geboortedatum]",
}
PASSWORD_TOKEN = "[wachtwoord]"


_KIND_OF = {token: kind for kind, token in TOKENS.items()} | {PASSWORD_TOKEN: Kind.SECRET}
_TOKEN = re.compile("|".join(re.escape(token) for token in _KIND_OF))


def find_tokens(text: str) -> Iterator[Kind]:
    """The kinds of what was masked, from the words that took its place."""
    return (_KIND_OF[match[0]] for match in _TOKEN.finditer(text))


class Span(NamedTuple):
    start: int
    end: int
    kind: Kind
    token: str


def span_of(start: int, end: int, kind: Kind) -> Span:
    return Span(start, end, kind, TOKENS[kind])
