"""The command line: one module per command; heavy imports wait until a command runs."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from fullpicture.core.errors import FullPictureError, UsageError

_COMMANDS = {
    "audit": "Say what can be worked out of the hidden counts in published files.",
    "build": "Build both editions of a programme folder.",
    "check": "Say what is wrong with a programme folder, or with the returns of forces.",
    "demo": "Build an invented nation, to look at and to learn from.",
    "exceptions": "Sign for a figure that is public although it would be withheld.",
    "explain": "Show the definition and the delivered rows behind a figure.",
    "fetch": "Fetch the open data that a programme's sources name, from their publishers.",
    "link": "Link the victims and crimes of forces' returns, each link with its reason.",
    "map": "Propose how the columns of a force's return become our fields.",
    "protect": "Hide, round or coarsen counts so that no small one can be worked out.",
    "purge": "Remove records that may not be kept any longer, and record it.",
    "redact": "Find what in a file of texts could lead to a person.",
    "release": "Release a signed public edition under an address that never changes.",
    "returns": "Where the return of each force stands, and what is overdue.",
    "review": "Read both editions of a build before anybody signs them off.",
    "sample": "Draw cases for two coders, measure how far they agree, estimate shares of the whole.",
    "stats": "Tests, models, standardised rates and control charts of any table.",
    "themes": "Find themes in answers, give answers themes, and measure how far coders agree.",
    "transcripts": "Take in interviews and focus groups, turn by turn, under pseudonyms.",
    "verify": "Hold a public edition against its certificate, and audit it again.",
    "withdrawal": "The share of cases with each outcome by a day, open cases taken into account.",
}
"""Commands with the line that `--help` shows, so that help need not import them."""


class _Commands(click.Group):
    """Commands by name; a command's module is imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"fullpicture.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="fullpicture")
@click.pass_context
def _cli(ctx: click.Context, debug: bool) -> None:
    """Evidence on the response to vulnerability: every figure internal and public, traced to its rows."""
    ctx.obj = debug


def main() -> None:
    """Runs a command. Exit codes: 0 done, 1 refused, 2 wrong usage."""
    debug = "--debug" in sys.argv
    try:
        code = _cli.main([word for word in sys.argv[1:] if word != "--debug"], standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except FullPictureError as error:
        if debug:
            raise
        click.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    sys.exit(code or 0)
