"""What somebody typed in a form, without personal data."""

from __future__ import annotations

from bot.model.cards import FormValues
from knowledge.masking import mask


def as_typed(values: FormValues, field: str) -> str:
    return mask(str(values.get(field) or "").strip()).text


def on_one_line(values: FormValues, field: str) -> str:
    return " ".join(as_typed(values, field).split())
