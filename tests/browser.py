"""Makes sure there is a browser for the tests: `python -m tests.browser`; the tests ask `find_browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome", "microsoft-edge")
_PROGRAMS = frozenset({"chrome", "chromium", "Chromium", "chrome.exe", "Google Chrome for Testing"})
_PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")
_MINUTES = 10
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""No sandbox: in a container and as root there is none to be had, and only our own pages are opened."""


@cache
def find_browser() -> Path | None:
    """The system's Chromium or Chrome, else the one Playwright keeps; None where neither starts."""
    return next((path for path in (*_find_installed(), *_find_playwrights()) if _starts(path)), None)


def _find_installed() -> Iterator[Path]:
    for name in _NAMES:
        path = shutil.which(name)
        if path is not None:
            yield Path(path)
    yield Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def _find_playwrights() -> Iterator[Path]:
    home = Path.home()
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(given)] if given else [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    for folder in folders:
        for path in sorted(folder.glob("chromium-*/**/*"), reverse=True):
            if path.name in _PROGRAMS and path.is_file() and os.access(path, os.X_OK):
                yield path


def _starts(path: Path) -> bool:
    """A name on the PATH is no proof: some systems put a stub there."""
    if not path.exists():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(*command: str) -> bool:
    print("$", " ".join(command), flush=True)
    try:
        return subprocess.run(command, timeout=_MINUTES * 60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    """Playwright's own download; where that fails, the system's package manager, if we may."""
    if _run(sys.executable, "-m", "playwright", "install", "chromium"):
        find_browser.cache_clear()
        if find_browser():
            return
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update")
        _run("apt-get", "install", "-y", *_PACKAGES)
    find_browser.cache_clear()


def main() -> int:
    if find_browser() is None:
        install()
    found = find_browser()
    if found is None:
        print(
            "The browser tests need Chromium and none could be installed: install it with your system's package "
            "manager (apt-get install chromium), or run: python -m playwright install --with-deps chromium",
            file=sys.stderr,
        )
        return 1
    print(f"browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
