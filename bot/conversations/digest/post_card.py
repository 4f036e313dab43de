"""The weekly post as a card: whatever there is to tell, short enough to read and never too long to send. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import DigestSection
from bot.conversations.digest import picture
from bot.conversations.digest.sections import FIGURES, QUOTED, WORDS
from bot.conversations.digest.weeks import number_of
from bot.model import limits
from bot.model.cards import Bullets, Card, Element, Link, Picture, Text, shorten
from bot.texts import Words
from storage.digest_questions import LONGEST_QUOTE
from storage.digests import Line

PATH = "/digest"
_CHARACTERS = 3_500
"""Nobody reads more of a weekly post; every platform takes three times as much."""
_ELEMENTS = 32
_TIERS = ((6, 260), (4, 220), (3, 200), (2, LONGEST_QUOTE), (1, LONGEST_QUOTE))
"""So many lines a section, of so many characters: the first tier that fits."""
_OWN_WORDS = 2
"""Editors' own words may be so many times as long as a line."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its lines, pinned ones first."""

    name: str
    heading: str
    """"": its lines stand by themselves."""
    lines: tuple[Line, ...]
    more: int = 0
    """Lines that were found and are not among these."""


def arrange(
    words: Words,
    sections: Mapping[str, DigestSection],
    lines: Sequence[Line],
    more: Mapping[str, int],
    *,
    dropped_too: bool = False,
) -> list[Part]:
    """The lines in the order of the post. Those of a section nobody has (any more) are left out."""
    headings = {name: words(section.heading) for name, section in sections.items()}
    headings |= {WORDS: "", QUOTED: words("digest.section_quoted"), FIGURES: words("digest.section_figures")}
    grouped: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: (line.number, line.id)):
        if line.section in headings and (dropped_too or not line.dropped):
            grouped.setdefault(line.section, []).append(line)
    return [
        Part(name, headings[name], tuple(sorted(found, key=lambda line: not line.pinned)), more.get(name, 0))
        for name, found in grouped.items()
    ]


def post_card(words: Words, week: str, parts: Sequence[Part], url: str) -> Card:
    """First the lines get fewer and shorter, then the least important sections go."""
    heading = words("digest.title", week=number_of(week))
    kept = list(parts)
    while True:
        for most, length in _TIERS:
            body = [element for part in kept for element in _draw_part(words, part, most, length)]
            if _fits(body):
                return _frame(words, heading, body, url)
        kept.pop()


def _fits(body: Sequence[Element]) -> bool:
    size = sum(len(text) for element in body for text in _texts(element))
    return size <= _CHARACTERS and len(body) <= _ELEMENTS


def _texts(element: Element) -> Sequence[str]:
    match element:
        case Text(text=text):
            return (text,)
        case Bullets(items=items):
            return items
        case Picture(alt=alt):
            return (alt,)
        case _:
            return ()


def _draw_part(words: Words, part: Part, most: int, length: int) -> list[Element]:
    shown = _choose(part.lines, most)
    left_out = len(part.lines) - len(shown) + part.more
    if part.name == FIGURES:
        return _draw_figures(words, part)
    if part.name == WORDS:
        return [Text(text=shorten(line.words, length * _OWN_WORDS)) for line in shown]
    style = "quote" if part.name == QUOTED else "normal"
    elements: list[Element] = [Text(text=shorten(part.heading, limits.HEADING), style="strong")]
    if style == "quote":
        return [*elements, *(Text(text=shorten(line.words, length), style="quote") for line in shown)]
    elements.append(Bullets(items=tuple(shorten(line.words, length) for line in shown)))
    if left_out:
        elements.append(Text(text=words("digest.left_out", n=left_out), style="quiet"))
    return elements


def _choose(lines: Sequence[Line], most: int) -> Sequence[Line]:
    """What an editor pinned stays, whatever else must go, as far as a list can hold it."""
    pinned = sum(line.pinned for line in lines)
    return lines[: min(max(most, pinned), limits.BULLETS)]


def _draw_figures(words: Words, part: Part) -> list[Element]:
    figures = part.lines[0].figures
    if not figures:
        return []
    told = picture.tell_figures(words, figures)
    png = picture.draw_figures(words, figures)
    return [
        Text(text=part.heading, style="strong"),
        Picture(png=png, alt=shorten(told, limits.PICTURE_ALT), name="questions-by-verdict.png"),
    ]


def _frame(words: Words, heading: str, body: Sequence[Element], url: str) -> Card:
    quiet_week = () if body else (Text(text=words("digest.nothing")),)
    return Card(
        summary=shorten(f"{heading}: {_summarise(words, body)}", limits.SUMMARY),
        elements=(
            Text(text=heading, style="heading"),
            *quiet_week,
            *body,
            Text(text=words("digest.hint"), style="quiet"),
            Link(label=words("digest.all"), url=url + PATH),
        ),
    )


def _summarise(words: Words, body: Sequence[Element]) -> str:
    """What a notification shows: the first thing that is told."""
    told = (text for element in body if getattr(element, "style", "") != "strong" for text in _texts(element))
    first = next(told, words("digest.nothing"))
    return shorten(first, 200)
