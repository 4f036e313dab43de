"""What a finder gives back: where something stands, what it is, and the word that takes its place."""

from __future__ import annotations

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


class Span(NamedTuple):
    start: int
    end: int
    kind: Kind
    token: str


def span_of(start: int, end: int, kind: Kind) -> Span:
    return Span(start, end, kind, TOKENS[kind])
