"""The stage, opened for one test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.platforms.teams.stage import TeamsStage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[TeamsStage]:
    async with open_stage(tmp_path) as opened:
        yield opened
