"""Writes what is in force as a spreadsheet: a sheet for rows, their examples, tools and principles."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.content import Knowledge, ToolStatus, Verdict
from knowledge.contents import ROW, Content, Key
from knowledge.sheet_columns import EXAMPLE_HEADINGS, EXAMPLES, SHEETS, counted, find_columns

_HEAD = PatternFill("solid", fgColor="E3F0EA")
_TOP = Alignment(vertical="top", wrap_text=True)
_LAST = 5_000
_COLOURS = {"mag": "E6F4EA", "mag_mits": "E5F0FB", "grijs": "F1ECF8", "mag_niet": "FCEBE9"}


def write_sheets(contents: Mapping[Key, Content], knowledge: Knowledge) -> bytes:
    """The file; read again it gives the same contents."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind, name in SHEETS.items():
        of_kind = [content for key, content in contents.items() if key.kind == kind]
        _write_kind(book.create_sheet(name), kind, of_kind, knowledge)
        if kind == ROW:
            _write_examples(book.create_sheet(EXAMPLES), of_kind)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_kind(sheet: Worksheet, kind: str, contents: list[Content], knowledge: Knowledge) -> None:
    columns = find_columns(knowledge, kind)
    _write_head(sheet, [(column.heading, column.wide) for column in columns])
    for line, content in enumerate(contents, 2):
        for place, column in enumerate(columns, 1):
            value = column.read(content if kind != ROW else {**content, **counted(knowledge, str(content["id"]))})
            if value is not None:
                _write(sheet.cell(line, place), value)
                if column.path[0] == "verdicts" and value in _COLOURS:
                    sheet.cell(line, place).fill = PatternFill("solid", fgColor=_COLOURS[str(value)])
    for place, column in enumerate(columns, 1):
        allowed = _allowed(column.path, knowledge)
        if allowed and len(",".join(allowed)) < 250:
            choice = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
            sheet.add_data_validation(choice)
            letter = get_column_letter(place)
            choice.add(f"{letter}2:{letter}{max(_LAST, len(contents) + 100)}")


def _allowed(path: tuple[str, ...], knowledge: Knowledge) -> list[str]:
    match path:
        case ("verdicts", _):
            return list(Verdict)
        case ("status",):
            return list(ToolStatus)
        case ("typical_data" | "data_limit",):
            return [one.id for one in knowledge.policy.data_classes]
        case ("level",):
            return [one.id for one in knowledge.policy.levels]
        case _:
            return []


def _write_examples(sheet: Worksheet, rows: list[Content]) -> None:
    _write_head(sheet, list(zip(EXAMPLE_HEADINGS, (24, 12, 90), strict=True)))
    line = 2
    for row in rows:
        for language, texts in (row.get("examples") or {}).items():
            for text in texts or ():
                for place, value in enumerate((row["id"], language, text), 1):
                    _write(sheet.cell(line, place), value)
                line += 1


def _write_head(sheet: Worksheet, headings: list[tuple[str, int]]) -> None:
    for place, (heading, wide) in enumerate(headings, 1):
        cell = sheet.cell(1, place)
        _write(cell, heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = wide
    sheet.freeze_panes = "B2"


def _write(cell: Cell | object, value: str | int) -> None:
    """As a text, also where it begins like a formula."""
    assert isinstance(cell, Cell)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = _TOP
