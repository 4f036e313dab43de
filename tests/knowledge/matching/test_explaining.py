"""What was read is told as it was: parts, typos, words that revealed data, what was left out, and the doubts."""

from __future__ import annotations

import pytest

from knowledge.answers import Candidate, Outcome
from knowledge.content import Verdict
from knowledge.matching.deciding import Bars, Decision, decide
from knowledge.matching.model import Ranked
from knowledge.matching.reader import Reader


def test_the_explanation_is_that_of_the_reading(reader: Reader) -> None:
    for question in ("Mag ik een rapport laten samenvatten?", "hoi", "Mag AI cv's rangschikken?", ""):
        assert reader.explain(question).reading == reader.read(question)


def test_words_that_revealed_data_and_what_was_left_out(reader: Reader) -> None:
    found = reader.explain("Mag ik een klacht van mevrouw Jansen zonder haar adres laten samenvatten?")
    assert ("mevrouw", "persoonsgegevens") in found.signals
    assert found.left_out == ("adres",)
    assert {data_class for _, data_class in found.signals} == set(found.reading.data)


def test_concepts_by_their_usual_word_and_as_they_were_said(reader: Reader) -> None:
    found = reader.explain("Mag ik het verslag voor een klant laten vertalen?")
    assert [meant.group for meant in found.concepts] == sorted(
        (meant.group for meant in found.concepts), key=("tasks", "objects", "audiences").index
    )
    assert ("objects", "verslag") in {(meant.group, meant.said) for meant in found.concepts}
    english = reader.explain("May I have a report translated?")
    assert "translated" in {meant.said for meant in english.concepts}


def test_typos_and_parts(reader: Reader) -> None:
    assert ("verlsag", "verslag") in reader.explain("Mag ik een verlsag laten samenvatten door AI?").mended
    two = reader.explain("Mag AI een tekst vertalen? En mag AI sollicitanten rangschikken?")
    assert (two.why, len(two.parts)) == ("two", 2)


def test_nothing_of_what_was_masked_is_told(reader: Reader) -> None:
    assert "123456782" not in str(reader.explain("Mag ik BSN 123456782 van jan@voorbeeld.nl invoeren in ChatGPT?"))


_VERDICTS = {"mild": Verdict.MAG, "streng": Verdict.MAG_NIET, "ook-mild": Verdict.MAG}


def decided(rows: dict[str, float], outside: float = 0.1, part: Ranked | None = None, **more: bool) -> Decision:
    rivals = frozenset({"streng"}) if more.get("rival") else frozenset()
    main = Ranked(rows, outside, None, rivals)
    return decide(main, [part] if part else [], _VERDICTS.__getitem__, Bars(), unread=more.get("unread", False))


@pytest.mark.parametrize(
    ("decision", "doubts"),
    [
        (decided({"mild": 0.99}), ()),
        (decided({"mild": 0.9, "streng": 0.1}), ("stricter",)),
        (decided({"mild": 0.99}, outside=0.45), ("outside",)),
        (decided({"mild": 0.99}, unread=True), ("unread",)),
        (decided({"mild": 0.97, "streng": 0.03}, rival=True), ("rival",)),
        (decided({"mild": 0.99}, part=Ranked({"streng": 0.5, "mild": 0.5}, 0.3, None)), ("part",)),
        (decided({"streng": 0.28, "mild": 0.26, "ook-mild": 0.26}), ("weak",)),
        (decided({"streng": 0.9, "mild": 0.1}, unread=True, rival=True), ()),
    ],
)
def test_each_doubt_by_itself_is_enough_to_offer(decision: Decision, doubts: tuple[str, ...]) -> None:
    assert decision.doubts == doubts
    assert decision.outcome is (Outcome.CHOOSE if doubts else Outcome.ANSWER)
    assert isinstance(decision.candidates[0], Candidate)
