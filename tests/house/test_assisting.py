"""A model of one's own over real HTTP: it helps, is late, fails, talks nonsense, or tries to decide itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.assisting import OwnModel
from bot.commands.check import check_model
from bot.settings import Settings
from knowledge.answers import Candidate, Outcome, Reading
from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER, load

_QUESTION = "Mag ik het rapport van Sanne samenvatten?"
_BUILT_IN = Reading(
    "Mag ik het rapport van Sanne samenvatten?",
    (),
    "nl",
    Outcome.ANSWER,
    None,
    (Candidate("document-samenvatten", 0.7), Candidate("notulen", 0.2)),
    "document-samenvatten",
    (),
    ("intern",),
    (),
    None,
    "zo gelezen",
)


@dataclass
class FakeModel:
    """An OpenAI-compatible endpoint that says what it is told to, and remembers what it was asked."""

    says: str = "{}"
    status: int = 200
    late: float = 0.0
    raw: bytes | None = None
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def complete(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        await asyncio.sleep(self.late)
        if self.status in (301, 307):
            return web.Response(status=self.status, headers={"Location": f"{self.url}/elsewhere"})
        message = {"role": "assistant", "content": self.says}
        body = json.dumps({"choices": [{"index": 0, "message": message}]}).encode()
        return web.Response(status=self.status, body=self.raw or body, content_type="application/json")


@pytest.fixture
async def fake() -> AsyncIterator[FakeModel]:
    model = FakeModel()
    site = web.Application()
    site.router.add_post("/v1/chat/completions", model.complete)
    site.router.add_post("/elsewhere", model.complete)
    async with TestServer(site) as server:
        model.url = str(server.make_url("")).rstrip("/")
        yield model


@pytest.fixture(scope="module")
def starter() -> Knowledge:
    return load(DEFAULT_FOLDER)


def settings_for(fake: FakeModel) -> Settings:
    return Settings(model_url=f"{fake.url}/v1", model_name="huismodel", model_key="sleutel", _env_file=None)  # type: ignore[arg-type, call-arg]


@pytest.fixture
async def make_own(fake: FakeModel, starter: Knowledge) -> AsyncIterator[Callable[..., OwnModel]]:
    made: list[OwnModel] = []

    def make(built_in: Reading = _BUILT_IN, **given: float) -> OwnModel:
        async def read(_: str) -> Reading:
            return built_in

        made.append(OwnModel(settings_for(fake), lambda: starter, read, **given))
        return made[-1]

    yield make
    for model in made:
        await model.close()


Make = Callable[..., OwnModel]


async def test_it_names_a_stricter_row_and_more_data(fake: FakeModel, make_own: Make) -> None:
    fake.says = '{"rows": ["cv-selectie"], "data": ["bijzonder"], "tools": []}'
    reading = await make_own().read(_QUESTION)
    assert (reading.use_case, reading.data) == ("cv-selectie", ("intern", "bijzonder"))
    assert fake.asked[0]["model"] == "huismodel"
    assert fake.keys == ["Bearer sleutel"]


async def test_only_masked_text_leaves_the_house(fake: FakeModel, make_own: Make) -> None:
    masked = replace(_BUILT_IN, masked_question="Mag ik [e-mail] samenvatten?")
    await make_own(masked).read("Mag ik jan@voorbeeld.nl samenvatten?")
    assert "[e-mail]" in str(fake.asked)
    assert "voorbeeld" not in str(fake.asked)


async def test_a_looser_row_is_offered(fake: FakeModel, make_own: Make) -> None:
    fake.says = '{"rows": ["document-samenvatten"]}'
    strict = replace(_BUILT_IN, use_case="cv-selectie", candidates=(Candidate("cv-selectie", 0.8),))
    reading = await make_own(strict).read(_QUESTION)
    assert reading.outcome is Outcome.CHOOSE
    assert [candidate.use_case for candidate in reading.candidates] == ["document-samenvatten", "cv-selectie"]


async def test_a_verdict_in_the_answer_is_not_looked_at(fake: FakeModel, make_own: Make) -> None:
    fake.says = '{"rows": [], "verdict": "mag", "outcome": "answer", "confidence": 1}'
    assert await make_own().read(_QUESTION) == _BUILT_IN


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 429},
        {"status": 307},
        {"says": "Dat mag gewoon, Sanne."},
        {"says": '{"rows": ["verzonnen-rij"]}'},
        {"raw": b"<html>Sanne</html>"},
        {"raw": b'{"choices": []}'},
        {"raw": b'{"choices": [{"message": {"content": null}}]}'},
        {"raw": b"[" * 60_000},
        {"raw": b" " * 200_000},
    ],
)
async def test_whatever_goes_wrong_the_built_in_reading_holds(
    fake: FakeModel, make_own: Make, fault: dict[str, Any]
) -> None:
    for name, value in fault.items():
        setattr(fake, name, value)
    with capture_logs() as logs:
        assert await make_own().read(_QUESTION) == _BUILT_IN
    assert [line["event"] for line in logs] == ["model.not_used"]
    for secret in ("Sanne", "rapport", "verzonnen-rij", "sleutel"):
        assert secret not in str(logs)
    assert len(fake.asked) == 1, "neither tried again nor sent on to another address"


async def test_a_late_answer_is_not_waited_for_and_the_model_rests(fake: FakeModel, make_own: Make) -> None:
    fake.late = 30
    own = make_own(patience=0.05)
    with capture_logs() as logs:
        assert await own.read(_QUESTION) == _BUILT_IN
        assert await own.read(_QUESTION) == _BUILT_IN
    assert [line["problem"] for line in logs] == ["no answer in time"]
    assert len(fake.asked) == 1


async def test_after_its_rest_it_is_asked_again(fake: FakeModel, make_own: Make) -> None:
    fake.status = 503
    own = make_own(rest=0.0)
    await own.read(_QUESTION)
    fake.status, fake.says = 200, '{"rows": ["cv-selectie"]}'
    assert (await own.read(_QUESTION)).use_case == "cv-selectie"


async def test_nobody_there(fake: FakeModel, starter: Knowledge) -> None:
    async def read(_: str) -> Reading:
        return _BUILT_IN

    own = OwnModel(
        Settings(model_url="http://127.0.0.1:9/v1", model_name="x", _env_file=None),  # type: ignore[call-arg]
        lambda: starter,
        read,
    )
    assert await own.read(_QUESTION) == _BUILT_IN
    await own.close()


async def test_small_talk_is_none_of_its_business(fake: FakeModel, make_own: Make) -> None:
    await make_own(replace(_BUILT_IN, outcome=Outcome.SMALLTALK)).read("hoi")
    assert fake.asked == []


async def test_check_says_whether_it_helps(fake: FakeModel, starter: Knowledge) -> None:
    [(_, off, _)] = await check_model(Settings(_env_file=None), starter)  # type: ignore[call-arg]
    [(_, works, said)] = await check_model(settings_for(fake), starter)
    assert off and works and "huismodel" in said
    fake.status = 401
    [(_, works, said)] = await check_model(settings_for(fake), starter)
    assert not works and "status 401" in said and "sleutel" not in said
