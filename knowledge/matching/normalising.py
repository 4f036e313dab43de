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
_TAGS = "a|b|i|u|s|p|br|hr|em|del|div|span|strong|code|pre|ul|ol|li|h[1-6]|table|tr|td|th|blockquote|at"
_MARKUP = (
    (re.compile(r"<(?:https?://|mailto:)[^|>\s]*\|([^>]*)>"), r" \1 "),
    (re.compile(r"<[@#][A-Z0-9]{3,20}(?:\|([^>]*))?>"), r" \1 "),
    (re.compile(r"<!(?:channel|here|everyone)>"), " "),
    # Bare tags only. Whatever else stands between brackets or colons is somebody's words: <naam van de klant>.
    (re.compile(rf"</?(?:{_TAGS})\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"(?<!\w):([a-z][a-z0-9_+\-]{1,40}):(?!\w)"), lambda found: f" {found[1].replace('_', ' ')} "),
    (re.compile(r"[*_~`<>#|]+"), " "),
)
_MOST_CHARACTERS = 60_000
"""Some letters stand for eighteen; no message that a platform takes is longer than this without them."""
LONGEST_WORD = 59
"""Longer than any word there is. What is read in a word costs more than its length squared."""
_SPELLED_OUT = re.compile(r"(?<!\w)(?:\w[ .\-]){4,}\w(?!\w)")
_SIGNS = re.compile(r"(?<=[^\W\d_])[@$€!](?=[^\W\d_])")
_SIGN_LETTERS = {"@": "a", "$": "s", "€": "e", "!": "i"}
"""Signs that stand for letters inside a word: ch@tgpt."""
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
WORD = re.compile(r"[a-z0-9]+(?:['.&+\-][a-z0-9]+)*")


def clean(text: str) -> str:
    """The text without invisible characters, markup and look-alike letters; case and accents stay."""
    text = unicodedata.normalize("NFKC", text)[:_MOST_CHARACTERS]
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").translate(_QUOTES)
    text = "".join(_replace_look_alikes(word) for word in re.split(r"(\s+)", text))
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = _SIGNS.sub(lambda found: _SIGN_LETTERS[found.group()], text)
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
    """One letter more than a word can have stays of a longer one: enough to see that it cannot be read."""
    return [word[: LONGEST_WORD + 1] for word in WORD.findall(folded)]


def squash(text: str) -> str:
    """Only letters and digits, so that chat-gpt, chat gpt and ChatGPT are one."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())
