"""The sample's report of last year: composed from the record, drafted by one, signed by another, published in March."""

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
    report = compose_report(
        "district", laid.units["district"], cutoff.year, cutoff, written=district.read("report.toml")
    )
    text = to_json(report)
    drafted = Act("drafted", _on(day, 2, 10), body={"report": text, "digest": digest(text)})
    seq = desk.record_all(drafter, matter, [drafted], seen=1, key=f"{KEY}:draft").seq
    desk.record_all(signer, matter, _signed(day, seq, report), seen=seq, key=f"{KEY}:sign")
    return matter


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
