"""What a letter can be filled with: the slots of one matter as plain text, or the name of what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from fazhi.law import Clock, ClockRule, Fact, FactKind, Procedure, Reading, Source, Term, Title
from fazhi.rulebook import Rulebook
from fazhi.rulebook.templates import Slot

Body = Callable[[int], Mapping[str, str] | None]
ERASED = Title("已依法清除", "erased by law")
STATUS = {
    "SECONDARY": "据转述，未核原文",
    "CONVENTION": "依惯例，法无明文",
    "UNVERIFIED": "依据尚未核实",
}
SAID_BY_ALL = {
    "text": Title("内容", "text"),
    "place": Title("地点", "place"),
    "title": Title("标题", "title"),
    "reason": Title("理由", "reason"),
}
PARTY = {
    "name": Title("姓名（名称）", "name"),
    "phone": Title("电话", "telephone"),
    "id_number": Title("证件号码", "identity number"),
    "address": Title("住址（住所）", "address"),
}
MATTER = {
    "organ": Title("发文机关", "issuing organ"),
    "unit": Title("承办单位", "unit in charge"),
    "number": Title("文号", "number"),
    "matter": Title("事项类别", "kind of matter"),
    "subject": Title("事由", "subject"),
    "parties": Title("当事人", "parties"),
    "today": Title("日期", "day"),
    "year": Title("年度", "year"),
    "law": Title("依据", "statute"),
    "opened": Title("收到日期", "day of receipt"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A party as it may stand in this letter: in the clear, masked, or erased."""

    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A slot that nothing fills, in words: what to record, or to type."""

    slot: str
    label: Title


@dataclass(frozen=True)
class Case:
    """One matter as letters read it. `this` is the fact the letter goes with; `body` gives an entry's texts by seq."""

    page: Procedure
    reading: Reading
    this: Fact
    rulebook: Rulebook
    day: date
    plain: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    body: Body = lambda _seq: {}
    names: Mapping[str, str] = field(default_factory=dict)
    recorders: Mapping[int, str] = field(default_factory=dict)
    subs: tuple[Case, ...] = ()
    """Sub-matters, those heard in the thread of this letter last."""

    def value(self, slot: Slot) -> str | Gap:
        """The text of a slot, or the gap by its name."""
        path = slot.path
        head, *more = path
        if head == "party":
            return self._party(path, more[0] if more else "name")
        if head == "clock":
            return self._clock(path)
        if head == "sub":
            return self._of_sub(path)
        if head in MATTER:
            return self.plain.get(head, "") or Gap(".".join(path), MATTER[head])
        return self._of_fact(path, head, more[0] if more else "on")

    def _party(self, path: tuple[str, ...], what: str) -> str | Gap:
        role = self.page.intake.person
        role = role if role.zh else Title("当事人", "party")
        label = Title(f"{role.zh}：{PARTY[what].zh}", f"{role.english}: {PARTY[what].english}")
        first = self.people[0] if self.people else None
        if first is not None and first.erased:
            return Gap(".".join(path), Title(f"{label.zh}（{ERASED.zh}）", f"{label.en} ({ERASED.en})"))
        return (getattr(first, what) if first else "") or Gap(".".join(path), label)

    def _of_sub(self, path: tuple[str, ...]) -> str | Gap:
        """`sub.legal_review.opined.outcome`: what a fact of a sub-matter says; the latest such matter answers."""
        _, name, *more = path
        found = [one for one in self.subs if one.page.name == name]
        if found:
            value = found[-1].value(Slot(tuple(more)))
            return replace(value, slot=".".join(path)) if isinstance(value, Gap) else value
        known = self.rulebook.procedures.get(name)
        title = known[-1].title if known else Title(name)
        return Gap(".".join(path), Title(f"子事项“{title.zh}”", f"sub-matter “{title.english}”"))

    def _of_fact(self, path: tuple[str, ...], head: str, what: str) -> str | Gap:
        head = self.page.opens_with if head == "opening" else head
        kind = self.page.kind(self.this.kind if head == "this" else head)
        fact = self.this if head == "this" else self._last(head)
        if kind is None:
            return Gap(".".join(path), Title(head))
        if what == "article" and what not in kind.fields:
            return cited(kind.source or self.page.source)
        if fact is None:
            told = Title(f"“{kind.title.zh}”尚未登记", f"“{kind.title.english}” is not recorded yet")
            return Gap(".".join(path), told)
        if what not in kind.fields and what in ("on", "at", "by"):
            return self._when(fact, what) or Gap(".".join(path), _label(kind, Title("登记人、时刻", "who or when")))
        return self._said(path, kind, fact, what)

    def _said(self, path: tuple[str, ...], kind: FactKind, fact: Fact, what: str) -> str | Gap:
        one = kind.fields.get(what)
        label = _label(kind, one.title if one else SAID_BY_ALL.get(what, Title(what)))
        if one is not None and one.kind != "text":
            value = fact.fields.get(what, "") or kind.sets.get(what, "")
            return self._shown(one.kind, kind, what, value) if value else Gap(".".join(path), label)
        texts = self.body(fact.entry) if fact.entry else {}
        if texts is None:
            return Gap(".".join(path), Title(f"{label.zh}（{ERASED.zh}）", f"{label.en} ({ERASED.en})"))
        return texts.get(what, "").strip() or fact.fields.get(what, "") or Gap(".".join(path), label)

    def _shown(self, shape: str, kind: FactKind, what: str, value: str) -> str:
        if shape == "choice":
            return str(kind.fields[what].choice_titles.get(value, Title(value)))
        if shape == "day":
            return written(date.fromisoformat(value))
        if shape == "moment":
            return _moment(datetime.fromisoformat(value))
        if shape == "term":
            return Term.parse(value).zh
        if shape == "money":
            return f"{value}元"
        return self.names.get(value, value)

    def _when(self, fact: Fact, what: str) -> str:
        if what == "on":
            return written(fact.day)
        if what == "at":
            return _moment(fact.moment) if fact.moment else ""
        return self.recorders.get(fact.entry, "")

    def _last(self, kind: str) -> Fact | None:
        """The latest that stands, of this letter's thread if there is one."""
        found = [fact for fact in (*self.reading.facts, *self.reading.deemed) if fact.kind == kind]
        own = [fact for fact in found if fact.thread in ("", self.this.thread)]
        return max(own or found, key=lambda fact: (fact.day, fact.entry), default=None)

    def _clock(self, path: tuple[str, ...]) -> str | Gap:
        _, *where, what = path
        page = self.rulebook.procedures[where[0]][-1] if len(where) == 2 else self.page
        if len(where) == 2:
            page = next((one for one in reversed(self.rulebook.procedures[where[0]]) if one.in_force <= self.day), page)
        rule = page.clocks.get(where[-1])
        if rule is None:
            return Gap(".".join(path), Title(where[-1]))
        title = rule.title
        if what == "article":
            return cited(rule.source or page.source)
        if what in ("term", "extension"):
            told = _term(rule) if what == "term" else _counted(rule.extension, rule)
            return told or Gap(".".join(path), Title(f"“{title.zh}”的期限数", f"the term of “{title.english}”"))
        run = self._run(rule.name)
        day = (run.start if what == "start" else run.due or run.earliest) if run else None
        if run is None or day is None:
            told_title = Title(f"“{title.zh}”的起止日（尚未起算）", f"the day of “{title.english}” (it does not run)")
            return Gap(".".join(path), told_title)
        return written(day) if what == "start" else written(day) + _doubts(run)

    def due_told(self, slot: Slot) -> tuple[str, date] | None:
        """The run (`clock#thread`) and day that a slot tells as due, if it tells one."""
        if slot.path[0] != "clock" or len(slot.path) != 3 or slot.path[2] != "due":
            return None
        run = self._run(slot.path[1])
        return (f"{run.name}#{run.thread}", run.due) if run and run.due else None

    def _run(self, name: str) -> Clock | None:
        runs = [run for run in self.reading.clocks if run.name == name]
        own = [run for run in runs if run.thread in ("", self.this.thread)]
        return next(reversed(own or runs), None)


