"""Figures on paper: the pictures, the tables and what they mean, on A4."""

from __future__ import annotations

import io
import struct
import unicodedata
from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.figures.drawn import Drawn
from bot.figures.report import Report, Table, tell
from bot.texts import Words

_FONT = "Helvetica"
_INK, _QUIET, _LINE, _HEAD = (34, 48, 60), (88, 102, 98), (220, 214, 203), (245, 241, 233)
_MARGIN, _ROW = 18, 6.0
_PLAIN = {ord("‘"): "'", ord("’"): "'", ord("“"): '"', ord("”"): '"', ord("…"): "...", ord("–"): "-", ord("—"): "-"}


class _Paper(FPDF):
    """Every page says what it is and which page it is."""

    foot = ""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_QUIET)
        self.cell(0, 5, known(f"Prompt Club \xb7 {self.foot} \xb7 {self.page_no()}"), align="C")


def write_pdf(words: Words, report: Report, drawn: Sequence[Drawn] = ()) -> bytes:
    pdf = _Paper(format="A4")
    pdf.foot = report.title
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    pdf.set_title(known(report.title))
    pdf.set_lang(words.language)
    pdf.add_page()
    _write(pdf, report.title, size=17, bold=True)
    pdf.ln(1.5)
    _write(pdf, report.lead, size=11.5)
    for one in drawn:
        _draw(pdf, one)
    for table in report.tables:
        if table.rows:
            _tabulate(pdf, words, table)
    pdf.ln(4)
    _keep_together(pdf, 30)
    _write(pdf, words("figures.definitions"), size=12, bold=True)
    for line in report.definitions:
        pdf.ln(1)
        _write(pdf, line, size=9, colour=_QUIET)
    return bytes(pdf.output())


def _draw(pdf: FPDF, one: Drawn) -> None:
    """Two thirds of the width, so that a page holds two."""
    wide = pdf.epw * 0.7
    width, height = struct.unpack(">II", one.png[16:24])
    _keep_together(pdf, 14 + wide * height / width)
    pdf.ln(4)
    _write(pdf, one.title, size=12, bold=True)
    pdf.image(io.BytesIO(one.png), w=wide, alt_text=known(one.alt))


def _tabulate(pdf: FPDF, words: Words, table: Table) -> None:
    first = pdf.epw * (0.46 if len(table.head) > 2 else 0.6)
    widths = [first, *([(pdf.epw - first) / (len(table.head) - 1)] * (len(table.head) - 1))]
    pdf.ln(4)
    _keep_together(pdf, 4 * _ROW)
    _write(pdf, table.title, size=12, bold=True)
    pdf.ln(1)
    _line(pdf, widths, list(table.head), bold=True)
    for row in table.rows:
        if pdf.will_page_break(_ROW):
            pdf.add_page()
            _line(pdf, widths, list(table.head), bold=True)
        _line(pdf, widths, [tell(words, cell) for cell in row])


def _line(pdf: FPDF, widths: Sequence[float], cells: Sequence[str], *, bold: bool = False) -> None:
    pdf.set_font(_FONT, style="B" if bold else "", size=8.5 if bold else 9)
    pdf.set_text_color(*(_QUIET if bold else _INK))
    pdf.set_fill_color(*_HEAD)
    pdf.set_draw_color(*_LINE)
    for place, (width, text) in enumerate(zip(widths, cells, strict=True)):
        align = "L" if place == 0 else "R"
        pdf.cell(width, _ROW, _fit(pdf, text, width - 2), border="B", align=align, fill=bold)
    pdf.ln(_ROW)


def _keep_together(pdf: FPDF, height: float) -> None:
    if pdf.will_page_break(height):
        pdf.add_page()


def _fit(pdf: FPDF, text: str, width: float) -> str:
    """Its beginning, where the whole is too long."""
    text = known(text)
    if pdf.get_string_width(text) <= width:
        return text
    while text and pdf.get_string_width(text + "...") > width:
        text = text[:-1]
    return text.rstrip() + "..."


def _write(pdf: FPDF, text: str, *, size: float, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
    pdf.set_font(_FONT, style="B" if bold else "", size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, size * 0.48, known(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def known(text: str) -> str:
    """In the letters that every PDF reader has: others without their accent, or as a ?."""

    def spell(letter: str) -> str:
        if letter.encode("latin-1", "ignore"):
            return letter
        bare = unicodedata.normalize("NFKD", letter)[0]
        return bare if bare.encode("latin-1", "ignore") else "?"

    return "".join(map(spell, text.translate(_PLAIN)))
