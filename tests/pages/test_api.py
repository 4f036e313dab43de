"""Other systems bring people and certificates, with a token: whole lists or nothing, and mistakes by line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from storage import certificates, register
from tests.platforms.web.stage import WebStage, open_stage

TOKEN = "a token of sixteen or more"
PEOPLE = {
    "people": [
        {"email": "noor@example.com", "naam": "Noor", "afdeling": "IT", "manager": "bram@example.com"},
        {"email": "bram@example.com", "naam": "Bram", "afdeling": "IT", "aliases": ["b.smit@example.com"]},
    ]
}


def statement(verb: str = "passed", who: str = "noor@example.com", id: str = "s-1", about: str = "basis") -> Any:
    return {
        "id": id,
        "actor": {"mbox": f"mailto:{who}"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": f"https://academie.example/ai/{about}"},
        "timestamp": "2026-03-02T10:00:00.000Z",
    }


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with open_stage(tmp_path, feed_token=TOKEN, audit=tmp_path / "audit") as opened:
        yield opened


async def send(stage: WebStage, path: str, content: Any, *, token: str = TOKEN, kind: str = "") -> tuple[int, Any]:
    how: dict[str, Any] = {"data": content, "headers": {"Content-Type": kind}} if kind else {"json": content}
    how["headers"] = {**how.get("headers", {}), "Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.post(stage.address + path, **how) as answer:
        return answer.status, await answer.json()


async def find_levels(stage: WebStage, email: str) -> list[tuple[str, bool, str]]:
    async with stage.app.database.reading() as tx:
        id = await register.find_by_email(tx, email)
        assert id is not None
        return [(one.level, one.passed, str(one.expires)) for one in await certificates.find_of(tx, id)]


async def test_only_with_the_token(stage: WebStage, tmp_path: Path) -> None:
    for token in ("", "another token altogether", TOKEN + "x"):
        assert (await send(stage, "api/people", PEOPLE, token=token))[0] == 401
    assert (await send(stage, "api/certificates", [], token="é"))[0] == 401
    async with open_stage(tmp_path / "other") as closed:
        assert (await send(closed, "api/people", PEOPLE, token=""))[0] == 404


async def test_a_nightly_list_changes_nothing_the_second_night(stage: WebStage) -> None:
    status, told = await send(stage, "api/people", PEOPLE)
    assert (status, told["new"], told["managers_unknown"]) == (200, 2, {})
    status, told = await send(stage, "api/people", PEOPLE)
    assert (told["new"], told["changed"], told["same"]) == (0, 0, 2)
    csv = "e-mail;naam;afdeling\nnoor@example.com;Noor;HR\n".encode("latin-1")
    status, told = await send(stage, "api/people", csv, kind="text/csv")
    assert (status, told["changed"], told["left"]) == (200, 1, 1)


async def test_mistakes_are_told_by_line_and_nothing_is_kept(stage: WebStage) -> None:
    wrong = {"people": [*PEOPLE["people"], {"email": "noor@example.com", "naam": "Nora"}]}
    status, told = await send(stage, "api/people", wrong)
    assert status == 422 and told["lines"][0]["line"] == 3
    for content in ({"people": 7}, {"mensen": []}):
        assert (await send(stage, "api/people", content))[0] == 422
    assert (await send(stage, "api/people", b"\xff{", kind="application/json"))[0] == 422
    async with stage.app.database.reading() as tx:
        assert await register.find_by_email(tx, "noor@example.com") is None


async def test_a_list_that_broke_off_sends_nobody_away(stage: WebStage) -> None:
    everybody = [{"email": f"p{n}@example.com", "name": f"P {n}"} for n in range(40)]
    await send(stage, "api/people", everybody)
    status, told = await send(stage, "api/people", everybody[:20])
    assert status == 409 and "20 of 40 people are not on the list" in told["error"]
    status, told = await send(stage, "api/people?many_left=yes", everybody[:20])
    assert (status, told["left"]) == (200, 20)


async def test_results_of_our_own_and_of_a_learning_system(stage: WebStage) -> None:
    await send(stage, "api/people", PEOPLE)
    own = {"certificates": [{"email": "b.smit@example.com", "niveau": "Gevorderd", "datum": "2-3-2026"}]}
    assert (await send(stage, "api/certificates", own))[1] == {"added": 1, "known": 0, "ignored": 0}
    assert (await send(stage, "api/certificates", own))[1] == {"added": 0, "known": 1, "ignored": 0}
    assert await find_levels(stage, "bram@example.com") == [("gevorderd", True, "2028-03-02")]
    told = [
        statement("failed", id="s-0"),
        statement(),
        statement(about="excel"),
        statement("experienced", id="s-3"),
    ]
    assert (await send(stage, "api/certificates", told))[1] == {"added": 2, "known": 0, "ignored": 2}
    assert (await send(stage, "api/certificates", statement()))[1] == {"added": 0, "known": 1, "ignored": 0}
    assert sorted(await find_levels(stage, "noor@example.com")) == [
        ("basis", False, "None"),
        ("basis", True, "2028-03-02"),
    ]


async def test_a_result_of_somebody_unknown_is_told_and_nothing_is_kept(stage: WebStage) -> None:
    await send(stage, "api/people", PEOPLE)
    status, told = await send(stage, "api/certificates", [statement(), statement(who="x@example.com", id="s-2")])
    assert status == 422 and "nobody with the address x@example.com" in told["lines"][0]["error"]
    assert await find_levels(stage, "noor@example.com") == []
    late = [{"email": "noor@example.com", "level": "bassis", "issued": "2099-01-01"}]
    status, told = await send(stage, "api/certificates", late)
    assert status == 422
    assert "did you mean 'basis'?" in told["lines"][0]["error"]
    assert "yet to come" in told["lines"][1]["error"]
