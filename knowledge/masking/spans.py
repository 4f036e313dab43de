"""What a finder gives back: where something stands, what it is, and the word that takes its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from knowledge.content import Language


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


PASSWORD = "password"
"""A secret too, and readers like to know which."""

_TOKENS: dict[Language, dict[str, str]] = {
    "nl": {
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
        PASSWORD: "[wachtwoord]",
    },
    "en": {
        Kind.BSN: "[BSN]",
        Kind.NATIONAL_NUMBER: "[national number]",
        Kind.IBAN: "[IBAN]",
        Kind.CARD: "[card number]",
        Kind.EMAIL: "[email address]",
        Kind.PHONE: "[phone number]",
        Kind.SECRET: "[key]",
        Kind.IP: "[IP address]",
        Kind.ADDRESS: "[address]",
        Kind.PLATE: "[licence plate]",
        Kind.BIRTH_DATE: "[date of birth]",
        PASSWORD: "[password]",
    },
}
_NAME_OF = {token: name for tokens in _TOKENS.values() for name, token in tokens.items()}
_TOKEN = re.compile("|".join(map(re.escape, _NAME_OF)))


def find_tokens(text: str) -> Iterator[Kind]:
    """The kinds of what was masked, from the words that took its place, in any language."""
    names = (_NAME_OF[match[0]] for match in _TOKEN.finditer(text))
    return (Kind.SECRET if name == PASSWORD else Kind(name) for name in names)


def is_token(text: str) -> bool:
    """Whether this begins with a word that took the place of something."""
    return _TOKEN.match(text) is not None


class Span(NamedTuple):
    start: int
    end: int
    name: str
    """A kind, or `PASSWORD`."""

    def token(self, language: Language) -> str:
        return _TOKENS[language][self.name]
