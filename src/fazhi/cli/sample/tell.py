"""Telling the stories of the sample to the desk, one matter at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from random import Random
from uuid import UUID

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
REVIEWS_SHARE = 0.2


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


def tell(laid: District, told: list[Story], day: date) -> Iterator[Told]:
    """Record each story whole, every act by one whose post may; what is to be shown is published by one who may."""
    offices = {user: actors.actor_for(one.account, one.post, day) for user, one in laid.people.items()}
    for story in told:
        with transaction.atomic():
            matter = _enter(laid, story, offices)
        yield Told(story, matter)


def _enter(laid: District, story: Story, offices: Mapping[str, Actor]) -> UUID:
    """One story in the transaction at hand. A number that is given takes an entry of its own."""
    segments = list(_segments(laid, story, offices))
    actor, acts = segments[0]
    acts[0] = replace(acts[0], parties=(parties.register("citizen", story.party[0], phone=story.party[1]),))
    key = f"sample:{story.key}"
    entered = desk.enter(actor, story.procedure, acts, key=key, unit=laid.units[story.unit])
    if entered.repeated:
        transaction.set_rollback(True)  # told before: the party registered above is not needed twice
        return entered.matter
    seqs, head, number = list(range(1, len(acts) + 1)), entered.seq, entered.number
    for place, (actor, acts) in enumerate(segments[1:], 1):
        done = desk.record_all(actor, entered.matter, acts, seen=head, key=f"{key}:{place}")
        seqs += range(head + 1, head + 1 + len(acts))
        head = done.seq + int(done.number != number)
        number = done.number
    if story.published is not None:
        _publish(story, entered.matter, seqs[story.published], head, offices)
    return entered.matter


def _segments(laid: District, story: Story, offices: Mapping[str, Actor]) -> Iterator[tuple[Actor, list[desk.Act]]]:
    """The acts in order, those together that one actor records together."""
    for actor, together in groupby(story.acts, key=lambda act: _who(laid, story, act, offices)):
        yield actor, [_act(laid, act) for act in together]


def _who(laid: District, story: Story, act: Act, offices: Mapping[str, Actor]) -> Actor:
    """The person of the unit whose post may record this; else the unit itself, entered from its own files."""
    kind = rulebook().page(story.procedure, story.acts[0].day).kind(act.kind)
    wanted = power_for(kind) if kind else "record"
    for actor in offices.values():
        if actor.unit == laid.units[act.unit] and wanted in actor.powers:
            return actor
    return laid.actor(act.unit)


def _act(laid: District, act: Act) -> desk.Act:
    named = {"unit": str(laid.units[act.to])} if act.to else {}
    return desk.Act(act.kind, act.day, fields={**act.fields, **named}, body=act.body)


def _publish(story: Story, matter: UUID, seq: int, head: int, offices: Mapping[str, Actor]) -> None:
    """Shown on the day it was told, by one who may publish."""
    opening, act = story.acts[0], story.acts[story.published or 0]
    review = story.procedure == "reconsideration"
    asked, told = ("申请人的请求", "复议结果") if review else ("反映的问题", "答复")
    text = f"{asked}：\n{opening.body['text']}\n\n{told}：\n{act.body['text']}"
    who = offices["su" if review else "xu"]
    shown = desk.Act(
        "published", act.day, fields={"entry": str(seq)}, body={"title": opening.body["title"], "text": text}
    )
    desk.record_all(who, matter, [shown], seen=head, key=f"sample:{story.key}:published")
