"""`prompt-club demo`: the local web workspace with a fictional organisation; no account, no token."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.run import run_server
from bot.commands.settings import settings_or_exit
from storage.alone import AlreadyServed, serving_alone

FOLDER = Path("var/demo")

_READY = """
[bold]Prompt Club staat klaar:[/bold] {address}

Probeer eens:
  • Mag ik Copilot een mail aan een klant laten herschrijven?
  • Mag ik cv's laten beoordelen door AI?
  • druk onder het antwoord op [bold]Persoonsgegevens[/bold] en zie het veranderen
  • wissel linksboven van collega met “Ik ben”
  • word Fleur, typ /promptclub weekbericht, en bekijk en verstuur het weekbericht

Stoppen: Ctrl-C. Wat je zegt blijft bewaard; schoon beginnen: make demo-reset.
Ask in English and you get an English answer. To stop: Ctrl-C.
"""


def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Forget what was said and start clean.")] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="The first port to try.")] = 3978,
) -> None:
    """Try Prompt Club in the browser, with a fictional organisation."""
    from bot.commands.demo_app import DemoApp
    from bot.serving import find_free_port

    console = Console(stderr=True)
    database = f"sqlite:///{FOLDER}/prompt-club.sqlite"
    if reset:
        try:
            with serving_alone(database):
                forget(FOLDER)
        except OSError as problem:
            console.print(str(problem), markup=False)
            raise typer.Exit(1) from None
        console.print("Schoon begonnen: wat er gezegd was, is weg.")
    _refuse_second(database, console)
    free = find_free_port("127.0.0.1", port)
    if free != port:
        console.print(f"Poort {port} is bezet; ik neem {free}.")
    first = "" if (FOLDER / "cache").exists() else " De eerste keer duurt dat een halve minuut."
    console.print(f"Even wachten, ik lees de afspraken…{first}")
    settings = settings_or_exit(
        database_url=database,
        cache=FOLDER / "cache",
        audit=FOLDER / "audit",
        host="127.0.0.1",
        port=free,
        url=f"http://127.0.0.1:{free}",
        web=True,
        lab="web:ai-lab",
        log_level="warning",
        log_format="console",
    )
    run_server(settings, _READY, DemoApp)


def _refuse_second(database: str, console: Console) -> None:
    """Before a port is looked for: another port would not help."""
    try:
        with serving_alone(database):
            return
    except AlreadyServed:
        console.print("De demo draait hier al, in een ander venster. Stop hem daar met Ctrl-C, of ga daar verder.")
        console.print("The demo is running here already, in another window. Stop it there, or go on there.")
        raise typer.Exit(1) from None


def forget(folder: Path) -> None:
    """Delete the demo's database, and the anchors that would miss it; the vectors may stay, and so must the file by
    which one program serves alone."""
    for anchors in (folder / "audit").glob("anchors-*"):
        anchors.unlink()
    for end in ("", "-wal", "-shm"):
        (folder / f"prompt-club.sqlite{end}").unlink(missing_ok=True)
