"""Microsoft's signing keys: found anew after a rotation, not for every stranger, and without blocking anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.platforms.teams.auth import KeysAway, SigningKeys
from tests.gate import Gate
from tests.platforms.teams.keys import key_id, public_jwk


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Keyring:
    """What the OpenID server tells, and how often it was asked."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = numbers
        self.asked = 0
        self.away = False
        self.gate: Gate | None = None

    def __call__(self) -> Sequence[dict[str, Any]]:
        self.asked += 1
        if self.gate is not None:
            self.gate.wait()
        if self.away:
            raise KeysAway("no route")
        return [public_jwk(number) for number in self.numbers]


async def test_strangers_make_us_look_for_keys_once_a_minute_at_most() -> None:
    ring, clock = Keyring(0), Clock()
    keys = SigningKeys(ring, clock)
    assert await keys.find(key_id(0)) is not None
    for _ in range(50):
        assert await keys.find("made-up") is None
    assert ring.asked == 1
    clock.now += 61
    ring.numbers = (1,)
    assert await keys.find(key_id(1)) is not None
    assert await keys.find(key_id(0)) is None
    assert ring.asked == 2


async def test_keys_are_looked_up_again_daily_and_old_ones_serve_while_the_server_is_away() -> None:
    ring, clock = Keyring(0), Clock()
    keys = SigningKeys(ring, clock)
    await keys.find(key_id(0))
    clock.now += 25 * 3600
    ring.away = True
    assert await keys.find(key_id(0)) is not None
    assert ring.asked == 2
    ring.away = False
    clock.now += 61
    await keys.find(key_id(0))
    await keys.find(key_id(0))
    assert ring.asked == 3


async def test_without_any_key_nobody_is_let_in_and_the_next_seconds_try_again() -> None:
    ring, clock = Keyring(0), Clock()
    ring.away = True
    keys = SigningKeys(ring, clock)
    with pytest.raises(KeysAway):
        await keys.find(key_id(0))
    ring.away = False
    clock.now += 6
    assert await keys.find(key_id(0)) is not None


async def test_looking_for_keys_blocks_nobody_and_many_look_once() -> None:
    ring = Keyring(0)
    ring.gate = Gate()
    keys = SigningKeys(ring)
    finding = asyncio.gather(*(keys.find(key_id(0)) for _ in range(10)))
    await ring.gate.open_when_reached()
    assert all(await finding)
    assert ring.asked == 1
