"""One app with the workspace, and people who visit it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.platforms.web.stage import WebStage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with open_stage(tmp_path) as opened:
        yield opened
