"""On paper: one page about somebody's diploma for a talk, and the decision on the diploma."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.standing import Standing, level_name, tell_status
from bot.texts import Words
from knowledge.content import Knowledge

_FONT = "Helvetica"
_INK, _QUIET, _RULE = (34, 48, 60), (91, 103, 112), (200, 208, 214)
_MARGIN, _HISTORY, _ROOM = 20, 8, 17
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-", "•": "·"})


def write_sheet(words: Words, knowledge: Knowledge, standing: Standing, name: str, on: date) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(False)
    title = words("diploma.pdf_title", name=name or "?")
    pdf.set_title(_known(title))
    pdf.add_page()
    _write(pdf, title, size=19, bold=True)
    organisation = knowledge.policy.organisation
    _write(pdf, f"{organisation}. {words('diploma.pdf_day', day=words.day(on))}", colour=_QUIET)
    _begin(pdf, words("diploma.pdf_now"))
    told = [tell_status(words, knowledge, status, on) for status in standing.statuses]
    for line in told or [words("diploma.not_registered")]:
        _write(pdf, line)
    _write_level(pdf, words, knowledge, standing)
    _begin(pdf, words("diploma.pdf_history"))
    for line in _tell_history(words, knowledge, standing) or [words("diploma.pdf_nothing")]:
        _write(pdf, line)
    _begin(pdf, words("diploma.pdf_talk"))
    for question in words("diploma.pdf_questions").split("|"):
        _write(pdf, question)
        _leave_room(pdf)
    pdf.set_y(-_MARGIN)
    _write(pdf, words("diploma.pdf_mine"), size=9, colour=_QUIET)
    return bytes(pdf.output())


def write_decision(
    words: Words, organisation: str, state: str, sections: Sequence[tuple[str, Sequence[str]]]
) -> bytes:
    """What was agreed, with its version, to sign or to keep."""
    pdf = FPDF(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    title = words("diploma.decide_title")
    pdf.set_title(_known(title))
    pdf.add_page()
    _write(pdf, title, size=19, bold=True)
    _write(pdf, f"{organisation}. {state}", colour=_QUIET)
    for heading, lines in sections:
        _begin(pdf, heading)
        for line in lines:
            _write(pdf, f"- {line}")
    return bytes(pdf.output())


def _write_level(pdf: FPDF, words: Words, knowledge: Knowledge, standing: Standing) -> None:
    status = standing.status
    level = next((one for one in knowledge.policy.levels if status and one.id == status.level), None)
    if level is not None:
        _begin(pdf, words("diploma.pdf_means", level=level_name(words, knowledge, level.id)))
        _write(pdf, level.description.in_language(words.language)[:900])


def _tell_history(words: Words, knowledge: Knowledge, standing: Standing) -> list[str]:
    lines = []
    for one in list(reversed(standing.kept))[:_HISTORY]:
        until = words.day(one.expires) if one.expires else ""
        key = "diploma.failed" if not one.passed else "diploma.passed_until" if until else "diploma.passed"
        told = words(key, level=level_name(words, knowledge, one.level), until=until)
        lines.append(f"{words.day(one.issued)}: {told}")
    return lines


def _begin(pdf: FPDF, heading: str) -> None:
    pdf.ln(4)
    _write(pdf, heading, size=12.5, bold=True)
    pdf.ln(0.5)


def _leave_room(pdf: FPDF) -> None:
    """Two lines to write on."""
    pdf.set_draw_color(*_RULE)
    for place in (0.5, 1.0):
        y = pdf.get_y() + _ROOM * place
        pdf.line(_MARGIN, y, pdf.w - _MARGIN, y)
    pdf.set_y(pdf.get_y() + _ROOM + 3)


def _write(
    pdf: FPDF, text: str, *, size: float = 10.5, bold: bool = False, colour: tuple[int, int, int] = _INK
) -> None:
    pdf.set_font(_FONT, style="B" if bold else "", size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, size * 0.5, _known(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _known(text: str) -> str:
    """In the letters that every PDF reader has; what they lack becomes a ?."""
    return text.translate(_PLAIN).encode("latin-1", "replace").decode("latin-1")
