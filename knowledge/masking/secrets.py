"""Finds passwords, keys and tokens: by how they begin, by the word before them, or by how random they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.masking.spans import PASSWORD, Kind, Span, is_token

_KNOWN = re.compile(
    r"""
    -----BEGIN\ [A-Z ]{0,40}PRIVATE\ KEY(?:\ BLOCK)?-----
        .*?(?:-----END\ [A-Z ]{0,40}PRIVATE\ KEY(?:\ BLOCK)?-----|\Z)
    | (?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+){0,3}                      # JSON web token
    | (?<![A-Za-z0-9])(?:
        sk-[\w-]{16,} | xox[a-z]-[\w-]{10,} | xapp-[\w-]{10,}       # OpenAI and its likes, Slack
      | gh[pousr]_\w{20,} | github_pat_\w{20,} | glpat-[\w-]{16,}   # GitHub, GitLab
      | A[KS]IA[0-9A-Z]{16} | AIza[\w-]{30,} | ya29\.[\w-]{20,}     # Amazon, Google
      | [spr]k_(?:live|test)_\w{10,} | SG\.[\w-]{16,}\.[\w-]{16,}   # Stripe, SendGrid
      | hf_\w{20,} | npm_\w{30,} | pypi-[\w-]{40,} | shp[a-z]{2}_\w{20,} | dop_v1_\w{30,}
      )
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_ADDRESS = re.compile(r"://[^\s/:@]{0,64}:([^\s/@]{1,128})@")
_BEARER = re.compile(r"\b(?:bearer|basic)\s{1,3}([\w.~+/=-]{12,})", re.IGNORECASE)

PASSWORD_WORD = (
    r"(?:wachtwoord(?:en)?|paswoord|password|passwd|passphrase|passcode|toegangscode"
    r"|(?:login|inlog|wifi)[ -]?code|(?<![^\W_])(?:ww|pwd?|pass|pin(?:[ -]?code)?))"
)
_OF_WHAT = r"(?:\s(?:van|voor|op|bij|of|for|to|on)(?:\s[\w-]{1,20}){1,3})?"
_SIGN = r"(?P<sign>\s{0,3}(?::=|=>|->|[:=])\s{0,3}|\s{1,3}(?:is|was|luidt)(?:\s{0,3}:\s{0,3}|\s{1,3}))"
_VALUE = r"""(?:"(?P<double>[^"\n]{1,200})"|'(?P<single>[^'\n]{1,200})'|(?P<bare>[^\s"',;]{1,200}))"""
_PASSWORD = re.compile(PASSWORD_WORD + _OF_WHAT + _SIGN + _VALUE, re.IGNORECASE)
_CHOSEN = r"(?!\S{1,64}@[\w-]+\.)(?=\S{0,60}?[A-Za-z])(?=\S{0,60}?(?:\d|[#$%^&*+=]|!\w))[^\s\"',;]{6,200}"
"""Letters with a digit or a sign among them, as in passwords and seldom in a sentence; no e-mail address."""
_UNSIGNED = re.compile(
    rf"{PASSWORD_WORD}{_OF_WHAT}(?:\s{{1,3}}[-–]?|[.…]{{1,3}}\s|;)\s{{0,3}}\(?"
    rf"""(?:"(?P<double>\w[^"\s]{{2,60}})"|'(?P<single>\w[^'\s]{{2,60}})'|(?P<bare>{_CHOSEN}))""",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:inlog(?:gen|gegevens|naam)?|log-?in|credentials|gebruiker(?:snaam)?|user(?:name)?|account)"
    r"(?:\s{0,2}[:=]\s{0,2}[^\s/.:]{1,64}\s{0,2}/\s{0,2}|(?:\s{0,2}[:=])?\s{1,2}[^\s/]{1,64}\s{1,2}/\s{1,2})"
    r"(?P<bare>(?=\S{0,60}?[A-Za-z])(?=\S{0,60}?[\d!@#$%^&*+=])[^\s/\"',;]{4,200})",
    re.IGNORECASE,
)
"""A name and, behind a slash, the password that goes with it."""
_ONLY_A_LABEL = re.compile(r"(?:ww|pwd?|pass)\W", re.IGNORECASE)
"""What is short for it stands before the password itself, never before a question about one."""
_KEY = re.compile(
    r"(?:token|secret|sleutel|apikey|accesskey|accountkey|(?<![^\W_])(?:\w{1,20}[ _-])?key)"
    rf"{_SIGN}{_VALUE}",
    re.IGNORECASE,
)
NOTHING_MORE = re.compile(r"[.?)]*\s{0,3}(?:$|\n|[;|]|,\s{0,3}\w{1,20}\s?[:=])")
"""The line ends, or the next labelled value follows: a word that stands alone is the password itself."""
_NO_PASSWORD = re.compile(
    "vergeten|kwijt|verlopen|onbekend|nodig|ja|nee|geheim|reset|fout|hoe|wat|waar|mag|kan|ik|is"
    "|forgotten|lost|expired|unknown|needed|yes|no|wrong|how|what|where|may|can|i",
    re.IGNORECASE,
)
"""What people say about a password after a colon, rather than the password."""

