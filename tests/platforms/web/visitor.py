"""Somebody with a browser, without the browser: cookies, the headers it sends by itself, and the page's token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import aiohttp
from yarl import URL

from tests.platforms.web.tree import Element, read_html


class Visitor:
    """Opens pages and sends what their scripts would send."""

    def __init__(self, address: str, person: str | None = None) -> None:
        self.address = URL(address)
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        if person is not None:
            self.session.cookie_jar.update_cookies({"prompt_club_person": person}, self.address)
        self.page: dict[str, Any] = {}
        """What the page last opened told its scripts."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.session.close()

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        given = {name.replace("_", "-").title(): value for name, value in headers.items()}
        async with self.session.get(self.address.join(URL(path)), headers=given, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def get_query(self, path: str, **query: str) -> tuple[int, str]:
        return await self.get(str(URL(path).with_query(query)))

    async def open(self, path: str = "/") -> Element:
        async with self.session.get(self.address.join(URL(path)), headers={"Accept": "text/html"}) as answer:
            assert answer.status == 200, await answer.text()
            page = read_html(await answer.text())
        self.page = json.loads(page.get(id="page").text)
        return page

    async def post(self, path: str, body: object, **changed: str | None) -> tuple[int, Any]:
        """As the page's scripts do; `changed` replaces a header (`sec_fetch_site`), None leaves it out."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(
            self.address.join(URL(path)), data=data, headers=self._headers(changed)
        ) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if answer.content_type == "application/json" else text

    def _headers(self, changed: dict[str, str | None]) -> dict[str, str]:
        usual = {
            "Content-Type": "application/json",
            "Origin": str(self.address.origin()),
            "Sec-Fetch-Site": "same-origin",
            "X-Prompt-Club-Token": self.page.get("token", ""),
            "X-Prompt-Club-Person": self.page.get("person", ""),
        }
        given = {name.replace("_", "-").title(): value for name, value in changed.items()}
        return {name: value for name, value in {**usual, **given}.items() if value is not None}

    async def say(self, text: str, place: str | None = None, **more: Any) -> Any:
        """What the server answers; the message's id among it."""
        body = {"key": make_key(), "place": place or self.page["direct"], "text": text, **more}
        status, answer = await self.post("/web/say", body)
        assert status == 200, (status, answer)
        return answer

    async def become(self, person: str) -> int:
        form = {"token": self.page["token"], "person": person}
        headers = {"Origin": str(self.address.origin()), "Sec-Fetch-Site": "same-origin"}
        async with self.session.post(
            self.address / "web/become", data=form, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status

    @asynccontextmanager
    async def follow(self, after: int | None = None, **headers: str) -> AsyncIterator[Stream]:
        """The page's stream, as the browser reads it."""
        query = {
            "after": str(self.page["after"] if after is None else after),
            "place": self.page["place"],
            "person": self.page["person"],
        }
        async with self.session.get((self.address / "web/stream").with_query(query), headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            yield Stream(answer)


class Stream:
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self.headers = answer.headers
        self.last_id = ""

    async def next(self, seconds: float = 5.0) -> Any:
        """The next message's data; comments and greetings are passed over."""
        async with asyncio.timeout(seconds):
            while True:
                fields = await self._read_event()
                if fields.get("event") == "message":
                    self.last_id = fields["id"]
                    return json.loads(fields["data"])

    async def is_quiet(self, seconds: float = 0.3) -> bool:
        try:
            await self.next(seconds)
        except TimeoutError:
            return True
        return False

    async def _read_event(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        while line := (await self._answer.content.readline()).decode().rstrip("\r\n"):
            name, _, value = line.partition(": ")
            fields[name] = value
        if self._answer.content.at_eof() and not fields:
            raise EOFError("the server ended the stream")
        return fields


def make_key() -> str:
    return uuid4().hex
