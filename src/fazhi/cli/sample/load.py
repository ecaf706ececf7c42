"""Telling the stories of the sample to the desk, one matter at a time."""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction

from fazhi import desk
from fazhi.cli.sample import appeals, district, reviews
from fazhi.cli.sample.district import District
from fazhi.cli.sample.telling import Act, Story, Teller
from fazhi.desk.power import power_for
from fazhi.ledger import rulebook
from fazhi.people import actors, parties
from fazhi.people.actors import Actor

SEED = 20_190_501
REVIEWS_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Told:
    """One story as recorded."""

    story: Story
    matter: UUID


def teller(streets: Mapping[str, str], day: date, seed: int = SEED) -> Teller:
    """The one who tells: the same seed and day give the same stories."""
    words = district.read("messages.toml") | district.read("names.toml")
    return Teller(day, rulebook().calendar, words, streets, Random(seed))  # noqa: S311 - stories, not secrets


def stories(teller: Teller, matters: int) -> list[Story]:
    """All matters in the order in which they began."""
    cases = round(matters * REVIEWS_SHARE)
    told = chain(appeals.appeals(teller, matters - cases), reviews.reviews(teller, cases))
    return sorted(told, key=lambda story: (story.acts[0].day, story.key))


def lay_district(day: date) -> tuple[District, str]:
    """The district with its accounts, and their password; told again by `accounts`."""
    password = f"shili-{secrets.token_hex(4)}"
    with transaction.atomic():
        laid = district.lay(password, day)
    people = [
        {"user": one.user, "name": one.name, "unit": one.unit, "title": one.title} for one in laid.people.values()
    ]
    note = _note()
    note.touch(mode=0o600)
    noted = {"password": password, "people": people}
    note.write_text(json.dumps(noted, ensure_ascii=False, indent=2), encoding="utf-8")
    return laid, password


def accounts() -> tuple[str, list[dict[str, str]]]:
    """The sample password and accounts, as noted when they were made; empty if there is no note."""
    if not _note().exists():
        return "", []
    noted = json.loads(_note().read_text(encoding="utf-8"))
    return noted["password"], noted["people"]


def tell(laid: District, told: list[Story], day: date) -> Iterator[Told]:
    """Record each story whole, every act by one whose post may; what is to be shown is published by one who may."""
    for story in told:
        with transaction.atomic():
            matter = _enter(laid, story, day)
        if story.published is not None:
            _publish(laid, story, matter, day)
        yield Told(story, matter)


def _enter(laid: District, story: Story, day: date) -> UUID:
    segments = list(_segments(laid, story, day))
    actor, acts = segments[0]
    acts[0] = replace(acts[0], parties=(parties.register("citizen", story.party[0], phone=story.party[1]),))
    key = f"sample:{story.key}"
    entered = desk.enter(actor, story.procedure, acts, key=key, unit=laid.units[story.unit])
    seen = entered.seq
    for number, (actor, acts) in enumerate(segments[1:], 1):
        seen = desk.record_all(actor, entered.matter, acts, seen=seen, key=f"{key}:{number}").seq
    return entered.matter


def _segments(laid: District, story: Story, day: date) -> Iterator[tuple[Actor, list[desk.Act]]]:
    """The acts in order, those together that one actor records together."""
    for actor, together in groupby(story.acts, key=lambda act: _who(laid, story, act, day)):
        yield actor, [_act(laid, act) for act in together]


def _who(laid: District, story: Story, act: Act, day: date) -> Actor:
    """The person of the unit whose post may record this; else the unit itself, entered from its own files."""
    kind = rulebook().page(story.procedure, story.acts[0].day).kind(act.kind)
    wanted = power_for(kind) if kind else "record"
    for person in laid.people.values():
        if person.unit == laid.names[act.unit] and wanted in person.powers:
            return actors.actor_for(person.account, person.post, day)
    return laid.actor(act.unit)


def _act(laid: District, act: Act) -> desk.Act:
    named = {"unit": str(laid.units[act.to])} if act.to else {}
    return desk.Act(act.kind, act.day, fields={**act.fields, **named}, body=act.body)


def _publish(laid: District, story: Story, matter: UUID, day: date) -> None:
    place = story.published or 0
    who = laid.people["su" if story.procedure == "reconsideration" else "xu"]
    opening, act = story.acts[0], story.acts[place]
    desk.publish(
        actors.actor_for(who.account, who.post, day),
        matter,
        place + 1,
        f"{opening.body['text']}\n\n{act.body['text']}",
        title=opening.body["title"],
        seen=0,
        key=f"sample:{story.key}:published",
    )


def _note() -> Path:
    return Path(settings.FAZHI_HOME) / "sample-accounts.json"
