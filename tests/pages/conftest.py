"""A real browser on the real app: one browser a test process, and an app, a database and visits for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser import FLAGS, find_browser
from tests.platforms.web.stage import WebStage, open_stage

Visit = Callable[..., Awaitable[Page]]

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
_PATIENCE = 10_000
"""Milliseconds; much more than is needed, for a machine that is busy with other things."""
expect.set_options(timeout=_PATIENCE)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = find_browser()
    assert program is not None, "no browser: run `python -m tests.browser` first"
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=str(program), args=list(FLAGS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with open_stage(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, stage: WebStage) -> AsyncIterator[Visit]:
    """`await visit("/", person="mehmet", phone=True)`; whatever the browser complains of is a failure."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_page(path: str = "/", **how: Any) -> Page:
            page = await _open_page(browser, stage, stack, complaints, **how)
            await page.goto(stage.address.rstrip("/") + path)
            return page

        yield open_page
    assert complaints == []


async def _open_page(
    browser: Browser,
    stage: WebStage,
    stack: AsyncExitStack,
    complaints: list[str],
    *,
    person: str | None = None,
    phone: bool = False,
    dark: bool = False,
    expects: str | None = None,
    **more: Any,
) -> Page:
    """`expects`: a part of the one complaint that the test brings about itself."""
    context = await browser.new_context(
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        is_mobile=phone,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        timezone_id="Europe/Amsterdam",
        locale="nl-NL",
        **more,
    )
    stack.push_async_callback(context.close)
    context.set_default_timeout(_PATIENCE)
    if person is not None:
        await context.add_cookies([{"name": "prompt_club_person", "value": person, "url": stage.address}])

    def note(words: str) -> None:
        if expects is None or expects not in words:
            complaints.append(words)

    page = await context.new_page()
    page.on("pageerror", lambda error: note(str(error)))
    page.on("console", lambda said: note(said.text) if said.type in ("error", "warning") else None)
    return page


async def find_barriers(page: Page) -> list[str]:
    """What axe finds serious or critical, with the element it found it on."""
    results = await Axe().run(page)
    return [
        f"{found['id']}: {node['html']}"
        for found in results.response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


async def is_too_wide(page: Page) -> bool:
    """Whether somebody has to scroll sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
