"""An organisation of any number of made-up rows, to see what more rows cost: few words, each in very many rows.

That is the hard case for speed: every word and every letter group leads to hundreds of rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from knowledge.content import Knowledge, UseCase, Wording
from knowledge.library import DEFAULT_FOLDER, load

_DEEDS = """samenvatten vertalen herschrijven nakijken ordenen vergelijken ontwerpen plannen voorbereiden inkorten
uitleggen tekenen beantwoorden uittikken voorlezen beoordelen verzamelen omzetten aanvullen controleren archiveren
verdelen opzoeken tellen versturen"""
_THINGS = """rooster folder offerte verslag handleiding vacature dossier rekening presentatie spreadsheet foto
opname brief nieuwsbrief contract enquête plattegrond begroting persbericht cursus procedure website klacht
subsidieaanvraag menukaart"""
_FOR = """klanten leveranciers journalisten medewerkers directeuren bewoners leerlingen buren vrijwilligers
magazijniers boekhouders beursgangers onthaalmedewerkers vergaderaars collega's bezoekers"""
_SAID = list(product(_DEEDS.split(), _THINGS.split(), _FOR.split()))
_STEP = 3331
"""A prime, so that every combination has its turn and the first fifty already differ."""


def make_up(rows: int) -> Knowledge:
    """The starter with this many rows of its own making, at most 10,000, instead of its rows."""
    if rows > len(_SAID):
        raise ValueError(f"{rows} rows: there are words for {len(_SAID)}")
    starter = load(DEFAULT_FOLDER)
    made = tuple(_make_rows(starter.use_cases, rows))
    return replace(starter, use_cases=made, phrasings={}, fingerprint=f"{rows} made-up rows")


def _make_rows(like: tuple[UseCase, ...], rows: int) -> Iterable[UseCase]:
    for place in range(rows):
        deed, thing, whom = _SAID[place * _STEP % len(_SAID)]
        title = f"Een {thing} {deed} voor {whom}"
        examples = (
            f"Mag AI een {thing} {deed} voor {whom}?",
            f"kan ik die {thing} voor {whom} laten {deed}",
            f"{whom} willen een {thing}, mag AI die {deed}",
        )
        yield replace(
            like[place % len(like)],
            id=f"rij-{place}",
            title=Wording(title, title),
            examples={"nl": examples[: 2 + place % 2], "en": ()},
        )
