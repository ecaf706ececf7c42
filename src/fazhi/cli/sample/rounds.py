"""A text of the sample sent round: asked of four bureaus, agreed to by one, with changes by another, two still out."""

from datetime import date, timedelta
from uuid import UUID

from fazhi import ledger
from fazhi.cli.sample.district import District
from fazhi.desk.countersigning import Place, digest_of, send_round, sign, signing_of
from fazhi.ledger.countersign import running_round
from fazhi.people.actors import Actor

KEY = "sample:round"
ASKED = ("city", "traffic", "housing", "songfeng")
TEXT = "请各单位对《示例区老旧小区错时停车办法（征求意见稿）》提出意见，重点看第三条开放时间和第四条收费标准。"
ANSWERS = (
    ("peng", "agree", ""),
    ("song", "changes", "第六条中街道公布的内容，建议由停车场管理单位提供数据，街道汇总公布。"),
)


def send_draft_round(laid: District, decision: UUID, day: date) -> None:
    """The draft of a decision sent round by the mayor's office, answered where somebody of the sample sits."""
    if KEY in {line.key for line in ledger.read(decision).entries}:
        return
    sender, places = laid.person("mayor", day), [Place(laid.units[unit]) for unit in ASKED]
    seen, by = ledger.read(decision).head, day + timedelta(days=5)
    send_round(sender, decision, places, form="review", rule="leader", by=by, text=TEXT, seen=seen, key=KEY)
    for user, answer, remark in ANSWERS:
        _answer(laid.person(user, day), decision, answer, remark, f"{KEY}:{user}")


def _answer(actor: Actor, decision: UUID, answer: str, remark: str, key: str) -> None:
    view = ledger.read(decision)
    running = running_round(view.horizon.facts)
    assert running is not None
    ask = signing_of(actor, view)[0].ask.entry
    sign(actor, decision, ask, answer=answer, remark=remark, digest=digest_of(view, running), key=key)
