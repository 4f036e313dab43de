"""The spreadsheet: what goes out comes back, and what is wrong in it is told by sheet and cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from knowledge.content import Knowledge
from knowledge.contents import Content, Key, fingerprint_of
from knowledge.library import DEFAULT_FOLDER, read_library
from knowledge.sheet_reading import SheetContents, SheetErrors, read_sheets
from knowledge.sheets import write_sheets

KNOWLEDGE, LIBRARY = read_library(DEFAULT_FOLDER)
CONTENTS = {key: content for key, content in LIBRARY.list_contents().items() if key.kind != "philosophy"}
MAIL = Key("row", "klantmail")
SMALL = {MAIL: CONTENTS[MAIL], Key("tool", "claude"): CONTENTS[Key("tool", "claude")]}


def small_with(**values: object) -> dict[Key, Content]:
    return {**SMALL, MAIL: {**SMALL[MAIL], **values}}


def read(file: bytes, before: dict[Key, Content] = SMALL, knowledge: Knowledge = KNOWLEDGE) -> SheetContents:
    return read_sheets(file, knowledge, before)


def edited(change: Callable[[Workbook], object]) -> bytes:
    """The small spreadsheet, as somebody left it."""
    book = load_workbook(BytesIO(write_sheets(SMALL, KNOWLEDGE)))
    change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def wrongs(file: bytes) -> list[str]:
    with pytest.raises(SheetErrors) as raised:
        read(file)
    return [str(error) for error in raised.value.errors]


def column(book: Workbook, sheet: str, heading: str) -> str:
    return next(cell.column_letter for cell in book[sheet][1] if cell.value == heading)


def set_cell(heading: str, value: object, *, sheet: str = "matrix", line: int = 2) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][f"{column(book, sheet, heading)}{line}"] = value

    return change


def test_the_starter_goes_out_and_comes_back() -> None:
    found = read(write_sheets(CONTENTS, KNOWLEDGE), CONTENTS)
    assert found.contents.keys() == CONTENTS.keys()
    for key, content in CONTENTS.items():
        assert fingerprint_of(found.contents[key]) == fingerprint_of(content), key
    again = read(write_sheets(dict(found.contents), KNOWLEDGE), CONTENTS)
    assert again.contents == found.contents


awkward = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n=+-@'\"<&"),
    min_size=1,
    max_size=60,
).filter(str.strip)


@given(awkward, awkward)
def test_any_words_come_back(title: str, example: str) -> None:
    contents = small_with(title={"nl": title, "en": "=1+1"}, examples={"nl": [example.strip()], "en": ["x"]})
    found = read(write_sheets(contents, KNOWLEDGE), contents).contents[MAIL]
    assert found["title"] == {"nl": title, "en": "=1+1"}
    assert [" ".join(text.split()) for text in found["examples"]["nl"]] == [" ".join(example.split())]


def test_a_changed_cell_says_where_it_stands() -> None:
    found = read(edited(set_cell("verdict intern", "mag_niet")))
    assert found.contents[MAIL]["verdicts"]["intern"] == "mag_niet"
    assert found.cells[MAIL, "verdicts.intern"] == "matrix!I2"


def test_a_new_line_is_a_new_row() -> None:
    def change(book: Workbook) -> None:
        sheet = book["matrix"]
        for cell in sheet[2]:
            sheet.cell(3, cell.column, cell.value)
        sheet["A3"] = "nieuw"
        for place, value in enumerate(("nieuw", "nl", "Mag iets nieuws?"), 1):
            book["examples"].cell(book["examples"].max_row + (place == 1), place, value)
        book["examples"].append(("nieuw", "en", "May I do something new?"))

    found = read(edited(change)).contents[Key("row", "nieuw")]
    assert found["examples"] == {"nl": ["Mag iets nieuws?"], "en": ["May I do something new?"]}
    assert "version" not in found


def test_what_excel_makes_of_a_value_is_read_all_the_same() -> None:
    def change(book: Workbook) -> None:
        set_cell("title nl", 2026)(book)
        set_cell("why nl", datetime(2026, 11, 1))(book)

    found = read(edited(change)).contents[MAIL]
    assert (found["title"]["nl"], found["why"]["nl"]) == ("2026", "2026-11-01")


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("verdict intern", "magg", "matrix!I2: found 'magg'; did you mean 'mag'"),
        ("verdict intern", "=A1", "matrix!I2: found a formula; write the text itself"),
        ("title nl", '=HYPERLINK("http://x.example","klik")', "found a formula"),
        ("title nl", "#REF!", "matrix!C2: found a mistake of the spreadsheet itself"),
        ("verdict intern", True, "matrix!I2: found a value that is no text"),
        ("verdict intern", None, "matrix!A2: found no 'intern'; add it"),
        ("id", None, "matrix!A2: found no id"),
        ("conditions", "menselijke-check\nbestaat-niet", "matrix!M2: found 'bestaat-niet'"),
        ("title en", None, "matrix!C2: found no 'en'; add the English text"),
        ("level", "Basis", "matrix!R2: found 'Basis'; did you mean 'basis'"),
        ("version", 7, "matrix!U2: found '7'; in force is 1: export again"),
        ("why nl", "x" * 2_001, "found a text of 2,001 characters"),
    ],
)
def test_a_wrong_cell_is_told_by_sheet_and_cell(heading: str, value: object, said: str) -> None:
    assert any(said in wrong for wrong in wrongs(edited(set_cell(heading, value)))), said


def test_a_space_that_nobody_sees_is_no_mistake() -> None:
    found = read(edited(set_cell("verdict intern", "mag_niet\u00a0 ")))
    assert found.contents[MAIL]["verdicts"]["intern"] == "mag_niet"


def test_a_sheet_with_another_name_is_one_mistake() -> None:
    (only,) = wrongs(edited(lambda book: setattr(book["matrix"], "title", "Regels")))
    assert "there has to be a sheet 'matrix'" in only


def test_all_mistakes_come_at_once() -> None:
    def change(book: Workbook) -> None:
        set_cell("verdict intern", "magg")(book)
        set_cell("status", "misschien", sheet="tools")(book)
        book["matrix"]["B2"] = None

    assert len(wrongs(edited(change))) == 3


def test_merged_cells_missing_sheets_and_wrong_headings() -> None:
    assert "matrix!A2:B2: found merged cells" in wrongs(edited(lambda book: book["matrix"].merge_cells("A2:B2")))[0]
    assert "there has to be a sheet 'tools'" in wrongs(edited(lambda book: book.remove(book["tools"])))[0]
    (heading, *_) = wrongs(edited(lambda book: book["matrix"].__setitem__("B1", "taks")))
    assert "matrix!B1: found the heading 'taks'; did you mean 'task'" in heading
    twice = wrongs(edited(lambda book: book["matrix"].__setitem__("B1", "id")))
    assert "the heading 'id' again" in twice[0]


def test_lines_that_belong_nowhere_or_come_twice() -> None:
    def change(book: Workbook) -> None:
        book["examples"].append(("bestaat-niet", "nl", "Mag dit?"))
        book["examples"].append(("klantmail", "fr", "Mag dit?"))
        book["examples"].append(("klantmail", "nl", "mag ik CHATGPT een klantmail laten schrijven"))
        book["matrix"].append(("klantmail",))

    told = "\n".join(wrongs(edited(change)))
    for said in ("'bestaat-niet'", "'fr'", "the example of C2 again", "'klantmail' again"):
        assert said in told


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"not a spreadsheet",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0" + bytes(2000),
        "id;task;één\r\nklantmail;schrijven;café".encode("latin-1"),
        bytes(range(256)) * 40_000,
        edited(lambda book: book.create_chartsheet("grafiek")),
    ],
    ids=["empty", "text", "broken zip", "old Excel", "Latin-1 CSV", "10 MB of anything", "an empty chart"],
)
def test_what_is_no_spreadsheet(file: bytes) -> None:
    assert "no spreadsheet that can be read" in wrongs(file)[0]


def test_what_is_far_too_big() -> None:
    assert "more than 20 MB" in wrongs(bytes(21 * 1024 * 1024))[0]
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(4):
            packed.writestr(f"xl/{number}.xml", bytes(80 * 1024 * 1024))
    assert "far more inside" in wrongs(bomb.getvalue())[0]
    far = edited(lambda book: book["matrix"].__setitem__("A900000", "x"))
    assert "take out what is empty" in wrongs(far)[0]
