"""`prompt-club export audit` as it is typed: whole, checked by plain Python, and found out after any change."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.figures import counting
from bot.opening import open_database
from bot.settings import load_settings
from knowledge.library import DEFAULT_FOLDER, load
from storage import audit, certificates
from storage.certificates import Certificate
from storage.database import Database
from storage.migrations import upgrade
from tests.storage.staffing import hire

KEY = "a key that is long enough"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERIOD = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen people of two units, figures of one day, and a few lines in the log."""
    folder = tmp_path_factory.mktemp("export")

    async def fill() -> None:
        settings = load_settings(database_url=f"sqlite:///{folder}/club.sqlite", audit=folder / "a", audit_key=KEY)
        database = open_database(settings)
        await upgrade(database)
        await seat(database)
        await database.dispose()

    asyncio.run(fill())
    return folder


async def seat(database: Database) -> None:
    knowledge = load(DEFAULT_FOLDER)
    async with database.transaction() as tx:
        for place in range(14):
            unit = "Finance" if place < 8 else "=1+1"
            id = await hire(tx, f"noor{place}", date(2025, 1, 1), unit=unit, function="medewerker")
            if place % 2:
                one = Certificate(id, "basis", True, date(2026, 3, 1), date(2028, 3, 1))
                await certificates.add(tx, one, NOON)
        await counting.begin(tx, knowledge, NOON.date(), NOON)
        await counting.count_page(tx, NOON.date(), NOON.date())


def export(folder: Path, *words: str) -> Result:
    named = {"DATABASE_URL": f"sqlite:///{folder}/club.sqlite", "PROMPT_CLUB_AUDIT": f"{folder}/a"}
    return CliRunner().invoke(app, ["export", "audit", *words], env={**named, "PROMPT_CLUB_AUDIT_KEY": KEY})


@pytest.fixture(scope="module")
def zipped(folder: Path) -> Path:
    out = folder / "audit.zip"
    said = export(folder, *PERIOD, "--out", str(out))
    assert said.exit_code == 0, said.output
    assert "7 lines of the audit log" in said.output
    return out


def run_check(place: Path) -> tuple[int, str]:
    """The export's own checker, with Python alone: nothing of ours can be imported."""
    checker = place / "check.py" if place.is_dir() else place.with_name("check.py")
    command = [sys.executable, "-I", "-S", str(checker), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.fixture
def unpacked(zipped: Path, tmp_path: Path) -> Path:
    zipfile.ZipFile(zipped).extractall(tmp_path)
    return tmp_path


def test_what_is_in_it(unpacked: Path, folder: Path) -> None:
    assert run_check(unpacked)[0] == 0
    told = (unpacked / "figures.csv").read_text("utf-8-sig")
    assert "Van de hele organisatie heeft 50%" in told and "Diploma's gehaald,7" in told
    assert "Het logboek van Prompt Club is heel." in (unpacked / "README.txt").read_text("utf-8")
    everything = b"".join(path.read_bytes() for path in unpacked.iterdir())
    assert b"noor" not in everything.lower(), "no name and no address of anybody"
    for row in csv.reader(io.StringIO(told)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert (unpacked / "summary.pdf").read_bytes().startswith(b"%PDF-")


def test_the_checker_says_it_is_whole_and_gives_the_fingerprint(zipped: Path, unpacked: Path, folder: Path) -> None:
    (zipped.parent / "check.py").write_bytes((unpacked / "check.py").read_bytes())
    status, said = run_check(zipped)
    assert status == 0 and "Whole: 8 files, 7 lines" in said
    fingerprint = said.rpartition(" ")[2].strip()
    database = open_database(
        load_settings(database_url=f"sqlite:///{folder}/club.sqlite", audit=folder / "a", audit_key=KEY)
    )

    async def find() -> list[str]:
        async with database.reading() as tx:
            return [str(line.details.get("fingerprint")) for line in await audit.find_lines(tx)]

    assert fingerprint in asyncio.run(find()), "the log itself has what was given away"


def change(lines: list[str]) -> None:
    lines[2] = lines[2].replace("diploma.added", "diploma.gained")


def remove(lines: list[str]) -> None:
    del lines[3]


def cut_off(lines: list[str]) -> None:
    del lines[-1]


def add(lines: list[str]) -> None:
    lines.insert(3, lines[2])


def forge(lines: list[str]) -> None:
    """One more at the end, with a sum of its own making."""
    line = json.loads(lines[-1])
    lines.append(json.dumps({**line, "number": line["number"] + 1}))


TAMPERED: list[tuple[Callable[[list[str]], None], str]] = [
    (change, "number 3 changed or put in"),
    (remove, "number 4 to 4 taken out"),
    (cut_off, "number 7 to 7 taken out"),
    (add, "line 4: number 3 put in"),
    (forge, "number 8 changed or put in"),
]


@pytest.mark.parametrize(("tamper", "said"), TAMPERED, ids=[said for _, said in TAMPERED])
def test_found_out_by_line(unpacked: Path, tamper: Callable[[list[str]], None], said: str) -> None:
    log = unpacked / "audit-log.jsonl"
    lines = log.read_text("utf-8").splitlines()
    tamper(lines)
    log.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    status, told = run_check(unpacked)
    assert status == 1
    assert said in told and "audit-log.jsonl: changed" in told


def test_found_out_by_file(unpacked: Path) -> None:
    (unpacked / "figures.csv").write_text("Finance,12,1.0,0", "utf-8")
    (unpacked / "summary.pdf").unlink()
    (unpacked / "more.txt").write_text("zo goed", "utf-8")
    status, told = run_check(unpacked)
    assert status == 1
    assert all(part in told for part in ("figures.csv: changed", "summary.pdf: missing", "more.txt: put in"))


def test_one_unit_and_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "unit.zip"
    assert export(folder, *PERIOD, "--unit", "Finance", "--out", str(out)).exit_code == 0
    told = zipfile.ZipFile(out).read("figures.csv").decode("utf-8-sig")
    assert "Van Finance heeft 50%" in told
    wrong = export(folder, *PERIOD, "--unit", "Fanance", "--out", str(out))
    assert wrong.exit_code == 1 and "There are:" in wrong.output and "Finance" in wrong.output
    assert "lies before" in export(folder, "--from", "2026-02-01", "--to", "2026-01-01").output
    early = export(folder, "--from", "2020-01-01", "--to", "2020-02-01", "--out", str(out))
    assert early.exit_code == 1 and "No figures were counted" in early.output
    no_place = export(folder, *PERIOD, "--out", str(tmp_path / "nowhere" / "audit.zip"))
    assert no_place.exit_code == 1 and "cannot be written" in no_place.output
