"""Who is let in, and what a bad request is answered with: always 4xx, and nothing is kept of it."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import jwt
import pytest
from sqlalchemy import func, select

from bot.platforms.teams.auth import KeysAway, fetch_keys_from
from storage.tables import metadata
from tests.platforms.teams.keys import ISSUER, key_id, public_jwk, sign
from tests.platforms.teams.stage import TeamsStage

_THE_CLOCK_S = "occasions"


async def count_rows(stage: TeamsStage) -> dict[str, int]:
    """By table; without what the clock writes by itself meanwhile."""
    tables = [table for table in metadata.sorted_tables if table.name != _THE_CLOCK_S]
    async with stage.app.database.reading() as tx:
        return {
            table.name: (await tx.execute(select(func.count()).select_from(table))).scalar_one() for table in tables
        }


def bearer(token: str) -> dict[str, str]:
    return {"Content-Type": "application/json", "Authorization": token}


STRANGERS: dict[str, Any] = {
    "expired": {"exp": int(time.time()) - 600},
    "for another bot": {"aud": "another-bot"},
    "for nobody": {"aud": None},
    "by another issuer": {"iss": "https://evil.example"},
    "without an issuer": {"iss": None},
    "without an end": {"exp": None},
    "not valid yet": {"nbf": int(time.time()) + 3600},
    "for another service address": {"serviceurl": "https://evil.example/"},
    "without a service address": {"serviceurl": None},
    "with an unknown key": {"number": 7},
    "with a known key's name": {"number": 7, "headers": {"kid": key_id(0)}},
    "without the name of a key": {"headers": {"kid": ""}},
}


async def test_a_bad_token_is_401(stage: TeamsStage) -> None:
    before = await count_rows(stage)
    statuses = {}
    for name, claims in STRANGERS.items():
        token = sign(stage.fake.url, **claims)
        statuses[name], _ = await stage.post(stage.make_message("anna", "hoi"), headers=bearer(token))
    assert statuses == dict.fromkeys(STRANGERS, 401)
    assert await count_rows(stage) == before


GARBAGE = (
    *("", "Bearer", "Bearer ", "Bearer garbage", "Bearer a.b.c", "Basic abc", "Bearer é.ü.ö"),
    "Bearer " + "x" * 7000,
    "Bearer eyJhbGciOiJSUzI1NiJ9..",
)


async def test_garbage_instead_of_a_token_is_401(stage: TeamsStage) -> None:
    statuses = {}
    for header in GARBAGE:
        statuses[header], _ = await stage.post(stage.make_message("anna", "hoi"), headers=bearer(header))
    assert statuses == dict.fromkeys(GARBAGE, 401)


async def test_no_token_is_401(stage: TeamsStage) -> None:
    status, _ = await stage.post(stage.make_message("anna", "hoi"), headers={"Content-Type": "application/json"})
    assert status == 401


async def test_an_unsigned_token_is_401(stage: TeamsStage) -> None:
    claims = {"iss": ISSUER, "aud": stage.app.settings.teams_app_id, "serviceurl": stage.fake.url}
    claims["exp"] = int(time.time()) + 60  # type: ignore[assignment]
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": key_id(0)})
    status, _ = await stage.post(stage.make_message("anna", "hoi"), headers=bearer(f"Bearer {unsigned}"))
    assert status == 401


async def test_a_token_signed_with_the_public_key_as_a_secret_is_401(stage: TeamsStage) -> None:
    claims = {"iss": ISSUER, "aud": stage.app.settings.teams_app_id, "exp": int(time.time()) + 60}
    secret = str(public_jwk(0)["n"])
    token = jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id(0)})
    status, _ = await stage.post(stage.make_message("anna", "hoi"), headers=bearer(f"Bearer {token}"))
    assert status == 401


async def test_another_channel_than_teams_is_401(stage: TeamsStage) -> None:
    status, _ = await stage.post({**stage.make_message("anna", "hoi"), "channelId": "webchat"})
    assert status == 401


DEEP = b'{"type": "message", "value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BAD_BODIES: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"{'type': 1}",
    "cut off": b'{"type": "message"',
    "not UTF-8": b'{"type": "\xff\xfe\x80"}',
    "a list": b"[]",
    "null": b"null",
    "nested deeply": DEEP,
    "a huge number": b'{"type": "message", "value": ' + b"9" * 10_000 + b"}",
    "no type": b'{"channelId": "msteams"}',
    "no conversation": b'{"channelId": "msteams", "type": "message", "from": {"id": "29:x"}}',
    "strange types": b'{"channelId": "msteams", "type": {}, "from": [], "conversation": 7}',
    "a long id": json.dumps(
        {"channelId": "msteams", "type": "message", "from": {"id": "x" * 300}, "conversation": {"id": "a:1"}}
    ).encode(),
}


async def test_a_bad_body_is_4xx(stage: TeamsStage) -> None:
    before = await count_rows(stage)
    statuses = {}
    for name, body in BAD_BODIES.items():
        statuses[name], _ = await stage.post(body)
    assert {name: status for name, status in statuses.items() if not 400 <= status < 500} == {}
    assert await count_rows(stage) == before


async def test_a_huge_body_is_413(stage: TeamsStage) -> None:
    status, _ = await stage.post(b'{"type": "message", "text": "' + b"x" * 2_000_000 + b'"}')
    assert status == 413


async def test_another_kind_of_body_is_415(stage: TeamsStage) -> None:
    headers = {"Content-Type": "text/plain", "Authorization": stage.fake.sign()}
    status, _ = await stage.post(b"{}", headers=headers)
    assert status == 415


async def test_halves_of_letters_and_zero_bytes_are_taken_out(stage: TeamsStage) -> None:
    body = json.dumps(stage.make_message("anna", "@@")).replace("@@", "klantmail \\ud800 \\u0000?").encode()
    status, _ = await stage.post(body)
    assert status == 201
    assert "Mag, mits" in (await stage.messages("anna"))[-1].text


async def test_unknown_activities_do_no_harm(stage: TeamsStage) -> None:
    before = await count_rows(stage)
    for kind in ("messageReaction", "typing", "event", "endOfConversation", "messageDelete", "somethingNew"):
        status, _ = await stage.post(stage.make_activity("anna", kind))
        assert status == 201, kind
    assert await stage.messages("anna") == []
    assert await count_rows(stage) == before


async def test_an_unknown_invoke_is_400(stage: TeamsStage) -> None:
    status, _ = await stage.post(stage.make_activity("anna", "invoke", name="composeExtension/query", value={}))
    assert status == 400


async def test_a_database_that_is_away_is_503_so_that_teams_delivers_again(stage: TeamsStage) -> None:
    activity = stage.make_message("anna", "Mag ik een klantmail laten herschrijven?")
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("ALTER TABLE inbox RENAME TO away")
    status, _ = await stage.post(activity)
    assert status == 503
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("ALTER TABLE away RENAME TO inbox")
    status, _ = await stage.post(activity)
    assert status == 201
    assert len(await stage.messages("anna")) == 1


# ---------------------------------------------------------------- signing keys


async def test_a_new_signing_key_is_found_when_it_is_first_used(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    stage.fake.rotate()
    stage.clock.skipped += 61
    await stage.say("anna", "hallo")
    assert stage.fake.key_fetches == 2


async def test_an_openid_server_that_is_not_there_means_try_again(stage: TeamsStage) -> None:
    with pytest.raises(KeysAway):
        await asyncio.to_thread(fetch_keys_from("http://127.0.0.1:9/openid"))
    with pytest.raises(KeysAway):
        await asyncio.to_thread(fetch_keys_from(f"{stage.fake.url}/keys"))


async def test_a_token_signed_with_a_key_for_another_channel_is_401(stage: TeamsStage) -> None:
    stage.fake.endorsements = ("webchat",)
    status, _ = await stage.post(stage.make_message("anna", "hoi"))
    assert status == 401
