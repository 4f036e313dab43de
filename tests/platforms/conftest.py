"""Every platform's stage in turn, for the tests that all of them must pass."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.platforms.stage import PLATFORMS, Stage


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    module = importlib.import_module(f"tests.platforms.{request.param}.stage")
    async with module.open_stage(tmp_path) as opened:
        yield opened
