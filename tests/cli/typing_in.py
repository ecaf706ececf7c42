"""Commands typed as a person types them, against the database of the test."""

import shlex

from click.testing import CliRunner, Result

from fazhi.cli.commands import fazhi
from fazhi.site.main import load_families

PASSWORD = "路灯下的三只猫咪在散步"


def typed(line: str, answers: str = "") -> Result:
    """What became of `fazhi …`; `answers` are typed in turn at its questions."""
    load_families()
    return CliRunner().invoke(fazhi, shlex.split(line), input=answers)


def done(line: str, answers: str = "") -> str:
    """What it printed, once it is sure to have succeeded."""
    result = typed(line, answers)
    assert result.exit_code == 0, (line, result.output)
    return result.output


def refused(line: str, answers: str = "") -> str:
    """What it said when it refused."""
    result = typed(line, answers)
    assert result.exit_code != 0, (line, result.output)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output
