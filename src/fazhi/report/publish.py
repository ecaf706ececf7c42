"""The life of a report as a matter: begun, drafted, screened, signed by a second person, published, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from fazhi import desk, ledger
from fazhi.desk.act import Act, NoRight, Received, Recorded, Refused, refusal
from fazhi.law import Finding
from fazhi.ledger import MatterView
from fazhi.ledger.entry import EntryLine
from fazhi.people.actors import Actor
from fazhi.report.check import Finding as CheckFinding
from fazhi.report.checking import unexplained
from fazhi.report.keep import digest, from_json, to_json
from fazhi.report.render import plain_text
from fazhi.report.values import Report

PROCEDURE = "annual_report"
LIST = "法治政府建设年度报告"
KEPT_BACK = "secret"


def begin(
    actor: Actor, year: int, cutoff: date, *, key: str, day: date | None = None, unit: UUID | None = None
) -> Received:
    """Open the matter of a year's report of a unit, the actor's own unless said."""
    fields = {"year": str(year), "cutoff": cutoff.isoformat()}
    return desk.receive(actor, PROCEDURE, day=day, fields=fields, key=key, unit=unit or actor.unit)


def draft(actor: Actor, matter: UUID, report: Report, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Keep a composed report as the draft to be signed; what is signed and published later is this text, no other.

    Refused, like signing, where nothing at all was counted.
    """
    _counted(report, "drafted")
    text = to_json(report)
    body = {"report": text, "digest": digest(text)}
    return _record(actor, matter, "drafted", day=day, body=body, seen=seen, key=key)


def screen(
    actor: Actor, matter: UUID, entry: int, result: str, *, seen: int, key: str, day: date | None = None
) -> Recorded:
    """The secrecy review of the draft recorded as `entry`: ``open``, or ``secret``, which is then not made public."""
    _draft_line(ledger.read(matter), entry)
    fields = {"entry": str(entry), "result": result, "secrecy": result}
    return _record(actor, matter, "screened", day=day, fields=fields, seen=seen, key=key)


def explain(
    actor: Actor, matter: UUID, finding: str, reason: str, *, seen: int, key: str, day: date | None = None
) -> Recorded:
    """Answer one finding of the checker, in its own words, with the reason why it stands."""
    fields = {"finding": finding.strip(), "reason": reason.strip()}
    return _record(actor, matter, "explained", day=day, fields=fields, seen=seen, key=key)


def sign(actor: Actor, matter: UUID, entry: int, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Sign the draft recorded as `entry`; whoever drafted it may not, and nobody before its secrecy review."""
    view = ledger.read(matter)
    line = _draft_line(view, entry)
    if actor.account is not None and line.account == actor.account:
        raise NoRight("起草人不能签发自己的报告稿：请由负责人另行审核、签发。")
    if text := (view.body(entry) or {}).get("report"):
        _counted(from_json(text), "signed")
    if screening(view, entry) is None:
        message = f"第{entry}条报告稿还没有经过保密审查，不能签发：请先登记保密审查。"
        raise Refused((refusal("screened", message, "the draft was not reviewed for secrecy", "screened"),))
    return _record(actor, matter, "signed", day=day, fields={"entry": str(entry)}, seen=seen, key=key)


def hand_up(actor: Actor, matter: UUID, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Handed to the party committee, the standing committee and the unit above; refused before it is signed."""
    if signed_draft(ledger.read(matter)) is None:
        message = "报告稿尚未签发，不能报送：请先由负责人签发。"
        raise Refused((refusal("signed", message, "the draft is not signed yet", "submitted"),))
    return _record(actor, matter, "submitted", day=day, seen=seen, key=key)


def copy(actor: Actor, matter: UUID, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Copied to the body that coordinates law-based governance, once it was handed up."""
    return _record(actor, matter, "copied", day=day, seen=seen, key=key)


def keep(actor: Actor, matter: UUID, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Archived, which ends the matter; a secret report is archived as such."""
    view = ledger.read(matter)
    entry = signed_draft(view)
    secret = entry is not None and screening(view, entry) == KEPT_BACK
    return _record(actor, matter, "archived_secret" if secret else "archived", day=day, seen=seen, key=key)


def publish(actor: Actor, matter: UUID, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Publish the draft that was signed last.

    Refused while a lawful content has no sentence, where the secrecy review said so, and while a finding of the
    checker is neither explained nor gone.
    """
    view = ledger.read(matter)
    entry = signed_draft(view)
    if entry is None:
        message = "报告稿尚未签发，不能公开：请先由负责人签发。"
        raise Refused((refusal("signed", message, "the draft is not signed yet", "signed"),))
    report = from_json((view.body(entry) or {}).get("report", ""))
    if lacking := report.lacking():
        message = f"报告缺少法定内容，不能公开：{'、'.join(lacking)}。请补写后重新成稿、签发。"
        raise Refused((refusal("required", message, "lawful contents are missing", "drafted"),))
    if screening(view, entry) == KEPT_BACK:
        message = "保密审查认定本报告涉密，不公开：请按涉密材料报送、归档。"
        raise Refused((refusal("secret", message, "the secrecy review keeps it back", "screened"),))
    if found := unexplained(view, report):
        raise Refused(tuple(_unexplained(one) for one in found))
    text = plain_text(report)
    return desk.publish(
        actor, matter, entry, text, title=report.title, list=LIST, seen=seen, key=key, day=day, own=True
    )


def _unexplained(finding: CheckFinding) -> Finding:
    message = f"核对提示还没有处理，不能公开：{finding.message}请改正后重新成稿、签发，或者说明理由。"
    return refusal(finding.rule, message, f"unexplained: {finding.message_en}", "explained")


def screening(view: MatterView, entry: int) -> str | None:
    """What the secrecy review said of a draft, None if there was none."""
    told = [one for one in view.horizon.facts if one.kind == "screened" and one.fields.get("entry") == str(entry)]
    return told[-1].fields["result"] if told else None


def withdraw(actor: Actor, matter: UUID, entry: int, reason: str, *, seen: int, key: str) -> Recorded:
    """Take back the publication recorded as `entry`; the report stays listed with its reason."""
    return desk.unpublish(actor, matter, entry, reason, seen=seen, key=key)


def signed_draft(view: MatterView) -> int | None:
    """The entry of the draft that was signed last, None if no signature stands."""
    signed = [fact for fact in view.horizon.facts if fact.kind == "signed"]
    return int(signed[-1].fields["entry"]) if signed else None


def _record(
    actor: Actor,
    matter: UUID,
    kind: str,
    *,
    seen: int,
    key: str,
    day: date | None = None,
    fields: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
) -> Recorded:
    act = Act(kind, day, fields=fields or {}, body=body or {})
    return desk.record_all(actor, matter, [act], seen=seen, key=key, own=True)


def _counted(report: Report, act: str) -> None:
    """Refused if every figure is 0 or has no data: the wrong unit, year or cut-off was chosen, or nothing is in yet."""
    if report.hollow:
        message = (
            f"“{report.title}”的全部数字都是0或者无数据，不能成稿、签发：请核对报告单位、提纲、年度和统计截止日，"
            "或者先导入本年度的业务记录。"
        )
        told = f"every figure of {report.unit_name}, {report.year}, is 0 or without data; check unit, outline and year"
        raise Refused((refusal("hollow", message, told, act),))


def _draft_line(view: MatterView, entry: int) -> EntryLine:
    line = view.entry(entry)
    if line is None or line.kind != "drafted":
        raise Refused(
            (refusal("entry", f"第{entry}条记录不是报告稿，不能签发。", f"entry {entry} is no draft", "entry"),)
        )
    return line
