"""What was read from a letter as a page shows it: topic, unit, urgency, type and procedure, each with its why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.law import Title
from fazhi.people import posts
from fazhi.reach.involved import HANDS_OVER
from fazhi.routing.duties import read_it
from fazhi.triage import choices
from fazhi.triage.handling import Choice
from fazhi.triage.kinds import Kind, types, ways
from fazhi.triage.reading import Step, Understood
from fazhi.triage.record import KINDS, letter_of
from fazhi.triage.threats import Level
from fazhi.triage.topics import tree
from fazhi.triage.urgency import LEVELS
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import in_english, said
from fazhi.web.office.course import who_words
from fazhi.web.office.gate import Here, may_do
from fazhi.worklist.values import MatterPage


def sort_values(page: MatterPage, here: Here) -> dict[str, Any]:
    """For the matter's page: the decision that stands, or the proposal with one act to take it or another."""
    if page.procedure not in KINDS or page.closed:
        return {}
    letter = letter_of(page.view)
    read = read_it(letter, here.day)
    told_before = choices.history(page.id)
    chosen = told_before[-1] if told_before and not told_before[-1].withdrawn else None
    may = may_do(here, page.view)
    assigned = any(fact.kind in ("assigned", "transferred") for fact in page.view.horizon.facts)
    return {
        "sorted": {
            **told(read),
            "chosen": {**_chosen(chosen), "who": _who(chosen)} if chosen else None,
            "before": sorted((*_decisions(told_before), *_handings(page)), key=lambda one: one["at"]),
            "may": may,
            "action": reverse("office:sort", args=[page.id]),
            "handling": page.responsible if assigned else "",
            "fields": _fields(read, chosen, page.responsible if assigned else "") if may else (),
        }
    }


def _decisions(history: Sequence[choices.Chosen]) -> Iterator[dict[str, Any]]:
    """Every decision with what it says otherwise than the one before; all but the first are corrections."""
    before: choices.Chosen | None = None
    for one in history:
        shown = _chosen(one)
        changed = [
            shown[part] for part in ("urgency", "kind", "way") if before and getattr(before, part) != getattr(one, part)
        ]
        again = before is not None and not before.withdrawn
        verb = _("撤回了这个决定") if one.withdrawn else _("改正为") if one.corrected or again else _("确认为")
        proposed = shown["proposed"] if one.corrected and not again and not one.withdrawn else ""
        topic = " › ".join(one.topic)
        yield {"at": one.at, "who": _who(one), "verb": verb, "said": topic, "more": changed, "proposed": proposed}
        before = one


def _handings(page: MatterPage) -> Iterator[dict[str, Any]]:
    """Which unit it was given to, by whom, and what of that was struck out."""
    struck = {one.corrects for one in page.course if one.strikes}
    for one in page.course:
        unit = next((told.shown_en if in_english() else told.shown for told in one.fields if told.kind == "unit"), "")
        if one.kind not in HANDS_OVER or one.recorded_at is None or one.strikes:
            continue
        undone = [_("后来撤销了")] if one.seq in struck else []
        yield {
            "at": one.recorded_at,
            "who": who_words(page, one),
            "verb": said(one.title),
            "said": unit,
            "more": undone,
        }


