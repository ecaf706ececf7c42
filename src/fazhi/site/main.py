"""The entry point of the fazhi command: names the settings, then hands over to the command line."""

import os


def main() -> None:
    """Run the command line of Fazhi."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings")
    from fazhi.cli.commands import run

    run()
