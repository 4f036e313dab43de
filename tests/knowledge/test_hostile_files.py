"""Files that are broken, not what they seem, or made to do harm are refused with a sentence, and quickly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.library import KnowledgeErrors, load
from knowledge.yaml_lines import MOST_BYTES
from tests.knowledge.organisation import FILES, MATRIX, TOOLS, write_organisation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_organisation(tmp_path)


def only_error_of(folder: Path) -> str:
    with pytest.raises(KnowledgeErrors) as caught:
        load(folder)
    (error,) = caught.value.errors
    return str(error)


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"

REFUSED = [
    ("nothing", b"",
     ":1: found an empty file; copy the file of the starter knowledge and change that"),
    ("blank lines", b"\n \n",
     ":1: found an empty file; copy the file of the starter knowledge and change that"),
    ("comments", b"# later\n",
     ":1: found nothing but comments; copy the file of the starter knowledge and change that"),
    ("a list", b"- one\n- two\n",
     ":1: found a list of 2; write a map of keys and values, such as {key: value}"),
    ("a word", b"hello\n",
     ":1: found 'hello'; write a map of keys and values, such as {key: value}"),
    ("latin-1", "version: 1\n# één\n".encode("latin-1"),
     ":2: found a byte (0xe9) that is not UTF-8; save the file with the encoding UTF-8"),
    ("utf-16", "version: 1\n".encode("utf-16"),
     ":1: found a byte (0xff) that is not UTF-8; save the file with the encoding UTF-8"),
    ("a tab", b"version: 1\ntools:\n\t- id: x\n",
     ":3: found a tab; YAML indents with spaces only; put spaces there"),
    ("control character", b"version: 1\ntools: \x07\n",
     ":2: found a control character that YAML does not allow; take it out, or type the line again"),
    ("two documents", b"version: 1\n---\nversion: 2\n",
     ":2: found a second document (---); keep one document in one file"),
    ("anchors", LAUGHS.encode(),
     ":1: found the anchor &a; take it out; put quotes around a text that begins with &"),
    ("an anchor nobody uses", b"version: 1\nname: &koffie thee\n",
     ":2: found the anchor &koffie; take it out; put quotes around a text that begins with &"),
    ("an alias of nothing", b"version: 1\nname: *a\n",
     ":2: found the alias *a; write the value out; aliases are not read"),
    ("a Python object", b"version: !!python/object/apply:os.system [ls]\n",
     ":1: found the tag tag:yaml.org,2002:python/object/apply:os.system; "
     "write a plain value without a tag"),
    ("a list as key", b"version: 1\n? [a, b]\n: c\n",
     ":2: found a list or map as a key; a key is one word"),
    ("deep", b"version: " + b"[" * 200_000,
     ":1: found more than 12 levels of nesting; the files need no more than six"),
    ("deep maps", b"{a: " * 100_000,
     ":1: found more than 12 levels of nesting; the files need no more than six"),
    ("huge", b"#" * (50 * 1024 * 1024),
     ":1: found a file of more than 32 MB; look whether this is the right file"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_file_that_cannot_be_read_is_one_clear_error(folder: Path, content: bytes, expected: str) -> None:
    (folder / "tools.yaml").write_bytes(content)
    assert only_error_of(folder) == f"tools.yaml{expected}"


def test_broken_syntax_names_line_column_and_where_it_began(folder: Path) -> None:
    (folder / "tools.yaml").write_text('version: 1\ntools: [{id: "x, name: y}]\n', encoding="utf-8")
    error = only_error_of(folder)
    assert error.startswith("tools.yaml:3: found broken YAML at column 1:")
    assert "begun on line 2" in error
    assert error.endswith("; look at the quotes, brackets, colons and indents there")


JUNK = st.sampled_from(
    [
        "",
        "\t",
        "\n",
        "  ",
        "- ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "#",
        "&a ",
        "*a",
        "!!int ",
        "| ",
        "> ",
        "%",
        "@",
        "null",
        "~",
        "no",
        "3",
        "2026-11-01",
        "-.inf",
        "0x1f",
        "<<",
        "? ",
        "\x00",
        "\ud7ff",
        "é",
        "[" * 30,
        "---\n",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(sorted(FILES)), place=st.floats(0, 1), removed=st.integers(0, 40), junk=JUNK)
def test_no_slip_in_a_file_gives_anything_but_knowledge_or_errors_with_a_place(
    folder: Path, file: str, place: float, removed: int, junk: str
) -> None:
    write_organisation(folder)
    text = FILES[file]
    at = int(place * len(text))
    (folder / file).write_text(text[:at] + junk + text[at + removed :], encoding="utf-8")
    try:
        load(folder)
    except KnowledgeErrors as broken:
        assert broken.errors
        for error in broken.errors:
            assert 1 <= error.line <= text.count("\n") + 3
            assert error.found
            assert error.right


def test_windows_line_ends_and_a_byte_order_mark_are_fine(folder: Path) -> None:
    (folder / "tools.yaml").write_bytes(b"\xef\xbb\xbf" + TOOLS.replace("\n", "\r\n").encode())
    assert len(load(folder).tools) == 3


def test_a_missing_file_is_told_with_a_name_that_comes_near(folder: Path) -> None:
    (folder / "matrix.yaml").rename(folder / "matrix.yml")
    assert only_error_of(folder) == "matrix.yaml:1: found no such file; rename matrix.yml to matrix.yaml"


def test_a_slip_in_the_name_of_an_optional_file_is_told(folder: Path) -> None:
    (folder / "phrasings.yaml").rename(folder / "phrasing.yaml")
    assert only_error_of(folder) == "phrasing.yaml:1: found a file with this name; did you mean 'phrasings.yaml'?"


def test_a_folder_that_is_not_there_is_an_error_for_every_needed_file(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeErrors) as caught:
        load(tmp_path / "nowhere")
    assert [error.file for error in caught.value.errors] == ["policy.yaml", "tools.yaml", "matrix.yaml"]
    assert caught.value.errors[0].right == f"put policy.yaml in {tmp_path / 'nowhere'}"


def test_a_file_at_the_limit_of_size_is_read(folder: Path) -> None:
    padding = b"# " + b"x" * (MOST_BYTES - len(TOOLS.encode()) - 3) + b"\n"
    (folder / "tools.yaml").write_bytes(padding + TOOLS.encode())
    assert len(load(folder).tools) == 3


def test_many_rows_load_in_time_that_grows_with_them(folder: Path) -> None:
    row = MATRIX.split("  - id: leners-mailen")[0].split("use_cases:\n")[1]

    def seconds_for(count: int) -> float:
        rows = "".join(
            row.replace("id: folder-maken", f"id: folder-{number}")
            .replace("AI", f"AI{number}")
            .replace("bot", f"bot{number}")
            for number in range(count)
        )
        (folder / "matrix.yaml").write_text(f"version: 1\nuse_cases:\n{rows}", encoding="utf-8")
        (folder / "phrasings.yaml").unlink(missing_ok=True)
        began = time.process_time()
        assert len(load(folder).use_cases) == count
        return time.process_time() - began

    small, large = seconds_for(400), seconds_for(4_000)
    assert large < 30 * small
