"""The reference of the commands, printed from the program itself."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from fazhi.cli.commands import fazhi
from fazhi.site.main import load_families

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "commands.md"
_HELP = fazhi.context_settings["help_option_names"]
_HEADER = """\
# 命令 Commands

本页由 `make reference` 从程序印出。This page is printed from the program by `make reference`.
"""


def leaves(command: click.Command = fazhi, words: str = "fazhi") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    for name in sorted(command.commands):
        yield from leaves(command.commands[name], f"{words} {name}")


def page() -> str:
    """The whole reference as Markdown."""
    load_families()
    parts = [_HEADER]
    for words, command in leaves():
        context = click.Context(command, info_name=words, max_content_width=100, help_option_names=_HELP)
        parts.append(f"## {words}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE.name}: {page().count('## ')} commands\n")
