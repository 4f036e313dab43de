"""Reads a page the way a browser does, just enough of it: elements, attributes and what a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta"})


class NotWellFormed(Exception):
    """A tag is closed that was not open, or left open."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All text below, as it stands in the source."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find_all(self, tag: str = "", *, kind: str = "", **attributes: str) -> list[Element]:
        """Elements below with this tag, class (`kind`) and attributes (`data_x` for data-x)."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if (not tag or element.tag == tag)
            and (not kind or kind in element.classes)
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def get(self, tag: str = "", *, kind: str = "", **attributes: str) -> Element:
        (found,) = self.find_all(tag, kind=kind, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            raise NotWellFormed(f"</{tag}> closes <{self._open[-1].tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def finish(self) -> Element:
        self.close()
        if len(self._open) != 1:
            raise NotWellFormed(f"<{self._open[-1].tag}> is never closed")
        return self.root


def read_html(source: str) -> Element:
    """The tree, under a nameless root; NotWellFormed when a tag does not match its end."""
    reader = _Reader()
    reader.feed(source)
    return reader.finish()
