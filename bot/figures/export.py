"""An audit export: figures with their definitions, measures taken, the audit log of the period and its own checker,
in one zip file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.figures import check
from bot.figures.drawn import find_drawn
from bot.figures.overview import Chosen, Overview, find_overview
from bot.figures.paper import write_pdf
from bot.figures.report import Cell, Names, Report, Table, make_report, tell
from bot.figures.sheets import plain, write_csv, write_xlsx
from bot.texts import Words
from knowledge.content import Knowledge
from storage import audit, measures
from storage.measures import Span
from storage.sealing import Sealing
from storage.transaction import Transaction

CHECKER = "check.py"
_CHECKER = Path(check.__file__).read_bytes()
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The same content is the same file, whenever it was written."""


@dataclass(frozen=True, slots=True)
class Wanted:
    since: date
    until: date
    """The last day."""
    unit: str
    """"" for the whole organisation."""
    minimum: int

    def as_span(self, time_zone: str) -> Span:
        """From midnight to midnight, where the organisation is."""
        zone = ZoneInfo(time_zone)
        begin, end = (datetime.combine(day, time(), zone) for day in (self.since, self.until + timedelta(days=1)))
        return Span(begin, end)


@dataclass(frozen=True, slots=True)
class Export:
    content: bytes
    fingerprint: str
    """Of the manifest, which has the sum of every file."""
    lines: int
    flaws: int
    """What was wrong with the audit log itself; told in the summary too."""


async def make_export(
    tx: Transaction, words: Words, knowledge: Knowledge, wanted: Wanted, sealing: Sealing, time_zone: str
) -> Export | None:
    """None where nothing was counted up to the last day."""
    chosen = Chosen("unit", wanted.unit) if wanted.unit else Chosen()
    overview = await find_overview(tx, wanted.until, chosen, wanted.minimum)
    if overview is None:
        return None
    span = wanted.as_span(time_zone)
    flaws = [flaw async for flaw in audit.find_flaws(tx, sealing)]
    log, lines = await _write_log(tx, span)
    report = await _make_report(tx, words, knowledge, overview, wanted, span, len(flaws))
    names = Names(words, knowledge)
    files = {
        "summary.pdf": write_pdf(words, report, find_drawn(words, names, overview)),
        "figures.csv": write_csv(words, report),
        "figures.xlsx": write_xlsx(words, report),
        "surveys.csv": _write_rows(await _list_surveys(tx, words, span, wanted.unit)),
        "matrix-changes.csv": _write_rows(await _list_changes(tx, span)),
        check.LOG: log,
        CHECKER: _CHECKER,
    }
    files["README.txt"] = _write_readme(words, report, wanted, files)
    return _pack(files, wanted, lines, len(flaws))


async def _make_report(
    tx: Transaction,
    words: Words,
    knowledge: Knowledge,
    overview: Overview,
    wanted: Wanted,
    span: Span,
    flaws: int,
) -> Report:
    """The figures as shown on the last day, and what was done in the period."""
    shown = make_report(words, knowledge, overview)
    counted = await measures.count_measures(tx, span)
    rows: list[Sequence[Cell]] = [(words(f"figures.measure_{kind}"), n) for kind, n in counted.items()]
    done = Table("measures", words("figures.measures"), (words("figures.what"), words("figures.number")), rows)
    period = words("figures.export_period", since=words.day(wanted.since), until=words.day(wanted.until))
    whole = words("figures.export_whole") if not flaws else words("figures.export_not_whole", n=flaws)
    return Report(
        title=words("figures.export_title"),
        lead=f"{period} {shown.lead} {whole}",
        tables=(*shown.tables, done),
        definitions=(*shown.definitions, words("figures.def_measures")),
    )


async def _list_surveys(tx: Transaction, words: Words, span: Span, unit: str) -> list[Sequence[object]]:
    head = [words("figures.survey"), words("figures.unit"), words("figures.day")]
    head += [words("figures.invited"), words("figures.club_answered")]
    held = await measures.list_surveys(tx, span, unit)
    language = words.language
    return [head, *([one.title[language], one.unit, one.closed, one.invited, one.answered] for one in held)]


async def _list_changes(tx: Transaction, span: Span) -> list[Sequence[object]]:
    changes = await measures.list_changes(tx, span)
    rows: list[Sequence[object]] = [[one.since.isoformat(), one.kind, one.ref, one.version] for one in changes]
    return [["since", "kind", "id", "version"], *rows]


def _write_rows(rows: Sequence[Sequence[object]]) -> bytes:
    file = io.StringIO()
    sheet = csv.writer(file)
    for row in rows:
        sheet.writerow([plain(cell) if isinstance(cell, str) else cell for cell in row])
    return file.getvalue().encode("utf-8-sig")


async def _write_log(tx: Transaction, span: Span) -> tuple[bytes, Mapping[str, object]]:
    """Each line with the sum of itself and the one before it, and the seal that Prompt Club itself can check."""
    written, before, first, last = list[str](), "", 0, -1
    async for row in measures.read_audit(tx, span):
        line = {
            "number": row.number,
            "at": row.at.isoformat(),
            "actor": row.actor,
            "act": row.act,
            "about": row.about,
            "details": json.loads(row.details),
            "key_id": row.key_id,
            "seal": row.seal,
        }
        before = check.sum_of(before, line)
        written.append(json.dumps({**line, "sum": before}, ensure_ascii=False))
        first, last = first or row.number, row.number
    told = {"lines": len(written), "before": "", "first": first, "last": last, "end": before}
    return "".join(f"{line}\n" for line in written).encode(), told


def _write_readme(words: Words, report: Report, wanted: Wanted, files: Mapping[str, bytes]) -> bytes:
    lines = [report.title, "", report.lead, ""]
    for name in files:
        about = f"figures.file_{name.partition('.')[0].replace('-', '_')}"
        lines.append(f"- {name}: {words(about)}")
    lines += ["", words("figures.export_check"), "", "    python check.py", ""]
    for table in report.tables[-1:]:
        lines += [table.title, *(f"- {tell(words, row[0])}: {tell(words, row[1])}" for row in table.rows), ""]
    lines += [words("figures.definitions"), *(f"- {line}" for line in report.definitions), ""]
    return "\n".join(lines).encode()


def _pack(files: Mapping[str, bytes], wanted: Wanted, lines: Mapping[str, object], flaws: int) -> Export:
    manifest = {
        "since": wanted.since.isoformat(),
        "until": wanted.until.isoformat(),
        "unit": wanted.unit,
        "minimum": wanted.minimum,
        "log": lines,
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    written = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((check.MANIFEST, written), *sorted(files.items())):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    number = lines["lines"]
    assert isinstance(number, int)
    return Export(packed.getvalue(), sha256(written).hexdigest(), number, flaws)
