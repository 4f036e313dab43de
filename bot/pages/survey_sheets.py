"""What came out of a round as a file: a spreadsheet, and a sheet or two for the meeting; what everybody sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.texts import Words
from knowledge.survey_questions import count_options, read_questions
from knowledge.surveys import Question
from storage.surveys import Round
from storage.surveys_answers import Result

_COLUMNS = ("surveys.csv_question", "surveys.csv_people", "surveys.csv_answer", "surveys.csv_count")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FONT = "Helvetica"
_INK, _QUIET, _TRACK, _BAR = (34, 48, 60), (91, 103, 112), (232, 237, 241), (61, 90, 153)
_MARGIN, _LINE, _BAR_HEIGHT, _LABEL, _NUMBER = 18, 5.2, 3.6, 66, 10
_QUOTES = 8


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


def write_pdf(words: Words, round_: Round, results: Mapping[str, Result]) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    pdf.set_title(round_.title[words.language])
    pdf.add_page()
    _write(pdf, round_.title[words.language], size=17, bold=True)
    part = words("surveys.result_part", n=round_.answered, invited=round_.invited)
    closed = words("surveys.page_closed", day=words.day(round_.closes_at.date()))
    _write(pdf, f"{closed}. {part}", colour=_QUIET)
    for question in read_questions(round_.questions) if results else ():
        pdf.ln(3)
        _write(pdf, question.ask.in_language(words.language), size=11.5, bold=True)
        result = results.get(question.id)
        if result is None:
            _write(pdf, words("surveys.result_few"), colour=_QUIET)
        else:
            _write_result(pdf, words, question, result)
    pdf.ln(4)
    small = "surveys.result_small" if results else "surveys.result_none"
    _write(pdf, words(small, n=round_.minimum), size=9, colour=_QUIET)
    return bytes(pdf.output())


def _write_result(pdf: FPDF, words: Words, question: Question, result: Result) -> None:
    for label, count in count_options(question, result.counts, words.language):
        _write_bar(pdf, label, count, count / result.people)
    for told in result.texts[:_QUOTES]:
        _write(pdf, f"\N{BULLET} {_quote(told)}")
    more = len(result.texts) - _QUOTES
    if more > 0:
        _write(pdf, words("surveys.result_more", n=more), colour=_QUIET)


def _write_bar(pdf: FPDF, label: str, count: int, share: float) -> None:
    """Words, a bar and a number on one line."""
    if pdf.will_page_break(_LINE):
        pdf.add_page()
    top, room = pdf.get_y(), pdf.epw - _LABEL - _NUMBER
    pdf.set_text_color(*_INK)
    pdf.set_font(_FONT, size=10)
    pdf.cell(_LABEL, _LINE, _known(_fit(pdf, label)))
    left = pdf.get_x()
    pdf.set_fill_color(*_TRACK)
    pdf.rect(left, top + 0.8, room, _BAR_HEIGHT, style="F")
    pdf.set_fill_color(*_BAR)
    pdf.rect(left, top + 0.8, room * share, _BAR_HEIGHT, style="F")
    pdf.set_xy(left + room, top)
    pdf.cell(_NUMBER, _LINE, str(count), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _fit(pdf: FPDF, label: str) -> str:
    known = _known(label)
    if pdf.get_string_width(known) <= _LABEL - 3:
        return label
    while label and pdf.get_string_width(_known(label) + "...") > _LABEL - 3:
        label = label[:-1]
    return label.rstrip() + "..."


def _write(
    pdf: FPDF, text: str, *, size: float = 10, bold: bool = False, colour: tuple[int, int, int] = _INK
) -> None:
    pdf.set_font(_FONT, style="B" if bold else "", size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, size * 0.5, _known(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _known(text: str) -> str:
    """In the letters that every PDF reader has; curly quotes and dashes in their plain shape, others as a ?."""
    plain = text.translate(
        {ord("‘"): "'", ord("’"): "'", ord("“"): '"', ord("”"): '"', ord("…"): "...", 0x2022: "\xb7"}
    )
    return plain.encode("latin-1", "replace").decode("latin-1")
