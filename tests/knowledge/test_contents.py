"""What a database holds is put in the place of what the files say, and checked as if a file said it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.contents import PHILOSOPHY, ROW, TOOL, Held, Key, as_content, as_node, fingerprint_of
from knowledge.errors import KnowledgeErrors
from knowledge.library import DEFAULT_FOLDER, Library, read_library
from tests.knowledge.organisation import write_organisation

MAILING = Key(ROW, "leners-mailen")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_library(write_organisation(tmp_path))[1]


def test_everything_of_the_starter_comes_back_as_it_was() -> None:
    knowledge, library = read_library(DEFAULT_FOLDER)
    contents = library.list_contents()
    assert len(contents) == len(knowledge.use_cases) + len(knowledge.tools) + len(knowledge.policy.principles) + 1
    for content in contents.values():
        assert as_content(as_node(content)) == content
    again = library.build({key: Held(content) for key, content in contents.items()})
    assert again == knowledge
    assert again.fingerprint == knowledge.fingerprint, "nothing is to be learned anew"


def test_a_changed_a_new_and_a_removed_row(library: Library) -> None:
    contents = library.list_contents()
    changed = {**contents[MAILING], "verdicts": {"groen": "mag", "geel": "mag_niet", "rood": "mag_niet"}}
    new = {**contents[MAILING], "id": "nieuw", "examples": {"nl": ["Mag dit nieuwe?"], "en": ["May I do this?"]}}
    gone = Key(ROW, "folder-maken")
    built = library.build({MAILING: Held(changed), Key(ROW, "nieuw"): Held(new), gone: Held(None)})
    assert built.get_use_case("leners-mailen").verdicts["geel"] == "mag_niet"
    assert built.use_cases[-1].id == "nieuw"
    assert built.find_use_case("folder-maken") is None
    assert built.fingerprint != library.build({}).fingerprint


def test_tools_and_philosophy(library: Library) -> None:
    contents = library.list_contents()
    tool = {**contents[Key(TOOL, "boekbot")], "status": "niet_toegestaan", "data_limit": None}
    philosophy = {**contents[PHILOSOPHY], "statement": {"nl": "Rustig aan.", "en": "Easy does it."}}
    built = library.build({Key(TOOL, "boekbot"): Held(tool), PHILOSOPHY: Held(philosophy)})
    assert (built.get_tool("boekbot").status, built.get_tool("boekbot").data_limit) == ("niet_toegestaan", None)
    assert built.policy.statement.nl == "Rustig aan."


def test_a_few_changes_are_taken_in_without_reading_all_the_rest(library: Library) -> None:
    """And come to the same as reading everything, fingerprint and all."""
    contents = library.list_contents()
    first = {**contents[MAILING], "level": "verder", "version": 2, "since": "2026-11-20"}
    new = {**first, "id": "nieuw", "examples": {"nl": ["Mag dit nieuwe?"], "en": ["May I do this?"]}}
    tool = {**contents[Key(TOOL, "boekbot")], "status": "proef"}
    in_force = {MAILING: Held(first), Key(ROW, "nieuw"): Held(new), Key(TOOL, "boekbot"): Held(tool)}
    whole = library.build(in_force)
    assert library.change(library.build({}), list(in_force), in_force) == whole
    leaning = {MAILING: Held({**contents[MAILING], "level": "verder"})}  # on the version and day of the whole file
    assert library.change(library.build({}), list(leaning), leaning) == library.build(leaning)
    gone = {MAILING: Held(None)}
    assert library.change(library.build({}), list(gone), gone) == library.build(gone)


@pytest.mark.parametrize(
    "wrong",
    [{"verdicts": {"geel": "magg"}}, {"conditions": ["bestaat-niet"]}, {"more": "?"}, {"since": "2026-02-30"}],
)
def test_nothing_can_be_in_force_that_a_file_could_not_say(library: Library, wrong: dict[str, object]) -> None:
    content = {**library.list_contents()[MAILING], **wrong}
    with pytest.raises(KnowledgeErrors):
        library.build({MAILING: Held(content)})


def test_the_order_of_keys_makes_no_difference() -> None:
    assert fingerprint_of({"a": 1, "b": [2]}) == fingerprint_of({"b": [2], "a": 1}) != fingerprint_of({"a": 1})
