"""What is learned is kept as long as nothing changes that it was learned from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from knowledge.content import Knowledge, Wording
from knowledge.matching.cache import Cache
from knowledge.matching.known import fingerprint_of_known


def test_another_verdict_needs_no_learning_and_another_title_does(starter: Knowledge, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    before = fingerprint_of_known(starter, cache)
    first, *others = starter.use_cases
    strict = replace(first, typical_data=first.typical_data[:1], why=Wording("Omdat.", "Because."))
    titled = replace(first, title=Wording("Iets heel anders", "Something else"))
    assert fingerprint_of_known(replace(starter, use_cases=(strict, *others), fingerprint="x"), cache) == before
    assert fingerprint_of_known(replace(starter, use_cases=(titled, *others)), cache) != before


def test_another_name_of_a_tool_needs_learning(starter: Knowledge, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first, *others = starter.tools
    renamed = replace(starter, tools=(replace(first, aliases=(*first.aliases, "de nieuwe hulp")), *others))
    assert fingerprint_of_known(renamed, cache) != fingerprint_of_known(starter, cache)
    assert fingerprint_of_known(starter, Cache(None)) == fingerprint_of_known(starter, cache)
