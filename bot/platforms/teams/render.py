"""Cards as Adaptive Cards 1.5. Pure; every neutral card fits into one Teams message.

Buttons are Action.Submit. It works in every client there is, comes as a message, and leaves the card to us: the
answer to an Action.Execute must come within seconds, may not be empty (Teams then runs the click again), and draws
over the card for the one who pressed while the others see something else. A button that opens a form says so in its
data, and Teams asks for the dialog (`task/fetch`); a client without dialogs sends it as a message. Both roads are
parsed, and so is Action.Execute, should a card ever be drawn with it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Facts,
    Form,
    Link,
    Picture,
    Text,
    shorten,
)
from bot.platforms.teams.data import PRESS
from bot.platforms.teams.forms import draw_form
from bot.platforms.teams.plain import Block, heading, line, name, paragraphs
from bot.platforms.teams.wrapping import size_of, with_band, wrap_card, wrap_message
from bot.texts import WORDS

MESSAGE_BYTES = 100_000
"""Teams refuses a larger message (413); it counts UTF-16."""
_SHORTER = (limits.CARD_CHARACTERS, 1_500, 800, 400, 200)
"""Characters of an element, where a card in wide letters would be larger than a message."""
_ENVELOPE_BYTES = 4_000
"""Who, where and summary, beside the card."""
_BUTTONS_IN_ROW = 6
"""An ActionSet folds what comes after the sixth away."""
_LETTERS_IN_ROW = 40
"""More than about this many letters do not stand side by side in a chat."""
_LETTERS_ON_BUTTON = 38
"""A client cuts off what does not fit on one line of a button."""
_STYLES = {"default": "default", "primary": "positive", "danger": "destructive"}


def draw(card: Card | Form) -> Block:
    """For the gallery and the tests: a form as it stands in its dialog."""
    return draw_card(card) if isinstance(card, Card) else draw_form(card, WORDS["nl"])


def draw_message(card: Card) -> Block:
    """The activity that shows the card; its summary is what a notification says."""
    return wrap_message(draw_card(card), card.summary)


def draw_card(card: Card) -> Block:
    """As it should look; where that is too much for one message, without pictures, then plainer and shorter."""
    left = MESSAGE_BYTES - _ENVELOPE_BYTES - 2 * size_of(card.summary)
    plain = wrap_card(_draw_all(card.elements, pictures=False), card.summary)
    room = left - size_of(plain)
    if room < 0:
        return _draw_short(card, left)
    if not any(isinstance(element, Picture) for element in card.elements):
        return plain
    return wrap_card(_draw_all(card.elements, pictures=True, room=room), card.summary)


def _draw_short(card: Card, left: int) -> Block:
    """One block per element, each as long as there is room for."""
    for most in _SHORTER:
        body = [block for element in card.elements for block in _draw_plainly(element, most)]
        drawn = wrap_card(body, card.summary)
        if size_of(drawn) <= left:
            break
    return drawn


def _draw_all(elements: Iterable[Element], *, pictures: bool, room: int = 0) -> list[Block]:
    """Every element; pictures only while there is room for them."""
    body: list[Block] = []
    divided = False
    for element in elements:
        if isinstance(element, Divider):
            divided = True
            continue
        drawn = _draw(element)
        if isinstance(element, Picture):
            room -= size_of(drawn)
            if not pictures or room < 0:
                drawn = [line(element.alt, italic=True)]
        if divided and drawn:
            drawn[0] |= {"separator": True, "spacing": "Large"}
            divided = False
        body += drawn
    return with_band(body)


def _draw(element: Element) -> list[Block]:
    match element:
        case Text():
            return _draw_text(element)
        case Bullets(items=items):
            return [_draw_bullet(item, first=index == 0) for index, item in enumerate(items)]
        case Facts(facts=facts):
            return [_draw_fact(fact.label, fact.value, first=index == 0) for index, fact in enumerate(facts)]
        case Picture(png=png, alt=alt):
            url = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
            return [{"type": "Image", "url": url, "altText": name(alt), "size": "Auto"}]
        case Divider():
            return []
        case Link(label=label, url=url):
            return [_action_set([{"type": "Action.OpenUrl", "title": name(label), "url": url}])]
        case Buttons(buttons=buttons):
            return _draw_buttons(buttons)
        case _:
            assert_never(element)


def _draw_text(element: Text) -> list[Block]:
    match element.style:
        case "normal":
            return paragraphs(element.text)
        case "heading":
            return [heading(element.text)]
        case "strong":
            return paragraphs(element.text, weight="Bolder")
        case "quiet":
            return paragraphs(element.text, size="Small", isSubtle=True)
        case "quote":
            items = paragraphs(element.text, italic=True)
            return [{"type": "Container", "style": "emphasis", "items": items}] if items else []
        case _:
            assert_never(element.style)


def _draw_bullet(item: str, *, first: bool) -> Block:
    """Two columns, so that the second line of an item begins below the first."""
    return _columns(("auto", [line("•")]), ("stretch", paragraphs(item) or [line(" ")]), first=first)


def _draw_fact(label: str, value: str, *, first: bool) -> Block:
    named = ("1", [line(label, isSubtle=True)])
    return _columns(named, ("3", paragraphs(value, weight="Bolder") or [line(" ")]), first=first)


def _columns(*columns: tuple[str, list[Block]], first: bool) -> Block:
    drawn = [
        {"type": "Column", "width": int(width) if width.isdigit() else width, "items": items}
        for width, items in columns
    ]
    return {"type": "ColumnSet", "columns": drawn, "spacing": "Default" if first else "Small"}


def draw_button(button: Button) -> Block:
    data: Block = {PRESS: button.action}
    if button.opens_form:
        data["msteams"] = {"type": "task/fetch"}
    return {
        "type": "Action.Submit",
        "title": name(button.label),
        "style": _STYLES[button.style],
        "data": data,
    }


def _draw_buttons(buttons: Sequence[Button]) -> list[Block]:
    """Side by side where they are short; a list of lines to press where a label would be cut off."""
    if any(len(button.label) > _LETTERS_ON_BUTTON for button in buttons):
        drawn = [_draw_line_to_press(button) for button in buttons]
    else:
        drawn = [_action_set([draw_button(button) for button in row]) for row in _rows(buttons)]
    return [drawn[0], *({**block, "spacing": "Small"} for block in drawn[1:])]


def _draw_line_to_press(button: Button) -> Block:
    columns = _columns(("stretch", [line(button.label, weight="Bolder")]), ("auto", [line("›")]), first=True)
    press = draw_button(button)
    del press["style"]  # a line has no colours of its own
    return {"type": "Container", "style": "emphasis", "items": [columns], "selectAction": press}


def _action_set(actions: list[Block]) -> Block:
    return {"type": "ActionSet", "actions": actions}


def _rows(buttons: Iterable[Button]) -> Iterator[list[Button]]:
    """As many side by side as can be read there."""
    row: list[Button] = []
    for button in buttons:
        letters = sum(len(other.label) for other in row) + len(button.label)
        if row and (len(row) == _BUTTONS_IN_ROW or letters > _LETTERS_IN_ROW):
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def _draw_plainly(element: Element, most: int) -> list[Block]:
    """One block of at most so many characters: a card of very many small parts still fits."""
    match element:
        case Bullets(items=items):
            return [line(shorten("\n".join(f"• {item}" for item in items), most))]
        case Facts(facts=facts):
            return [line(shorten("\n".join(f"{fact.label}: {fact.value}" for fact in facts), most))]
        case Text(text=text):
            return [line(shorten(text, most))]
        case Picture(alt=alt):
            return [line(shorten(alt, most), italic=True)]
        case Divider() | Link() | Buttons():
            return _draw(element)
        case _:
            assert_never(element)
