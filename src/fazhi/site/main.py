"""The entry point of the fazhi command: opens the database where it is needed, then hands over to the commands."""

import os
import pkgutil
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

import click
import django

from fazhi import cli
from fazhi.cli.commands import fazhi
from fazhi.cluster import ClusterError
from fazhi.site.opening import opened, passing

_ALONE = frozenset({"serve", "demo", "recover"})  # these choose the database before Django reads its settings
_WITHOUT_DATABASE = frozenset({"rulebook"})
_READS_FILES = frozenset(
    {
        ("report", "read"),
        ("report", "score"),
        ("report", "check"),
        ("report", "compare"),
        ("report", "add"),
        ("report", "library"),
        ("record", "verify-package"),
        ("lake", "read"),
        *(("triage", verb) for verb in ("evaluate", "train", "versions", "undo", "use", "read", "route", "hand")),
    }
)
_TAKE_A_FOLDER = frozenset({"cite", "answers"})


def main() -> None:
    """Run the command line; what the database cannot do is told, not thrown."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings")
    try:
        _site_commands()
        if sys.argv[1:2] and sys.argv[1] in _ALONE:
            fazhi(prog_name="fazhi")
        with _database(sys.argv[1:]):
            load_families()
            fazhi(prog_name="fazhi")
    except ClusterError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(1)


def load_families() -> None:
    """Import every family of commands, so that it adds itself to the root."""
    django.setup()
    _site_commands()
    for module in pkgutil.iter_modules(cli.__path__):
        if not module.ispkg and module.name != "commands":
            import_module(f"fazhi.cli.{module.name}")


def _site_commands() -> None:
    import_module("fazhi.site.commands")
    import_module("fazhi.site.recovering")


def _database(words: list[str]) -> AbstractContextManager[None]:
    """What has to be open while these words are carried out."""
    asks_help = not words or bool({"-h", "--help", "--version"} & set(words))
    completes = "_FAZHI_COMPLETE" in os.environ
    alone = asks_help or words[0] in _WITHOUT_DATABASE or tuple(words[:2]) in _READS_FILES or _reads_folder(words)
    if alone or completes or words[0].startswith("-"):
        return nullcontext()
    return passing() if words[0] == "figures" and "--here" not in words else opened()


def _reads_folder(words: list[str]) -> bool:
    """Whether a folder takes the place of the library in the database, or only a table is read."""
    letters = words[:2] == ["answers", "evaluate"] and not any(word.endswith(".toml") for word in words)
    return letters or (words[0] in _TAKE_A_FOLDER and any(word.split("=")[0] == "--library" for word in words))
