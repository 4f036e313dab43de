"""Personal data and secrets made up by Hypothesis: valid by their check digits, and nobody's."""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Callable

from hypothesis import strategies as st

Disguise = Callable[[str], str]
DIGITS = "0123456789"
ALNUM = string.ascii_letters + DIGITS


def core_of(text: str) -> str:
    """Letters and digits only: a value must not survive without its separators either."""
    return "".join(character for character in text if character.isalnum())


def _grouped(digits: str, shape: tuple[int, ...], separator: str) -> str:
    parts, place = [], 0
    for size in shape:
        parts.append(digits[place : place + size])
        place += size
    return separator.join(parts)


def _close_bsn(eight: str) -> str | None:
    total = sum(int(digit) * weight for digit, weight in zip(eight, range(9, 1, -1), strict=True))
    check = total % 11
    return None if check == 10 or not eight.strip("0") else f"{eight}{check}"


@st.composite
def bsns(draw: st.DrawFn) -> str:
    number = draw(st.text(DIGITS, min_size=8, max_size=8).map(_close_bsn).filter(bool))
    shape = draw(st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (4, 5)]))
    return _grouped(str(number), shape, draw(st.sampled_from([".", " ", "-", "\u00a0", "·", "\u2011"])))


@st.composite
def national_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates()).strftime("%m%d")
    year, serial = draw(st.integers(30, 99)), draw(st.integers(1, 997))
    start = f"{year}{born}{serial:03}"
    digits = f"{start}{97 - int(start) % 97:02}"
    grouped = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"
    return draw(st.sampled_from([digits, grouped]))


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country, letters, digits = draw(st.sampled_from([("NL", 4, 10), ("BE", 0, 12), ("DE", 0, 18), ("GB", 4, 14)]))
    account = draw(st.text(string.ascii_uppercase, min_size=letters, max_size=letters))
    account += draw(st.text(DIGITS, min_size=digits, max_size=digits))
    value = int("".join(str(int(character, 36)) for character in f"{account}{country}00"))
    iban = f"{country}{98 - value % 97:02}{account}"
    fours = " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))
    return draw(st.sampled_from([iban, iban.lower(), fours, fours.replace(" ", "-"), fours.replace(" ", ".")]))


def _close_luhn(start: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(start)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{start}{-total % 10}"


@st.composite
def cards(draw: st.DrawFn) -> str:
    start = draw(st.sampled_from(["4", "51", "55", "2221", "6011"]))
    number = _close_luhn(start + draw(st.text(DIGITS, min_size=15 - len(start), max_size=15 - len(start))))
    return _grouped(number, draw(st.sampled_from([(16,), (4, 4, 4, 4)])), draw(st.sampled_from([" ", "-", "."])))


@st.composite
def emails(draw: st.DrawFn) -> str:
    word = st.text(string.ascii_letters + DIGITS + "_-", min_size=1, max_size=10)
    local = ".".join(draw(st.lists(word, min_size=1, max_size=3)))
    domain = draw(st.text(string.ascii_lowercase + DIGITS, min_size=1, max_size=12))
    return f"{local}@{domain}.{draw(st.sampled_from(['nl', 'be', 'com', 'co.uk', 'amsterdam']))}"


@st.composite
def phones(draw: st.DrawFn) -> str:
    rest = draw(st.text(DIGITS, min_size=8, max_size=8))
    mobile = draw(st.sampled_from(["06{}", "06-{}", "06 {}", "+316{}", "+31 6 {}", "+31(0)6{}", "0031 6 {}"]))
    belgian = draw(st.sampled_from(["0475{}", "+32475{}", "+32 475 {}", "0032475{}"]))
    landline = draw(st.sampled_from(["(020) {}", "010-{}", "020 {}", "+31 20 {}"]))
    return draw(st.sampled_from([mobile.format(rest), belgian.format(rest[:6]), landline.format("5" + rest[:6])]))


@st.composite
def keys(draw: st.DrawFn) -> str:
    start, alphabet, length = draw(
        st.sampled_from(
            [
                ("sk-", ALNUM, 32),
                ("sk-proj-", ALNUM, 40),
                ("xoxb-", DIGITS, 24),
                ("ghp_", ALNUM, 36),
                ("AKIA", string.ascii_uppercase + DIGITS, 16),
                ("AIza", ALNUM, 35),
                ("glpat-", ALNUM, 20),
            ]
        )
    )
    known = start + draw(st.text(alphabet, min_size=length, max_size=length))
    parts = draw(st.lists(st.binary(min_size=12, max_size=24), min_size=2, max_size=2))
    token = "eyJhbGciOiJIUzI1NiJ9." + ".".join(
        base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts
    )
    return draw(st.sampled_from([known, token]))


def ip_addresses() -> st.SearchStrategy[str]:
    sixth = st.ip_addresses(v=6, network="2001:db8::/32").map(str)
    return st.one_of(st.ip_addresses(v=4).map(str), sixth)


def _full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if character.isdigit() else character for character in text)


def _arabic(text: str) -> str:
    return "".join(chr(0x0660 + int(character)) if character.isdigit() else character for character in text)


DISGUISES: list[Disguise] = [
    str,
    _full_width,
    _arabic,
    "\u200b".join,
    "\u00ad".join,
    "\ufe0f\u20e3".join,
    lambda text: text.replace(" ", "\u2009").replace("-", "\u2013").replace(".", "\u2022"),
    lambda text: " ".join(list(core_of(text))),
    lambda text: ".".join(list(core_of(text))),
]

OFFICE_WORDS = re.findall(
    r"\S+",
    """mag ik een mail aan de klant laten schrijven door ChatGPT of Copilot met onze cijfers van 2025 en 3 bijlagen
    notulen samenvatten vertalen naar het Engels wachtwoord token sleutel BSN IBAN telefoonnummer adres kenteken
    geboren is was op in voor over zonder namen contract 12 24 100 2024 2026 vrijdag 14:30 uur, kan dat?
    may we use AI for this report about 20 customers and the password of our key account please""",
)
