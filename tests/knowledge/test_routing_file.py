"""routing.yaml: optional, read with its defaults, and every mistake named with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import KnowledgeErrors, load
from knowledge.routing import Destination, LabPlan
from tests.knowledge.organisation import write_organisation

ROUTING = """\
version: 1
first_reaction_hours: 8
answer_days: 3
routes:
  - {data: intern, person: Noor@Voorbeeld.nl}
  - task: schrijven
    unit: HR
    channel: slack:C0123456789
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_organisation(tmp_path)
    task = load(tmp_path).use_cases[0].task
    data = load(tmp_path).policy.data_classes[1].id
    text = ROUTING.replace("schrijven", task).replace("intern,", f"{data},")
    (tmp_path / "routing.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_it_is_read(folder: Path) -> None:
    plan = load(folder).lab
    assert (plan.first_reaction_hours, plan.answer_days) == (8, 3)
    person, channel = plan.destinations
    assert person.person == "noor@voorbeeld.nl"
    assert (channel.unit, channel.channel) == ("HR", "slack:C0123456789")


def test_an_organisation_can_do_without(folder: Path) -> None:
    (folder / "routing.yaml").unlink()
    assert load(folder).lab == LabPlan(4, 2, ())


def test_the_first_that_fits_counts() -> None:
    first, second = (
        Destination(data="persoon", person="a@b.nl"),
        Destination(task="code", unit="IT", channel="web:x"),
    )
    plan = LabPlan(destinations=(first, second))
    assert plan.find(task="code", data=("intern", "persoon"), unit="it") == first
    assert plan.find(task="code", data=("intern",), unit="it") == second
    assert plan.find(task="code", data=(), unit="HR") is None


WRONG = [
    ("first_reaction_hours: 8", "first_reaction_hours: 0", "routing.yaml:2 first_reaction_hours: found 0"),
    (
        "answer_days: 3",
        "answer_dagen: 3",
        "routing.yaml:3 answer_dagen: found a key that is not known; did you mean",
    ),
    ("unit: HR", "person: noor", "routing.yaml:7 routes[1].person: found 'noor'; write somebody's e-mail address"),
    (
        "    channel: slack:C0123456789\n",
        "",
        "routing.yaml:6 routes[1]: found a route to nowhere; say where they go",
    ),
    (
        "slack:C0123456789",
        "C0123456789",
        "routing.yaml:8 routes[1].channel: found 'C0123456789'; write the platform",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "told"), WRONG)
def test_a_mistake_is_told(folder: Path, right: str, wrong: str, told: str) -> None:
    file = folder / "routing.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(KnowledgeErrors) as broken:
        load(folder)
    assert told in str(broken.value)


def test_an_id_that_is_not_there_gets_the_nearest(folder: Path) -> None:
    knowledge, file = load(folder), folder / "routing.yaml"
    task, data = knowledge.use_cases[0].task, knowledge.policy.data_classes[1].id
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(f"task: {task}", f"task: {task}x").replace(f"{data},", f"{data}x,"), encoding="utf-8"
    )
    with pytest.raises(KnowledgeErrors) as broken:
        load(folder)
    assert f"did you mean '{task}'?" in str(broken.value)
    assert f"did you mean '{data}'?" in str(broken.value)
