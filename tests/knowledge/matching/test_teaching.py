"""A phrasing taught to a running reader: read at once, close to learning anew, and never a way to a yes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path

import numpy as np
import pytest

from knowledge.answers import Outcome, Reading
from knowledge.content import UNKNOWN_TOOL, Knowledge, Verdict
from knowledge.matching.cache import Cache, KeptMatrix
from knowledge.matching.model import prepare_known
from knowledge.matching.normalising import fold, split_words
from knowledge.matching.ranker import extend, invert, smoothing, train
from knowledge.matching.reader import Reader, build_reader
from knowledge.matching.teaching import Phrasing
from knowledge.matching.tools import ToolReader
from knowledge.verdict import judge
from tests.knowledge.matching.conftest import LATER_AGREED, LATER_SAID, OTHER_ORGANISATION, QUESTIONS
from tests.knowledge.matching.scoring import read_questions

_ODD = "Mag ik de kantinelijst van de week door een slimme hulp laten opmaken?"
_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


@pytest.fixture(scope="module")
def pupil(reader: Reader) -> Reader:
    """A reader of our own: what it is taught must not reach the other tests."""
    return copy(reader)


@pytest.fixture(autouse=True)
def _forget(pupil: Reader) -> Iterator[None]:
    yield
    pupil.learn([])


def verdict(knowledge: Knowledge, reading: Reading) -> Verdict | None:
    if reading.use_case is None:
        return None
    return judge(knowledge, reading.use_case, reading.data, reading.tools).verdict


def test_extending_is_training_with_one_more() -> None:
    points = np.random.default_rng(5).normal(size=(20, 6)).astype(np.float32)
    likeness, labels = np.asarray(points @ points.T), ["a", "b"] * 10
    ranker, _ = train(invert(likeness[:18, :18], labels[:18]), labels[:18])
    longer = extend(ranker, invert(likeness[:18, :18], labels[:18]), labels[:18], likeness[18:], labels[18:])
    smoothed = likeness + np.diag([*smoothing(labels[:18]), *smoothing(labels)[18:]])
    wanted = np.array([[label == name for name in ("a", "b")] for label in labels]) - ranker.usual
    assert longer.weights is not None
    assert np.allclose(longer.weights, np.linalg.solve(smoothed, wanted), atol=1e-4)


def test_what_was_taught_is_read_as_its_row_at_once(pupil: Reader) -> None:
    assert pupil.read(_ODD).use_case is None
    pupil.learn([Phrasing("notulen", _ODD)])
    for asked in (_ODD, _ODD.upper(), _ODD.replace(" ", "  ")):
        reading = pupil.read(asked)
        assert (reading.outcome, reading.use_case) == (Outcome.ANSWER, "notulen")
    pupil.learn([])
    assert pupil.read(_ODD).use_case is None


def test_its_neighbours_are_read_better_too(pupil: Reader) -> None:
    near = "Mag de kantinelijst van volgende week door een slimme hulp opgemaakt worden?"
    before = {candidate.use_case: candidate.confidence for candidate in pupil.read(near).candidates}
    pupil.learn([Phrasing("notulen", _ODD)])
    after = pupil.read(near).candidates[0]
    assert after.use_case == "notulen"
    assert after.confidence > before.get("notulen", 0.0) + 0.2


def test_data_and_tools_still_count(starter: Knowledge, pupil: Reader) -> None:
    pupil.learn([Phrasing("notulen", "Mag de kantinelijst met Copilot worden opgemaakt?")])
    reading = pupil.read("Mag de kantinelijst met DeepSeek worden opgemaakt?")
    assert reading.use_case == "notulen"
    assert verdict(starter, reading) not in _PERMISSIVE


@pytest.mark.parametrize("text", ["mag dit wel", "hoi", "", "🙃"])
def test_what_may_mean_anything_settles_nothing(pupil: Reader, text: str) -> None:
    pupil.learn([Phrasing("notulen", text)])
    assert pupil.read(text).use_case is None


def test_a_row_that_is_not_there_is_an_error(pupil: Reader) -> None:
    with pytest.raises(KeyError):
        pupil.learn([Phrasing("bestaat-niet", _ODD)])


def test_the_later_word_holds(pupil: Reader) -> None:
    pupil.learn([Phrasing("notulen", _ODD), Phrasing("klantmail", _ODD)])
    assert pupil.read(_ODD).use_case == "klantmail"


def test_nothing_asked_before_gets_a_looser_answer(starter: Knowledge, pupil: Reader) -> None:
    """Three phrasings of strict rows and three near copies of them, taught to the mildest row there is."""
    asked = [entry["q"] for entry in read_questions(QUESTIONS / "everyday.jsonl", QUESTIONS / "hard.jsonl")]
    before = {question: verdict(starter, pupil.read(question)) for question in asked}
    near = "Mag AI even bepalen welke sollicitanten we uitnodigen?"
    pupil.learn(
        [
            Phrasing("cv-selectie", "Mogen we de brievenbus met kandidaten door de computer laten uitdunnen?"),
            Phrasing("notulen", near),
            Phrasing("notulen", "Mag ik ons klantenbestand in een chatbot laden?"),
            Phrasing("notulen", "Kan AI zelf de klachten van klanten beantwoorden zonder dat wij meekijken?"),
        ]
    )
    for question, given in before.items():
        after = verdict(starter, pupil.read(question))
        assert after not in _PERMISSIVE or given in _PERMISSIVE, question


def test_a_near_copy_of_another_rows_phrasing_wins_no_yes(starter: Knowledge, pupil: Reader) -> None:
    said = starter.phrasings["cv-selectie"]["nl"][:8]
    pupil.learn([Phrasing("notulen", f"{text.rstrip('?')} even?") for text in said])
    for text in said:
        for asked in (text, f"Hoi, {text}", f"{text.rstrip('?')} misschien?"):
            assert verdict(starter, pupil.read(asked)) not in _PERMISSIVE, asked


def test_another_rows_own_phrasing_is_not_settled(starter: Knowledge, pupil: Reader) -> None:
    said = starter.phrasings["cv-selectie"]["nl"][0]
    pupil.learn([Phrasing("notulen", said)])
    assert verdict(starter, pupil.read(said)) not in _PERMISSIVE


def test_it_comes_close_to_learning_anew(
    before_it_was_said: Knowledge, earlier_reader: Reader, hospital_reader: Reader
) -> None:
    """A phrasing it was taught, beside one reader that had it from the start."""
    taught = earlier_reader.with_knowledge(before_it_was_said)
    taught.learn([Phrasing("dosering", LATER_SAID)])
    entries = read_questions(OTHER_ORGANISATION / "questions.jsonl")
    asked = [entry["q"] for entry in entries if entry["use_case"] != LATER_AGREED]
    same = sum(best(hospital_reader, question) == best(taught, question) for question in asked)
    assert same >= 0.97 * len(asked)
    differ = [abs(confidence(hospital_reader, question) - confidence(taught, question)) for question in asked]
    assert float(np.mean(differ)) < 0.03


def best(reader: Reader, question: str) -> str:
    return reader.read(question).candidates[0].use_case


def confidence(reader: Reader, question: str) -> float:
    return reader.read(question).candidates[0].confidence


def test_without_the_kept_inverse_it_learns_the_same(
    hospital: Knowledge, hospital_reader: Reader, kept: Path, tmp_path: Path
) -> None:
    for file in kept.glob("*.npz"):
        (tmp_path / file.name).symlink_to(file)
    with_it, without_it = copy(hospital_reader), build_reader(hospital, tmp_path)
    for pupil in (with_it, without_it):
        pupil.learn([Phrasing("dosering", _ODD)])
    near = "Mag de kantinelijst van volgende week door een slimme hulp opgemaakt worden?"
    assert best(with_it, near) == best(without_it, near) == "dosering"
    assert confidence(with_it, near) == pytest.approx(confidence(without_it, near), abs=0.05)
    assert list(tmp_path.glob("inverse-*.npy"))


def test_a_phrasing_makes_no_word_of_a_tool_nobody_registered(starter: Knowledge) -> None:
    tools = ToolReader(starter)
    said = "Mag ik met SnelSchrijver AI een memo schrijven?"
    text, words = prepare_known(said, tools)
    assert "memo" in words and "snelschrijver" not in words
    assert "snelschrijver" in text.split()
    folded = split_words(fold(said))
    assert tools.read(said, folded, frozenset(words)).tools == (UNKNOWN_TOOL,)


def test_few_matrices_are_kept_and_a_damaged_one_counts_as_none(tmp_path: Path) -> None:
    matrices = [KeptMatrix(Cache(tmp_path), f"inverse-{number}") for number in range(5)]
    for number, matrix in enumerate(matrices):
        matrix.keep(np.full((3, 3), number, dtype=np.float32))
    kept = sorted(tmp_path.glob("*"))
    assert len(kept) == 3
    last = matrices[-1].find()
    assert last is not None and last[0, 0] == 4
    (tmp_path / "inverse-4.npy").write_bytes(b"half")
    assert matrices[-1].find() is None


def test_without_a_folder_it_stays_in_memory() -> None:
    matrix = KeptMatrix(Cache(None), "inverse-1")
    assert matrix.find() is None
    matrix.keep(np.ones((2, 2), dtype=np.float32))
    assert matrix.find() is not None
