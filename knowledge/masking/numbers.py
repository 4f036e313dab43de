"""Finds numbers that are someone's: BSN, rijksregisternummer, payment card and telephone number.

A number may be written in groups, so every window of neighbouring groups is tried, the longest first. The check
digits decide; where they leave room (one order number in eleven passes for a BSN), so do the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from stdnum import luhn
from stdnum.be import bis, nn
from stdnum.nl import bsn

from knowledge.masking.spans import Kind, Span

_DIGITS = re.compile(r"[0-9]+")
_JOINT = re.compile(r"[\s.,\-_/()]{1,3}")
_OWN_LENGTHS = (8, 9, 10, 11)
_LONGEST = 19
_MOST_GROUPS = 7
"""More groups than this are a row of numbers, unless every digit stands alone."""

_ORDER_WORDS = re.compile(
    r"(?:order|bestel|bestelling|factuur|ticket|zaak|artikel|product|serie|kvk|kamer van koophandel|btw|offerte"
    r"|incident|melding|change|invoice|purchase|case|po|isbn|ean|sku)"
    r"[ -]?(?:nummer|number|nr|no|id)?[.:#= ]{0,3}$",
    re.IGNORECASE,
)
_BSN_WORDS = re.compile(r"bsn|burgerservice|sofi|social security", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"(?:[€$£]|\beur|\busd)\s?$", re.IGNORECASE)
_AMOUNT_OR_TIME_AFTER = re.compile(r"\s?(?:€|%|euro?\b|,\d\d?(?!\d)|,-|:\d)", re.IGNORECASE)
_WRITTEN_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d(?!\d)")
_EIGHT_DIGIT_DATE = re.compile(
    r"(?:19|20)\d\d[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?(?:19|20)\d\d"
)
_YEARS = re.compile(r"(?:19|20)\d\d\D{1,3}(?:19|20)\d\d")
_INTERNATIONAL_PREFIX = re.compile(r"^00[\s.-]?")
_CAN_BE_INTERNATIONAL = re.compile(r"(?:00)?[1-9]\d{6,16}$")
"""Asked first: a row of zeros would else be parsed thousands of times."""
_HOUR_BEFORE = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3]):$")
_OPENING_HOURS = re.compile(r"\d{1,2}[.]\d\d\s?-\s?\d{1,2}[.]\d\d")
_BSN_SHAPES = {(3, 3, 3), (4, 2, 3), (4, 5), (5, 4), (2, 2, 2, 3), (2, 3, 3), (3, 3, 2), (2, 2, 2, 2), (4, 4)}
_CARD_SHAPES = {(4, 6, 5), (4, 6, 4)}


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring groups of digits that may be one number."""

    text: str
    start: int
    end: int
    sizes: tuple[int, ...]
    digits: str

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.text[max(0, self.start - 40) : self.start]

    @property
    def spelled_out(self) -> bool:
        return len(self.sizes) == len(self.digits)

    def is_ordinary(self) -> bool:
        """An order number or an amount: said by the words and signs around it."""
        return bool(
            _ORDER_WORDS.search(self.before)
            or _MONEY_BEFORE.search(self.before)
            or _AMOUNT_OR_TIME_AFTER.match(self.text, self.end)
        )


def find_numbers(text: str) -> Iterator[Span]:
    groups = [match.span() for match in _DIGITS.finditer(text)]
    place = 0
    while place < len(groups):
        for last, window in reversed(_list_windows(text, groups, place)):
            kind = _find_kind(window)
            if kind is not None:
                start = _start_with_sign(text, window.start) if kind is Kind.PHONE else window.start
                yield Span(start, window.end, kind)
                place = last
                break
        place += 1


