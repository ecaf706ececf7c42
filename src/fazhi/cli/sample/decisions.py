"""Decisions in the making of the sample district: acts, comments by citizens with their answers, published texts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fazhi import desk, ledger
from fazhi.cli.sample.district import District, read
from fazhi.people.actors import Actor, citizen

OPENING = {"openness": "open", "technical": "no", "risk": "no"}


def make_decisions(laid: District, today: date) -> dict[str, UUID]:
    """Every decision of the page with its comments; the decisions by key. Days are told from `today`."""
    return {one["key"]: _make(laid, one, today) for one in read("decisions.toml")["decision"]}


def _make(laid: District, told: Mapping[str, Any], today: date) -> UUID:
    actor, key = laid.actor(told["unit"]), f"sample:decision:{told['key']}"
    begun = today - timedelta(days=max(act["ago"] for act in told["act"]) + 10)
    opening = OPENING | {"operators": told["operators"]}
    body = {"title": told["about"], "text": f"拟制定{told['about']}。"}
    done = desk.receive(actor, "major_decision", day=begun, fields=opening, body=body, key=key, unit=actor.unit)
    comments = told.get("comment", ())
    for step in sorted([*told["act"], *comments], key=lambda one: -int(one["ago"])):
        on = today - timedelta(days=step["ago"])
        if "kind" in step:
            _act(actor, done.matter, step, on, key)
        else:
            _comment(actor, done.matter, step, on, key)
    return done.matter


def _act(actor: Actor, matter: UUID, step: Mapping[str, Any], on: date, key: str) -> None:
    own = f"{key}:{step['kind']}"
    seen = ledger.read(matter).head
    ends = {"last_day": (on + timedelta(days=step["open"])).isoformat()} if "open" in step else {}
    fields = {**step.get("fields", {}), **ends}
    done = desk.record(actor, matter, step["kind"], day=on, fields=fields, seen=seen, key=own)
    if "text" in step:
        _publish(actor, matter, done.seq, step["title"], step["text"].strip(), own)


def _comment(actor: Actor, decision: UUID, step: Mapping[str, Any], on: date, key: str) -> None:
    """By a citizen who gave no name; answered by the unit where the page says how."""
    own = f"{key}:comment:{step['ago']}"
    fields = {"draft": str(decision)} | ({"clause": str(step["clause"])} if "clause" in step else {})
    sender, body = citizen(actor.unit), {"text": step["text"]}
    matter = desk.receive(sender, "draft_comment", day=on, fields=fields, body=body, key=own, unit=actor.unit).matter
    if "adoption" not in step:
        return
    day, seen = on + timedelta(days=5), ledger.read(matter).head
    adopted = {"adoption": step["adoption"]}
    done = desk.record(actor, matter, "considered", day=day, fields=adopted, seen=seen, key=f"{own}:answer")
    _publish(actor, matter, done.seq, f"意见：{step['text']}", step["answer"], own)


def _publish(actor: Actor, matter: UUID, seq: int, title: str, text: str, key: str) -> None:
    desk.publish(actor, matter, seq, text, title=title, seen=ledger.read(matter).head, key=f"{key}:published")
