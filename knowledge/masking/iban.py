"""Finds bank accounts: a country, its length and the check over all characters (ISO 13616, modulo 97)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.masking.spans import Kind, Span

_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 "
    "KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 "
    "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 "
    "VA22 VG24 XK20 YE30"
)
_LENGTH_OF = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
_SEPARATOR = r"[\s.\-_/]{0,3}"
_START = re.compile(rf"(?=([A-Za-z]){_SEPARATOR}([A-Za-z]){_SEPARATOR}\d{_SEPARATOR}\d)")
_CHARACTER = re.compile(rf"{_SEPARATOR}([A-Za-z0-9])")
_GROUP = re.compile(r"[A-Za-z0-9]+")
_VALUES = {character: str(value) for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def find_ibans(text: str) -> Iterator[Span]:
    done = 0
    for start in _START.finditer(text):
        length = _LENGTH_OF.get((start[1] + start[2]).upper())
        if length is None or start.start() < done:
            continue
        end = _find_end(text, start.start(), length)
        if end is not None:
            done = end
            yield Span(start.start(), end, Kind.IBAN)


def _find_end(text: str, start: int, length: int) -> int | None:
    """Where the account ends, if what starts here is one."""
    characters = []
    position = start
    for _ in range(length):
        match = _CHARACTER.match(text, position)
        if match is None:
            return None
        characters.append(match[1].upper())
        position = match.end()
    moved = characters[4:] + characters[:4]
    number = int("".join(_VALUES[character] for character in moved))
    if number % 97 != 1 or not _is_written_as_one(text[start:position], characters):
        return None
    return position


def _is_written_as_one(written: str, characters: list[str]) -> bool:
    """In one piece, in fours, or mostly digits; else it is a sentence that happens to pass the check."""
    groups = [len(group) for group in _GROUP.findall(written)]
    if len(groups) == 1 or set(groups[:-1]) == {4}:
        return True
    return sum(character.isdigit() for character in characters[4:]) * 2 >= len(characters) - 4
