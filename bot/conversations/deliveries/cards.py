"""The card that says how delivery went: numbers, the reasons that come back most, and a link to who and why."""

from __future__ import annotations

from bot.delivery_report import Report
from bot.model.cards import Bullets, Card, Element, Fact, Facts, Link, Text, shorten
from bot.texts import Words

_REASONS = 5
_LINE = 300


def report_card(words: Words, report: Report, link: str, *, secret: bool) -> Card:
    """`secret`: the link holds one, so it is said how long it works."""
    head = _headline(words, report)
    hint = (Text(text=words("pages.link_hint"), style="quiet"),) if secret else ()
    return Card(
        summary=f"{words('deliveries.title')}: {head}",
        elements=(
            Text(text=words("deliveries.title"), style="heading"),
            Text(text=head),
            *(_numbers(words, report) if report.all or report.waiting_long else ()),
            *_reasons(words, report),
            Link(label=words("deliveries.who_and_why"), url=link),
            *hint,
        ),
    )


def _headline(words: Words, report: Report) -> str:
    if not report.all:
        return words("deliveries.nothing_sent", n=report.days)
    if not report.unreached:
        return words("deliveries.all_well", n=report.days)
    return words("deliveries.some_missed", n=report.unreached, days=report.days)


def _numbers(words: Words, report: Report) -> tuple[Element, ...]:
    numbers = {
        "deliveries.state_sent": report.sent,
        "deliveries.state_waiting": report.waiting,
        "deliveries.waiting_long": report.waiting_long,
        "deliveries.state_failed": report.failed,
        "deliveries.state_unclear": report.unclear,
        "deliveries.state_cancelled": report.cancelled,
    }
    shown = [Fact(label=words(key), value=words.number(number)) for key, number in numbers.items() if number]
    return (Facts(facts=tuple(shown)),)


def _reasons(words: Words, report: Report) -> tuple[Element, ...]:
    lines = [
        shorten(words("deliveries.reason_line", number=words.number(why.number), reason=why.told(words)), _LINE)
        for why in report.why[:_REASONS]
    ]
    if not lines:
        return ()
    return (Text(text=words("deliveries.most_often"), style="strong"), Bullets(items=tuple(lines)))
