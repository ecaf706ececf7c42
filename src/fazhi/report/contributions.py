"""Contributions to a report: asked for of many units at once, sent in, sent back, adopted; each a matter under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal
from uuid import UUID

from fazhi import desk, ledger
from fazhi.desk.act import Act, Recorded, Refused, refusal
from fazhi.law import Fact, read_clocks
from fazhi.ledger import MatterView, rulebook
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.report.values import Contributed
from fazhi.rulebook.figures import Outline

PROCEDURE = "report_contribution"
SECTION = "section."
State = Literal["requested", "submitted", "sent_back", "adopted", "nothing", "recalled"]
OVER = frozenset({"adopted", "nothing", "recalled"})


@dataclass(frozen=True, slots=True)
class Contribution:
    """One unit's contribution as it stands: `texts` by section and `figures` by indicator, as last sent in."""

    matter: UUID
    collector: UUID
    unit: UUID
    state: State
    due: date | None
    late: bool
    year: int
    cutoff: date
    outline: str
    texts: Mapping[str, str]
    figures: Mapping[str, Decimal]
    entry: int
    """The entry that it was last sent in by; 0 if it never was."""
    remark: str
    head: int

    @property
    def missing(self) -> bool:
        """Whether it is still the unit's turn."""
        return self.state in ("requested", "sent_back")


def collect(
    actor: Actor,
    above: UUID,
    contributors: Sequence[UUID],
    outline: str,
    *,
    due: date,
    key: str,
    day: date | None = None,
) -> tuple[UUID, ...]:
    """Ask each unit for its part of the report, or of the contribution, that `above` is; asked twice, asked once.

    Refused if the day to send in by has passed, or a unit was already asked.
    """
    view = ledger.read(above)
    year, cutoff = _span(view)
    _check_request(view, contributors, due, day or ledger.today())
    said = {"year": str(year), "cutoff": cutoff.isoformat(), "day": due.isoformat(), "outline": _outline(outline).name}
    body = {"title": f"{year}年法治政府建设年度报告供稿"}
    collector = _collector(view)
    asked = []
    for unit in contributors:
        acts = [Act("requested", day, fields=said, body=body), Act("assigned", day, fields={"unit": str(unit)})]
        done = desk.enter(actor, PROCEDURE, acts, key=f"{key}:{unit}", holder=False, unit=collector, parent=above)
        asked.append(done.matter)
    return tuple(asked)


def submit(
    actor: Actor,
    matter: UUID,
    texts: Mapping[str, str],
    figures: Mapping[str, Decimal],
    *,
    seen: int,
    key: str,
    day: date | None = None,
) -> Recorded:
    """Send in text by section and figures by indicator; it is then the collecting unit's turn."""
    known = one_of(ledger.read(matter))
    page = _outline(known.outline)
    named = {section.key for section in page.sections}
    told = {f"{SECTION}{name}": text.strip() for name, text in texts.items() if text.strip() and name in named}
    if not told and not figures:
        message = "没有文字，也没有数字：请至少写一个部分；确实没有内容的，请选“无供稿内容”并说明。"
        raise Refused((refusal("empty", message, "there is neither text nor figure", "submitted"),))
    book = rulebook()
    lines = [
        f"{book.indicators[name].title.zh}：{value:f}{book.indicators[name].unit}" for name, value in figures.items()
    ]
    body = told | ({"figures": "\n".join(lines)} if lines else {})
    acts = [Act("submitted", day, body=body), Act("assigned", day, fields={"unit": str(known.collector)})]
    return desk.record_all(actor, matter, acts, seen=seen, key=key, own=True)


def send_back(
    actor: Actor, matter: UUID, remark: str, due: date, *, seen: int, key: str, day: date | None = None
) -> Recorded:
    """Give it back with what is to be changed and a new day; it is then the unit's turn again."""
    known = one_of(ledger.read(matter))
    acts = [
        Act("sent_back", day, fields={"day": due.isoformat(), "remark": remark.strip()}),
        Act("assigned", day, fields={"unit": str(known.unit)}),
    ]
    return desk.record_all(actor, matter, acts, seen=seen, key=key, own=True)


