"""Reads a CSV or Excel file to headings and lines of text, however another system wrote it."""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 100 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_LINES = 1_000_000
MOST_ERRORS = 100
FORMULA = "\0formula"
"""Stands for a cell that holds a formula."""


@dataclass(frozen=True, slots=True)
class LineError:
    """One thing to put right, by line of the file; line 0 is the file as a whole."""

    line: int
    column: str
    found: str
    right: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (f"line {self.line}" if self.line else "file", self.column)))
        return f"{where}: found {self.found}; {self.right}"


class LineErrors(Exception):
    """The list cannot be taken over; what is wrong with it, the first hundred."""

    def __init__(self, errors: Iterable[LineError], unshown: int = 0) -> None:
        self.errors = tuple(errors)
        more = [f"... and {unshown} more"] if unshown else []
        super().__init__("\n".join([*map(str, self.errors), *more]))


class Wrong:
    """Gathers the mistakes of a whole list."""

    def __init__(self) -> None:
        self._errors: list[LineError] = []
        self.count = 0

    def note(self, line: int, column: str, found: str, right: str) -> None:
        self.count += 1
        if len(self._errors) < MOST_ERRORS:
            self._errors.append(LineError(line, column, found, right))

    def raise_any(self) -> None:
        if self.count:
            in_order = sorted(self._errors, key=lambda error: error.line)
            raise LineErrors(in_order, self.count - len(in_order))


@dataclass(frozen=True, slots=True)
class Lines:
    headings: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    """Line number and cells, without empty lines."""


def read_lines(file: bytes, name: str) -> Lines:
    """`name` says by its end what it is; LineErrors where nothing can be read from it."""
    if len(file) > MOST_BYTES:
        _refuse(f"more than {MOST_BYTES // 1024 // 1024} MB", "split it")
    cells = _read_excel(file) if name.lower().endswith((".xlsx", ".xlsm")) else _read_csv(file)
    rows = []
    for line, row in cells:
        if any(row):
            rows.append((line, row))
        if len(rows) > MOST_LINES:
            _refuse(f"more than {MOST_LINES:,} lines", "split it")
    if not rows:
        _refuse("nothing", "the first line holds the headings, such as e-mail;naam;afdeling")
    return Lines(tuple(rows[0][1]), rows[1:])


def _read_csv(file: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(file)
    if "\0" in text:
        _refuse("no text", "save it as CSV or as an Excel workbook (.xlsx)")
    reader = csv.reader(StringIO(text, newline=""), delimiter=_find_delimiter(text), strict=True)
    before = 0
    try:
        for row in reader:
            yield before + 1, [cell.strip() for cell in row]
            before = reader.line_num
    except csv.Error as problem:
        error = LineError(before + 1, "", f"a line that cannot be read ({problem})", "look at its quotes")
        raise LineErrors([error]) from problem


def _decode(file: bytes) -> str:
    """As UTF-8, or else as what Windows and Excel call ANSI; a byte order mark says which."""
    if file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return file.decode("utf-16", errors="replace")
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return file.decode("cp1252")
    except UnicodeDecodeError:
        return file.decode("latin-1")


def _find_delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t|", key=head.count)


def _read_excel(file: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(BytesIO(file)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                _refuse("far more inside than a list can hold", "split it")
        book = load_workbook(BytesIO(file), read_only=True)
        for line, row in enumerate(book.worksheets[0].iter_rows(), 1):
            yield line, [FORMULA if cell.data_type == "f" else _as_text(cell.value) for cell in row]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        OSError,
        ParseError,
    ) as problem:
        raise LineErrors([_of_file("no Excel workbook that can be read", "save it as .xlsx or CSV")]) from problem


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value).strip()


def _of_file(found: str, right: str) -> LineError:
    return LineError(0, "", found, right)


def _refuse(found: str, right: str) -> None:
    raise LineErrors([_of_file(found, right)])
