"""The key that seals the audit log, and its anchors: what the log's end was, kept outside the database.

Without the key nobody can write a line that fits the chain; without the anchors a log whose end was cut off would
look whole.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import structlog

log = structlog.get_logger()

_KEY_FILE = "key"
SHORTEST_KEY = 16


class WrongKey(ValueError):
    """The key is too short to keep anybody out."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest line at some moment."""

    number: int
    seal: str


class Sealing:
    """`folder`: where the key lies when none is given, and the anchors; None: nothing outlives this process."""

    def __init__(self, folder: Path | None = None, *, key: str | None = None, log_name: str = "") -> None:
        """`log_name`: which database's log it is, for a folder that holds the anchors of several."""
        if key is not None and len(key) < SHORTEST_KEY:
            raise WrongKey(f"a key of at least {SHORTEST_KEY} characters")
        self._folder = folder
        self._given = key
        self._log_name = sha256(log_name.encode()).hexdigest()[:8]

    @cached_property
    def key(self) -> bytes:
        if self._given is not None:
            return self._given.encode()
        if self._folder is None:
            return secrets.token_bytes(32)
        return _keep_key(self._folder / _KEY_FILE)

    @property
    def key_id(self) -> str:
        """Names the key and tells nothing of it."""
        return sha256(b"key id " + self.key).hexdigest()[:8]

    def seal(self, before: str, line: str) -> str:
        """`before`: the seal of the line before this one; "" for the first."""
        return hmac.new(self.key, f"{before}\n{line}".encode(), sha256).hexdigest()

    @property
    def anchor_file(self) -> Path | None:
        return self._folder / f"anchors-{self._log_name}.jsonl" if self._folder else None

    def anchor(self, newest: Anchor) -> None:
        """Note where the log ends now; in the program's own log too, which is often kept elsewhere."""
        log.info("audit.anchor", number=newest.number, seal=newest.seal)
        file = self.anchor_file
        if file is None:
            return
        line = json.dumps({"number": newest.number, "seal": newest.seal}) + "\n"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("a", encoding="utf-8") as anchors:
                anchors.write(line)
        except OSError as problem:  # what was done is done and in the log; only its anchor is missing
            log.error("audit.not_anchored", problem=problem.strerror, file=str(file))

    def read_anchors(self) -> Iterator[Anchor]:
        """All that were noted, oldest first. A line that a full disk cut short says nothing."""
        file = self.anchor_file
        if file is None or not file.exists():
            return
        with file.open(encoding="utf-8", errors="replace") as anchors:
            for line in anchors:
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    noted = json.loads(line)
                    yield Anchor(int(noted["number"]), str(noted["seal"]))


def _keep_key(file: Path) -> bytes:
    """The key in this file; made at first use, whole at once, also where two programs start together."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_name(f"{file.name}.{uuid4().hex}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_hex(32), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    key = file.read_bytes().strip()
    if len(key) < SHORTEST_KEY:
        raise WrongKey(f"{file} holds no key of at least {SHORTEST_KEY} characters")
    return key
