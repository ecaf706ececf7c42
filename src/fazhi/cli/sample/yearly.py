"""The sample's report of last year: composed from the record, drafted by one, signed by another, published in March."""

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
from fazhi.people import actors
from fazhi.people.actors import Actor
from fazhi.report import contributions
from fazhi.report.gather import compose_report
from fazhi.report.keep import digest, to_json
from fazhi.report.publish import LIST, PROCEDURE
from fazhi.report.render import plain_text
from fazhi.report.values import Report

KEY = "sample:report"
WHO = ("chen", "mayor")


def publish_report(laid: District, day: date) -> UUID:
    """The report of the year before `day`, each step on its day of this year; one that was broken off is taken up."""
    seal_all()
    follow_sealed()
    cutoff = date(day.year - 1, 12, 31)
    drafter, signer = (actors.actor_for(laid.people[user].account, laid.people[user].post, day) for user in WHO)
    fields = {"year": str(cutoff.year), "cutoff": cutoff.isoformat()}
    opening = Act("begun", _on(day, 1, 10), fields=fields)
    matter = desk.enter(drafter, PROCEDURE, [opening], key=KEY, holder=False, unit=laid.units["district"]).matter
    if read(matter).head > 1:
        return matter
    _state_shortcomings(laid, day)
    _contribute(laid, drafter, signer, matter, day)
    page = district.read("report.toml")
    written = {name: str(text) for name, text in page.items() if not name.startswith("shortcomings")}
    given = contributions.adopted(read(matter))
    unit = laid.units["district"]
    report = compose_report("district", unit, cutoff.year, cutoff, written=written, contributed=given)
    report = replace(report, imprint=replace(report.imprint, composed=_on(day, 2, 10)))
    text = to_json(report)
    drafted = Act("drafted", _on(day, 2, 10), body={"report": text, "digest": digest(text)})
    seq = desk.record_all(drafter, matter, [drafted], seen=1, key=f"{KEY}:draft").seq
    desk.record_all(signer, matter, _signed(day, seq, report), seen=seq, key=f"{KEY}:sign")
    return matter


def _state_shortcomings(laid: District, day: date) -> None:
    """The shortcomings of the report, and those of the year before with what was done about them."""
    actor, lines = laid.actor("district"), district.read("shortcomings.toml")
    for place, line in enumerate(lines["now"]):
        stated = Act("stated", _on(day, 2, 5), fields={"year": str(day.year - 1)} | line)
        _line(actor, [stated], f"now:{place}")
    for place, line in enumerate(lines["before"]):
        then = date(day.year - 1, 3, 10)
        measured = {"measure": line.pop("measure")}
        stated = Act("stated", then, fields={"year": str(day.year - 2)} | line)
        _line(actor, [stated, Act("measured", date(day.year - 1, 10, 12), fields=measured)], f"before:{place}")


def _line(actor: Actor, acts: list[Act], key: str) -> None:
    desk.enter(actor, "shortcoming", acts, key=f"{KEY}:short:{key}", holder=False, unit=actor.unit)


def _contribute(laid: District, editor: Actor, head: Actor, matter: UUID, day: date) -> None:
    """What three units sent in: two parts adopted, one that had nothing to say."""
    texts = district.read("contributions.toml")
    asked = [laid.units[key] for key in texts]
    due, on = _on(day, 1, 26), _on(day, 1, 12)
    parts = contributions.collect(editor, matter, asked, "district", due=due, key=f"{KEY}:parts", day=on)
    for (key, said), part in zip(texts.items(), parts, strict=True):
        writer, name, sent = laid.actor(key), f"{KEY}:{key}", _on(day, 1, 20)
        seen = read(part).head
        if not said["texts"]:
            contributions.nothing(writer, part, said["reason"], seen=seen, key=name, day=sent)
            continue
        contributions.submit(writer, part, said["texts"], {}, seen=seen, key=name, day=sent)
        contributions.adopt(head, part, seen=read(part).head, key=f"{KEY}:{key}:adopted", day=_on(day, 1, 28))


def _signed(day: date, entry: int, report: Report) -> list[Act]:
    """Screened, signed, handed up and made public on the days on which that is done."""
    named = {"entry": str(entry)}
    told = {"title": report.title, "text": plain_text(report)}
    return [
        Act("screened", _on(day, 2, 18), fields=named | {"result": "open"}),
        Act("signed", _on(day, 2, 20), fields=named),
        Act("submitted", _on(day, 2, 25)),
        Act("published", _on(day, 3, 20), fields=named | {"list": LIST}, body=told),
    ]


def _on(day: date, month: int, number: int) -> date:
    """A day of this year, or today where that lies ahead."""
    return min(date(day.year, month, number), day)
