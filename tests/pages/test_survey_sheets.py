"""The sheet for the meeting loses no letter: what its letters lack is written as what it is."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from bot.lettering import find_letters, spell_out


def test_the_letters_are_there_and_hold_all_of_latin() -> None:
    known = TTFont(find_letters(), lazy=True).getBestCmap()
    latin = [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1E00, 0x1F00)]
    assert [chr(code) for code in latin if code not in known] == []
    assert spell_out("Łódź, Žižek, İğdır: “½ €”…", known) == "Łódź, Žižek, İğdır: “½ €”…"
    assert spell_out("✓ 5 ≥ 3 → ja\n中🙂\ufe0f\x07", known) == "v 5 >= 3 -> ja\n[U+4E2D][U+1F642] "
