"""The command line: `prompt-club run`, `demo`, `ask`, `check`, `manifest`, `db`, `roles`, `deliveries`, ..."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands import (
    ask,
    audit,
    check,
    db,
    deliveries,
    demo,
    digest,
    diploma,
    erase,
    export,
    import_lists,
    manifest,
    matrix,
    roles,
    run,
)

app = typer.Typer(
    name="prompt-club",
    help="Prompt Club: the friendly contact point for AI at work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("ask")(ask.ask)
app.command("check")(check.check)
app.command("deliveries")(deliveries.show)
app.command("digest")(digest.digest)
app.command("erase")(erase.erase)
app.add_typer(manifest.app, name="manifest")
app.add_typer(db.app, name="db")
app.add_typer(roles.app, name="roles")
app.add_typer(matrix.app, name="matrix")
app.add_typer(audit.app, name="audit")
app.add_typer(export.app, name="export")
app.add_typer(import_lists.app, name="import")
app.add_typer(diploma.app, name="diploma")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("prompt-club"))
        raise typer.Exit


@app.callback()
def _main(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None: ...
