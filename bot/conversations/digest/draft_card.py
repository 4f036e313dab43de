"""What editors see: the draft as it stands now, what has become of it, and their buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.digest.actions import Hold, OpenChange, OpenPick, OpenWords, SendNow
from bot.conversations.digest.post_card import Part
from bot.conversations.digest.sections import FIGURES
from bot.conversations.digest.weeks import LATE, number_of
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Divider, Element, Text, shorten
from bot.texts import Words
from storage.digests import Digest, Line

_LINE = 240
_LINES = 12
_PARTS = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest with all its lines, dropped ones too, and what is said of it."""

    digest: Digest
    channel: str
    """What the organisation calls it."""
    parts: Sequence[Part]
    now: datetime
    time_zone: str
    by: str = ""
    """Who held or sent it."""
    asked: bool = False
    """A colleague was asked for the question of the week, and has not answered."""
    picked: bool = False
    """There is a question of the week, or one is asked for."""
    silent: bool = False
    """Empty, it is not posted."""


def draft_card(words: Words, draft: Draft) -> Card:
    digest = draft.digest
    title = "digest.draft_title" if digest.is_open else "digest.title"
    heading = words(title, week=number_of(digest.week))
    status = tell_status(words, draft)
    elements: list[Element] = [Text(text=heading, style="heading"), Text(text=status, style="strong"), Divider()]
    elements += _draw_parts(words, draft)
    if digest.is_open:
        if draft.asked:
            elements.append(Text(text=words("digest.draft_asked"), style="quiet"))
        elements += _buttons(words, draft)
    return Card(summary=shorten(f"{heading}. {status}", limits.SUMMARY), elements=tuple(elements))


def tell_status(words: Words, draft: Draft) -> str:
    digest, zone = draft.digest, draft.time_zone
    due = words.moment(digest.due_at, zone)
    settled = words.moment(digest.settled_at, zone) if digest.settled_at else ""
    channel, name = draft.channel, draft.by or words("digest.someone")
    match digest.state:
        case "held" if draft.now >= digest.due_at:
            until = words.moment(digest.good_until, zone)
            return words("digest.draft_held_late", name=name, channel=channel, moment=until)
        case "held":
            return words("digest.draft_held", name=name, channel=channel)
        case "sent" if digest.settled_by:
            return words("digest.draft_sent_by", moment=settled, channel=channel, name=name)
        case "sent":
            return words("digest.draft_sent", moment=settled, channel=channel)
        case "empty":
            return words("digest.draft_empty", channel=channel)
        case "lapsed":
            return words("digest.draft_lapsed")
        case _ if draft.now > digest.due_at + LATE:
            until = words.moment(digest.good_until, zone)
            return words("digest.draft_missed", due=due, channel=channel, moment=until)
        case _:
            return words("digest.draft_goes", moment=due, channel=channel)


def _draw_parts(words: Words, draft: Draft) -> list[Element]:
    if not draft.parts:
        line = words("digest.nothing")
        empty = words("digest.draft_nothing") if draft.silent else words("digest.draft_nothing_line", line=line)
        after = (Text(text=words("digest.draft_nothing_silent")),) if draft.silent else ()
        return [Text(text=empty), *after]
    elements: list[Element] = []
    for part in draft.parts[:_PARTS]:
        heading = part.heading or words("digest.section_words")
        elements.append(Text(text=shorten(heading, limits.HEADING), style="strong"))
        shown = tuple(shorten(tell_line(words, line), _LINE) for line in part.lines[:_LINES])
        elements.append(Bullets(items=shown))
        left_out = len(part.lines) - len(shown) + part.more
        if left_out:
            elements.append(Text(text=words("digest.draft_more", n=left_out), style="quiet"))
    return elements


def tell_line(words: Words, line: Line) -> str:
    """With what an editor did to it."""
    told = words("digest.line_figures", line=line.words) if line.section == FIGURES else line.words
    if line.dropped:
        return words("digest.line_dropped", line=told)
    return words("digest.line_pinned", line=told) if line.pinned else told


def _buttons(words: Words, draft: Draft) -> list[Element]:
    id, held = draft.digest.id, draft.digest.state == "held"
    edit = [Button.to(OpenWords(digest=id), words("digest.add"), opens_form=True)]
    if any(part.lines for part in draft.parts):
        edit.insert(0, Button.to(OpenChange(digest=id), words("digest.change"), opens_form=True))
    if not draft.picked:
        edit.append(Button.to(OpenPick(digest=id), words("digest.pick"), opens_form=True))
    going = Button.to(Hold(digest=id, held=not held), words("digest.let_go" if held else "digest.hold"))
    send = Button.to(SendNow(digest=id), words("digest.send_now"))
    late = draft.now >= draft.digest.due_at
    return [Buttons(buttons=tuple(edit)), Buttons(buttons=(send,) if late else (going, send))]