def adopt(actor: Actor, matter: UUID, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """Adopt what was last sent in: it stands in the report from now on."""
    known = one_of(ledger.read(matter))
    fields = {"entry": str(known.entry)}
    return desk.record_all(actor, matter, [Act("adopted", day, fields=fields)], seen=seen, key=key, own=True)


def nothing(actor: Actor, matter: UUID, reason: str, *, seen: int, key: str, day: date | None = None) -> Recorded:
    """The unit has nothing to contribute, and says why."""
    fields = {"reason": reason.strip()}
    return desk.record_all(actor, matter, [Act("nothing", day, fields=fields)], seen=seen, key=key, own=True)


def of(above: MatterView) -> tuple[Contribution, ...]:
    """The contributions to a report or to a contribution, in order of their units' names."""
    views = ledger.read_many([child.id for child in above.children if child.procedure == PROCEDURE])
    found = [one_of(view) for view in views.values()]
    names = units.names(one.unit for one in found)
    return tuple(sorted(found, key=lambda one: names[one.unit].sort_key if one.unit in names else ""))


def adopted(above: MatterView) -> tuple[Contributed, ...]:
    """The texts that were adopted, each with its author unit, as they enter the report."""
    parts = [one for one in of(above) if one.state == "adopted"]
    names = units.names(one.unit for one in parts)
    return tuple(
        Contributed(section, names[one.unit].name, text) for one in parts for section, text in one.texts.items()
    )


def one_of(view: MatterView) -> Contribution:
    """The matter of one contribution, read."""
    facts = [fact for fact in view.horizon.facts if fact.entry]
    asked = next(fact for fact in facts if fact.kind == "requested")
    steps = [fact for fact in facts if fact.kind in ("requested", "submitted", "sent_back", *OVER)]
    sent = next((fact for fact in reversed(facts) if fact.kind == "submitted"), None)
    chosen = next((int(fact.fields["entry"]) for fact in reversed(facts) if fact.kind == "adopted"), 0)
    entry = chosen or (sent.entry if sent else 0)
    texts, figures = _sent(view, entry)
    due, late = _due(view)
    said = asked.fields
    return Contribution(
        matter=view.id,
        collector=view.unit,
        unit=_contributor(facts, view.unit),
        state=steps[-1].kind,  # type: ignore[arg-type]
        due=due,
        late=late,
        year=int(said["year"]),
        cutoff=date.fromisoformat(said["cutoff"]),
        outline=said.get("outline", ""),
        texts=texts,
        figures=figures,
        entry=entry,
        remark=_remark(view, facts),
        head=view.head,
    )


def sections_of(known: Contribution) -> tuple[tuple[str, str], ...]:
    """Key and title of the sections that the unit may write."""
    page = _outline(known.outline)
    return tuple((one.key, one.title.zh) for one in page.sections)


def _sent(view: MatterView, entry: int) -> tuple[dict[str, str], dict[str, Decimal]]:
    body = (view.body(entry) or {}) if entry else {}
    texts = {name.removeprefix(SECTION): text for name, text in body.items() if name.startswith(SECTION)}
    by_title = {one.title.zh: one for one in rulebook().indicators.values()}
    figures = {}
    for line in body.get("figures", "").splitlines():
        title, _, said = line.partition("：")
        if (page := by_title.get(title)) and (value := number_in(said.removesuffix(page.unit))) is not None:
            figures[page.name] = value
    return texts, figures


def number_in(text: str) -> Decimal | None:
    """The number that was typed, None if it is none."""
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal(10) ** 15 else None


def _contributor(facts: Iterable[Fact], collector: UUID) -> UUID:
    """The unit that was asked first; later hand-overs go back and forth."""
    named = [UUID(fact.fields["unit"]) for fact in facts if fact.kind == "assigned"]
    return named[0] if named else collector


def _remark(view: MatterView, facts: Sequence[Fact]) -> str:
    last = next((fact for fact in reversed(facts) if fact.kind == "sent_back"), None)
    return (view.body(last.entry) or {}).get("remark", "") if last else ""


def _due(view: MatterView) -> tuple[date | None, bool]:
    runs = [run for run in read_clocks(view.matter, ledger.now(), rulebook().calendar).clocks if run.name == "submit"]
    last = runs[-1] if runs else None
    return (last.due, last.state in ("lapsed", "late")) if last else (None, False)


def _span(view: MatterView) -> tuple[int, date]:
    fields = view.entries[0].fields
    return int(fields["year"]), date.fromisoformat(fields["cutoff"])


def _collector(view: MatterView) -> UUID:
    """Who asks: the unit that drafts the report, or the unit whose contribution has parts of its own."""
    return one_of(view).unit if view.procedure == PROCEDURE else view.unit


def _outline(name: str) -> Outline:
    book = rulebook()
    if name not in book.outlines:
        raise LookupError(f"没有名为 {name} 的报告提纲，有：{'、'.join(book.outlines)}。")
    return book.outlines[name]


def _check_request(view: MatterView, contributors: Sequence[UUID], due: date, day: date) -> None:
    if due < day:
        raise Refused((refusal("day", f"报送截止日{due}已经过去，请选以后的日子。", "the day has passed", "day"),))
    asked = {one.unit for one in of(view) if one.state != "recalled"}
    if twice := [one for one in contributors if one in asked]:
        names = "、".join(line.name for line in units.names(twice).values())
        message = f"已经向这些单位征集过：{names}；要修改请退回或者撤回原来的征集。"
        raise Refused((refusal("asked", message, "these units were asked already", "unit"),))
