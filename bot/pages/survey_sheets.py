"""What came out of a round as a file: a spreadsheet, and a sheet or two for the meeting; what everybody sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from fpdf import FPDF
from fpdf.enums import TextMode, XPos, YPos

from bot.lettering import find_letters, spell_out
from bot.model.cards import shorten
from bot.pages.survey_shown import Asked, Said, describe
from bot.texts import Words
from knowledge.survey_questions import count_options, read_questions
from knowledge.survey_results import Agreed
from storage.surveys import Round
from storage.surveys_answers import Result

_COLUMNS = ("surveys.csv_question", "surveys.csv_people", "surveys.csv_answer", "surveys.csv_count")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FONT = "NotoSans"
_INK, _QUIET, _TRACK, _BAR = (34, 48, 60), (91, 103, 112), (232, 237, 241), (61, 90, 153)
_MARGIN, _LINE, _BAR_HEIGHT, _LABEL, _NUMBER = 18, 5.2, 3.6, 66, 10
_QUOTES, _QUOTE, _BARS = 6, 400, 10


def write_csv(words: Words, round_: Round, results: Mapping[str, Result]) -> bytes:
    """Opens in Excel with its letters right, and never as a formula."""
    file = io.StringIO()
    sheet = csv.writer(file)
    sheet.writerow([words(key) for key in _COLUMNS])
    for question in read_questions(round_.questions):
        result = results.get(question.id)
        if result is None:
            continue
        asked = _plain(question.ask.in_language(words.language))
        for label, count in count_options(question, result.counts, words.language):
            sheet.writerow([asked, result.people, _plain(label), count])
        for told in result.texts:
            sheet.writerow([asked, result.people, _plain(_quote(told)), ""])
    return file.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _quote(told: Mapping[str, str]) -> str:
    return f"{told['text']} ({told['name']})" if told.get("name") else told["text"]


def write_pdf(words: Words, round_: Round, results: Mapping[str, Result], agreed: Agreed) -> bytes:
    """Some tenths of a second of computing: outside the event loop."""
    sheet = _Sheet(round_.title[words.language])
    sheet.write(round_.title[words.language], size=17, bold=True)
    part = words("surveys.result_part", n=round_.answered, invited=round_.invited)
    closed = words("surveys.page_closed", day=words.day(round_.closes_at.date()))
    sheet.write(f"{closed}. {part}", quiet=True)
    for asked in describe(words, round_, results, agreed) if results else ():
        sheet.leave(3)
        sheet.write(asked.ask, size=11.5, bold=True)
        _write_asked(sheet, words, asked)
    sheet.leave(4)
    small = "surveys.result_small" if results else "surveys.result_none"
    sheet.write(words(small, n=round_.minimum), size=9, quiet=True)
    return sheet.finish()


def _write_asked(sheet: _Sheet, words: Words, asked: Asked) -> None:
    if not asked.people:
        sheet.write(words("surveys.result_few"), quiet=True)
    for bar in asked.bars[:_BARS]:
        sheet.write_bar(bar.label, bar.count, bar.share / 100)
    if asked.note:
        sheet.write(asked.note, quiet=True)
    for said in asked.themes:
        _write_said(sheet, words, words("surveys.page_theme", n=said.people), said)
    if asked.themes and asked.others:
        sheet.write(words("surveys.page_others"))
    for said in asked.others[:_QUOTES]:
        _write_said(sheet, words, "", said)
    more = len(asked.others) - _QUOTES
    if more > 0:
        sheet.write(words("surveys.result_more", n=more), quiet=True)


def _write_said(sheet: _Sheet, words: Words, heading: str, said: Said) -> None:
    if heading:
        sheet.write(heading)
    for quote in said.quotes:
        sheet.write(f"\N{MIDDLE DOT} {shorten(quote, _QUOTE)}")
    if said.title:
        sheet.write(f"{words('surveys.page_row')} {said.title}", size=9, quiet=True)


class _Sheet:
    """A page or two of A4, written from above to below."""

    def __init__(self, title: str) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_margin(_MARGIN)
        self._pdf.set_auto_page_break(True, margin=_MARGIN)
        self._pdf.set_title(title)
        self._pdf.add_font(_FONT, fname=find_letters())
        self._pdf.set_font(_FONT)
        self._known = self._pdf.fonts[_FONT.lower()].cmap  # type: ignore[union-attr]
        self._pdf.add_page()

    def write(self, text: str, *, size: float = 10, bold: bool = False, quiet: bool = False) -> None:
        self._pdf.set_font(_FONT, size=size)
        self._pdf.set_text_color(*(_QUIET if quiet else _INK))
        self._embolden(bold)
        self._pdf.multi_cell(0, size * 0.5, self._spell(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._embolden(False)

    def _embolden(self, bold: bool) -> None:
        """A line around each letter: one file of letters is enough."""
        self._pdf.text_mode = TextMode.FILL_STROKE if bold else TextMode.FILL
        self._pdf.set_draw_color(*_INK)
        self._pdf.set_line_width(0.25)

    def write_bar(self, label: str, count: int, share: float) -> None:
        """Words, a bar and a number on one line; long words get lines of their own above it."""
        pdf = self._pdf
        if pdf.will_page_break(2 * _LINE):
            pdf.add_page()
        pdf.set_text_color(*_INK)
        pdf.set_font(_FONT, size=10)
        known = self._spell(label)
        if pdf.get_string_width(known) > _LABEL - 3:
            pdf.multi_cell(0, _LINE, known, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            known = ""
        top, room = pdf.get_y(), pdf.epw - _LABEL - _NUMBER
        pdf.cell(_LABEL, _LINE, known)
        left = pdf.get_x()
        pdf.set_fill_color(*_TRACK)
        pdf.rect(left, top + 0.8, room, _BAR_HEIGHT, style="F")
        pdf.set_fill_color(*_BAR)
        pdf.rect(left, top + 0.8, room * share, _BAR_HEIGHT, style="F")
        pdf.set_xy(left + room, top)
        pdf.cell(_NUMBER, _LINE, str(count), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def leave(self, room: float) -> None:
        self._pdf.ln(room)

    def finish(self) -> bytes:
        return bytes(self._pdf.output())

    def _spell(self, text: str) -> str:
        return spell_out(text, self._known)
