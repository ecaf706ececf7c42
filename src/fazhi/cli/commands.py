"""The root of the command line, to which every family of commands adds itself."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def fazhi() -> None:
    """法治 Fazhi: 法治政府建设业务平台。"""


def run() -> None:
    """Run the command line."""
    fazhi()
