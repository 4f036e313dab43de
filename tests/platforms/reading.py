"""A small reader for the platforms' tests: quick, by hand, and with one question that breaks it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answers import Candidate, Outcome, Reading
from knowledge.masking import mask

_MAIL, _SOCIAL = "klantmail", "sociale-media"


async def read(question: str) -> Reading:
    """Mail to a customer is known, "dit bericht" is a choice, "kapot" is a bug, and the rest is handed over."""
    text = question.lower()
    if "kapot" in text:
        raise ZeroDivisionError("a bug in the reading")
    masked = mask(question)
    reading = Reading(
        masked_question=masked.text,
        masked=("email",) if "e-mailadres" in masked.text else (),
        language="en" if text.startswith("may") else "nl",
        outcome=Outcome.HANDOVER,
        smalltalk=None,
        candidates=(),
        use_case=None,
        also=(),
        data=(),
        tools=("m365-copilot",) if "copilot" in text else (),
        tool_words="Copilot" if "copilot" in text else None,
        because="",
    )
    if "klantmail" in text or "email to a customer" in text:
        candidates: tuple[Candidate, ...] = (Candidate(_MAIL, 0.95),)
        return replace(reading, outcome=Outcome.ANSWER, use_case=_MAIL, candidates=candidates)
    if "dit bericht" in text:
        candidates = (Candidate(_MAIL, 0.4), Candidate(_SOCIAL, 0.38))
        return replace(reading, outcome=Outcome.CHOOSE, candidates=candidates)
    if text.strip(" !.") in ("hoi", "hallo"):
        return replace(reading, outcome=Outcome.SMALLTALK, smalltalk="greeting")
    return reading
