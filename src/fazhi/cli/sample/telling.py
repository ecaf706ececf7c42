"""What the stories of the sample are told with: people who do not exist, days that are worked, acts in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from fazhi.law import Workdays


@dataclass(frozen=True, slots=True)
class Act:
    """One fact of a story; `unit` is the key of the unit that acts, `to` the key of a unit it names."""

    kind: str
    day: date
    unit: str
    fields: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One matter from its beginning to where it stands today; the first act opens it. `published` is an act's place."""

    key: str
    procedure: str
    unit: str
    party: tuple[str, str]
    acts: tuple[Act, ...]
    published: int | None = None


@dataclass(slots=True)
class Teller:
    """Draws what a story needs; the same seed tells the same stories."""

    today: date
    calendar: Workdays
    words: Mapping[str, Any]
    streets: Mapping[str, str]  # place → key of its subdistrict
    random: Random

    def subject(self, kind: str) -> tuple[dict[str, str], str]:
        """A message with its place filled in, and the key of the unit that handles it."""
        told: dict[str, str] = dict(self.random.choice(self.words[kind]))
        place = self.random.choice(sorted(self.streets))
        filled = {name: text.format(place=place, n=self.random.randint(3, 9)) for name, text in told.items()}
        unit = filled.get("unit", "review")
        return filled | {"place": place}, self.streets[place] if unit == "street" else unit

    def person(self) -> tuple[str, str]:
        """A name and a telephone number that belong to nobody."""
        name = self.random.choice(self.words["surnames"]) + self.random.choice(self.words["given"])
        return name, f"1990000{self.random.randint(0, 9999):04d}"

    def later(self, day: date, least: int, most: int) -> date:
        """A working day so many days later."""
        found = day + timedelta(days=self.random.randint(least, most))
        return found if self.calendar.is_working(found) else self.calendar.next_working(found)

    @property
    def reach(self) -> int:
        """Days back to the first day of last year, so that last year's report is of a whole year."""
        return (self.today - date(self.today.year - 1, 1, 1)).days

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


def until_today(acts: list[Act], today: date) -> tuple[Act, ...]:
    """The acts that have happened by today; whatever would follow an act still to come has not happened either."""
    told: list[Act] = []
    for act in acts:
        if act.day > today:
            break
        told.append(act)
    return tuple(told)
