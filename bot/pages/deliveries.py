"""Who was not reached and why: what became of the messages, without what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.delivery_report import DAYS, Report, make_report
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.reasons import tell_reason
from bot.texts import Words
from knowledge.diploma import Permission
from storage import deliveries
from storage.deliveries import STATES, UNREACHED, Delivery, Filter

PATH = "/deliveries"
_COMMAND = "/promptclub bezorging"
_MOST = 200
_KINDS = ("answer", "ticket", "notice", "nudge", "digest")
_LOOKS_BACK = (1, 7, 30, 90, 365)
_CHOICES: Mapping[str, tuple[str, ...]] = {"unreached": UNREACHED, "all": STATES, **{one: (one,) for one in STATES}}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filter in the address says; what it does not know counts as not said."""

    state: str
    platform: str
    kind: str
    days: int

    @classmethod
    def read(cls, query: Mapping[str, str], platforms: Sequence[str]) -> Chosen:
        def pick(name: str, allowed: Sequence[str], otherwise: str) -> str:
            return query[name] if query.get(name) in allowed else otherwise

        return cls(
            state=pick("state", tuple(_CHOICES), "unreached"),
            platform=pick("platform", platforms, ""),
            kind=pick("kind", _KINDS, ""),
            days=int(pick("days", tuple(map(str, _LOOKS_BACK)), str(DAYS))),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a person reads it."""

    whom: str
    what: str
    state: str
    """Names its colour too."""
    outcome: str
    why: str
    since: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the bar: of which state, how many, where it begins and how wide it is, in per cent."""

    state: str
    label: str
    number: int
    begin: float
    width: float


def add_to(site: web.Application, house: House, access: Access) -> None:
    platforms = tuple(sorted(house.platforms))

    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        chosen = Chosen.read(request.query, platforms)
        now = house.now()
        wanted = Filter(
            now - timedelta(days=chosen.days),
            _CHOICES[chosen.state],
            platform=chosen.platform or None,
            kind=chosen.kind or None,
        )
        async with house.database.reading() as tx:
            report = await make_report(tx, now, chosen.days)
            found = await deliveries.find(tx, wanted, _MOST)
        page = draw(visitor, report, [_show(visitor, one) for one in found], chosen, platforms)
        return web.Response(text=page, content_type="text/html")

    site.router.add_get(PATH, access.behind(Permission.MANAGE_SETTINGS, show, _COMMAND))


def draw(visitor: Visitor, report: Report, shown: Sequence[Shown], chosen: Chosen, platforms: Sequence[str]) -> str:
    return fill(
        "deliveries.html",
        view=visitor,
        words=visitor.words,
        title=visitor.words("deliveries.title"),
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        report=report,
        bars=_bars(visitor.words, report),
        shown=shown,
        chosen=chosen,
        narrowed=bool(chosen.platform or chosen.kind or chosen.state != "unreached"),
        filters=_filters(visitor.words, chosen, platforms),
        most=_MOST,
    )


def _show(visitor: Visitor, one: Delivery) -> Shown:
    words = visitor.words
    whom = one.name or words("deliveries.nameless")
    if one.place_kind != "direct":
        whom = words("deliveries.channel", name=one.place_id)
    kind = words(f"deliveries.kind_{one.kind}") if words.knows(f"deliveries.kind_{one.kind}") else one.kind
    why = tell_reason(words, one.reason) if one.reason else ""
    return Shown(
        whom=whom,
        what=f"{kind}, {one.platform.capitalize()}",
        state=one.state,
        outcome=words(f"deliveries.state_{one.state}"),
        why=why[:1].upper() + why[1:],
        since=words.moment(one.since, visitor.time_zone),
    )


def _bars(words: Words, report: Report) -> list[Bar]:
    numbers = {
        "sent": report.sent,
        "waiting": report.waiting,
        "failed": report.failed,
        "unclear": report.unclear,
        "cancelled": report.cancelled,
    }
    bars: list[Bar] = []
    begin = 0.0
    for state, number in numbers.items():
        if number:
            width = 100 * number / report.all
            bars.append(Bar(state, words(f"deliveries.state_{state}"), number, round(begin, 3), round(width, 3)))
            begin += width
    return bars


def _filters(
    words: Words, chosen: Chosen, platforms: Sequence[str]
) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Name in the address, label, what is chosen, and the options with their words."""
    states = [("unreached", words("deliveries.filter_unreached")), ("all", words("deliveries.filter_all"))]
    states += [(state, words(f"deliveries.state_{state}")) for state in STATES]
    anything = ("", words("deliveries.filter_any"))
    kinds = [anything, *((kind, words(f"deliveries.kind_{kind}")) for kind in _KINDS)]
    where = [anything, *((platform, platform.capitalize()) for platform in platforms)]
    days = [(str(number), words("deliveries.filter_last", n=number)) for number in _LOOKS_BACK]
    return [
        ("state", words("deliveries.filter_what"), chosen.state, states),
        ("platform", words("deliveries.filter_platform"), chosen.platform, where),
        ("kind", words("deliveries.filter_kind"), chosen.kind, kinds),
        ("days", words("deliveries.filter_days"), str(chosen.days), days),
    ]
