"""Makes different ways to type the same thing look the same: letters, accents, spaces, markup."""

from __future__ import annotations

import re
import unicodedata

# Letters of other alphabets that look like ours: what the eye takes for "wachtwoord" is "wachtwoord".
_LIKE = {
    **dict(zip("авеёікмнорстухѕһјԁԛԝѡցҽқѵ", "abeeikmhopctyxshjdqwwgekv", strict=True)),
    **dict(zip("οαβεικνρτυχϲϳσωμη", "oabeikvptuxcjowmn", strict=True)),
    **dict(zip("սոօցհյ", "unoghj", strict=True)),
    **dict(zip("ɑɡıⅼӏø", "agillo", strict=True)),
}
_LOOK_ALIKES = str.maketrans(
    {**_LIKE, **{odd.upper(): plain.upper() for odd, plain in _LIKE.items() if len(odd.upper()) == 1}}
)
_MARKUP = (
    (re.compile(r"<(?:https?://|mailto:)[^|>\s]*\|([^>]*)>"), r" \1 "),
    (re.compile(r"</?[a-z@#!/][^<>\n]{0,80}>", re.IGNORECASE), " "),
    (re.compile(r":[a-z][a-z0-9_+\-]{1,40}:"), " "),
    (re.compile(r"[*_~`>#|]+"), " "),
)
_SPELLED_OUT = re.compile(r"(?<!\w)(?:\w[ .\-]){4,}\w(?!\w)")
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
WORD = re.compile(r"[a-z0-9]+(?:['.&+\-][a-z0-9]+)*")


def clean(text: str) -> str:
    """The text without invisible characters, markup and look-alike letters; case and accents stay."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").translate(_QUOTES)
    text = "".join(_replace_look_alikes(word) for word in re.split(r"(\s+)", text))
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = _SPELLED_OUT.sub(lambda found: re.sub(r"[ .\-]", "", found.group()), text)
    return _SPACES.sub(" ", text).strip()


def _replace_look_alikes(word: str) -> str:
    if word.isascii() or not any("\u0370" <= c <= "\u058f" or c in "ɑɡıⅼø" for c in word.lower()):
        return word
    return word.translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """Lower case without accents: what every comparison works on."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def split_words(folded: str) -> list[str]:
    return WORD.findall(folded)


def squash(text: str) -> str:
    """Only letters and digits, so that chat-gpt, chat gpt and ChatGPT are one."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())