def _label(kind: FactKind, what: Title) -> Title:
    return Title(f"“{kind.title.zh}”的“{what.zh}”", f"“{what.english}” of “{kind.title.english}”")


def written(day: date) -> str:
    """A day in Arabic numerals without leading noughts, as official papers date themselves."""
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(moment: datetime) -> str:
    return f"{written(moment.date())}{moment.hour}时{moment.minute:02}分"


def cited(source: Source | None) -> str:
    """The statute and article, with its status where the text itself was not verified."""
    if source is None:
        return "（规则页未写依据）"
    return source.text + (f"（{STATUS[source.status]}）" if source.status in STATUS else "")


def _term(rule: ClockRule) -> str:
    told = _counted(rule.term or rule.at_least, rule)
    if told and rule.or_term:
        other = rule.or_term
        told += f"（另一解释为{other.term.zh}，见{other.source}）" if other.source else f"（另一解释为{other.term.zh}）"
    return told


def _counted(term: Term | None, rule: ClockRule) -> str:
    if term is None:
        return ""
    source = rule.source
    if source is None:
        return term.zh
    if source.status in STATUS:
        return f"{term.zh}（{STATUS[source.status]}）"
    parts = (("天数", source.amount_status), ("日的种类", source.unit_status))
    doubts = "；".join(f"{part}{STATUS[status]}" for part, status in parts if status in STATUS)
    return f"{term.zh}（{doubts}）" if doubts else term.zh


def _doubts(run: Clock) -> str:
    """What has to be said beside a due day: a last day rolled by convention, a calendar that may still change."""
    source = run.rule.source
    told = []
    if source is not None:
        firm = source.status not in STATUS and source.amount_status is None and source.unit_status is None
        if not firm:
            told.append(STATUS.get(source.weakest, ""))
        elif source.roll_status in STATUS and run.strict != run.due:
            told.append(f"末日顺延{STATUS[source.roll_status]}")
    if run.provisional:
        told.append("暂定，放假安排公布后可能调整")
    doubts = "；".join(one for one in told if one)
    return f"（{doubts}）" if doubts else ""
