"""Fills in the pages' templates; every value is escaped unless it is Markup already."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, StrictUndefined, Undefined
from markupsafe import Markup


@cache
def _templates(undefined: type[Undefined]) -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill(template: str, **values: Any) -> Markup:
    return Markup(_templates(StrictUndefined).get_template(template).render(**values))


def fill_loosely(template: str, **values: Any) -> Markup:
    """For other people's formats, where most of what could be said is left out."""
    return Markup(_templates(ChainableUndefined).get_template(template).render(**values))
