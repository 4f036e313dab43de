"""Plain text as Adaptive Card elements: nothing typed can become markup, on any client.

A TextBlock reads Markdown and each client escapes it differently; a RichTextBlock's TextRun does not read it. So
all text goes into TextRuns, and only a heading without a single sign that Markdown could mean something by is a
TextBlock, since no other element can be a heading to a screen reader.
"""

from __future__ import annotations

import re
from typing import Any

Block = dict[str, Any]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_CLIENT_FUNCTION = re.compile(r"\{\{(?=\s*(?:DATE|TIME)\b)", re.IGNORECASE)
"""`{{DATE(...)}}` is filled in by the client, in TextRuns too."""
_MARKUP = re.compile(r"[*_`~\[\]<>&\\|{}#\n]|://|www\.|^\s*(?:[-+=]|\d+[.)])", re.IGNORECASE)


def inert(text: str) -> str:
    """The same words, without what a client would act on."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return _CLIENT_FUNCTION.sub("{\u2060{", text)


def name(text: str) -> str:
    """A short text that must not be empty: a button's label, a summary, what a picture shows."""
    return inert(text).strip() or "…"


def heading(text: str) -> Block:
    look: Block = {"size": "Large", "weight": "Bolder"}
    if _MARKUP.search(text):
        return line(text, **look)
    return {"type": "TextBlock", "text": name(text), "wrap": True, "style": "heading", **look}


def line(text: str, **look: Any) -> Block:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": inert(text), **look}]}


def paragraphs(text: str, **look: Any) -> list[Block]:
    """A block per line, since not every client breaks a line inside a TextRun; an empty line becomes some space."""
    blocks: list[Block] = []
    spacing = None
    for written in inert(text).split("\n"):
        if not written.strip():
            spacing = "Medium"
            continue
        block = line(written, **look)
        if blocks:
            block["spacing"] = spacing or "None"
        blocks.append(block)
        spacing = None
    return blocks
