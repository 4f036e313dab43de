"""The reading as others use it: a question in, a Reading out."""

from pathlib import Path

import pytest

from knowledge.answers import Outcome
from knowledge.content import UNKNOWN_TOOL
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.reader import Reader, build_reader


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return build_reader(load(DEFAULT_FOLDER), tmp_path_factory.mktemp("vectors"))


def test_reads_row_data_and_tool(reader: Reader) -> None:
    reading = reader.read("Mag ik ons klantenbestand met adressen uploaden in Gemini?")
    assert reading.outcome is Outcome.ANSWER
    assert reading.use_case == "klantenbestand"
    assert reading.data == ("persoonsgegevens",)
    assert reading.tools == ("gemini",)


def test_a_greeting_is_small_talk(reader: Reader) -> None:
    reading = reader.read("Goedemorgen!")
    assert (reading.outcome, reading.smalltalk) == (Outcome.SMALLTALK, "greeting")
    assert reading.use_case is None


def test_a_shared_name_gives_all_its_tools(reader: Reader) -> None:
    assert set(reader.read("Mag ChatGPT een notitie samenvatten?").tools) == {
        "chatgpt-enterprise",
        "chatgpt-gratis",
    }


def test_a_tool_in_no_register_is_unknown(reader: Reader) -> None:
    assert reader.read("Mag ik ElevenLabs een tekst laten voorlezen?").tools == (UNKNOWN_TOOL,)


def test_english_is_answered_in_english(reader: Reader) -> None:
    assert reader.read("May I have a report summarised?").language == "en"


def test_a_second_start_uses_the_cache(tmp_path: Path) -> None:
    knowledge = load(DEFAULT_FOLDER)
    build_reader(knowledge, tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:1000])
    assert build_reader(knowledge, tmp_path).read("hoi").outcome is Outcome.SMALLTALK
