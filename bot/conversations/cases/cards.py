"""The cards of cases for everybody: reading one, finding some, and what a sharer hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations.cases.actions import Agree, Mine, Open, OpenCode, OpenOwn, Read, Recognise
from bot.conversations.cases.wording import heading_of, line_of, tell_status, tell_texts
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Fact, Facts, Link, Text, shorten
from bot.texts import Words
from storage.cases import Case

_TEXT = 700
"""Of one text on a card; the page has it whole."""
_LABEL = 40
PATH = "/cases"


@dataclass(frozen=True, slots=True)
class Around:
    """What a card says beside the case itself."""

    row: str = ""
    """Title of the row it is about."""
    recognised: int = 0
    also: int = 0


def case_card(words: Words, case: Case, around: Around) -> Card:
    heading = heading_of(words, case.kind)
    elements: list[Element] = [Text(text=heading, style="heading")]
    elements += text_elements(words, case)
    if facts := _facts(words, case, around.row):
        elements.append(Facts(facts=facts))
    elements.append(Text(text="\n".join(_small_print(words, case, around)), style="quiet"))
    recognise = Button.to(Recognise(case=case.id), words("cases.recognise"))
    share = Button.to(Open(row=case.use_case or ""), words("cases.share_too"), opens_form=True)
    elements.append(Buttons(buttons=(recognise, share)))
    return Card(summary=f"{heading}: {line_of(words, case)}", elements=tuple(elements))


def text_elements(words: Words, case: Case) -> list[Element]:
    """What was asked and answered, each short enough to read; a line says where the rest stands."""
    told = [
        (words("cases.told_did"), case.did),
        (words("cases.told_happened"), case.happened),
        (words("cases.told_learned"), case.learned),
    ]
    elements: list[Element] = []
    for label, text in told:
        if text:
            elements += [Text(text=label, style="strong"), Text(text=shorten(text, _TEXT))]
    return elements


def is_longer(case: Case) -> bool:
    return any(len(text) > _TEXT for text in (case.did, case.happened, case.learned))


def _facts(words: Words, case: Case, row: str) -> tuple[Fact, ...]:
    told = (
        (words("cases.fact_tool"), case.tool),
        (words("cases.fact_task"), case.task),
        (words("cases.fact_row"), row),
        (words("cases.fact_tags"), ", ".join(case.tags)),
    )
    return tuple(Fact(label=label, value=shorten(value, 300)) for label, value in told if value)


def _small_print(words: Words, case: Case, around: Around) -> list[str]:
    lines = [tell_by(words, case)]
    if around.also:
        lines.append(words("cases.also", n=around.also))
    if around.recognised:
        lines.append(words("cases.recognised", n=around.recognised))
    if is_longer(case):
        lines.append(words("cases.longer"))
    return lines


def tell_by(words: Words, case: Case) -> str:
    day = words.day(case.shared_on.date())
    return words("cases.by", name=case.name, day=day) if case.name else words("cases.by_nobody", day=day)


def found_card(words: Words, found: Sequence[Case], typed: str, *, more: bool, link: str) -> Card:
    """What a search gave, each with a button to read it."""
    typed = shorten(typed, 60)
    if not found:
        said = words("cases.found_none", typed=typed) if typed else words("cases.found_nothing")
        return Card(summary=said, elements=(Text(text=said), *_ways_on(words, link)))
    title = words("cases.found_title", typed=typed) if typed else words("cases.found_newest")
    elements: list[Element] = [Text(text=title, style="heading")]
    for case in found:
        elements.append(Text(text=line_of(words, case)))
        elements.append(Buttons(buttons=(Button.to(Read(case=case.id), words("cases.read")),)))
    if more:
        elements.append(Text(text=words("cases.found_more"), style="quiet"))
    return Card(summary=title, elements=(*elements, *_ways_on(words, link)))


def _ways_on(words: Words, link: str) -> tuple[Element, ...]:
    share = Button.to(Open(), words("cases.share"), opens_form=True)
    mine = Button.to(Mine(), words("cases.mine"))
    page = (Link(label=words("cases.to_page"), url=link),) if link else ()
    return (Buttons(buttons=(share, mine)), *page)


# ---------------------------------------------------------------- what a sharer hears


def thanks_card(words: Words, case_id: str, *, changed: bool = False) -> Card:
    said = words("cases.thanks_changed") if changed else words("cases.thanks")
    return _own_card(words, case_id, said)


def told_card(words: Words, case: Case) -> Card:
    """What became of one's case, with its reason."""
    keys = {
        "published": "cases.told_published",
        "lab": "cases.told_lab",
        "declined": "cases.told_declined",
        "merged": "cases.told_merged",
    }
    key = keys.get(case.state, "cases.told_reopened")
    said = words(key, reason=case.reason) if case.state == "declined" else words(key)
    return _own_card(words, case.id, said, about=case)


def _own_card(words: Words, case_id: str, said: str, *, about: Case | None = None) -> Card:
    line = (Text(text=line_of(words, about), style="quote"),) if about is not None else ()
    button = Button.to(OpenOwn(case=case_id), words("cases.see_own"), opens_form=True)
    return Card(
        summary=shorten(said, limits.SUMMARY),
        elements=(Text(text=shorten(said, limits.TEXT)), *line, Buttons(buttons=(button,))),
    )


def asked_card(words: Words, case: Case) -> Card:
    """The Lab's wording, for a yes or a no."""
    said = words("cases.told_proposed")
    yes = Button.to(Agree(case=case.id, yes=True), words("cases.agree"), primary=True)
    no = Button.to(Agree(case=case.id, yes=False), words("cases.refuse"))
    text = shorten(tell_texts(words, case.proposed or {}), limits.TEXT)
    own = Button.to(OpenOwn(case=case.id), words("cases.see_own"), opens_form=True)
    return Card(
        summary=said,
        elements=(Text(text=said), Text(text=text, style="quote"), Buttons(buttons=(yes, no, own))),
    )


def mine_card(words: Words, shared: Sequence[Case]) -> Card:
    title = words("cases.mine_title")
    elements: list[Element] = [Text(text=title, style="heading")]
    for case in shared:
        line = line_of(words, case, 100)
        said = words("cases.mine_line", day=words.day(case.shared_on.date()), line=line)
        elements.append(Text(text=shorten(f"{said}\n{tell_status(words, case)}", _TEXT)))
        own = Button.to(OpenOwn(case=case.id), words("cases.see_own"), opens_form=True)
        elements.append(Buttons(buttons=(own,)))
    if not shared:
        elements.append(Text(text=words("cases.mine_none")))
    code = Button.to(OpenCode(), words("cases.have_code"), opens_form=True)
    share = Button.to(Open(), words("cases.share"), opens_form=True)
    elements.append(Buttons(buttons=(share, code)))
    return Card(summary=title, elements=tuple(elements))


def listed_card(title: str, lines: Sequence[str]) -> Card:
    items = tuple(shorten(line, _TEXT) for line in lines[: limits.BULLETS])
    return Card(summary=title, elements=(Text(text=title, style="heading"), Bullets(items=items)))
