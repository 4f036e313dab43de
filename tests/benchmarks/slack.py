"""The whole Slack path, from signature to stored row, beside a Bolt app that only acknowledges."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from zlib import crc32

from tests.benchmarks.figures import Figure
from tests.benchmarks.load import Request, send_all
from tests.benchmarks.processes import Running, running
from tests.benchmarks.reading import QUESTIONS, read_alone
from tests.benchmarks.servers import SECRET
from tests.benchmarks.stored import count_messages, find_press, until_stored

PRESSES, ASKED, AT_ONCE = 3000, 300, 16
_IN_A_TURN = 100


async def measure(folder: Path) -> list[Figure]:
    async with running("slack-ack", folder) as bolt, running("slack", folder) as ours:
        await send_all(_path(ours), questions(3, "warm"), 3)
        await until_stored(folder, 3)
        action = find_press(folder)
        await send_all(_path(bolt), presses(200, "[]", "warm"), AT_ONCE)
        await send_all(_path(ours), presses(200, action, "warm"), AT_ONCE)
        before = count_messages(folder)
        acked, pressed = await _take_turns(bolt, ours, action)
        assert count_messages(folder) - before == PRESSES, "every press must have its stored outbox row"
        answered = await _answers_per_second(ours, folder)
        burst = await send_all(_path(ours), questions(50, "burst"), 50)
        memory = ours.resident_megabytes()
        started = ours.started_in
    alone = await asyncio.to_thread(read_alone, ASKED)
    bolt_name = "Bolt that only acks"
    return [
        Figure("a press, signature to stored row", pressed.by_clock, "/s", bolt_name, acked.by_clock, "≥ 0.50"),
        Figure("presses in a second of processor time", pressed.by_cpu, "/s", bolt_name, acked.by_cpu),
        Figure("a question, signature to stored row", answered, "/s", "the reading alone", alone, "≥ 0.80"),
        Figure("acknowledging 50 questions at once, p99", burst.percentile(0.99), "ms", goal="< 300 ms"),
        Figure("start, first answer", started, "s"),
        Figure("resident memory, reading process included", memory, "MB", goal="< 400 MB the reading"),
    ]


@dataclass
class _Pressed:
    """Presses a second, by the clock and by the processor time of the whole program."""

    presses: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    async def send(self, program: Running, action: str, run: str) -> None:
        used = program.cpu_seconds()
        sent = await send_all(_path(program), presses(_IN_A_TURN, action, run), AT_ONCE)
        self.presses += _IN_A_TURN
        self.seconds += sent.seconds
        self.cpu += program.cpu_seconds() - used

    @property
    def by_clock(self) -> float:
        return self.presses / self.seconds

    @property
    def by_cpu(self) -> float:
        return self.presses / self.cpu


async def _take_turns(bolt: Running, ours: Running, action: str) -> tuple[_Pressed, _Pressed]:
    """A few presses to the one, a few to the other: what else the machine does then slows both alike."""
    acked, pressed = _Pressed(), _Pressed()
    for turn in range(PRESSES // _IN_A_TURN):
        await acked.send(bolt, "[]", f"ack{turn}")
        await pressed.send(ours, action, f"press{turn}")
    return acked, pressed


def _path(running: Running) -> str:
    return f"{running.address}/slack/events"


async def _answers_per_second(ours: Running, folder: Path) -> float:
    before = count_messages(folder)
    began = time.perf_counter()
    await send_all(_path(ours), questions(ASKED, "ask"), AT_ONCE)
    await until_stored(folder, before + ASKED)
    return ASKED / (time.perf_counter() - began)


def _signed(body: bytes, content_type: str) -> Request:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def presses(number: int, action: str, run: str) -> list[Request]:
    requests = []
    began = 1_700_000_000 + crc32(run.encode()) % 10**8
    for count in range(number):
        payload = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": "U1", "team_id": "T1"},
            "trigger_id": f"{run}.{count}",
            "channel": {"id": "D1", "name": "directmessage"},
            "container": {"type": "message", "message_ts": "1700000000.000001", "channel_id": "D1"},
            "message": {"ts": "1700000000.000001", "text": "x"},
            "actions": [
                {
                    "type": "button",
                    "block_id": "b",
                    "action_id": "press:0:1",
                    "action_ts": f"{began}.{count:06d}",
                    "value": action,
                }
            ],
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        requests.append(_signed(body, "application/x-www-form-urlencoded"))
    return requests


def questions(number: int, run: str) -> list[Request]:
    requests = []
    for count in range(number):
        stamp = f"{int(time.time())}.{hash((run, count)) % 10**6:06d}{count}"
        event = {
            "type": "message",
            "user": "U1",
            "text": QUESTIONS[count % len(QUESTIONS)],
            "ts": stamp,
            "channel": "D1",
            "channel_type": "im",
        }
        envelope = {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": f"Ev{run}{count}",
            "event": event,
            "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        }
        requests.append(_signed(json.dumps(envelope).encode(), "application/json"))
    return requests
