"""Figures as spreadsheets: CSV and XLSX, without a single live formula whatever somebody called their unit."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.figures.report import Cell, Report, tell
from bot.texts import Words

_FORMULA = re.compile(r"\s*[=+\-@\t\r|%]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60


def plain(text: str) -> str:
    """A spreadsheet reads it as words: with an apostrophe before what it could take for a formula."""
    text = _CONTROL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(words: Words, report: Report) -> bytes:
    """Table below table; opens in Excel with its letters right. Parts are numbers from 0 to 1."""
    file = io.StringIO()
    sheet = csv.writer(file)
    sheet.writerow([plain(report.title)])
    for line in (report.lead, *report.definitions):
        sheet.writerow([plain(line)])
    for table in report.tables:
        sheet.writerow([])
        sheet.writerow([plain(table.title)])
        sheet.writerow([plain(name) for name in table.head])
        for row in table.rows:
            sheet.writerow([_for_csv(words, cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _for_csv(words: Words, cell: Cell) -> str | int | float:
    if isinstance(cell, float):
        return round(cell, 4)
    return cell if isinstance(cell, int) else plain(tell(words, cell))


def write_xlsx(words: Words, report: Report) -> bytes:
    """A sheet for each table; the first says what was counted and how."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = _name(words("figures.definitions"))
    for line in (report.title, report.lead, "", *report.definitions):
        _add_row(words, first, [line])
    first.column_dimensions["A"].width = 110
    for cell in first["A"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for table in report.tables:
        sheet = book.create_sheet(_name(table.title))
        _add_row(words, sheet, list(table.head), bold=True)
        for row in table.rows:
            _add_row(words, sheet, row)
        sheet.freeze_panes = "A2"
        for place, letter in enumerate("ABCDEFGH"[: len(table.head)]):
            longest = max((len(tell(words, row[place])) for row in table.rows), default=0)
            sheet.column_dimensions[letter].width = min(_WIDEST, 3 + max(longest, len(table.head[place])))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _name(title: str) -> str:
    return _NOT_IN_A_TITLE.sub(" ", title)[:31]


def _add_row(words: Words, sheet: Worksheet, row: Sequence[Cell], *, bold: bool = False) -> None:
    line = sheet.max_row + (0 if sheet.max_row == 1 and sheet["A1"].value is None else 1)
    for place, value in enumerate(row, start=1):
        cell = sheet.cell(line, place)
        assert isinstance(cell, SheetCell)
        if isinstance(value, str) or value is None:
            cell.value = plain(tell(words, value))
            cell.data_type = "s"  # openpyxl takes words with a = before them for a formula
        else:
            cell.value = value
            cell.number_format = "0%" if isinstance(value, float) else "#,##0"
        cell.font = Font(bold=bold)
