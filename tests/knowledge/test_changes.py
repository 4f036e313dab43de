"""What a change lets through, which values it touches, and what a file says that nobody agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from knowledge.changes import Cell, find_file_news, is_looser, list_cells
from knowledge.content import Knowledge
from knowledge.contents import Content, Key, fingerprint_of
from knowledge.library import DEFAULT_FOLDER, load

ROW: Content = {
    "id": "mail",
    "title": {"nl": "Mail", "en": "Mail"},
    "typical_data": "intern",
    "verdicts": {"openbaar": "mag", "intern": "mag_mits", "persoonsgegevens": "grijs"},
    "conditions": ["menselijke-check", "goedgekeurde-tool"],
    "level": "gevorderd",
    "examples": {"nl": ["Mag een mail?"], "en": ["May I?"]},
}
STRICT: Content = {**ROW, "verdicts": {"openbaar": "grijs", "intern": "mag_niet", "persoonsgegevens": "mag_niet"}}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)


def verdicts(**changed: str) -> dict[str, Any]:
    return {"verdicts": {**ROW["verdicts"], **changed}}


@pytest.mark.parametrize(
    ("change", "looser"),
    [
        (verdicts(intern="mag"), True),
        (verdicts(intern="mag_niet"), False),
        (verdicts(intern="mag_niet", persoonsgegevens="mag_mits"), True),
        ({"conditions": ["menselijke-check"]}, True),
        ({"conditions": ["menselijke-check", "goedgekeurde-tool", "dpia"]}, False),
        ({"level": "basis"}, True),
        ({"level": "expert"}, False),
        ({"typical_data": "openbaar"}, True),
        ({"typical_data": "persoonsgegevens"}, False),
        ({"title": {"nl": "Een mail", "en": "A mail"}}, True),
        ({"why": {"nl": "Daarom.", "en": "Because."}}, False),
        ({"examples": {"nl": ["Mag een mail?", "Mag een brief?"], "en": ["May I?"]}}, True),
        ({"examples": {"nl": [], "en": ["May I?"]}}, False),
    ],
)
def test_a_change_of_a_row(knowledge: Knowledge, change: dict[str, Any], looser: bool) -> None:
    assert is_looser(knowledge, "row", ROW, {**ROW, **change}) is looser


def test_a_new_row_and_words_that_lead_to_a_no(knowledge: Knowledge) -> None:
    assert is_looser(knowledge, "row", None, ROW)
    assert not is_looser(knowledge, "row", None, STRICT)
    more = {"examples": {"nl": ["Mag een mail?", "Mag een brief?"], "en": []}}
    assert not is_looser(knowledge, "row", STRICT, {**STRICT, **more})
    assert is_looser(knowledge, "row", STRICT, None), "its neighbours may say yes"


@pytest.mark.parametrize(
    ("change", "looser"),
    [
        ({"status": "niet_toegestaan"}, False),
        ({"status": "goedgekeurd"}, True),
        ({"data_limit": "openbaar"}, False),
        ({"data_limit": None}, False),
        ({"data_limit": "persoonsgegevens"}, True),
        ({"status": "niet_toegestaan", "data_limit": "persoonsgegevens"}, True),
        ({"aliases": ["x", "y"]}, True),
        ({"note": {"nl": "Anders.", "en": "Other."}}, False),
    ],
)
def test_a_change_of_a_tool(knowledge: Knowledge, change: dict[str, Any], looser: bool) -> None:
    tool = {"id": "x", "name": "X", "aliases": ["x"], "status": "proef", "data_limit": "intern"}
    assert is_looser(knowledge, "tool", tool, {**tool, **change}) is looser


def test_every_cell_that_differs_is_named() -> None:
    after = {**ROW, **verdicts(intern="mag"), "conditions": ["dpia"], "instead": {"nl": "Zo."}}
    assert list_cells(ROW, after) == [
        Cell("verdicts.intern", "mag_mits", "mag"),
        Cell("conditions", "menselijke-check\ngoedgekeurde-tool", "dpia"),
        Cell("instead.nl", "", "Zo."),
    ]
    assert list_cells(ROW, ROW) == []
    assert len(list_cells(None, ROW)) == 11


@dataclass(frozen=True)
class Held:
    hash: str
    source: str


MAIL = Key("row", "mail")


def test_a_file_is_the_source_until_people_change_it_elsewhere() -> None:
    edited = {**ROW, **verdicts(intern="mag")}
    assert find_file_news({MAIL: ROW}, {}, {}).take == {MAIL: ROW}
    by_file, by_people = Held(fingerprint_of(ROW), "file"), Held(fingerprint_of(ROW), "chat")
    assert find_file_news({MAIL: edited}, {MAIL: by_file}, {}).take == {MAIL: edited}
    news = find_file_news({MAIL: edited}, {MAIL: by_people}, {MAIL: {fingerprint_of(ROW)}})
    assert (news.take, news.differ) == ({}, {MAIL: edited})


def test_a_file_that_lags_behind_says_nothing_new() -> None:
    agreed = {**ROW, **verdicts(intern="mag_niet")}
    held = {MAIL: Held(fingerprint_of(agreed), "chat")}
    news = find_file_news({MAIL: ROW}, held, {MAIL: {fingerprint_of(ROW), fingerprint_of(agreed)}})
    assert (news.take, news.differ) == ({}, {})


def test_what_is_taken_out_of_the_file_goes_only_where_the_file_is_the_source() -> None:
    assert find_file_news({}, {MAIL: Held("x", "file")}, {}).take == {MAIL: None}
    assert find_file_news({}, {MAIL: Held("x", "chat")}, {}).take == {}
    assert find_file_news({}, {MAIL: Held("", "file")}, {}).take == {}, "it is gone already"
