"""Ctrl-C before anything runs: a quiet end with the status every shell knows, and no traceback."""

from __future__ import annotations

import subprocess
import sys

INTERRUPTED_WHILE_IMPORTING = """
import sys

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "bot.commands.ask":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from bot.__main__ import main
main()
"""


def test_it_ends_quietly_while_the_program_is_still_being_read() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_IMPORTING], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
