"""Loads an organisation's folder: reads and checks every file, and gives one `Knowledge` or all errors."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from knowledge.checking import Anything, Entry
from knowledge.content import Knowledge
from knowledge.diploma import read_diploma
from knowledge.errors import Findings, KnowledgeError, KnowledgeErrors, find_nearest
from knowledge.files.digest import read_digests
from knowledge.files.examples import Examples
from knowledge.files.matrix import read_matrix
from knowledge.files.phrasings import read_phrasings
from knowledge.files.policy import read_policy
from knowledge.files.tools import read_tools
from knowledge.yaml_lines import MOST_BYTES, parse

__all__ = ["DEFAULT_FOLDER", "FILES", "KnowledgeError", "KnowledgeErrors", "load"]

DEFAULT_FOLDER = Path(__file__).parent / "default"
_NEEDED = ("policy.yaml", "tools.yaml", "matrix.yaml")
_OPTIONAL = ("phrasings.yaml", "diploma.yaml", "digest.yaml")
FILES = (*_NEEDED, *_OPTIONAL)


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    changed: date


def load(folder: Path) -> Knowledge:
    """Everything the organisation agreed on; `KnowledgeErrors` with all that is wrong in all files."""
    findings = Findings()
    files = _read_files(folder, findings)
    knowledge = _build(files, findings)
    findings.raise_any()
    return knowledge


def _read_files(folder: Path, findings: Findings) -> dict[str, _File]:
    files = {}
    for name in FILES:
        path = folder / name
        if not path.is_file():
            _note_missing(folder, name, findings)
            continue
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
            with path.open("rb") as file:
                files[name] = _File(file.read(MOST_BYTES + 1), changed)
        except OSError as error:
            found = f"a file that cannot be read ({error.strerror})"
            findings.add(KnowledgeError(name, 1, "", found, "see to it that the bot may read it"))
    return files


def _note_missing(folder: Path, name: str, findings: Findings) -> None:
    """An optional file may be missing, but not because of a slip in its name."""
    near = find_nearest(name, [other for other in _list_names(folder) if other not in FILES], score=0.8)
    if name in _NEEDED:
        right = f"rename {near} to {name}" if near else f"put {name} in {folder}"
        findings.add(KnowledgeError(name, 1, "", "no such file", right))
    elif near:
        findings.add(KnowledgeError(near, 1, "", "a file with this name", f"did you mean '{name}'?"))


def _list_names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []  # no folder, or none that may be listed: the file is reported missing all the same


def _build(files: Mapping[str, _File], findings: Findings) -> Knowledge:
    roots = {name: _open(name, files.get(name), findings) for name in FILES}
    policy, agreed = read_policy(roots["policy.yaml"])
    examples = Examples()
    changed = files["matrix.yaml"].changed if "matrix.yaml" in files else date.min
    rows = read_matrix(roots["matrix.yaml"], agreed, examples, changed)
    known: Collection[str] = dict.fromkeys(row.id for row in rows) or Anything()
    work: Collection[str] = dict.fromkeys(name for row in rows for name in (row.task, row.id)) or Anything()
    return Knowledge(
        policy=policy,
        tools=read_tools(roots["tools.yaml"], agreed, work),
        use_cases=rows,
        phrasings=read_phrasings(roots["phrasings.yaml"], known, examples),
        diploma=read_diploma(roots["diploma.yaml"], agreed),
        digests=read_digests(roots["digest.yaml"], agreed),
        fingerprint=_fingerprint(files),
    )


def _open(name: str, file: _File | None, findings: Findings) -> Entry:
    return Entry(findings, name, "", 1, parse(file.content, name, findings) if file else None)


def _fingerprint(files: Mapping[str, _File]) -> str:
    digest = hashlib.sha256()
    for name, file in files.items():
        digest.update(f"{name} {len(file.content)}\n".encode())
        digest.update(file.content)
    return digest.hexdigest()[:32]
