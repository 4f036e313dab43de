"""People in a small fake Slack, and the real app behind signed requests: what they type, press, fill in and see."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select
from sqlmodel import col

from bot.app import App
from bot.platforms.slack.adapter import Slack
from bot.settings import Settings
from storage.tables.inbox import InboxRow
from storage.tables.outbox import OutboxRow
from tests.platforms.reading import read
from tests.platforms.slack.fake import APP_TOKEN, BOT_USER, ROOM, SECRET, TEAM, TOKEN, FakeSlack, Fault
from tests.platforms.slack.seeing import find_button, labels_of, see, values_of
from tests.platforms.stage import Shown, ShownForm, Where

FORM_TYPE = "application/x-www-form-urlencoded"


def sign(body: bytes, secret: str = SECRET, age: float = 0) -> dict[str, str]:
    """Slack's headers for a body."""
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class SlackStage:
    name = "slack"
    tells_unclear = True

    def __init__(self, fake: FakeSlack, app: App, address: str, session: aiohttp.ClientSession) -> None:
        self.fake = fake
        self.app = app
        self._address = address
        self._session = session
        self._last: tuple[bytes, str] = (b"", "")
        self._errors: dict[str, dict[str, str]] = {}

    # ------------------------------------------------------------ requests

    async def post(self, body: bytes, content_type: str, **how: Any) -> tuple[int, Any]:
        """One request as Slack sends it; `headers` replaces the signature, `secret` and `age` spoil it."""
        self._last = (body, content_type)
        headers = how.pop("headers", None)
        signed = sign(body, **how) if headers is None else headers
        async with self._session.post(
            self._address, data=body, headers={"Content-Type": content_type, **signed}
        ) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if answer.content_type == "application/json" else text

    async def send_event(self, event: dict[str, Any], **how: Any) -> tuple[int, Any]:
        envelope = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{self.fake.make_ts()}",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }
        return await self.post(json.dumps(envelope).encode(), "application/json", **how)

    async def interact(self, person: str, payload: dict[str, Any]) -> Any:
        user = user_of(person)
        whole = {
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "trigger_id": self.fake.make_trigger(user),
            **payload,
        }
        status, body = await self.post(urlencode({"payload": json.dumps(whole)}).encode(), FORM_TYPE)
        assert status == 200, (status, body)
        return body

    async def deliver_again(self) -> None:
        status, _ = await self.post(*self._last)
        assert status == 200

    # ------------------------------------------------------------ people

    def email_of(self, person: str) -> str:
        return f"{person}@voorbeeld.example"

    async def say(self, person: str, text: str, where: Where = "direct") -> None:
        status, _ = await self.send_event(self.typed(person, text, where))
        assert status == 200

    def typed(self, person: str, text: str, where: Where = "direct") -> dict[str, Any]:
        """What stands in the chat from now on, as the event that tells of it."""
        user, ts = user_of(person), self.fake.make_ts()
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if where == "channel":
            words, channel, kind = f"<@{BOT_USER}> {escaped}", ROOM, "app_mention"
        else:
            words, channel, kind = escaped, self.fake.direct(user), "message"
        self.fake.channels[channel].append({"text": words, "ts": ts, "user": user})
        shape = "channel" if where == "channel" else "im"
        return {"type": kind, "user": user, "text": words, "ts": ts, "channel": channel, "channel_type": shape}

    async def command(self, person: str, word: str, rest: str = "") -> None:
        question = word == "magdit"
        body = await self.slash(
            person, "/magdit" if question else "/promptclub", rest if question else f"{word} {rest}"
        )
        assert body == "", "in the direct chat there is nothing to explain"

    async def slash(self, person: str, command: str, text: str, room: str = "directmessage") -> Any:
        user = user_of(person)
        form = {
            "command": command,
            "text": text,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": ROOM,
            "channel_name": room,
            "trigger_id": self.fake.make_trigger(user),
            "response_url": self.fake.make_response_url(user),
        }
        status, body = await self.post(urlencode(form).encode(), FORM_TYPE)
        assert status == 200
        return body

    async def press(self, person: str, message: Shown, label: str) -> None:
        user = user_of(person)
        channel = next(id for id in self.fake.channels if self.fake.find_message(id, message.id))
        posted = self.fake.find_message(channel, message.id)
        assert posted is not None
        place = {
            "channel": {"id": channel, "name": "directmessage"},
            "container": {"type": "message", "message_ts": message.id, "channel_id": channel},
            "message": {name: value for name, value in posted.items() if value is not None},
            "response_url": self.fake.make_response_url(user),
        }
        await self.press_button(person, find_button(posted["blocks"], label), place)

    async def press_button(self, person: str, button: dict[str, Any], place: dict[str, Any]) -> None:
        action = {"type": "button", "block_id": "b", "action_ts": self.fake.make_ts(), **button}
        assert await self.interact(person, {"type": "block_actions", "actions": [action], **place}) == ""

    async def submit(self, person: str, values: dict[str, str]) -> None:
        await self.settle()
        user = user_of(person)
        view = self.fake.views[user]
        state = {"values": values_of(view["blocks"], values)}
        body = await self.interact(person, {"type": "view_submission", "view": {**view, "state": state}})
        self._errors.pop(user, None)
        if body == "":
            del self.fake.views[user]
        elif body["response_action"] == "errors":
            labels = {id: label for label, id in labels_of(view["blocks"]).items()}
            self._errors[user] = {labels[id]: words for id, words in body["errors"].items()}
        else:
            self.fake.show_view(user, body["view"])

    async def open_home(self, person: str) -> None:
        user = user_of(person)
        event = {
            "type": "app_home_opened",
            "tab": "home",
            "user": user,
            "channel": self.fake.direct(user),
            "event_ts": self.fake.make_ts(),
        }
        assert (await self.send_event(event))[0] == 200

    # ------------------------------------------------------------ what they see

    async def messages(self, person: str, where: Where = "direct") -> list[Shown]:
        await self.settle()
        assert self.fake.problems == []
        channel = ROOM if where == "channel" else self.fake.direct(user_of(person))
        return [see(message) for message in self.fake.channels[channel] if message.get("bot_id")]

    async def form(self, person: str) -> ShownForm | None:
        await self.settle()
        view = self.fake.views.get(user_of(person))
        if view is None or "submit" not in view:
            return None
        labels = tuple(labels_of(view["blocks"]))
        return ShownForm(view["title"]["text"], labels, self._errors.get(user_of(person), {}))

    async def refusals(self, person: str) -> list[str]:
        await self.settle()
        return [words for user, words in self.fake.whispers if user == user_of(person)]

    async def home(self, person: str) -> Shown | None:
        await self.settle()
        view = self.fake.homes.get(user_of(person))
        return see({"ts": "", **view}) if view else None

    # ------------------------------------------------------------ behind the scenes

    def fail_next_send(self, how: Literal["later", "never", "unclear"], times: int = 1) -> None:
        faults = {
            "later": Fault("chat.postMessage", "ratelimited", status=429, after=1, times=times),
            "never": Fault("chat.postMessage", "is_archived", times=times),
            "unclear": Fault("chat.postMessage", lost=True, times=times),
        }
        self.fake.faults.append(faults[how])

    async def deliveries(self) -> list[tuple[str, str | None]]:
        await self.settle()
        async with self.app.database.reading() as tx:
            rows = await tx.execute(select(col(OutboxRow.state), col(OutboxRow.reason)).order_by(col(OutboxRow.id)))
            return [(state, reason) for state, reason in rows.all()]

    async def settle(self) -> None:
        """Until nothing is waiting to be handled or sent."""
        slack = self.app.platforms["slack"]
        assert isinstance(slack, Slack)
        for _ in range(600):
            await slack.finish()
            if not await self._count_waiting():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("still waiting after twelve seconds")

    async def _count_waiting(self) -> int:
        waiting = ("waiting", "sending")
        async with self.app.database.reading() as tx:
            accepted = select(func.count()).where(col(InboxRow.state) == "waiting")
            outgoing = select(func.count()).where(col(OutboxRow.state).in_(waiting))
            return int((await tx.execute(accepted)).scalar_one() + (await tx.execute(outgoing)).scalar_one())


def user_of(person: str) -> str:
    return "U0" + person.upper()


@asynccontextmanager
async def open_stage(folder: Path, *, socket: bool = False, database_url: str = "") -> AsyncIterator[SlackStage]:
    """The fake, and an app of its own beside it; with `socket` it connects by itself instead of being called."""
    fake = FakeSlack()
    async with TestServer(fake.make_site()) as server, aiohttp.ClientSession() as session:
        fake.url = str(server.make_url("")).rstrip("/")
        app = App(make_settings(folder, fake, socket, database_url), read=read)
        async with TestServer(app.make_site()) as ours:
            await app.start()
            try:
                yield SlackStage(fake, app, str(ours.make_url("/slack/events")), session)
            finally:
                await app.stop()


def make_settings(folder: Path, fake: FakeSlack, socket: bool = False, database_url: str = "") -> Settings:
    entrance = {"slack_app_token": APP_TOKEN} if socket else {"slack_signing_secret": SECRET}
    return Settings(
        _env_file=None,
        database_url=database_url or f"sqlite:///{folder}/club.sqlite",
        cache=folder / "cache",
        slack_bot_token=TOKEN,
        slack_api_url=f"{fake.url}/api/",
        **entrance,
    )
