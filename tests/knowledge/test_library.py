"""Loading: what is right comes out whole, and what is wrong is told with its place and what would be right."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from knowledge.content import DataKind, ToolStatus, Verdict, Wording
from knowledge.library import DEFAULT_FOLDER, KnowledgeErrors, load
from tests.knowledge.organisation import change, write_organisation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_organisation(tmp_path)


def errors_of(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeErrors) as caught:
        load(folder)
    return [str(error) for error in caught.value.errors]


def test_the_default_knowledge_loads() -> None:
    knowledge = load(DEFAULT_FOLDER)
    assert len(knowledge.use_cases) >= 49
    assert set(knowledge.phrasings) <= {row.id for row in knowledge.use_cases}
    assert knowledge.diploma


def test_another_organisation_loads(folder: Path) -> None:
    knowledge = load(folder)
    assert knowledge.policy.organisation == "Stadsbibliotheek"
    assert [data.id for data in knowledge.policy.data_classes] == ["groen", "geel", "rood"]
    assert knowledge.policy.data_classes[0].kind is DataKind.PUBLIC
    assert knowledge.policy.data_classes[1].kind is None
    assert knowledge.policy.data_classes[2].signals == {"nl": ("lid", "leners"), "en": ("borrower",)}
    assert knowledge.get_tool("luistervink").status is ToolStatus.FORBIDDEN
    assert knowledge.get_tool("luistervink").data_limit is None
    row = knowledge.get_use_case("leners-mailen")
    assert row.title == Wording("Leners mailen", "Mailing borrowers")
    assert row.verdicts == {"groen": Verdict.MAG, "geel": Verdict.GRIJS, "rood": Verdict.GRIJS}
    assert row.instead is not None
    assert knowledge.get_use_case("folder-maken").instead is None
    assert knowledge.phrasings["leners-mailen"]["en"] == ("reminder to a member",)
    assert knowledge.diploma["quiet_hours"] == {
        "from": "19:00", "to": "07:30", "weekdays_only": True, "holidays": "BE",
    }  # fmt: skip
    assert knowledge.diploma["validity_months"] == 12


def test_a_row_has_its_own_version_and_day_or_those_of_the_file(folder: Path) -> None:
    noon = datetime(2026, 5, 6, 12, tzinfo=UTC).timestamp()
    os.utime(folder / "matrix.yaml", (noon, noon))
    knowledge = load(folder)
    own, inherited = knowledge.get_use_case("leners-mailen"), knowledge.get_use_case("folder-maken")
    assert (own.version, own.since) == (5, date(2026, 3, 1))
    assert (inherited.version, inherited.since) == (2, date(2026, 5, 6))
    change(folder, "matrix.yaml", "version: 2", "version: 2\nsince: 2026-02-02")
    assert load(folder).get_use_case("folder-maken").since == date(2026, 2, 2)


def test_phrasings_and_diploma_may_be_missing(folder: Path) -> None:
    (folder / "phrasings.yaml").unlink()
    (folder / "diploma.yaml").unlink()
    knowledge = load(folder)
    assert knowledge.phrasings == {}
    assert knowledge.diploma == {}


def test_files_that_are_not_ours_are_left_alone(folder: Path) -> None:
    (folder / "notes.yaml").write_text("[broken", encoding="utf-8")
    assert load(folder).policy.version == 3


def test_one_language_is_enough_where_the_organisation_says_so(folder: Path) -> None:
    change(folder, "policy.yaml", "version: 3", "version: 3\nlanguages: [nl]")
    change(folder, "matrix.yaml", '{nl: "Leners mailen", en: "Mailing borrowers"}', '{nl: "Leners mailen"}')
    change(folder, "matrix.yaml", '      en: ["May AI make a leaflet?"]\n', "")
    knowledge = load(folder)
    assert knowledge.policy.languages == ("nl",)
    assert knowledge.get_use_case("leners-mailen").title == Wording("Leners mailen", "Leners mailen")
    assert knowledge.get_use_case("folder-maken").title.en == "Making a leaflet"
    assert knowledge.get_use_case("folder-maken").examples["en"] == ()


def test_english_only_falls_back_to_english(folder: Path) -> None:
    change(folder, "policy.yaml", "version: 3", "version: 3\nlanguages: [en]")
    change(folder, "policy.yaml", '{nl: "Lees het na.", en: "Read it through."}', '{en: "Read it through."}')
    assert load(folder).policy.conditions[0].text.nl == "Read it through."


def test_the_fingerprint_follows_the_content_and_nothing_else(folder: Path) -> None:
    before = load(folder).fingerprint
    os.utime(folder / "matrix.yaml", (1, 1))
    assert load(folder).fingerprint == before
    change(folder, "tools.yaml", "name: Boekbot", "name: Boekenbot")
    assert load(folder).fingerprint != before


WRONG = [
    # file, what stands there, what is put there, the error
    ("matrix.yaml", "geel: grijs", "geel: mag_mist",
     "matrix.yaml:22 use_cases[1].verdicts.geel: found 'mag_mist'; did you mean 'mag_mits'? "
     "One of: mag, mag_mits, grijs, mag_niet"),
    ("matrix.yaml", "{groen: mag, geel: grijs, rood: grijs}", "{groen: mag, rood: grijs}",
     "matrix.yaml:22 use_cases[1].verdicts: found no 'geel'; add it"),
    ("matrix.yaml", "geel: grijs", "geel: grijs, gele: mag",
     "matrix.yaml:22 use_cases[1].verdicts.gele: found a key that is not known; did you mean 'geel'? "
     "One of: groen, geel, rood"),
    ("matrix.yaml", "typical_data: rood", "typical_data: roze",
     "matrix.yaml:21 use_cases[1].typical_data: found 'roze'; did you mean 'rood'? One of: groen, geel, rood"),
    ("matrix.yaml", "id: leners-mailen", "id: folder-maken",
     "matrix.yaml:17 use_cases[1].id: found 'folder-maken' again (first on line 3); give each row its own id"),
    ("matrix.yaml", "level: verder", "levell: verder",
     "matrix.yaml:17 use_cases[1]: found no 'level'; add it"),
    ("matrix.yaml", "level: verder", "level: expert",
     "matrix.yaml:26 use_cases[1].level: found 'expert'; one of: start, verder"),
    ("matrix.yaml", '{nl: "Leners mailen", en: "Mailing borrowers"}', '{nl: "Leners mailen"}',
     "matrix.yaml:18 use_cases[1].title: found no 'en'; add the English text "
     "(only one language? put languages: [nl] in policy.yaml)"),
    ("matrix.yaml", '"Mailing borrowers"', "no",
     "matrix.yaml:18 use_cases[1].title.en: found no, which YAML reads as a yes/no; "
     'put it in quotes to make it a text: "no"'),
    ("matrix.yaml", '"Mailing borrowers"', '""',
     "matrix.yaml:18 use_cases[1].title.en: found an empty text; "
     "write the text, or take the key out if it is optional"),
    ("matrix.yaml", '"Mailing borrowers"', "",
     "matrix.yaml:18 use_cases[1].title.en: found nothing; write a text"),
    ("matrix.yaml", '"Mailing borrowers"', "[one, two]",
     "matrix.yaml:18 use_cases[1].title.en: found a list of 2; write a text"),
    ("matrix.yaml", "id: leners-mailen", "id: 2026",
     "matrix.yaml:17 use_cases[1].id: found 2026, which YAML reads as a number; "
     'put it in quotes to make it an id: "2026"'),
    ("matrix.yaml", "id: leners-mailen", "id: 2026-01-01",
     "matrix.yaml:17 use_cases[1].id: found 2026-01-01, which YAML reads as a date; "
     'put it in quotes to make it an id: "2026-01-01"'),
    ("matrix.yaml", "since: 2026-03-01", "since: 1 maart",
     "matrix.yaml:30 use_cases[1].since: found '1 maart'; write a date as year-month-day, such as 2026-11-01"),
    ("matrix.yaml", "since: 2026-03-01", "since: 2026-02-30",
     "matrix.yaml:30 use_cases[1].since: found '2026-02-30'; "
     "write a date as year-month-day, such as 2026-11-01"),
    ("matrix.yaml", "version: 5", 'version: "5"',
     "matrix.yaml:29 use_cases[1].version: found '5'; write a whole number, such as 1, without quotes"),
    ("matrix.yaml", "version: 5", "version: 0",
     "matrix.yaml:29 use_cases[1].version: found 0; it is at least 1"),
    ("matrix.yaml", "    principles: [eerlijk]", "    principles: eerlijk",
     "matrix.yaml:12 use_cases[0].principles: found 'eerlijk'; write a list, such as [one, two]"),
    ("matrix.yaml", "    principles: [eerlijk]", "    principles: [eerlijk, eerlijk]",
     "matrix.yaml:12 use_cases[0].principles[1]: found 'eerlijk' again (first on line 12); keep one of the two"),
    ("matrix.yaml", '"Mag ik leners mailen met AI?"', '"mag een FOLDER met AI"',
     "matrix.yaml:32 use_cases[1].examples.nl[0]: found the example 'mag een FOLDER met AI' again "
     "(first under 'folder-maken', matrix.yaml:15); keep it under one of the two rows"),
    ("matrix.yaml", '"Kan de bot een affiche maken?"', '"Mag een folder met AI?"',
     "matrix.yaml:15 use_cases[0].examples.nl[1]: found the example 'Mag een folder met AI?' again "
     "(first under 'folder-maken', matrix.yaml:15); keep one of the two"),
    ("matrix.yaml", 'nl: ["Mag ik leners mailen met AI?"]', "nl: []",
     "matrix.yaml:32 use_cases[1].examples.nl: found an empty list; it needs at least 1"),
    ("phrasings.yaml", '"herinnering aan een lid"', '"May AI make a leaflet?"',
     "phrasings.yaml:6 phrasings.leners-mailen.nl[0]: found the example 'May AI make a leaflet?' again "
     "(first under 'folder-maken', matrix.yaml:16); keep it under one of the two rows"),
    ("phrasings.yaml", "folder-maken", "folders-maken",
     "phrasings.yaml:3 phrasings.folders-maken: found a use case that is not in matrix.yaml; "
     "did you mean 'folder-maken'? One of: folder-maken, leners-mailen"),
    ("phrasings.yaml", 'en: ["reminder', 'fr: ["reminder',
     "phrasings.yaml:7 phrasings.leners-mailen.fr: found a key that is not known; one of: nl, en"),
    ("tools.yaml", "status: proef", "status: op proef",
     "tools.yaml:12 tools[1].status: found 'op proef'; did you mean 'proef'? "
     "One of: goedgekeurd, proef, niet_toegestaan"),
    ("tools.yaml", "data_limit: geel", "data_limit: geel\n    made_for: [schrijven, folder-makn]",
     "tools.yaml:8 tools[0].made_for[1]: found 'folder-makn'; did you mean 'folder-maken'? "
     "One of: schrijven, folder-maken, leners-mailen"),
    ("tools.yaml", "data_limit: geel", "data_limit: oranje",
     "tools.yaml:7 tools[0].data_limit: found 'oranje'; one of: groen, geel, rood"),
    ("tools.yaml", "[boek bot, bot]", "[boek bot, Boek Bot]",
     "tools.yaml:5 tools[0].aliases[1]: found 'boek bot' again (first on line 5); keep one of the two"),
    ("tools.yaml", "id: vertaler", 'id: "?"',
     "tools.yaml:9 tools[1].id: found '?'; an id is one line of 1 to 100 characters, "
     "without spaces around it, and not '?'"),
    ("policy.yaml", "stance: vervanging", "stance: hulp",
     "policy.yaml:4 philosophy.stance: found 'hulp'; one of: ondersteuning, vervanging"),
    ("policy.yaml", "kind: public", "kind: publiek",
     "policy.yaml:13 data_classes[0].kind: found 'publiek'; did you mean 'public'? "
     "One of: public, internal, confidential, personal, special"),
    ("policy.yaml", "version: 3", "version: 3\nlanguages: [nl, fr]",
     "policy.yaml:2 languages[1]: found 'fr'; one of: nl, en"),
    ("policy.yaml", "principles:", "principle:",
     "policy.yaml:8 principle: found a key that is not known; did you mean 'principles'? One of: version, "
     "organisation, philosophy, principles, data_classes, policies, conditions, levels, languages"),
    ("policy.yaml", "organisation: {", "version: 4\norganisation: {",
     "policy.yaml:2: found the key 'version' twice (first on line 1); keep one of the two"),
    ("diploma.yaml", "risk: laag", "risk: low",
     "diploma.yaml:14 functions[0].risk: found 'low'; one of: laag, midden, hoog"),
    ("diploma.yaml", "[ask, own_data]", "[ask, own_date]",
     "diploma.yaml:16 roles[0].may[1]: found 'own_date'; did you mean 'own_data'? One of: ask, share_case, "
     "own_data, start_survey, see_team, triage, edit_matrix, edit_tools, approve_digest, see_usage, "
     "manage_certificates, see_all_certificates, ... (22 in all)"),
    ("diploma.yaml", "may: [ask, own_data]", "may: [ask, own_data], everyone: always",
     "diploma.yaml:16 roles[0].everyone: found 'always'; write true or false, without quotes"),
    ("diploma.yaml", '"19:00"', "19:00",
     "diploma.yaml:7 quiet_hours.from: found 19:00, which YAML reads as a number; "
     'put it in quotes to make it a text: "19:00"'),
    ("diploma.yaml", '"19:00"', '"25:00"',
     "diploma.yaml:7 quiet_hours.from: found '25:00'; "
     'write a time as hours and minutes in quotes, such as "18:00"'),
    ("diploma.yaml", "deadline: 2026-12-01", "deadline: 2026-08-01",
     "diploma.yaml:12 rollout.waves[0].deadline: found 2026-08-01; "
     "the deadline comes after the start, 2026-09-01"),
    ("diploma.yaml", "pilot: true", "pilot: misschien",
     "diploma.yaml:12 rollout.waves[0].pilot: found 'misschien'; write true or false, without quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), WRONG, ids=[case[3][:60] for case in WRONG])
def test_an_error_names_the_place_what_was_found_and_what_would_be_right(
    folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    change(folder, file, old, new)
    assert expected in errors_of(folder)


def test_all_errors_of_all_files_come_at_once_in_the_order_of_lines(folder: Path) -> None:
    change(folder, "matrix.yaml", "typical_data: rood", "typical_data: roze")
    change(folder, "matrix.yaml", "typical_data: groen", "typical_data: gruun")
    change(folder, "tools.yaml", "status: proef", "status: test")
    change(folder, "policy.yaml", "priority: snelheid", "priority: haast")
    change(folder, "diploma.yaml", "version: 1", "version: een")
    assert [error.split(" ")[0] for error in errors_of(folder)] == [
        "policy.yaml:5", "matrix.yaml:7", "matrix.yaml:21", "tools.yaml:12", "diploma.yaml:1",
    ]  # fmt: skip


def test_a_broken_list_does_not_make_every_use_of_it_wrong(folder: Path) -> None:
    change(folder, "policy.yaml", "conditions:", "condition:")
    assert {error.split(":")[0] for error in errors_of(folder)} == {"policy.yaml"}


def test_a_broken_policy_leaves_the_other_files_checked(folder: Path) -> None:
    (folder / "policy.yaml").write_text("[oops", encoding="utf-8")
    change(folder, "tools.yaml", "status: proef", "status: test")
    assert [error.split(":")[0] for error in errors_of(folder)] == ["policy.yaml", "tools.yaml"]


def test_thousands_of_errors_are_cut_off_and_counted(folder: Path) -> None:
    tools = "".join(f"  - {{id: t{number}}}\n" for number in range(2000))
    (folder / "tools.yaml").write_text(f"version: 1\ntools:\n{tools}", encoding="utf-8")
    with pytest.raises(KnowledgeErrors) as caught:
        load(folder)
    assert len(caught.value.errors) == 200
    assert str(caught.value).endswith("and 7800 more")


def test_the_default_in_a_folder_of_its_own_is_the_same_knowledge(tmp_path: Path) -> None:
    shutil.copytree(DEFAULT_FOLDER, tmp_path / "copy")
    assert load(tmp_path / "copy").fingerprint == load(DEFAULT_FOLDER).fingerprint
