"""Checks an audit export: python check.py [audit.zip]. Needs Python 3.9 or newer and nothing else.

Finds a file that was changed, is missing or was put in, and every line of the audit log that was changed, taken out
or put in. Exit status 0: whole; 1: not whole. Compare the fingerprint it prints with the one you were given apart
from these files: whoever changes a line and makes all sums anew gets another fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

LOG = "audit-log.jsonl"
MANIFEST = "manifest.json"


def read_files(place: Path) -> dict[str, bytes]:
    """A zip file, or the folder that it was unpacked to."""
    if place.is_dir():
        found = (path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def find_wrong_files(files: dict[str, bytes], sums: dict[str, str]) -> list[str]:
    wrong = [f"{name}: missing" for name in sums if name not in files]
    wrong += [f"{name}: put in" for name in files if name not in sums and name != MANIFEST]
    for name, kept in sums.items():
        if name in files and hashlib.sha256(files[name]).hexdigest() != kept:
            wrong.append(f"{name}: changed")
    return wrong


def find_wrong_lines(log: bytes, lines: dict) -> list[str]:  # type: ignore[type-arg]
    """Each line has its own number and the sum of itself and the line before it."""
    wrong, before, expected = [], lines["before"], lines["first"]
    for place, written in enumerate(log.decode("utf-8", "replace").splitlines(), start=1):
        try:
            line = json.loads(written)
            number, kept = int(line["number"]), str(line.pop("sum"))
        except (ValueError, KeyError, TypeError, AttributeError):
            wrong.append(f"{LOG}, line {place}: no line of the log")
            continue
        if number > expected:
            wrong.append(f"{LOG}: number {expected} to {number - 1} taken out")
        elif number < expected:
            wrong.append(f"{LOG}, line {place}: number {number} put in, or not in its place")
            continue
        elif sum_of(before, line) != kept:
            wrong.append(f"{LOG}: number {number} changed or put in")
        before, expected = kept, number + 1
    if expected <= lines["last"]:
        wrong.append(f"{LOG}: number {expected} to {lines['last']} taken out")
    return wrong


def sum_of(before: str, line: dict) -> str:  # type: ignore[type-arg]
    written = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((before + "\n" + written).encode("utf-8")).hexdigest()


def main(arguments: list[str]) -> int:
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        files = read_files(place)
        manifest = json.loads(files[MANIFEST])
        wrong = find_wrong_files(files, manifest["files"])
        wrong += find_wrong_lines(files.get(LOG, b""), manifest["log"])
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        print(f"Not whole: {place} cannot be read as an audit export ({problem}).")
        return 1
    if wrong:
        print("Not whole:")
        print("\n".join(f"  {line}" for line in wrong))
        return 1
    print(f"Whole: {len(manifest['files'])} files, {manifest['log']['lines']} lines of the audit log.")
    print(f"Fingerprint: {hashlib.sha256(files[MANIFEST]).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
