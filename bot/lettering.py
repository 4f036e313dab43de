"""The letters that pictures and sheets are drawn in: Noto Sans, which has all of Latin, Greek and Cyrillic."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from importlib.resources import files
from pathlib import Path

_PLAIN = {
    0x2713: "v", 0x2714: "v", 0x2705: "v", 0x2611: "v", 0x2717: "x", 0x274C: "x", 0x26D4: "x", 0x2192: "->",
    0x2190: "<-", 0x21D2: "=>", 0x2264: "<=", 0x2265: ">=", 0x2260: "!=", 0x2248: "~", 0xFE0F: "", 0x200D: "",
    0x2194: "<->", 0x2605: "*", 0x2022: "\xb7", 0x00A0: " ", 0x202F: " ",
}  # fmt: skip
"""Signs that people type and that the letters lack, in those they have."""


@cache
def find_letters() -> Path:
    """Its file; it comes with a package of its own."""
    return Path(str(files("fontpkg_noto_sans"))) / "files" / "NotoSans[wdth,wght].ttf"


def spell_out(text: str, known: Container[int]) -> str:
    """What cannot be drawn is written as what it is; nothing is lost without a trace."""
    return "".join(_spell(letter, known) for letter in text)


def _spell(letter: str, known: Container[int]) -> str:
    code = ord(letter)
    if code in known or letter == "\n":
        return letter
    return _PLAIN.get(code, f"[U+{code:04X}]" if letter.isprintable() else " ")
