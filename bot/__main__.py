"""`python -m bot` is the same as `prompt-club`."""

from bot.cli import main

if __name__ == "__main__":
    main()