_LONG_WORD = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,}={0,2}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[+/_-]+")


def find_secrets(text: str) -> Iterator[Span]:
    for match in _KNOWN.finditer(text):
        yield Span(match.start(), match.end(), Kind.SECRET)
    for match in _IN_ADDRESS.finditer(text):
        if not is_token(match[1]):
            yield Span(match.start(1), match.end(1), PASSWORD)
    for match in _BEARER.finditer(text):
        if any(character.isdigit() for character in match[1]):
            yield Span(match.start(1), match.end(1), Kind.SECRET)
    for pattern, is_secret, name in (
        (_PASSWORD, _is_password, PASSWORD),
        (_UNSIGNED, _is_said, PASSWORD),
        (_LOGIN, _is_said, PASSWORD),
        (_KEY, _is_key, Kind.SECRET),
    ):
        for match in pattern.finditer(text):
            if is_secret(match, text):
                yield _value_span(match, name)
    for match in _LONG_WORD.finditer(text):
        if _looks_random(match[0]):
            yield Span(match.start(), match.end(), Kind.SECRET)


def _value_span(match: re.Match[str], name: str) -> Span:
    """The value alone; a full stop or question mark behind it belongs to the sentence."""
    group = match.lastgroup or "bare"
    value = match[group]
    kept = len(value) - len(value.rstrip(".?)")) if group == "bare" else 0
    return Span(match.start(group), match.end(group) - kept, name)


def _is_password(match: re.Match[str], text: str) -> bool:
    group = match.lastgroup or "bare"
    value = match[group].rstrip(".?)")
    if not value or is_token(value):
        return False
    if value.isdigit():
        return len(value) >= 4
    if group != "bare":
        return True
    if not (value.islower() or value.istitle()) or not value.isalpha():
        assigned = any(sign in match["sign"] for sign in ":=-")
        return assigned or any(character.isdigit() or character in "!@#$%^&*+=" for character in value)
    if _NO_PASSWORD.fullmatch(value) or match["sign"].strip().isalpha():
        return False
    return (
        match["sign"] == "="
        or _ONLY_A_LABEL.match(match[0]) is not None
        or NOTHING_MORE.match(text, match.end()) is not None
    )


def _is_key(match: re.Match[str], text: str) -> bool:
    value = match[match.lastgroup or "bare"].rstrip(".?)")
    if is_token(value) or len(value) < 8:
        return False
    digits = sum(character.isdigit() for character in value)
    mixed = value != value.lower() and value != value.upper() and not value.istitle()
    return 0 < digits < len(value) or (mixed and len(value) >= 16)


def _is_said(match: re.Match[str], text: str) -> bool:
    """Its form alone makes it a password, unless it is quoted and says what happened to one."""
    value = match[match.lastgroup or "bare"]
    return not (is_token(value) or _NO_PASSWORD.fullmatch(value))


def _looks_random(word: str) -> bool:
    """Letters, capitals and digits change places far more often than in a name, a title or a serial number."""
    if _UUID.fullmatch(word):
        return False
    parts = _SEPARATORS.split(word.rstrip("="))
    whole = "".join(parts)
    return _is_mixed(whole, 6) or any(_is_mixed(part, 10) for part in parts)


def _is_mixed(part: str, most_between: int) -> bool:
    if len(part) < 20:
        return False
    kinds = ["0" if one.isdigit() else "A" if one.isupper() else "a" for one in part]
    changes = sum(one != other for one, other in pairwise(kinds))
    to_digits = sum(one != other and "0" in (one, other) for one, other in pairwise(kinds))
    return changes >= len(part) / 4 and to_digits >= max(2, len(part) // most_between)