def _list_windows(text: str, groups: list[tuple[int, int]], first: int) -> list[tuple[int, _Window]]:
    """The windows that begin with this group and have as many digits as a number can have."""
    windows = []
    digits = ""
    international = _is_international_start(text, groups[first][0])
    sizes: list[int] = []
    for place in range(first, len(groups)):
        start, end = groups[place]
        if sizes and not _JOINT.fullmatch(text, groups[place - 1][1], start):
            break
        digits += text[start:end]
        sizes.append(end - start)
        if len(digits) > _LONGEST or (len(sizes) > _MOST_GROUPS and len(digits) > len(sizes)):
            break
        if len(digits) in _OWN_LENGTHS or international or (len(digits) >= 13 and digits[0] in "23456"):
            windows.append((place, _Window(text, groups[first][0], end, tuple(sizes), digits)))
    return windows


def _is_international_start(text: str, start: int) -> bool:
    return text.startswith("00", start) or _follows_plus(text, start)


def _follows_plus(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].rstrip().endswith("+")


def _start_with_sign(text: str, start: int) -> int:
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _find_kind(window: _Window) -> Kind | None:
    if "," in window.written:  # a list or an amount, unless it is called what it is
        return Kind.BSN if _BSN_WORDS.search(window.before) and _has_bsn_check(window) else None
    if _follows_plus(window.text, window.start) and _is_phone(window):
        return Kind.PHONE
    if _has_bsn_check(window) and _is_bsn(window):
        return Kind.BSN
    if len(window.digits) == 11 and _is_national_number(window):
        return Kind.NATIONAL_NUMBER
    if len(window.digits) >= 13 and _is_card(window):
        return Kind.CARD
    return Kind.PHONE if _is_phone(window) else None


def _has_bsn_check(window: _Window) -> bool:
    number = window.digits.zfill(9)
    return len(window.digits) in (8, 9) and bsn.checksum(number) == 0 and bool(number.strip("0"))


def _is_bsn(window: _Window) -> bool:
    if _BSN_WORDS.search(window.before):
        return True
    if window.is_ordinary() or _EIGHT_DIGIT_DATE.fullmatch(window.written) or _YEARS.search(window.written):
        return False
    if window.sizes[0] == 2 and _HOUR_BEFORE.search(window.before):
        return False
    if len(window.sizes) == 1 or window.sizes in _BSN_SHAPES:
        return True
    return len(window.digits) == 9 and (window.spelled_out or not re.search(r"[\s/_()]", window.written))


def _is_national_number(window: _Window) -> bool:
    """Belgium's: six digits of the birth date, a serial number and a check; bis for who is not in the register."""
    number, check = window.digits[:9], int(window.digits[9:])
    if check not in (97 - int(number) % 97, 97 - int("2" + number) % 97):
        return False
    return bool(nn.is_valid(window.digits) or bis.is_valid(window.digits))


def _is_card(window: _Window) -> bool:
    beginning = int(window.digits[:4])
    if not (3000 <= beginning <= 6999 or 2221 <= beginning <= 2720):
        return False
    in_fours = set(window.sizes[:-1]) <= {4} and window.sizes[-1] <= 4
    shaped = len(window.sizes) == 1 or in_fours or window.sizes in _CARD_SHAPES or window.spelled_out
    return shaped and luhn.checksum(window.digits) == 0


def _is_phone(window: _Window) -> bool:
    digits = window.digits
    if _is_international_start(window.text, window.start):
        return _is_international(window)
    if len(window.sizes) == 1 and len(digits) == 11 and digits.startswith(("316", "324")):
        return True
    if digits[0] != "0" or digits[1] == "0" or len(digits) not in (9, 10):
        return False
    if len(digits) == 9 and window.sizes[:3] == (2, 2, 2):
        return False  # a day and something else
    return not (
        window.is_ordinary() or _WRITTEN_DATE.search(window.written) or _OPENING_HOURS.search(window.written)
    )


def _is_international(window: _Window) -> bool:
    if not _CAN_BE_INTERNATIONAL.match(window.digits):
        return False
    try:
        number = phonenumbers.parse("+" + _INTERNATIONAL_PREFIX.sub("", window.written))
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
