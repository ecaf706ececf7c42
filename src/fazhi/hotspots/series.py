"""Messages as counts by day: of a place, of a subject, and of a subject at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from fazhi.hotspots.places import places_in
from fazhi.hotspots.subjects import Topics, subject_of, unsorted
from fazhi.hotspots.voices import Voice

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What is counted: a place, what is complained of (`topic/subject`, either may be empty), or both."""

    place: str
    subject: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as it counts: its day and hour, who spoke, and the keys it counts for."""

    number: str
    person: str
    day: date
    hour: int
    keys: tuple[Key, ...]


def heard(voice: Voice, topic: str = "") -> Heard:
    """A message read for place and subject, within the topic that it was sorted under."""
    place, subject = next(iter(places_in(voice)), ""), subject_of(voice)
    named = [f"{topic}/{subject}"] if subject else []
    keys = [Key(place, one) for one in named] if place else []
    keys += [Key(place, f"{topic}/")] if place and topic else []
    keys += [Key(place, "")] if place else []
    keys += [Key("", one) for one in named]
    moment = voice.moment.astimezone(SHANGHAI)
    return Heard(voice.number, voice.person or f"#{voice.number}", moment.date(), moment.hour, tuple(keys))


class Series:
    """Counts by key and day; a person counts once a day for a key."""

    def __init__(self, messages: Iterable[Heard] = ()) -> None:
        self.by_key: defaultdict[Key, defaultdict[int, list[Heard]]] = defaultdict(lambda: defaultdict(list))
        self.by_day: defaultdict[int, int] = defaultdict(int)
        for one in messages:
            self.add(one)

    def add(self, one: Heard) -> None:
        day = one.day.toordinal()
        self.by_day[day] += 1
        for key in one.keys:
            if all(one.person != other.person for other in self.by_key[key][day]):
                self.by_key[key][day].append(one)

    def within(self, key: Key, first: int, last: int) -> list[Heard]:
        """Messages of the days from `first` to `last`, both counted, in order."""
        days: Mapping[int, list[Heard]] = self.by_key.get(key, {})
        if len(days) < last - first:
            return [one for day in sorted(days) if first <= day <= last for one in days[day]]
        return [one for day in range(first, last + 1) for one in days.get(day, ())]


def read_all(voices: Sequence[Voice], topics: Topics = unsorted) -> list[Heard]:
    """Every message in the order it came."""
    found = (heard(voice, topic) for voice, topic in zip(voices, topics(voices), strict=True))
    return sorted(found, key=lambda one: (one.day, one.hour, one.number))
