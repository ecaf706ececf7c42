"""Versions of a model in a folder of the office: plain numbers, never overwritten, the last can be taken back."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from fazhi.triage.features import Block, Features
from fazhi.triage.lessons import Lesson, Lessons
from fazhi.triage.model import Model
from fazhi.triage.nearness import Nearness
from fazhi.triage.topics import tree

CURRENT = "current.json"
FOLDER_MODE = 0o700
FILE_MODE = 0o600


class NoVersion(ValueError):
    """There is no such version; the words say which there are."""


class OtherTree(ValueError):
    """The version was made with another tree of topics or fewer readers and can no longer be read; train again."""


@dataclass(frozen=True, slots=True)
class About:
    """What a version is: its number, when and from what it was made, and how well it reads letters it had not seen."""

    version: int
    made: str
    source: str
    letters: int
    corrections: int
    names: tuple[str, ...]
    alone: float
    score: float | None = None
    parent: int = 0
    learned_to: int = 0
    """The number of the last decision it has learned from."""
    model: int = 0
    """The version whose numbers it reads with, where it is not its own; decisions change none of them."""
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By part: decisions held out one by one, how many were read as decided without and with the others, and whether
    the decisions are used."""
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By account: how many decisions it holds of theirs, and the parts in which others contradict them."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def versions(folder: Path) -> tuple[About, ...]:
    """Every version, the first first."""
    found = []
    for path in sorted(folder.glob("v*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found.append(About(**{**told, "names": tuple(told["names"])}))
    return tuple(found)


def current(folder: Path) -> int:
    """The version in use; 0 for none."""
    try:
        return int(json.loads((folder / CURRENT).read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return 0


def save(
    folder: Path,
    model: Model,
    *,
    made: datetime,
    source: str,
    score: float | None = None,
) -> About:
    """A newly trained version, in use from now on. `source` names the file."""
    number = _next(folder)
    told = made.isoformat(timespec="seconds")
    about = About(number, told, source, model.letters, 0, model.names, model.alone, score)
    _keep(folder / f"v{number:04d}.npz", _arrays(model))
    _write(folder / f"v{number:04d}.json", about.as_json())
    use(folder, number)
    return about


def save_lessons(folder: Path, lessons: Lessons, about: About) -> About:
    """A version that reads with the numbers of an earlier one and with these decisions, in use from now on; `about`
    says all but its number."""
    made = replace(about, version=_next(folder), corrections=len(lessons.lessons))
    told = [{"number": one.number, "person": one.person, "answers": dict(one.answers)} for one in lessons.lessons]
    trust = [[person, part, weight] for (person, part), weight in sorted(lessons.trust.items())]
    said = json.dumps({"lessons": told, "off": sorted(lessons.off), "trust": trust}, ensure_ascii=False)
    arrays = {"rows": lessons.rows, "said": np.frombuffer(said.encode("utf-8"), dtype=np.uint8)}
    _keep(folder / f"v{made.version:04d}.lessons.npz", arrays)
    _write(folder / f"v{made.version:04d}.json", made.as_json())
    use(folder, made.version)
    return made


def load_lessons(folder: Path) -> Lessons | None:
    """The decisions of the version in use; None where it has learned from none."""
    number = current(folder)
    return _load_lessons(folder, number) if number else None


@lru_cache(maxsize=2)
def _load_lessons(folder: Path, number: int) -> Lessons | None:
    path = folder / f"v{number:04d}.lessons.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as kept:
        rows, said = kept["rows"], json.loads(bytes(kept["said"]).decode("utf-8"))
    found = tuple(Lesson(one["number"], one["person"], one["answers"]) for one in said["lessons"])
    trust = {(person, part): weight for person, part, weight in said["trust"]}
    return Lessons(found, rows, frozenset(said["off"]), trust)


def _next(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    return max((about.version for about in versions(folder)), default=0) + 1


def _keep(path: Path, arrays: Mapping[str, Any]) -> None:
    part = path.with_name(f".{path.name}")
    with part.open("wb") as kept:
        part.chmod(FILE_MODE)
        np.savez_compressed(kept, **arrays)
    part.replace(path)


def use(folder: Path, number: int) -> About:
    """Take a version into use. Raises NoVersion."""
    found = {about.version: about for about in versions(folder)}
    if number not in found:
        there = "、".join(str(one) for one in found) or "还没有"
        raise NoVersion(f"没有第 {number} 版；现有的版本：{there}。")
    _write(folder / CURRENT, {"version": number})
    return found[number]


def undo(folder: Path) -> About:
    """Back to the version from which the present one was made, else to the one before it. Raises NoVersion."""
    now = current(folder)
    found = {about.version: about for about in versions(folder)}
    earlier = [number for number in found if number < now]
    back = found[now].parent if now in found and found[now].parent in found else max(earlier, default=0)
    if not back:
        raise NoVersion("没有更早的版本可以退回。")
    return use(folder, back)


def load(folder: Path) -> tuple[Model, About] | None:
    """The version in use with what is known of it; None where none was trained. Raises OtherTree."""
    number = current(folder)
    return _load(folder, number) if number else None


@lru_cache(maxsize=2)
def _load(folder: Path, number: int) -> tuple[Model, About] | None:
    about = next((one for one in versions(folder) if one.version == number), None)
    path = folder / f"v{(about.model if about and about.model else number):04d}.npz"
    if about is None or not path.exists():
        return None
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return _model(arrays, about), about


def _arrays(model: Model) -> Mapping[str, Any]:
    blocks: dict[str, Any] = {}
    for place, block in enumerate(model.features.blocks):
        blocks[f"terms{place}"] = np.frombuffer("\n".join(block.places).encode("utf-8"), dtype=np.uint8)
        blocks[f"rarity{place}"] = block.rarity
    return {
        **blocks,
        "blocks": np.array([block.name for block in model.features.blocks]),
        "weights": model.weights.astype(np.float32),
        "offsets": model.offsets,
        "ratio_weights": model.ratio_weights.astype(np.float32),
        "ratio_offsets": model.ratio_offsets,
        "near_rows": model.near.rows.astype(np.float16),
        "near_weights": model.near.weights.astype(np.float32),
        "slopes": model.slopes,
        "steps": model.steps,
        "tree": np.array([len(tree().seconds), len(tree().topics)]),
    }


def _model(arrays: Mapping[str, Any], about: About) -> Model:
    if (
        "tree" not in arrays
        or "ratio_weights" not in arrays
        or list(arrays["tree"]) != [len(tree().seconds), len(tree().topics)]
    ):
        raise OtherTree("这一版是用另一份主题树或者旧的读法训练的，请用 fazhi triage train 重新训练。")
    blocks = tuple(
        Block(
            str(name),
            {term: at for at, term in enumerate(bytes(arrays[f"terms{place}"]).decode("utf-8").split("\n"))},
            arrays[f"rarity{place}"],
        )
        for place, name in enumerate(arrays["blocks"])
    )
    return Model(
        about.names,
        Features(blocks),
        arrays["weights"].astype(np.float64),
        arrays["offsets"],
        Nearness(arrays["near_rows"].astype(np.float32), arrays["near_weights"].astype(np.float64)),
        arrays["ratio_weights"].astype(np.float64),
        arrays["ratio_offsets"],
        arrays["slopes"],
        arrays["steps"],
        about.alone,
        about.letters,
    )


def _write(path: Path, told: Mapping[str, Any]) -> None:
    part = path.with_name(f".{path.name}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE), "w", encoding="utf-8") as kept:
        json.dump(told, kept, ensure_ascii=False, indent=1)
    part.replace(path)
