"""What a person reads on a page of the workspace, as the neutral things the contract suite asks for."""

from __future__ import annotations

from dataclasses import dataclass

from tests.platforms.stage import Shown, ShownForm
from tests.platforms.web.tree import Element

_LINES = ("h3", "p", "li", "dt", "dd", "blockquote")


@dataclass(frozen=True)
class ShownMessage(Shown):
    is_card: bool = False
    by: str = ""


def see_messages(page: Element) -> list[ShownMessage]:
    """Every message, answers in threads right after what they answer."""
    return [
        _see_message(message) for message in page.find_all("li", kind="message") if "data-id" in message.attributes
    ]


def _see_message(message: Element) -> ShownMessage:
    said = next(child for child in message.children if isinstance(child, Element) and "said" in child.classes)
    cards = said.find_all(kind="card")
    seen = see_card(cards[0]) if cards else Shown(id="", text=said.get(kind="typed").text)
    return ShownMessage(
        id=message.attributes["data-id"],
        text=seen.text,
        buttons=seen.buttons,
        thread=message.attributes.get("data-thread"),
        pictures=seen.pictures,
        is_card=bool(cards),
        by=said.get(kind="who").get("b").text,
    )


def see_card(card: Element) -> Shown:
    lines = [element.text for element in card.walk() if element.tag in _LINES]
    return Shown(
        id="",
        text="\n".join(lines),
        buttons=tuple(button.text for button in card.find_all("button")),
        pictures=tuple(picture.attributes["alt"] for picture in card.find_all("img")),
    )


def see_form(form: Element) -> ShownForm:
    labels, errors = [], {}
    for field in form.find_all(kind="field"):
        label = (field.find_all("legend") or field.find_all("label"))[0].text
        labels.append(label)
        error = field.get(kind="field-error").text
        if error:
            errors[label] = error
    return ShownForm(form.get(kind="form-title").text, tuple(labels), errors)
