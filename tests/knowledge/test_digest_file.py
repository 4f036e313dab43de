"""digest.yaml: optional, read with its defaults, and every mistake named with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.content import DigestPlan, WhenEmpty
from knowledge.library import KnowledgeErrors, load
from tests.knowledge.organisation import write_organisation

DIGEST = """\
version: 1
digests:
  - id: balie
    channel: slack:C0123456789
    day: donderdag
    time: "16:30"
    time_zone: Europe/Brussels
    language: en
    empty: nothing
  - id: magazijn
    channel: teams:19:abc@thread.tacv2
    cron: "5 8 * * 1"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_organisation(tmp_path)
    (tmp_path / "digest.yaml").write_text(DIGEST, encoding="utf-8")
    return tmp_path


def test_it_is_read_with_its_defaults(folder: Path) -> None:
    assert load(folder).digests == (
        DigestPlan("balie", "slack:C0123456789", "30 16 * * 4", "Europe/Brussels", "en", WhenEmpty.NOTHING),
        DigestPlan("magazijn", "teams:19:abc@thread.tacv2", "5 8 * * 1", None, "nl", WhenEmpty.LINE),
    )


def test_an_organisation_can_do_without(folder: Path) -> None:
    (folder / "digest.yaml").unlink()
    assert load(folder).digests == ()


@pytest.mark.parametrize("day", ["maandag", "monday"])
def test_days_in_either_language(folder: Path, day: str) -> None:
    change(folder, "donderdag", day)
    assert load(folder).digests[0].cron == "30 16 * * 1"


WRONG = [
    ("day: donderdag", "day: dinsdagg", "digest.yaml:5 digests[0].day: found 'dinsdagg'; did you mean 'dinsdag'?"),
    ('"16:30"', '"16.30"', "digest.yaml:6 digests[0].time: found '16.30'; write a time as hours and minutes"),
    ('"16:30"', "16:30", "digest.yaml:6 digests[0].time: found 16:30, which YAML reads as a number"),
    ("Europe/Brussels", "Europe/Brusels",
     "digest.yaml:7 digests[0].time_zone: found the unknown time zone 'Europe/Brusels'; "
     "did you mean 'Europe/Brussels'?"),
    ("slack:C0123456789", "C0123456789",
     "digest.yaml:4 digests[0].channel: found 'C0123456789'; write the platform and the channel"),
    ("empty: nothing", "empty: niets", "digest.yaml:9 digests[0].empty: found 'niets'; one of: line, nothing"),
    ("language: en", "language: de", "digest.yaml:8 digests[0].language: found 'de'; one of: nl, en"),
    ("id: magazijn", "id: balie", "digest.yaml:10 digests[1].id: found 'balie' again (first on line 3)"),
    ("teams:19:abc@thread.tacv2", "slack:C0123456789",
     "digest.yaml:11 digests[1].channel: found 'slack:C0123456789' again (first on line 4); "
     "a channel gets one weekly post"),
    ('"5 8 * * 1"', '"elke maandag"', "digest.yaml:12 digests[1].cron: found 'elke maandag', which is no"),
    ('"5 8 * * 1"', '"0 9 31 2 *"', "digest.yaml:12 digests[1].cron: found '0 9 31 2 *', which is no cron line"),
    ('"5 8 * * 1"', '"*/5 8 * * 1"', "digest.yaml:12 digests[1].cron: found '*/5 8 * * 1'; name one minute"),
    ('    cron: "5 8 * * 1"\n', "", "digest.yaml:10 digests[1]: found no moment; add day and time"),
    ("empty: nothing", 'cron: "0 9 * * 1"',
     "digest.yaml:9 digests[0].cron: found a cron line beside 'day' or 'time'; keep one of the two"),
    ("day: donderdag", "dag: donderdag", "digest.yaml:5 digests[0].dag: found a key that is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), WRONG, ids=[case[1][:30] for case in WRONG])
def test_a_mistake_is_named_with_its_line_and_what_would_be_right(
    folder: Path, old: str, new: str, expected: str
) -> None:
    change(folder, old, new)
    with pytest.raises(KnowledgeErrors) as caught:
        load(folder)
    assert any(str(error).startswith(expected) for error in caught.value.errors), str(caught.value)


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / "digest.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "digest.yaml").write_text(text.replace(old, new), encoding="utf-8")
