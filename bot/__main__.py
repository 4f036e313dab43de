"""Where the program begins: `prompt-club` and `python -m bot`."""

import sys

_STOPPED_BY_CTRL_C = 130


def main() -> None:
    """Ctrl-C ends it quietly at any moment, also while the program itself is still being read."""
    try:
        from bot.cli import app

        app()
    except KeyboardInterrupt:
        sys.exit(_STOPPED_BY_CTRL_C)


if __name__ == "__main__":
    main()
