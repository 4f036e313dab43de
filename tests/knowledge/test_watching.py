"""Watching: a changed file is taken into use, a broken one is told once and changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.library import KnowledgeErrors
from knowledge.watching import Reloaded, Shelf
from tests.knowledge.organisation import MATRIX, change, write_organisation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_organisation(tmp_path)


def look_twice(shelf: Shelf) -> Reloaded | None:
    """A change counts once it is quiet: the first look sees it, the second takes it."""
    assert shelf.reload_if_changed() is None
    return shelf.reload_if_changed()


def test_nothing_new_is_nothing_to_tell(folder: Path) -> None:
    shelf = Shelf(folder)
    assert [shelf.reload_if_changed() for _ in range(3)] == [None, None, None]


def test_a_changed_file_is_taken_into_use(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    change(folder, "matrix.yaml", "geel: grijs", "geel: mag_niet")
    reloaded = look_twice(shelf)
    assert reloaded is not None
    assert reloaded.errors == ()
    assert not reloaded.repaired
    assert reloaded.in_force is shelf.current
    assert shelf.current.get_use_case("leners-mailen").verdicts["geel"] == "mag_niet"
    assert before.get_use_case("leners-mailen").verdicts["geel"] == "grijs"
    assert shelf.reload_if_changed() is None


def test_a_file_saved_without_a_change_is_nothing_to_tell(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    os.utime(folder / "matrix.yaml", (1, 1))
    assert look_twice(shelf) is None
    assert shelf.current is before


def test_a_change_of_the_same_size_and_time_is_seen(folder: Path) -> None:
    shelf = Shelf(folder)
    seen = (folder / "matrix.yaml").stat()
    change(folder, "matrix.yaml", "typical_data: groen", "typical_data:  geel")
    os.utime(folder / "matrix.yaml", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert look_twice(shelf) is not None
    assert shelf.current.get_use_case("folder-maken").typical_data == "geel"


def test_a_broken_file_leaves_the_old_in_force_and_is_told_once(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    change(folder, "matrix.yaml", "geel: grijs", "geel: mag_mist")
    broken = look_twice(shelf)
    assert broken is not None
    assert [error.path for error in broken.errors] == ["use_cases[1].verdicts.geel"]
    assert broken.in_force is shelf.current is before
    os.utime(folder / "matrix.yaml", (5, 5))
    assert look_twice(shelf) is None


def test_another_breakage_is_told_again_and_so_is_the_repair(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    change(folder, "matrix.yaml", "geel: grijs", "geel: mag_mist")
    look_twice(shelf)
    change(folder, "matrix.yaml", "geel: mag_mist", "geel: nee")
    assert look_twice(shelf) is not None
    (folder / "matrix.yaml").write_text(MATRIX, encoding="utf-8")
    repaired = look_twice(shelf)
    assert repaired is not None
    assert (repaired.errors, repaired.repaired) == ((), True)
    assert shelf.current.fingerprint == before.fingerprint
    change(folder, "matrix.yaml", "geel: grijs", "geel: mag_mist")
    assert look_twice(shelf) is not None


def test_a_file_that_vanishes_or_is_swapped_is_noticed(folder: Path) -> None:
    shelf = Shelf(folder)
    (folder / "tools.yaml").rename(folder / "aside")
    gone = look_twice(shelf)
    assert gone is not None
    assert str(gone.errors[0]).startswith("tools.yaml:1: found no such file")
    (folder / "aside").rename(folder / "tools.yaml")
    back = look_twice(shelf)
    assert back is not None
    assert back.repaired


def test_a_half_written_file_does_no_harm_while_it_is_written(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    wanted = MATRIX.replace("geel: grijs", "geel: mag_niet")
    for length in range(0, len(wanted) + 1, 150):  # every look sees a longer file, some of them valid
        (folder / "matrix.yaml").write_text(wanted[:length], encoding="utf-8")
        assert shelf.reload_if_changed() is None
    (folder / "matrix.yaml").write_text(wanted, encoding="utf-8")
    assert shelf.current is before
    assert look_twice(shelf) is not None
    assert shelf.current.get_use_case("leners-mailen").verdicts["geel"] == "mag_niet"


def test_an_optional_file_may_come_and_go(folder: Path) -> None:
    shelf = Shelf(folder)
    (folder / "phrasings.yaml").unlink()
    assert look_twice(shelf) is not None
    assert shelf.current.phrasings == {}


def test_broken_files_at_the_start_are_an_error_at_once(folder: Path) -> None:
    change(folder, "tools.yaml", "status: proef", "status: misschien")
    with pytest.raises(KnowledgeErrors):
        Shelf(folder)
