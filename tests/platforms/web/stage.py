"""People with the workspace open and the real app behind it: what they type, press, fill in and see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from aiohttp.test_utils import TestServer

from bot.app import App
from bot.delivery import Outgoing, TryLater, Unclear
from bot.model.events import Account
from bot.platforms import ChatPlatform
from bot.platforms.web.colleagues import load_workspace
from bot.settings import Settings
from storage.people import Profile
from tests.platforms.behind import find_deliveries, settle
from tests.platforms.reading import read
from tests.platforms.stage import Shown, ShownForm, Where
from tests.platforms.web.seeing import see_card, see_form, see_messages
from tests.platforms.web.tree import Element, read_html
from tests.platforms.web.visitor import Visitor, make_key

CHANNEL = "algemeen"
COLLEAGUES = {"anna": "sanne", "bram": "mehmet", "cleo": "fleur"}


class Flaky:
    """The workspace behind a line that fails on request; in between it is the workspace itself."""

    def __init__(self, real: ChatPlatform) -> None:
        self.name = real.name
        self.real = real
        self.failures: list[str] = []

    async def start(self) -> None:
        await self.real.start()

    async def stop(self) -> None:
        await self.real.stop()

    async def send(self, message: Outgoing) -> str | None:
        how = self.failures.pop(0) if self.failures else ""
        if how == "later":
            raise TryLater("the line is busy")
        if how == "never":
            return await self.real.send(message.model_copy(update={"place": nowhere(message)}))
        sent = await self.real.send(message)
        if how == "unclear":
            raise Unclear("the answer was lost")
        return sent

    async def find_sent(self, message: Outgoing) -> str | None:
        return await self.real.find_sent(message)

    async def find_profile(self, account: Account) -> Profile | None:
        return await self.real.find_profile(account)

    async def find_account_by_email(self, email: str) -> Account | None:
        return await self.real.find_account_by_email(email)


def nowhere(message: Outgoing) -> Any:
    """A place that people.yaml does not know, which is what a real message would fail on for ever."""
    return message.place.model_copy(update={"id": "opgeheven", "kind": "channel"})


class WebStage:
    name = "web"
    tells_unclear = True

    def __init__(self, app: App, line: Flaky, address: str, visitors: AsyncExitStack) -> None:
        self.app = app
        self.line = line
        self.address = address
        self._stack = visitors
        self._visitors: dict[str, Visitor] = {}
        self._refusals: dict[str, list[str]] = {}
        self._forms: dict[str, tuple[Element, dict[str, Any]]] = {}
        self._homes: dict[str, Element] = {}
        self._last: tuple[Visitor, str, dict[str, Any]] | None = None

    async def visitor(self, person: str) -> Visitor:
        if person not in self._visitors:
            visitor = await self._stack.enter_async_context(Visitor(self.address, COLLEAGUES[person]))
            await visitor.open()
            self._visitors[person] = visitor
        return self._visitors[person]

    async def _send(self, person: str, path: str, body: dict[str, Any]) -> None:
        """One request, and what the page does with the answer."""
        visitor = await self.visitor(person)
        whole = {"key": make_key(), **body}
        self._last = (visitor, path, whole)
        status, answer = await visitor.post(path, whole)
        assert status in (200, 204), (status, answer)
        effect = answer["effect"] if path == "/web/say" else answer or {"kind": "nothing"}
        self._take(person, effect or {"kind": "nothing"}, body)

    def _take(self, person: str, effect: dict[str, str], body: dict[str, Any]) -> None:
        match effect["kind"]:
            case "form" | "form_errors":
                origin = {"place": body["place"], "message": body.get("message")}
                self._forms[person] = (read_html(effect["html"]).get("form"), origin)
            case "refusal":
                self._refusals.setdefault(person, []).append(effect["words"])
            case "home":
                self._homes[person] = read_html(effect["html"])
            case "nothing":
                self._forms.pop(person, None)

    # ------------------------------------------------------------ people

    def email_of(self, person: str) -> str:
        colleague = load_workspace().find_colleague(COLLEAGUES[person])
        assert colleague is not None
        return colleague.email

    async def say(self, person: str, text: str, where: Where = "direct") -> None:
        visitor = await self.visitor(person)
        words = f"@Prompt Club {text}" if where == "channel" else text
        place = CHANNEL if where == "channel" else visitor.page["direct"]
        await self._send(person, "/web/say", {"place": place, "text": words})

    async def command(self, person: str, word: str, rest: str = "") -> None:
        await self.say(person, f"/magdit {rest}" if word == "magdit" else f"/promptclub {word} {rest}")

    async def press(self, person: str, message: Shown, label: str) -> None:
        visitor = await self.visitor(person)
        for path, place in (("/", visitor.page["direct"]), (f"/c/{CHANNEL}", CHANNEL)):
            page = await visitor.open(path)
            found = page.find_all("li", data_id=message.id)
            if found:
                button = next(b for b in found[0].find_all("button", kind="button") if b.text == label)
                body = {"place": place, "message": int(message.id), "action": button.attributes["data-action"]}
                await self._send(person, "/web/press", body)
                return
        raise AssertionError(f"{person} sees no message {message.id}")

    async def submit(self, person: str, values: dict[str, str]) -> None:
        form, origin = self._forms[person]
        filled = {field.attributes["data-field"]: fill(field, values) for field in form.find_all(kind="field")}
        body = {**origin, "action": form.attributes["data-action"], "values": filled}
        await self._send(person, "/web/submit", body)

    async def open_home(self, person: str) -> None:
        await self._send(person, "/web/open", {})

    async def deliver_again(self) -> None:
        assert self._last is not None
        visitor, path, body = self._last
        status, _ = await visitor.post(path, body)
        assert status in (200, 204)

    # ------------------------------------------------------------ what they see

    async def messages(self, person: str, where: Where = "direct") -> list[Shown]:
        await settle(self.app)
        page = await (await self.visitor(person)).open("/" if where == "direct" else f"/c/{CHANNEL}")
        return [shown for shown in see_messages(page) if shown.buttons or shown.is_card]

    async def form(self, person: str) -> ShownForm | None:
        await settle(self.app)
        return see_form(self._forms[person][0]) if person in self._forms else None

    async def refusals(self, person: str) -> list[str]:
        return self._refusals.get(person, [])

    async def home(self, person: str) -> Shown | None:
        return see_card(self._homes[person]) if person in self._homes else None

    # ------------------------------------------------------------ behind the scenes

    def fail_next_send(self, how: Literal["later", "never", "unclear"], times: int = 1) -> None:
        self.line.failures += [how] * times

    async def deliveries(self) -> list[tuple[str, str | None]]:
        return await find_deliveries(self.app)


def fill(field: Element, values: dict[str, str]) -> dict[str, Any]:
    """What the page sends for one field: the value typed or chosen by its label."""
    kind = field.attributes["data-kind"]
    label = (field.find_all("legend") or field.find_all("label"))[0].text
    given = values.get(label, "")
    options = {
        option.text.strip(): option.get("input").attributes["value"] for option in field.find_all(kind="option")
    }
    match kind:
        case "choice_field":
            return {"kind": kind, "value": options.get(given)}
        case "many_field":
            return {"kind": kind, "value": [options[given]] if given else []}
        case "date_field":
            return {"kind": kind, "value": date.fromisoformat(given).isoformat() if given else None}
        case _:
            return {"kind": kind, "value": given}


@asynccontextmanager
async def open_stage(
    folder: Path, *, database_url: str = "", port: int = 0, **settings: Any
) -> AsyncIterator[WebStage]:
    """An app with the web workspace, and visitors whose requests it cannot tell from a browser's."""
    app = App(make_settings(folder, database_url, **settings), read=read)
    line = Flaky(app.platforms["web"])
    site = app.make_site()
    app.platforms["web"] = line  # type: ignore[assignment]
    async with AsyncExitStack() as visitors, TestServer(site, port=port) as server:
        await app.start()
        try:
            yield WebStage(app, line, str(server.make_url("/")), visitors)
        finally:
            await app.stop()


def make_settings(folder: Path, database_url: str = "", **settings: Any) -> Settings:
    return Settings(
        _env_file=None,
        database_url=database_url or f"sqlite:///{folder}/club.sqlite",
        cache=folder / "cache",
        web=True,
        **settings,
    )
