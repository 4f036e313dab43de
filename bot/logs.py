"""Structured logs without personal data: one JSON object a line, or readable lines for a terminal."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.settings import Settings
from knowledge.masking import mask


def set_up_logs(settings: Settings) -> None:
    """Our own events in full; of libraries only warnings, since they may log what people said."""
    level = getattr(logging, settings.log_level.upper())
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            # the default shows local variables, and those hold what people said
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask_exception,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    plain = MaskingFormatter("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(MaskingJson("%(message)s") if settings.log_format == "json" else plain)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # A ring that takes longer than the pause between two is skipped once: no news, and said every two seconds.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _mask_exception(_: Any, __: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An exception's own words may quote what somebody typed."""
    if isinstance(entry.get("exception"), str):
        entry["exception"] = mask(entry["exception"]).text
    return entry


class MaskingFormatter(logging.Formatter):
    """For the libraries' own lines and tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record)).text


class MaskingJson(MaskingFormatter):
    """The same as one JSON object a line, with the keys of our own events."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat()
        entry = {"event": super().format(record), "logger": record.name}
        return json.dumps({**entry, "level": record.levelname.lower(), "timestamp": moment}, ensure_ascii=False)
