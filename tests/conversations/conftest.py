"""The knowledge the dialogs are about: a small organisation of their own, so that no default text is pinned."""

from __future__ import annotations

import pytest

from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER, load


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)
