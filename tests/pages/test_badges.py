"""Certificates as Open Badges 3.0: taken along in a browser, and checked by a program that is not ours."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import jwt
import pytest
import pytest_asyncio
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from playwright.async_api import Page, expect

from bot.badges import LIST_SIZE, Badge, Issuer
from bot.commands.demo_app import seat_colleagues
from storage import badges, certificates, people
from storage.certificates import Certificate
from storage.database import Database
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

browsing = pytest.mark.asyncio(loop_scope="session")
TODAY = date.today()
YEAR = timedelta(days=365)
ISSUER = Issuer(b"a secret of the organisation", "https://promptclub.example", "Voorbeeld")


def make_badge(number: int = 7, **values: Any) -> Badge:
    told = {
        "level": "basis",
        "title": "AI-diploma Basis",
        "description": "Weet wat mag.",
        "email": "noor@example.com",
    }
    days = {"issued": TODAY - timedelta(days=9), "expires": TODAY + YEAR}
    return Badge(**{"id": "0" * 31 + "1", "number": number, **told, **days, **values})


def verifier(taken_back: list[int]) -> tuple[OB3Verifier, Any]:
    """Somebody else's program, which fetches our public pages."""

    def download(url: str, *_: object, **__: object) -> bytes:
        if url == "https://promptclub.example/.well-known/did.json":
            return json.dumps(ISSUER.describe()).encode()
        assert url == "https://promptclub.example/badges/status/0"
        return ISSUER.sign_list(0, taken_back, datetime.now(UTC)).encode()

    return OB3Verifier.for_issuer_did(ISSUER.did, download), download


def test_another_program_finds_it_real_and_valid() -> None:
    theirs, download = verifier(taken_back=[6, 8])
    found = theirs.verify(ISSUER.sign_badge(make_badge()), check_status=True, download=download)
    assert found.achievement.name == "AI-diploma Basis"
    assert found.issuer.id == "did:web:promptclub.example"


@pytest.mark.parametrize(
    ("badge", "taken_back"),
    [(make_badge(), [7]), (make_badge(expires=TODAY - timedelta(days=1)), [])],
    ids=["taken back", "ran out"],
)
def test_it_no_longer_holds(badge: Badge, taken_back: list[int]) -> None:
    theirs, download = verifier(taken_back)
    with pytest.raises(OB3VerificationError):
        theirs.verify(ISSUER.sign_badge(badge), check_status=True, download=download)


def test_changed_or_signed_by_another_is_found_out() -> None:
    theirs, _ = verifier([])
    head, _, signature = ISSUER.sign_badge(make_badge()).split(".")
    other = Issuer(b"somebody else's secret", "https://promptclub.example", "Voorbeeld").sign_badge(make_badge())
    better = ISSUER.sign_badge(make_badge(level="expert", title="AI-diploma Expert")).split(".")[1]
    for forged in (f"{head}.{better}.{signature}", other):
        with pytest.raises(OB3VerificationError):
            theirs.verify(forged)


def test_the_address_cannot_be_read_from_it() -> None:
    told = jwt.decode(ISSUER.sign_badge(make_badge()), options={"verify_signature": False})
    assert "noor" not in str(told)
    assert told["credentialSubject"]["identifier"][0]["identityHash"].startswith("sha256$")


async def test_numbers_stay_and_what_was_corrected_is_taken_back(database: Database) -> None:
    async with database.transaction() as tx:
        now = datetime.now(UTC)
        noor = (await people.get_or_add_person(tx, "web", "", "noor", now)).id
        first = await certificates.add(tx, Certificate(noor, "basis", True, TODAY, TODAY + YEAR), now)
        second = await certificates.add(tx, Certificate(noor, "expert", True, TODAY, TODAY + YEAR), now)
        assert first is not None and second is not None
        numbers = [await badges.get_number(tx, id) for id in (first, second, first)]
        assert numbers[0] == numbers[2] != numbers[1]
        assert await badges.find_taken_back(tx, 0, LIST_SIZE) == []
        await certificates.add(tx, Certificate(noor, "expert", False, TODAY, replaces=second), now)
        assert await badges.find_taken_back(tx, 0, LIST_SIZE) == [numbers[1]]
        assert await badges.find_taken_back(tx, LIST_SIZE, 2 * LIST_SIZE) == []


@pytest_asyncio.fixture(loop_scope="session")
async def certified(stage: WebStage) -> str:
    """Sanne holds one; its id."""
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)
    async with stage.app.database.transaction() as tx:
        known = await people.find_person(tx, "web", "", "sanne")
        assert known is not None
        one = Certificate(known.id, "basis", True, date(2026, 3, 1), date(2048, 3, 1))
        id = await certificates.add(tx, one, stage.app.now())
    assert id is not None
    return id


async def read(page: Page, address: str) -> tuple[int, bytes]:
    answer = await page.request.get(address)
    return answer.status, await answer.body()


@browsing
async def test_taken_along_and_checked_by_the_public_pages(visit: Visit, stage: WebStage, certified: str) -> None:
    page = await visit("/badges", person="sanne", phone=True, dark=True)
    await expect(page.get_by_role("heading", name="Basis")).to_be_visible()
    assert await find_barriers(page) == []
    assert not await is_too_wide(page)
    base = stage.address.rstrip("/")
    status, signed = await read(page, f"{base}/badges/{certified}.jwt")
    assert status == 200
    stranger = await visit("/badges", person="ruben")
    await expect(stranger.get_by_text("nog geen diploma")).to_be_visible()
    assert (await read(stranger, f"{base}/badges/{certified}.jwt"))[0] == 404
    pages = {path: (await read(stranger, base + path))[1] for path in ("/.well-known/did.json", "/badges/status/0")}

    def download(url: str, *_: object, **__: object) -> bytes:
        return next(body for path, body in pages.items() if url.endswith(path))

    did = jwt.decode(signed, options={"verify_signature": False})["iss"]
    theirs = OB3Verifier.for_issuer_did(did, download)
    found = theirs.verify(signed.decode(), check_status=True, download=download)
    assert found.achievement.name == "AI-diploma Basis"
