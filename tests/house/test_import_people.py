"""`prompt-club import people`: lists as they come out of other systems, with a preview, whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from bot.commands.import_lists import app
from knowledge.library import DEFAULT_FOLDER
from storage import audit, register
from storage.database import Database
from storage.migrations import upgrade
from storage.register import Member

Run = Callable[..., str]
LIST = """\
E-mail;Naam;Afdeling;Functie;Leidinggevende;In dienst
bram@example.com;Bram Smit;Finance;Teamleider;;01-02-2020
noor@example.com;Noor Bakker;Finance;Controler;bram@example.com;2024-05-01
"""


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    asyncio.run(_upgrade(database))
    return database


async def _upgrade(database: Database) -> None:
    await upgrade(database)
    await database.dispose()


@pytest.fixture
def run(tmp_path: Path, database: Database) -> Run:
    def type_in(
        content: str | bytes | Path, *options: str, status: int = 0, answers: str = "", what: str = "people"
    ) -> str:
        file = content if isinstance(content, Path) else tmp_path / "people.csv"
        if not isinstance(content, Path):
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        variables = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/club.sqlite",
            "PROMPT_CLUB_KNOWLEDGE": str(DEFAULT_FOLDER),
            "PROMPT_CLUB_AUDIT": str(tmp_path / "audit"),
            "COLUMNS": "200",
        }
        result = CliRunner().invoke(app, [what, str(file), *options], env=variables, input=answers)
        assert result.exit_code == status, result.output
        return result.output

    return type_in


def find(database: Database, email: str) -> Member | None:
    async def look() -> Member | None:
        async with database.reading() as tx:
            id = await register.find_by_email(tx, email)
            found = await register.find_member(tx, id, date.today()) if id else None
        await database.dispose()
        return found

    return asyncio.run(look())


def test_a_preview_says_what_would_change_and_keeps_nothing(run: Run, database: Database) -> None:
    told = run(LIST, "--dry-run")
    assert "2 new, 0 changed, 0 left" in told
    assert "Controler; did you mean 'controller'?" in told
    assert find(database, "noor@example.com") is None


def test_it_is_taken_over_after_a_yes_and_a_second_time_changes_nothing(run: Run, database: Database) -> None:
    run(LIST, status=1, answers="n\n")
    assert find(database, "noor@example.com") is None
    run(LIST, answers="y\n")
    noor, bram = find(database, "noor@example.com"), find(database, "bram@example.com")
    assert noor is not None and bram is not None
    assert (noor.name, noor.unit, noor.function, noor.manager_id) == (
        "Noor Bakker", "Finance", "Controler", bram.person_id,
    )  # fmt: skip
    assert (bram.function, bram.started) == ("teamleider", date(2020, 2, 1))
    assert "Nothing changes: 2 people" in run(LIST, "--yes")

    async def count() -> int:
        async with database.reading() as tx:
            return await audit.count_lines(tx)

    assert asyncio.run(count()) == 1


def test_who_moves_leaves_and_comes_back(run: Run, database: Database) -> None:
    run(LIST, "--yes")
    moved = LIST.replace("Noor Bakker;Finance", "Noor Bakker;IT")
    assert "noor@example.com (unit)" in run(moved, "--yes")
    told = run(moved.replace("noor@example.com;", "anna@example.com;"), "--yes")
    assert "1 new, 0 changed, 1 left" in told
    assert find(database, "noor@example.com") is None
    run(moved, "--yes")
    back = find(database, "noor@example.com")
    assert back is not None and back.unit == "IT"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("naam;afdeling\nNoor;IT\n", "no column for email"),
        (LIST.replace("bram@example.com;Bram", "bram;Bram"), "line 2, E-mail: found 'bram'"),
        (LIST.replace("2024-05-01", "31-02-2024"), "line 3, In dienst: found '31-02-2024'"),
        (LIST.replace("noor@example.com;", "BRAM@example.com;"), "line 3: found bram@example.com, as in line 2"),
        (LIST.replace("Teamleider;;", "Teamleider;noor@example.com;"), "a ring of managers"),
        (LIST.replace("Teamleider;;", "Teamleider;bram@example.com;"), "bram@example.com -> bram@example.com"),
        (LIST.replace("Bram Smit", '"=HYPERLINK(""http://x"")"'), "line 2, Naam: found a formula"),
        (LIST + 'cleo@example.com;"Cleo;IT\n', "a line that cannot be read"),
        ("", "file: found nothing"),
        (b"PK\x03\x04\x00\x00", "file: found no text"),
    ],
)
def test_a_mistake_is_told_by_line_and_nothing_is_taken_over(
    run: Run, database: Database, content: str | bytes, told: str
) -> None:
    output = run(content, "--yes", status=1)
    assert told in output
    assert "Nothing was taken over." in output
    assert find(database, "noor@example.com") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "utf-16"])
def test_any_spelling_of_a_file(run: Run, database: Database, encoding: str) -> None:
    run(LIST.replace("Noor Bakker", "Zoë Müller").encode(encoding), "--yes")
    found = find(database, "noor@example.com")
    assert found is not None and found.name == "Zoë Müller"


def test_an_excel_file_with_dates_and_a_formula(run: Run, tmp_path: Path, database: Database) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Full name", "Work email", "Department", "Hire date", "Badge"])
    sheet.append(["Noor Bakker", "noor@example.com", "IT", date(2024, 5, 1), 7])
    sheet.append(["Bram Smit", "bram@example.com", "IT", 45413, 8])
    book.save(tmp_path / "people.xlsx")
    assert "Columns that were not read: Badge" in run(tmp_path / "people.xlsx", "--yes")
    for email in ("noor@example.com", "bram@example.com"):
        found = find(database, email)
        assert found is not None and found.started == date(2024, 5, 1)
    sheet["A2"] = '=CONCATENATE("N", "oor")'
    book.save(tmp_path / "people.xlsx")
    assert "line 2, Full name: found a formula" in run(tmp_path / "people.xlsx", status=1)


def test_headings_of_your_own_are_mapped_once(run: Run, tmp_path: Path, database: Database) -> None:
    (tmp_path / "columns.yaml").write_text("email: Inlognaam\nunit: Kostenplaats\n")
    listed = "Inlognaam,Naam,Kostenplaats\nnoor@example.com,Noor,IT\n"
    run(listed, "--yes", "--columns", str(tmp_path / "columns.yaml"))
    found = find(database, "noor@example.com")
    assert found is not None and found.unit == "IT"
    (tmp_path / "columns.yaml").write_text("emial: Inlognaam\n")
    assert "columns.yaml:1" in run(listed, "--columns", str(tmp_path / "columns.yaml"), status=1)


def test_ten_thousand_people_who_know_their_manager(run: Run, database: Database) -> None:
    lines = ["email,name,unit,function,manager"]
    lines += [
        f"p{n}@example.com,P {n},U{n % 50},medewerker,{f'p{n // 10}@example.com' if n else ''}"
        for n in range(10_000)
    ]
    assert "10,000 new" in run("\n".join(lines), "--yes")
    found = find(database, "p999@example.com")
    assert found is not None and found.manager_id is not None


def test_results_from_a_file_are_added_once(run: Run, tmp_path: Path, database: Database) -> None:
    run(LIST, "--yes")
    listed = "E-mail;Niveau;Datum;Uitslag;Poging\nnoor@example.com;basis;1-2-2025;ja;2\n"
    listed += "Noor@example.com;basis;1-1-2025;nee;1\n"
    assert "2 results, 1 of them not passed." in run(listed, "--dry-run", what="certificates")
    assert "Added 2; 0 were known already." in run(listed, "--yes", what="certificates")
    assert "Added 0; 2 were known already." in run(listed, "--yes", what="certificates")
    told = run(listed + "nobody@example.com;basis;1-1-2025;ja;1\n", "--yes", what="certificates", status=1)
    assert "line 4: found nobody with the address nobody@example.com" in told
    wrong = listed.replace("1-2-2025", "1-2-2099").replace("nee", "misschien")
    told = run(wrong, what="certificates", status=1)
    assert "line 2, Datum: found 2099-02-01" in told
    assert "line 3, Uitslag: found 'misschien'" in told


AWAY = """\
E-mail;Naam;Afwezig vanaf;Afwezig tot
noor@example.com;Noor Bakker;{since};{until}
"""


def find_away(database: Database, email: str) -> list[tuple[date, date | None]]:
    async def look() -> list[tuple[date, date | None]]:
        async with database.reading() as tx:
            id = await register.find_by_email(tx, email)
            found = await register.find_absences(tx, id) if id else []
        await database.dispose()
        return [(one.since, one.until) for one in found]

    return asyncio.run(look())


def test_who_is_away_comes_from_the_list_and_is_back_by_the_next(run: Run, database: Database) -> None:
    assert "1 away, 0 back" in run(AWAY.format(since="2026-01-05", until=""), "--yes")
    assert "Nothing changes" in run(AWAY.format(since="5-1-2026", until=""), "--yes")
    run("E-mail;Naam\nnoor@example.com;Noor Bakker\n", "--yes")
    assert find_away(database, "noor@example.com") == [(date(2026, 1, 5), None)], "that list did not say"
    assert "0 away, 1 back" in run(AWAY.format(since="", until=""), "--yes")
    ((since, until),) = find_away(database, "noor@example.com")
    assert (since, until) == (date(2026, 1, 5), date.today())
    wrong = run(AWAY.format(since="2026-02-01", until="2026-01-05"), "--yes", status=1)
    assert "line 2, Afwezig tot: found 2026-01-05; the first day back comes after" in wrong