def told(read: Understood) -> dict[str, Any]:
    """Each part with its words and its confidence in words."""
    level = read.urgency
    urgent = {
        "title": said(Title(*LEVELS[level.level])),
        "level": level.level,
        "sure": sure_words(level.sure),
        "words": level.words,
        "lifted": tuple(dict.fromkeys((sign.words, lifted_words(sign.lifted)) for sign in level.signs if sign.lifted)),
    }
    return {
        "topic": {"names": read.topic.names, "sure": sure_words(read.about.sure), "words": read.about.words},
        "step": step_words(read.about.step),
        "urgency": urgent,
        "kind": _choice(read.kind),
        "way": {**_choice(read.way), "law": read.way.kind.law},
        "units": [
            {"name": one.name, "sure": sure_words(one.sure), "why": [(ground_words(g), w) for g, w in one.why]}
            for one in read.units[:3]
        ],
        "version": read.version,
        "notes": read.notes,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {"title": said(choice.kind.title), "sure": sure_words(choice.sure), "words": choice.words}


def _chosen(chosen: choices.Chosen) -> dict[str, Any]:
    level = next((title for name, title in LEVELS.items() if name == chosen.urgency), None)
    kind, way = types().get(chosen.kind), ways().get(chosen.way)
    return {
        "topic": chosen.topic,
        "urgency": said(Title(*level)) if level else "",
        "level": chosen.urgency,
        "kind": said(kind.title) if kind else "",
        "way": said(way.title) if way else "",
        "corrected": chosen.corrected,
        "proposed": chosen.proposed.replace("/", " › "),
        "at": chosen.at,
    }


def asked_again(page: MatterPage, here: Here, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    """The fields of the card with what was typed and what is wrong with it."""
    fields = _fields(read_it(letter_of(page.view), here.day), None, page.responsible)
    return [replace(one, value=typed.get(one.name, ""), error=errors.get(one.name, "")) for one in fields]


def _who(chosen: choices.Chosen) -> str:
    """Who decided: the person and the post."""
    person = posts.displays({chosen.account}).get(chosen.account, "") if chosen.account else ""
    post = posts.titles({chosen.post}).get(chosen.post, ("", "")) if chosen.post else ("", "")
    return " · ".join(one for one in (person, post[1] if in_english() else post[0]) if one)


def _fields(read: Understood, chosen: choices.Chosen | None, handling: str) -> tuple[Field, ...]:
    """The parts of a decision; `handling` is the unit that has the matter already, empty for none."""
    topic = "/".join(chosen.topic if chosen else read.topic.names)
    urgency = chosen.urgency if chosen else read.urgency.level
    kind, way = (chosen.kind, chosen.way) if chosen else (read.kind.kind.name, read.way.kind.name)
    first = read.units[0].name if read.unit_step != "choose" else ""
    hint = _("写几个字，从列出的主题里选。")
    fields = [
        Field(
            "topic",
            _("主题"),
            "search",
            topic,
            hint=hint,
            required=True,
            choices=topic_choices(),
            extra={"data": "yes"},
        ),
        Field("urgency", _("紧急程度"), "select", urgency, required=True, choices=level_choices()),
        Field("type", _("类型"), "select", kind, required=True, choices=_titles(types())),
        Field("way", _("适用程序"), "select", way, required=True, choices=_titles(ways())),
    ]
    offered = tuple((one.name, one.name) for one in read.units)
    near = {"near": reverse("office:units"), "data": "yes"}
    hint = _("换成别的单位就同时移交给它。") if handling else _("填了就同时分派给它；不填只定主题。")
    unit = Field("unit", _("承办单位"), "search", handling or first, hint=hint, choices=offered, extra=near)
    return (*fields, unit)


def level_choices() -> tuple[tuple[str, str], ...]:
    return tuple((name, said(Title(*title))) for name, title in LEVELS.items())


def topic_choices() -> tuple[tuple[str, str], ...]:
    """All topics by their whole names, which a few signs of any part lead to."""
    return tuple(("/".join(topic.names), topic.third) for topic in tree().topics)


def topic_named(typed: str) -> str:
    """A topic by its whole name, or by its last part alone where only one is called so; empty for none."""
    whole = "/".join(part.strip() for part in typed.replace("›", "/").split("/"))
    names = ["/".join(topic.names) for topic in tree().topics]
    if whole in names:
        return whole
    last = [one for one in names if one.rpartition("/")[2] == whole] or topics_with(typed)
    return last[0] if len(last) == 1 else ""


def topics_with(typed: str) -> list[str]:
    """The whole names of the topics that hold what was typed."""
    part = typed.strip()
    return [name for topic in tree().topics if part and part in (name := "/".join(topic.names))]


def _titles(kinds: Mapping[str, Kind]) -> tuple[tuple[str, str], ...]:
    return tuple((name, said(kind.title)) for name, kind in kinds.items())


def is_level(name: str) -> bool:
    known: tuple[Level, ...] = ("at_once", "soon", "ordinary")
    return name in known


def sure_words(sure: float) -> str:
    """Confidence as people say it."""
    if sure >= 0.9:
        return _("很有把握")
    if sure >= 0.75:
        return _("比较有把握")
    return _("有一些把握") if sure >= 0.6 else _("没有把握")


def step_words(step: Step) -> str:
    return {
        "alone": _("把握达到门槛，可以直接采用。"),
        "confirm": _("请确认或改正。"),
        "choose": _("没有把握，请人工选定。"),
    }[step]


def part_words(part: str) -> str:
    """A part of a reading as people call it."""
    return {
        "topic": _("主题"),
        "urgency": _("紧急程度"),
        "type": _("类型"),
        "way": _("适用程序"),
        "unit": _("承办单位"),
    }.get(part, part)


def lifted_words(reason: str) -> str:
    return {
        "比喻或固定说法": _("固定说法"),
        "普及、演练、影视": _("宣传、演练或影视"),
        "办事或产品名称": _("办事或产品名称"),
        "没有发生": _("没有发生"),
        "假设或预防": _("假设或预防"),
        "咨询办事": _("咨询办事"),
        "已经解决": _("已经解决"),
        "早先的事": _("早先的事"),
        "别处的事": _("别处的事"),
        "反问": _("反问"),
    }.get(reason, reason)


def ground_words(ground: str) -> str:
    return {
        "信中写到": _("信中写到"),
        "主题": _("主题"),
        "职责用语": _("职责用语"),
        "地点": _("地点"),
        "权责清单": _("权责清单"),
        "以往决定": _("以往决定"),
    }.get(ground, ground)
