"""The whole loop in a real browser: as asker, as Lab, as two approvers, as the next asker, as the first again."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.pages.conftest import DESKTOP
from tests.pages.loop import open_club, walk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_from_a_question_nobody_knew_to_a_rule_for_everybody(browser: Browser, tmp_path: Path) -> None:
    complaints: list[str] = []
    async with AsyncExitStack() as stack:
        _, address = await stack.enter_async_context(open_club(tmp_path, cache=tmp_path, real=False))

        async def visit(person: str, path: str) -> Page:
            context = await browser.new_context(viewport=DESKTOP, locale="nl-NL")  # type: ignore[arg-type]
            stack.push_async_callback(context.close)
            await context.add_cookies([{"name": "prompt_club_person", "value": person, "url": address}])
            page = await context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(address + path)
            return page

        await walk(visit)
    assert complaints == []
