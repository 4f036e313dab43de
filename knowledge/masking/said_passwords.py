"""Finds passwords that are words among words: "pincode 1234", "mijn ww is zomer", "gebruiker jan ww geheim".

Such a word may as well be what somebody says about a password, so it is only one where nothing else fits: at the
end of what is said, behind a name to log in with, or as digits behind "pincode".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.masking.secrets import PASSWORD_WORD
from knowledge.masking.spans import PASSWORD, Span, is_token

_PIN = re.compile(
    r"(?<![^\W_])(?:pin(?:[ -]?(?:code|nummer|number))?|passcode"
    r"|(?:toegangs|alarm|deur|kluis|login|inlog|access)[ -]?code)"
    r"(?:\s(?:van|voor|op|of|for)(?:\s[\w-]{1,20}){1,2})?(?:\s{1,3}(?:is|was)|\s{0,3}[:=])?\s{1,3}"
    r"(?P<bare>\d(?:[ .-]?\d){3,7})(?![\w,.]?\d|\s?(?:%|€|euro|stuks|keer|x\b))",
    re.IGNORECASE,
)
_IS_A_WORD = re.compile(
    rf"(?<![^\W_]){PASSWORD_WORD}(?:\s{{0,3}}[:=])?\s{{1,3}}(?:is|was|luidt|wordt)(?:\s{{1,3}}(?:gewoon|nu|just|now))?"
    r"\s{1,3}(?P<bare>[^\W\d_]{3,40})(?![\w'-])",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:$|[.,;!?)\n]|(?:en|and|mag|kan|may|can)\b)")
_BEHIND_A_NAME = re.compile(
    r"(?<![^\W_])(?:gebruiker(?:s ?naam)?|user(?: ?name)?|inlog(?:naam)?|log ?in|account ?naam)"
    r"(?:\s{0,3}[:=]|\sis)?\s{1,3}(?P<name>[^\s,;:=]{1,64})"
    rf"(?:\s{{0,3}}[,;/&+]|\s(?:en|and|met|with))?\s{{1,3}}(?:(?:het|mijn|the|my)\s)?{PASSWORD_WORD}"
    r"(?:\s{0,3}[:=]|\sis)?\s{1,3}(?P<bare>[^\s\"',;:=]{3,64})",
    re.IGNORECASE,
)
_BECAME = re.compile(
    r"(?:ge|ver|be|ont|her|weg|op|af|in|uit|aan|door)\w{2,30}(?:d|t|en|n)"
    r"|\w+(?:lijk|rijk|baar|loos|zaam|ig|isch|ed|able|ible|ful|ly|ing)",
    re.IGNORECASE,
)
"""What became of a password, or what it is like, by the form of the word."""
_WORDS = """
kwijt weg op oud nieuw fout goed slecht zwak sterk lang kort raar klaar stuk lek geheim openbaar dezelfde
hetzelfde anders leeg juist correct incorrect simpel complex uniek reset default standaard temporary old new
wrong good bad weak strong long short lost gone forgotten known unknown secret safe unsafe broken stolen same
different empty right easy hard public private nodig onbekend needed required werkt werkte doet manager beheer
instellen kiezen delen een de het dat die dit deze wat hoe waar wie niet geen wel ook maar mag kan moet wil ik
je jij hij zij we wij ze mijn jouw zijn haar ons onze voor van met naar bij om aan als nog al er hier daar
weer nooit altijd soms vaak steeds eens even en of is was wordt a an the that this what how where who not no
may can must i you he she it they my your his her our for to by at as too so very never always still again and
or
"""
"""Its condition, and words that go on with the sentence."""
_SAID_ABOUT_ONE = frozenset(_WORDS.split())
_LIKELY_ONE = "geheim"
"""Behind a name it is the password; alone it says what passwords are."""


def find_said_passwords(text: str) -> Iterator[Span]:
    for match in _PIN.finditer(text):
        yield Span(match.start("bare"), match.end("bare"), PASSWORD)
    for match in _IS_A_WORD.finditer(text):
        if _may_be_one(match["bare"]) and _ENDS.match(text, match.end()):
            yield Span(match.start("bare"), match.end("bare"), PASSWORD)
    for match in _BEHIND_A_NAME.finditer(text):
        value = match["bare"].rstrip(".?)!")
        if (_may_be_one(value) or value.lower() == _LIKELY_ONE) and _may_be_one(match["name"]):
            yield Span(match.start("bare"), match.start("bare") + len(value), PASSWORD)


def _may_be_one(value: str) -> bool:
    said = value.lower() in _SAID_ABOUT_ONE or _BECAME.fullmatch(value)
    return bool(value) and not is_token(value) and not said
