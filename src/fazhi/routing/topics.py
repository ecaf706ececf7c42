"""The topic of the first level of many messages at once: chosen by a person, by the model in use, or by words alone."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from fazhi.hotspots.voices import Voice
from fazhi.routing.duties import in_use
from fazhi.triage import choices
from fazhi.triage.letter import Letter, read_letter
from fazhi.triage.model import Model
from fazhi.triage.topics import first_shares

HEAD: Final = 300
"""Signs that are read: what a message is about stands at its head."""
MOST: Final = 400_000
_read: dict[tuple[int, int], str] = {}
"""Topics read before, by version and text: six hours later most messages are the same."""


def topics_of(voices: Sequence[Voice]) -> list[str]:
    """The topic of each, empty where its words name none."""
    kept = in_use()
    version = kept[1].version if kept else 0
    keys = [(version, hash((one.title, one.text[:HEAD]))) for one in voices]
    if len(_read) > MOST:
        _read.clear()
    new = {key: voice for key, voice in zip(keys, voices, strict=True) if key not in _read}
    letters = [read_letter(one.text[:HEAD], one.title) for one in new.values()]
    _read.update(zip(new, _topics(letters, kept[0] if kept else None), strict=True))
    return [_read[key] for key in keys]


def topics_of_record(voices: Sequence[Voice]) -> list[str]:
    """The same for matters of the record; what a person decided of one stands above what is read."""
    decided = {one.matter: one.topic[0] for one in choices.decided() if one.topic}
    found = zip(voices, topics_of(voices), strict=True)
    return [decided.get(UUID(voice.number), topic) for voice, topic in found]


def _topics(letters: Sequence[Letter], model: Model | None) -> list[str]:
    if model is not None:
        said = model.read_many(letters)
        return ["" if letter.empty else name for letter, (name, _) in zip(letters, said, strict=True)]
    shares = [first_shares(letter) for letter in letters]
    return [max(one, key=lambda name: (one[name], name), default="") for one in shares]
