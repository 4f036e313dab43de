"""Loads an organisation's folder: reads and checks every file, and gives one `Knowledge` or all errors."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from knowledge.checking import Anything, Entry
from knowledge.content import Knowledge
from knowledge.contents import (
    ROW,
    Content,
    Held,
    InForce,
    Key,
    fingerprint_of,
    list_contents,
    mark_changes,
    put_in_force,
)
from knowledge.diploma import read_diploma
from knowledge.errors import Findings, KnowledgeError, KnowledgeErrors, find_nearest
from knowledge.files.digest import read_digests
from knowledge.files.examples import Examples
from knowledge.files.matrix import read_matrix, read_review_days
from knowledge.files.phrasings import read_phrasings
from knowledge.files.policy import read_policy
from knowledge.files.routing import read_routing
from knowledge.files.surveys import read_surveys
from knowledge.files.tools import read_tools
from knowledge.trying import try_change
from knowledge.yaml_lines import MOST_BYTES, Node, parse

__all__ = ["DEFAULT_FOLDER", "FILES", "KnowledgeError", "KnowledgeErrors", "Library", "load", "read_library"]

DEFAULT_FOLDER = Path(__file__).parent / "default"
_NEEDED = ("policy.yaml", "tools.yaml", "matrix.yaml")
_OPTIONAL = ("phrasings.yaml", "diploma.yaml", "digest.yaml", "routing.yaml", "surveys.yaml")
FILES = (*_NEEDED, *_OPTIONAL)
_FEW = 20


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    changed: date


def load(folder: Path) -> Knowledge:
    """Everything the organisation agreed on; `KnowledgeErrors` with all that is wrong in all files."""
    return read_library(folder)[0]


@dataclass(frozen=True)
class Library:
    """The files as they were read, checked: what is in force can be put in their place again and again."""

    roots: Mapping[str, Node | None]
    changed: date
    """The day matrix.yaml was last changed."""
    fingerprint: str
    alone: Knowledge | None = None
    """What the files make by themselves, where they were read so."""

    def list_contents(self) -> dict[Key, Content]:
        """What the files themselves say."""
        return dict(self._contents)

    @cached_property
    def _contents(self) -> Mapping[Key, Content]:
        return list_contents(self.roots)

    @cached_property
    def hashes(self) -> Mapping[Key, str]:
        """The fingerprint of each thing the files say."""
        return {key: fingerprint_of(content) for key, content in self._contents.items()}

    def build(self, in_force: InForce) -> Knowledge:
        """With what is in force in the place of what the files say; `KnowledgeErrors` where they do not fit."""
        if self.alone is not None and not mark_changes(self.hashes, in_force):
            return self.alone  # thousands of rows are not read again to find the same
        findings = Findings()
        knowledge = _build(self, findings, in_force)
        findings.raise_any()
        return knowledge

    def change(self, knowledge: Knowledge, changed: Collection[Key], in_force: InForce) -> Knowledge:
        """The same as `build` where only a few things changed since `knowledge`, without reading all the rest."""
        if len(changed) > _FEW or not all(_says_when(key, in_force[key]) for key in changed):
            return self.build(in_force)
        for key in changed:
            knowledge = try_change(knowledge, key.kind, in_force[key].content or {})
        return replace(knowledge, fingerprint=_mix(self.fingerprint, mark_changes(self.hashes, in_force)))


def _says_when(key: Key, held: Held) -> bool:
    """A row that leans on nothing its file says for all rows; and nothing that was taken out."""
    return held.content is not None and (key.kind != ROW or {"version", "since"} <= held.content.keys())


def read_library(folder: Path, in_force: InForce = MappingProxyType({})) -> tuple[Knowledge, Library]:
    """The files, checked with what is in force in their place; `KnowledgeErrors` with all that is wrong."""
    findings = Findings()
    files = _read_files(folder, findings)
    key = (_fingerprint(files), files["matrix.yaml"].changed if "matrix.yaml" in files else date.min)
    if in_force or findings.count:
        return _check(files, key, findings, in_force)
    if key not in _lately_read:
        _lately_read[key] = _check(files, key, findings, in_force)
        if len(_lately_read) > _MOST_KEPT:
            del _lately_read[next(iter(_lately_read))]
    return _lately_read[key]


_Read = tuple[Knowledge, Library]
_Key = tuple[str, date]
_MOST_KEPT = 3
_lately_read: dict[_Key, _Read] = {}
"""By what is in the files: nothing in it ever changes, and a file that was only touched is not read again."""


def _check(files: Mapping[str, _File], key: _Key, findings: Findings, in_force: InForce) -> _Read:
    roots = {name: parse(files[name].content, name, findings) if name in files else None for name in FILES}
    fingerprint, changed = key
    library = Library(roots, changed, fingerprint)
    knowledge = _build(library, findings, in_force)
    findings.raise_any()
    return knowledge, library if in_force else replace(library, alone=knowledge)


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


def _build(library: Library, findings: Findings, in_force: InForce) -> Knowledge:
    hashes = library.hashes if in_force else {}
    trees = put_in_force(library.roots, hashes, in_force)
    roots = {name: Entry(findings, name, "", 1, trees[name]) for name in FILES}
    policy, agreed = read_policy(roots["policy.yaml"])
    examples = Examples()
    rows = read_matrix(roots["matrix.yaml"], agreed, examples, library.changed)
    known: Collection[str] = dict.fromkeys(row.id for row in rows) or Anything()
    work: Collection[str] = dict.fromkeys(name for row in rows for name in (row.task, row.id)) or Anything()
    return Knowledge(
        policy=policy,
        tools=read_tools(roots["tools.yaml"], agreed, work),
        use_cases=rows,
        phrasings=read_phrasings(roots["phrasings.yaml"], known, examples),
        diploma=read_diploma(roots["diploma.yaml"], agreed),
        review_days=read_review_days(roots["matrix.yaml"]),
        digests=read_digests(roots["digest.yaml"], agreed),
        lab=read_routing(roots["routing.yaml"], agreed, dict.fromkeys(row.task for row in rows) or Anything()),
        surveys=read_surveys(roots["surveys.yaml"], agreed),
        fingerprint=_mix(library.fingerprint, mark_changes(hashes, in_force)),
    )


def _mix(fingerprint: str, mark: str) -> str:
    """The files' own where nothing else is in force: what was learned from them stays known."""
    return hashlib.sha256(f"{fingerprint} {mark}".encode()).hexdigest()[:32] if mark else fingerprint


def _fingerprint(files: Mapping[str, _File]) -> str:
    digest = hashlib.sha256()
    for name, file in files.items():
        digest.update(f"{name} {len(file.content)}\n".encode())
        digest.update(file.content)
    return digest.hexdigest()[:32]
