"""The root of the command line: finds every family of commands, and opens the database for those that need it."""

import os
import pkgutil
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

import click

from fazhi import cli
from fazhi.cluster import ClusterError

_ALONE = frozenset({"serve", "demo"})  # these choose the database before Django reads its settings
_WITHOUT_DATABASE = frozenset({"rulebook"})


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="fazhi", message="fazhi %(version)s")
def fazhi() -> None:
    """法治 Fazhi：法治政府建设业务平台。

    \b
    例：fazhi demo                       看一个示例区的全年业务
        fazhi serve                      启动自己的平台
        fazhi import appeals 台账.xlsx   导入来信台账
        fazhi COMMAND --help             每个命令的说明和示例
    """


def run() -> None:
    """Run the command line; what the database cannot do is told, not thrown."""
    try:
        if sys.argv[1:2] and sys.argv[1] in _ALONE:
            import_module("fazhi.cli.serve")
            fazhi(prog_name="fazhi")
        with _database(sys.argv[1:]):
            load_families()
            fazhi(prog_name="fazhi")
    except ClusterError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(1)


def load_families() -> None:
    """Import every family of commands beside this file, so that it adds itself to the root."""
    import django

    django.setup()
    for module in pkgutil.iter_modules(cli.__path__):
        if not module.ispkg and module.name not in ("commands", "opening"):
            import_module(f"fazhi.cli.{module.name}")


def _database(words: list[str]) -> AbstractContextManager[None]:
    """What has to be open while these words are carried out."""
    asks_help = not words or {"-h", "--help", "--version"} & set(words)
    completes = "_FAZHI_COMPLETE" in os.environ
    if asks_help or completes or words[0].startswith("-") or words[0] in _WITHOUT_DATABASE:
        return nullcontext()
    from fazhi.cli.opening import opened

    return opened()
