"""Reads a spreadsheet back into contents: every mistake by sheet and cell, and nothing where there is one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.content import LANGUAGES, Knowledge
from knowledge.contents import ROW, Content, Key
from knowledge.errors import suggest
from knowledge.sheet_columns import EXAMPLE_HEADINGS, EXAMPLES, OURS, SHEETS, Column, counted, find_columns
from knowledge.trying import Checker, fold

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_LINES = 200_000
MOST_COLUMNS = 300
MOST_ERRORS = 100
_NO_VALUES = {"f": "a formula", "e": "a mistake of the spreadsheet itself, such as #REF!"}
_WORDS = ("id", "task", "typical_data", "verdicts", "level", "status", "data_limit")
"""Values without spaces: one that stands around them, which nobody sees, is no mistake."""


@dataclass(frozen=True, slots=True)
class SheetError:
    sheet: str
    cell: str
    found: str
    right: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}: found {self.found}; {self.right}"


class SheetErrors(Exception):
    """The spreadsheet cannot be taken over; everything that is wrong with it, as far as it could be read."""

    def __init__(self, errors: Sequence[SheetError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)


@dataclass(slots=True)
class _Reading:
    knowledge: Knowledge
    before: Mapping[Key, Content]
    errors: list[SheetError] = field(default_factory=list)
    found: dict[Key, Content] = field(default_factory=dict)
    cells: dict[tuple[Key, str], str] = field(default_factory=dict)

    def fail(self, sheet: str, cell: str, found: str, right: str) -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(SheetError(sheet, cell, found, right))


@dataclass(frozen=True, slots=True)
class SheetContents:
    contents: Mapping[Key, Content]
    cells: Mapping[tuple[Key, str], str]
    """By thing and path where its value stands: sheet!cell."""


def read_sheets(file: bytes, knowledge: Knowledge, before: Mapping[Key, Content]) -> SheetContents:
    """What the spreadsheet says; `before` is what is in force. SheetErrors with all that is wrong."""
    book = _open(file)
    reading = _Reading(knowledge, before)
    for kind, name in SHEETS.items():
        if (sheet := _find_sheet(book, name, reading)) is not None:
            _read_kind(sheet, kind, reading)
    has_rows = any(key.kind == ROW for key in reading.found)
    if (sheet := _find_sheet(book, EXAMPLES, reading)) is not None and has_rows:
        _read_examples(sheet, reading)
    if not reading.errors:
        _check(reading)
    if reading.errors:
        raise SheetErrors(reading.errors)
    return SheetContents(reading.found, reading.cells)


def _open(file: bytes) -> Workbook:
    right = "save it as an Excel workbook (.xlsx), or begin with `prompt-club matrix export`"
    if len(file) > MOST_BYTES:
        raise SheetErrors([SheetError("file", "", f"more than {MOST_BYTES // 1024 // 1024} MB", right)])
    try:
        with zipfile.ZipFile(BytesIO(file)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise SheetErrors([SheetError("file", "", "far more inside than a matrix can hold", right)])
        return load_workbook(BytesIO(file))
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        ParseError,
    ) as problem:
        found = f"no spreadsheet that can be read ({type(problem).__name__})"
        raise SheetErrors([SheetError("file", "", found, right)]) from problem


def _find_sheet(book: Workbook, name: str, reading: _Reading) -> Worksheet | None:
    sheet = book[name] if name in book.sheetnames else None
    if not isinstance(sheet, Worksheet):
        found = f"the sheets {', '.join(book.sheetnames[:10])}"
        reading.fail(name, "", found, f"there has to be a sheet '{name}'")
        return None
    if (sheet.max_row or 0) > MOST_LINES or (sheet.max_column or 0) > MOST_COLUMNS:
        reading.fail(name, "", f"{sheet.max_row} lines and {sheet.max_column} columns", "take out what is empty")
        return None
    for merged in list(sheet.merged_cells.ranges)[:10]:
        reading.fail(name, str(merged), "merged cells", "unmerge them, so that each value has a cell of its own")
    return sheet


def _read_head(sheet: Worksheet, headings: Sequence[str], reading: _Reading) -> dict[str, int] | None:
    """The place of each heading; they may stand in another order."""
    found: dict[str, int] = {}
    for cell in sheet[1] if sheet.max_row else ():
        heading = str(cell.value or "").strip()
        if not heading:
            continue
        if heading not in headings:
            reading.fail(sheet.title, cell.coordinate, f"the heading '{heading[:60]}'", suggest(heading, headings))
        elif heading in found:
            reading.fail(sheet.title, cell.coordinate, f"the heading '{heading}' again", "keep one of the two")
        else:
            found[heading] = int(cell.column or 0)
    missing = [heading for heading in headings if heading not in found]
    if missing:
        reading.fail(sheet.title, "1:1", f"no column '{missing[0]}'", f"add it; missing: {', '.join(missing[:12])}")
        return None
    return found


def _lines(sheet: Worksheet, reading: _Reading) -> Iterator[tuple[int, dict[int, str]]]:
    """Each line that is not empty, with its values as text by the number of their column."""
    for line in sheet.iter_rows(min_row=2):
        values = {}
        for cell in line:
            if cell.value is None:
                continue
            text = _as_text(cell.value)
            if cell.data_type in _NO_VALUES or text is None:
                what = _NO_VALUES.get(cell.data_type, "a value that is no text")
                reading.fail(sheet.title, cell.coordinate, what, "write the text itself")
            elif text.strip():
                values[int(cell.column or 0)] = text
        if values:
            yield int(line[0].row or 0), values


def _as_text(value: object) -> str | None:
    match value:
        case bool():
            return None
        case str():
            return value.replace("\r\n", "\n").replace("_x000D_", "")
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return None


def _read_kind(sheet: Worksheet, kind: str, reading: _Reading) -> None:
    columns = find_columns(reading.knowledge, kind)
    places = _read_head(sheet, [column.heading for column in columns], reading)
    if places is None:
        return
    for line, values in _lines(sheet, reading):
        id = values.get(places["id"], "").strip()
        key = Key(kind, id)
        cell = f"{get_column_letter(places['id'])}{line}"
        if not id:
            reading.fail(sheet.title, cell, "no id", "give the line an id of its own")
        elif key in reading.found:
            reading.fail(sheet.title, cell, f"'{id[:60]}' again", "give each its own id")
        else:
            _read_line(sheet.title, line, key, columns, places, values, reading)


def _read_line(
    sheet: str,
    line: int,
    key: Key,
    columns: Sequence[Column],
    places: Mapping[str, int],
    values: Mapping[int, str],
    reading: _Reading,
) -> None:
    before = reading.before.get(key, {})
    content: Content = {}
    for column in columns:
        cell = f"{get_column_letter(places[column.heading])}{line}"
        text = values.get(places[column.heading], "")
        reading.cells[key, ".".join(column.path)] = f"{sheet}!{cell}"
        if column.path[0] in OURS:
            now = column.read(counted(reading.knowledge, key.id))
            if before and text.strip() and text.strip() != str(now):  # a copied line begins anew
                right = f"in force is {now}: export again, or empty this cell"
                reading.fail(sheet, cell, f"'{text[:60]}'", right)
            elif column.path[0] in before:
                content[column.path[0]] = before[column.path[0]]
        else:
            column.write(content, text.strip() if column.path[0] in _WORDS else text, before)
    reading.found[key] = content


def _read_examples(sheet: Worksheet, reading: _Reading) -> None:
    places = _read_head(sheet, EXAMPLE_HEADINGS, reading)
    if places is None:
        return
    rows = {key.id: content for key, content in reading.found.items() if key.kind == ROW}
    for content in rows.values():
        content["examples"] = {language: [] for language in LANGUAGES}
    seen: dict[str, str] = {}
    for line, values in _lines(sheet, reading):
        id, language, text = (values.get(places[heading], "").strip() for heading in EXAMPLE_HEADINGS)
        cells = [f"{get_column_letter(places[heading])}{line}" for heading in EXAMPLE_HEADINGS]
        if id not in rows:
            reading.fail(EXAMPLES, cells[0], f"'{id[:60]}'", suggest(id, list(rows)[:2_000]))
        elif language not in LANGUAGES:
            reading.fail(EXAMPLES, cells[1], f"'{language[:60]}'", suggest(language, LANGUAGES))
        elif not text:
            reading.fail(EXAMPLES, cells[2], "nothing", "write the example, or take out the line")
        elif (first := seen.setdefault(f"{fold(text)} {language}", cells[2])) != cells[2]:
            reading.fail(EXAMPLES, cells[2], f"the example of {first} again", "keep one of the two")
        else:
            rows[id]["examples"][language].append(text)


def _check(reading: _Reading) -> None:
    """As the reader of the files checks it; what it says of a path is said of the cell."""
    for key in [key for key in reading.found if key.kind == ROW]:
        _leave_out_empty_languages(reading, key)
    new = [content for key, content in reading.found.items() if key.kind == ROW]
    checker = Checker(reading.knowledge, new)
    for key, content in reading.found.items():
        for error in checker.find_errors(key.kind, content):
            path = error.path.partition("].")[2] if "]." in error.path else error.path
            cell = _find_cell(reading, key, path)
            sheet, _, place = cell.rpartition("!")
            reading.fail(sheet or SHEETS[key.kind], place, error.found, error.right)


def _leave_out_empty_languages(reading: _Reading, key: Key) -> None:
    examples = reading.found[key]["examples"]
    held = (reading.before.get(key, {}).get("examples") or {}).keys()
    reading.found[key]["examples"] = {one: texts for one, texts in examples.items() if texts or one in held}


def _find_cell(reading: _Reading, key: Key, path: str) -> str:
    """Where the value stands, or else the id of its line."""
    plain = path.partition("[")[0]
    for known in (plain, *(f"{plain}.{language}" for language in LANGUAGES)):
        if (key, known) in reading.cells:
            return reading.cells[key, known]
    return reading.cells.get((key, "id"), "")
