"""What the clock brings back to be counted."""

from __future__ import annotations

from datetime import date

from bot.model.actions import Action


class CountDaily(Action, name="figures.count_daily"):
    """Begin today's figures, and those of past days about which something came in since."""


class CountOn(Action, name="figures.count_on"):
    """The next page of people of one count."""

    day: date
    known_on: date
