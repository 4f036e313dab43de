"""One day as a file that every calendar takes (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_LINE = 75
"""Bytes; a longer line goes on at the next one, after a space."""


def write_day(uid: str, day: date, summary: str, about: str, now: datetime) -> bytes:
    """A whole day, that asks nobody to keep it free, with a word the day before."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Prompt Club//NL",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(summary)}",
        f"DESCRIPTION:{_escape(about)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15H",
        f"DESCRIPTION:{_escape(summary)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _fold(line: str) -> str:
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE:
            parts.append(part)
            part, size = "", 1
        part, size = part + letter, size + width
    return "\r\n ".join([*parts, part])
