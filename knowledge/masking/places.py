"""Finds what ties a text to a person or a place: e-mail, IP and street addresses, plates, birth dates, IBANs."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from knowledge.masking.iban import find_ibans
from knowledge.masking.spans import Kind, Span

_AT = re.compile(r"@|[\[({](?:at|apenstaartje)", re.IGNORECASE)
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?:\s{0,2}@\s{0,2}|\s?[\[({](?:at|apenstaartje)[\])}]\s?)"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
_SPOKEN_AT = re.compile(r"\b(?:at|ape(?:n)?staartje)\b|@", re.IGNORECASE)
_AT_SIGN = r"(?:\s{0,2}@\s{0,2}|\s{0,2}[\[({]\s?(?:at|ape(?:n)?staartje|@)\s?[\])}]\s{0,2})"
_AT_WORD = r"\s{1,2}(?:at|ape(?:n)?staartje)\s{1,2}"
_DOT_WORD = r"(?:\s{1,2}(?:dot|punt)\s{1,2}|\s{0,2}[\[({]\s?(?:dot|punt|\.)\s?[\])}]\s{0,2})"
_SPOKEN_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}+(?:{_DOT_WORD}[\w+-]{{1,40}}){{0,4}}"
    rf"(?:{_AT_SIGN}|{_AT_WORD}(?=[\w-]{{1,63}}{_DOT_WORD}))[\w-]{{1,63}}"
    rf"(?:(?:{_DOT_WORD}|\.)[\w-]{{1,63}}){{0,7}}(?:{_DOT_WORD})[A-Za-z]{{2,20}}(?![\w-])",
    re.IGNORECASE,
)
"""An address written so that no machine reads it: jan (at) voorbeeld (dot) nl, jan at voorbeeld dot nl."""
_IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")
_IPV6 = re.compile(r"(?<![0-9A-Za-z.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_VERSION = re.compile(r"(?:\bv|versie|version|release)[ .]{0,2}$", re.IGNORECASE)

_POSTCODE = r"(?<![\w.,-])[1-9]\d{3}(?:\s{0,2}(?!SA|SD|SS)[A-Z]{2}|(?!sa|sd|ss)[a-z]{2})(?![\w])"
_HOUSE = r"\d{1,5}(?:\s?[-/]?\s?(?:[A-Za-z]|[IVX]{1,4}|\d{1,4}|bis|hs))?(?!\w)"
_ADDRESS = re.compile(
    rf"(?P<code>{_POSTCODE})[\s,]{{1,3}}(?:(?:huis)?(?:nummer|nr)\.?:?\s{{0,2}})?{_HOUSE}"
    rf"|(?:(?:[A-Z][\w'.-]{{1,40}}\s){{0,3}}[\w'-]{{2,40}}\s)?(?<!\w){_HOUSE}\s{{0,2}},?\s{{1,2}}(?P<after>{_POSTCODE})"
)
_YEAR_AND_TOPIC = re.compile(
    r"(?:19|20)\d\d\s+(?:AI|IT|HR|EU|PR|NL|BE|MT|OR|BV|NV|KM|KB|MB|GB|TB|ML|KG|CM|MM|UK|US|VS|PC|TV)"
)
"""'2026 AI' is a year and a topic rather than a postcode."""

_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}-\d\d-\d\d|\d\d-\d\d-[A-Z]{2}|\d\d-[A-Z]{2}-\d\d|[A-Z]{2}-\d\d-[A-Z]{2}"
    r"|[A-Z]{2}-[A-Z]{2}-\d\d|\d\d-[A-Z]{2}-[A-Z]{2}|\d\d-[A-Z]{3}-\d|\d-[A-Z]{3}-\d\d"
    r"|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d\d-[A-Z]|[A-Z]-\d\d-[A-Z]{3}"
    r"|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d|\d-[A-Z]{3}-\d{3})(?![\w-])"
)
"""The forms the Dutch registry gave out, and the Belgian one (1-ABC-234), in capitals and with dashes."""
_NAMED_PLATE = re.compile(
    r"\b(?:kenteken(?:nummer)?|nummerplaat|(?:licen[cs]e|number|registration) plate)"
    r"(?:\s?[:=]\s?|\s(?:is|van|nr\.?|number)?\s?)"
    r"(?P<plate>(?=[\w-]{0,7}\d)(?=[\w-]{0,7}[A-Za-z])[A-Za-z0-9]{1,7}(?:[ -][A-Za-z0-9]{1,4}){0,2})(?![\w-])",
    re.IGNORECASE,
)

_DAY = (
    r"(?:\d{1,2}[\s./-]{1,2}\d{1,2}[\s./-]{1,2}\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{8}"
    r"|\d{1,2}(?:st|nd|rd|th|e)?\s{1,2}(?:of\s)?[a-z]{3,10}\.?,?\s{1,2}\d{2,4}"
    r"|[a-z]{3,10}\.?\s{1,2}\d{1,2}(?:st|nd|rd|th)?,?\s{1,2}\d{4})"
)
_BIRTH_DATE = re.compile(
    r"(?<!\w)(?:geboortedatum|geboortedag|geboren|geb|gebdatum|date of birth|birth ?date|d\.?o\.?b|born)\b\.?"
    rf"[\s:=(]{{0,3}}(?:(?:is|op|was|on|datum|the)[\s:=]{{1,3}}){{0,2}}(?P<day>{_DAY})(?!\d)",
    re.IGNORECASE,
)


def find_places(text: str) -> Iterator[Span]:
    if _AT.search(text):
        for match in _EMAIL.finditer(text):
            yield Span(match.start(), match.end(), Kind.EMAIL)
    if _SPOKEN_AT.search(text):
        for match in _SPOKEN_EMAIL.finditer(text):
            yield Span(match.start(), match.end(), Kind.EMAIL)
    yield from find_ibans(text)
    yield from _find_ip_addresses(text)
    for match in _BIRTH_DATE.finditer(text):
        yield Span(match.start("day"), match.end("day"), Kind.BIRTH_DATE)
    for match in _ADDRESS.finditer(text):
        if not _YEAR_AND_TOPIC.fullmatch(match["code"] or match["after"]):
            yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _PLATE.finditer(text):
        yield Span(match.start(), match.end(), Kind.PLATE)
    for match in _NAMED_PLATE.finditer(text):
        yield Span(match.start("plate"), match.end("plate"), Kind.PLATE)


def _find_ip_addresses(text: str) -> Iterator[Span]:
    for match in _IPV4.finditer(text):
        numbers = [int(number) for number in match[0].split(".")]
        before = text[max(0, match.start() - 12) : match.start()]
        if max(numbers) <= 255 and not _VERSION.search(before):
            yield Span(match.start(), match.end(), Kind.IP)
    for match in _IPV6.finditer(text):
        if len(match[0].replace(":", "")) >= 5 and _is_ipv6(match[0]):  # '12::30' is one too, by the letter
            yield Span(match.start(), match.end(), Kind.IP)


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
