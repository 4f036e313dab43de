"""Roles: what each may do and is called, by the organisation's own file and by no id in code."""

from __future__ import annotations

from pathlib import Path

from knowledge.diploma import Permission
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.roles import find_granting, find_role, list_roles
from tests.knowledge.organisation import change, write_organisation


def test_a_role_says_what_it_may_and_whether_everybody_has_it(tmp_path: Path) -> None:
    change(write_organisation(tmp_path), "diploma.yaml", "own_data]}", "own_data], everyone: true}")
    (role,) = list_roles(load(tmp_path))
    assert (role.id, role.everyone) == ("iedereen", True)
    assert role.may == {Permission.ASK, Permission.OWN_DATA}


def test_without_a_title_people_read_the_id(tmp_path: Path) -> None:
    folder = write_organisation(tmp_path)
    role = find_role(load(folder), "iedereen")
    assert role is not None
    assert (role.title.nl, role.title.en, role.everyone) == ("iedereen", "iedereen", False)
    change(folder, "diploma.yaml", "may: [ask", "title: {nl: Lener, en: Borrower}, may: [ask")
    (role,) = list_roles(load(folder))
    assert (role.title.nl, role.title.en) == ("Lener", "Borrower")


def test_an_organisation_without_the_file_has_no_roles(tmp_path: Path) -> None:
    (write_organisation(tmp_path) / "diploma.yaml").unlink()
    assert list_roles(load(tmp_path)) == ()
    assert find_granting(load(tmp_path), Permission.ASK) == ()


def test_every_permission_of_the_starter_is_somebody_s() -> None:
    knowledge = load(DEFAULT_FOLDER)
    assert [permission for permission in Permission if not find_granting(knowledge, permission)] == []
