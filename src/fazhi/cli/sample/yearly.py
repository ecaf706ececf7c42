"""The sample's report of last year on its lawful way: asked for, composed, checked, signed, handed up, made public."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from fazhi import desk
from fazhi.cli.sample import district
from fazhi.cli.sample.district import District
from fazhi.desk import Act
from fazhi.ledger import read
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.people.actors import Actor
from fazhi.report import contributions, publish
from fazhi.report.checking import unexplained
from fazhi.report.gather import compose_report
from fazhi.report.publish import PROCEDURE
from fazhi.report.values import Report

KEY = "sample:report"
DRAFTER, HEAD = "chen", "mayor"
REASON = "（示例）已逐条核对：示例文字从简，数字以业务记录为准。"


def publish_report(laid: District, day: date) -> UUID:
    """The report of the year before `day`, each step on its day of this year; one that was broken off is taken up."""
    seal_all()
    follow_sealed()
    cutoff = date(day.year - 1, 12, 31)
    drafter = laid.person(DRAFTER, day)
    fields = {"year": str(cutoff.year), "cutoff": cutoff.isoformat()}
    opening = Act("begun", _on(day, 1, 10), fields=fields)
    matter = desk.enter(drafter, PROCEDURE, [opening], key=KEY, holder=False, unit=laid.units["district"]).matter
    if read(matter).head > 1:
        return matter
    _state_shortcomings(laid, day)
    _contribute(laid, matter, day)
    written = {name: str(text) for name, text in district.read("report.toml").items()}
    given = contributions.adopted(read(matter))
    unit = laid.units["district"]
    report = compose_report("district", unit, cutoff.year, cutoff, written=written, contributed=given)
    report = replace(report, imprint=replace(report.imprint, composed=_on(day, 2, 10)))
    drafted = publish.draft(drafter, matter, report, seen=1, key=f"{KEY}:draft", day=_on(day, 2, 10))
    _bring_out(drafter, laid.person(HEAD, day), matter, report, drafted.seq, day)
    return matter


def _bring_out(drafter: Actor, head: Actor, matter: UUID, report: Report, drafted: int, day: date) -> None:
    """From the draft to the archive: findings answered, screened, signed, handed up, copied and made public in time."""
    seen = drafted
    for place, finding in enumerate(unexplained(read(matter), report)):
        key = f"{KEY}:answer:{place}"
        answered = publish.explain(drafter, matter, finding.message, REASON, seen=seen, key=key, day=_on(day, 2, 12))
        seen = answered.seq
    seen = publish.screen(head, matter, drafted, "open", seen=seen, key=f"{KEY}:screen", day=_on(day, 2, 18)).seq
    seen = publish.sign(head, matter, drafted, seen=seen, key=f"{KEY}:sign", day=_on(day, 2, 20)).seq
    seen = publish.hand_up(drafter, matter, seen=seen, key=f"{KEY}:up", day=_on(day, 2, 25)).seq
    seen = publish.copy(drafter, matter, seen=seen, key=f"{KEY}:copy", day=_on(day, 3, 2)).seq
    seen = publish.publish(head, matter, seen=seen, key=f"{KEY}:public", day=_on(day, 3, 20)).seq
    publish.keep(drafter, matter, seen=seen, key=f"{KEY}:keep", day=_on(day, 4, 7))


def _state_shortcomings(laid: District, day: date) -> None:
    """The shortcomings of the report, and those of the year before with what was done and what came of it."""
    actor, lines = laid.actor("district"), district.read("shortcomings.toml")
    for place, line in enumerate(lines["now"]):
        stated = Act("stated", _on(day, 2, 5), fields={"year": str(day.year - 1)} | line)
        _line(actor, [stated], f"now:{place}")
    for place, line in enumerate(lines["before"]):
        measured, outcome = {"measure": line.pop("measure")}, {"outcome": line.pop("outcome")}
        acts = [
            Act("stated", date(day.year - 1, 3, 10), fields={"year": str(day.year - 2)} | line),
            Act("measured", date(day.year - 1, 10, 12), fields=measured),
            Act("answered", _on(day, 2, 6), fields=outcome),
        ]
        _line(actor, acts, f"before:{place}")


def _line(actor: Actor, acts: list[Act], key: str) -> None:
    desk.enter(actor, "shortcoming", acts, key=f"{KEY}:short:{key}", holder=False, unit=actor.unit)


def _contribute(laid: District, matter: UUID, day: date) -> None:
    """What units sent in: a part sent back and mended, one built on that of a community, one with nothing to say."""
    editor, head = laid.person(DRAFTER, day), laid.person(HEAD, day)
    texts = district.read("contributions.toml")
    below = {key: said for key, said in texts.items() if "." in key}
    own = {key: said for key, said in texts.items() if key not in below}
    asked, due = [laid.units[key] for key in own], _on(day, 1, 26)
    parts = contributions.collect(editor, matter, asked, "district", due=due, key=f"{KEY}:parts", day=_on(day, 1, 12))
    for (key, said), part in zip(own.items(), parts, strict=True):
        of_street = {name: told for name, told in below.items() if name.partition(".")[0] == key}
        if of_street:
            _ask_below(laid, key, of_street, part, day)
        writer, name, sent = laid.actor(key), f"{KEY}:{key}", _on(day, 1, 20)
        if "reason" in said:
            contributions.nothing(writer, part, said["reason"], seen=read(part).head, key=name, day=sent)
            continue
        contributions.submit(writer, part, said["texts"], {}, seen=read(part).head, key=name, day=sent)
        if remark := said.get("remark"):
            seen = read(part).head
            contributions.send_back(
                head, part, remark, _on(day, 1, 26), seen=seen, key=f"{name}:back", day=_on(day, 1, 21)
            )
            seen = read(part).head
            contributions.submit(writer, part, said["again"], {}, seen=seen, key=f"{name}:again", day=_on(day, 1, 23))
        contributions.adopt(head, part, seen=read(part).head, key=f"{name}:adopted", day=_on(day, 1, 28))


def _ask_below(
    laid: District, street: str, texts: dict[str, dict[str, dict[str, str]]], above: UUID, day: date
) -> None:
    """What communities send to their subdistrict, which adopts it and writes its own part on it."""
    asker, name = laid.actor(street), f"{KEY}:{street}:below"
    asked, due = [laid.units[key] for key in texts], _on(day, 1, 16)
    parts = contributions.collect(asker, above, asked, "district", due=due, key=name, day=_on(day, 1, 13))
    for (key, said), part in zip(texts.items(), parts, strict=True):
        writer, sent = laid.actor(key), _on(day, 1, 15)
        contributions.submit(writer, part, said["texts"], {}, seen=read(part).head, key=f"{KEY}:{key}", day=sent)
        seen = read(part).head
        contributions.adopt(asker, part, seen=seen, key=f"{KEY}:{key}:adopted", day=_on(day, 1, 16))


def _on(day: date, month: int, number: int) -> date:
    """A day of this year, or today where that lies ahead."""
    return min(date(day.year, month, number), day)
