"""What ends in the sample: last year is closed, a unit goes into another with open work, reports lie side by side."""

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from fazhi.cli.sample.district import District, read
from fazhi.cli.sample.letters import take_letter
from fazhi.closing.close import close_year
from fazhi.desk import Act
from fazhi.desk.reorganising import Plan, carry_out
from fazhi.people import units
from fazhi.report import look
from fazhi.report.render import plain_text
from fazhi.report.shelf import Shelf

CLOSE, CENTRE = "sample:year", "sample:centre"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def close_last_year(laid: District, day: date) -> None:
    """The year before closed by the head of the district; its figures stay as they were sealed."""
    close_year(laid.person("mayor", day), laid.units["district"], day.year - 1, key=CLOSE)


def merge_centre(laid: District, day: date) -> None:
    """From today a centre is one with its bureau; its open work is left for an administrator to hand over."""
    told = read("centre.toml")
    for letter in told["letter"]:
        on = day - timedelta(days=letter["ago"])
        accepted = Act("accepted", on + timedelta(days=2), fields={"nature": "claim"})
        said = {"topic": told["topic"]} | letter
        take_letter(laid, said, told["unit"], on, f"{CENTRE}:{letter['key']}", [accepted])
    centre, into = (laid.units[told[name]] for name in ("unit", "into"))
    if centre in units.tree_on(day).units:
        plan = Plan("merged", day, unit=centre, into=into, ground=told["ground"])
        carry_out(laid.person("admin", day), plan, key=f"{CENTRE}:merged")


def shelve_reports(laid: District, day: date) -> None:
    """The district's report of last year and an older one, written for the sample, on the shelf of reports read."""
    shelf = Shelf(Path(settings.FAZHI_HOME) / "reports")
    at = datetime.combine(day, time(9), SHANGHAI)
    older = files("fazhi.cli.sample").joinpath("earlier_report.txt").read_text(encoding="utf-8")
    shelf.add(_of_year(older, day.year - 2).encode(), f"示例区{day.year - 2}年报告.txt", at)
    found = look.of_year(laid.units["district"], day.year - 1)
    assert found is not None and found[1] is not None
    shelf.add(plain_text(found[1]).encode(), f"示例区{day.year - 1}年报告.txt", at)


def _of_year(text: str, year: int) -> str:
    return text.replace("{year}", str(year)).replace("{after}", str(year + 1))
