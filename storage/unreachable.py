"""Says in one sentence why a database cannot be used, and what to look at; never its password."""

from __future__ import annotations

import errno
import socket

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

_REFUSALS = ("InvalidPassword", "InvalidAuthorization", "InvalidCatalogName")
"""How asyncpg's errors begin for a user, a password or a database that the server does not know."""
_PORT = 5432


def show(url: URL) -> str:
    """The address as a person wrote it, without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def explain(url: URL, problem: DBAPIError | OSError) -> str:
    if isinstance(problem, DBAPIError):
        cause = problem.orig
        if type(getattr(cause, "__cause__", None)).__name__.startswith(_REFUSALS):
            right = "Check the user, the password and the name of the database in DATABASE_URL"
            return f"PostgreSQL at {_where(url)} does not let us in: {cause}. {right}."
        return f"The database {show(url)} does not answer: {cause}. Check DATABASE_URL."
    if not is_about_connecting(problem) or url.get_backend_name() == "sqlite":
        return str(problem)
    right = "Check that it runs, that this machine may reach it, and the host and port in DATABASE_URL"
    return f"PostgreSQL cannot be reached at {_where(url)}: {_name(problem)}. {right}."


def is_about_connecting(problem: OSError) -> bool:
    """Not a port of ours that is taken, or a file."""
    return isinstance(problem, ConnectionError | socket.gaierror | TimeoutError) or "Connect call" in str(problem)


def _name(problem: OSError) -> str:
    if isinstance(problem, socket.gaierror):
        return "there is no such host"
    if isinstance(problem, TimeoutError):
        return "no answer in time"
    if isinstance(problem, ConnectionRefusedError) or problem.errno == errno.ECONNREFUSED:
        return "nothing listens there"
    return problem.strerror or "no connection"


def _where(url: URL) -> str:
    """db.example.org:5432, or the folder of a socket."""
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}:{url.port or _PORT}"
