"""Takes a withdrawn case out of weekly posts that have gone out, where the message can still be changed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import Turn
from bot.model.cards import Bullets, Card, Element, Text
from bot.model.events import MessageRef, Place
from storage import cases_traces, outbox


async def take_out_of_posts(turn: Turn, case_id: str) -> None:
    """In the channel and where posts are read back; the rest of the post stays as it was."""
    for posted in await cases_traces.find_posted(turn.tx, case_id):
        card = without_line(Card.model_validate(posted.card), posted.line)
        await cases_traces.replace_posted(turn.tx, posted, case_id, card.model_dump(mode="json"))
        message = await outbox.find_platform_id(turn.tx, posted.outbox_key)
        if message is not None:
            platform, _, id = posted.channel.partition(":")
            place = Place(platform=platform, tenant="", id=id, kind="channel")
            turn.replace(MessageRef(place=place, id=message), card, kind="digest")


def without_line(card: Card, line: str) -> Card:
    """A heading whose last line goes, goes with it; what a notification said of it too."""
    elements = tuple(_without(card.elements, line))
    heading = next((one.text for one in elements if isinstance(one, Text)), card.summary)
    told = any(_tells(part, line) for part in card.summary.partition(": ")[2:])
    return Card(summary=heading if told else card.summary, elements=elements)


def _without(elements: tuple[Element, ...], line: str) -> Iterator[Element]:
    held: Text | None = None  # a heading, until something stands below it
    for element in elements:
        if isinstance(element, Bullets):
            items = tuple(item for item in element.items if not _tells(item, line))
            if items:
                yield from (held,) if held is not None else ()
                yield Bullets(items=items)
            held = None
            continue
        if held is not None:
            yield held
        held = element if isinstance(element, Text) and element.style == "strong" else None
        if held is None:
            yield element
    if held is not None:
        yield held


def _tells(item: str, line: str) -> bool:
    """The line itself, or as much of it as there was room for."""
    return item == line or (item.endswith("…") and line.startswith(item[:-1].rstrip()))
