"""What the pages tell of texts sent round: who answered what and when, who is missing or late, and whose move it is."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.desk.countersigning import digest_of, leads_round, signing_of
from fazhi.ledger import today
from fazhi.ledger.countersign import ANSWERED, Answer, Ask, Round, rounds_of, running_round
from fazhi.people import posts, units
from fazhi.people.actors import LEADING
from fazhi.web.faces.due import Due
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import in_english, said
from fazhi.web.office.course import file_link
from fazhi.web.office.fields import FILES
from fazhi.web.office.gate import Here, may_act, may_do
from fazhi.worklist.values import CourseEntry, MatterPage

ROWS: Final = 12
OPEN_ROWS: Final = 4


def may_send(page: MatterPage, here: Here) -> bool:
    """Whether this post may begin a round now: one at a time, in a matter that is its unit's to work on."""
    running = running_round(page.view.horizon.facts)
    return running is None and not page.closed and may_do(here, page.view)


def rounds_told(page: MatterPage) -> list[dict[str, Any]]:
    """Every round, the last first."""
    rounds = rounds_of(page.view.horizon.facts)
    if not rounds:
        return []
    course = {entry.seq: entry for entry in page.course if entry.seq}
    asks = [ask for one in rounds for ask in one.asks]
    stood_for = [said.deputy_for for one in rounds for said in (*one.answers, *one.void) if said.deputy_for]
    names = units.names({ask.unit for ask in asks} | {one.unit for one in rounds})
    titles = posts.titles({ask.post for ask in asks if ask.post} | set(stood_for))
    lines = [page.view.entry(answer.entry) for one in rounds for answer in (*one.answers, *one.void)]
    people = posts.displays({line.account for line in lines if line and line.account})
    telling = Telling(page, course, names, titles, people)
    return [telling.round(one) for one in reversed(rounds)]


class Telling:
    """Names fetched once for all rounds of a matter."""

    def __init__(
        self, page: MatterPage, course: dict[int, CourseEntry], names: dict[Any, Any], titles: Any, people: Any
    ) -> None:
        self.page, self.course, self.names, self.titles, self.people = page, course, names, titles, people

    def round(self, one: Round) -> dict[str, Any]:
        """One round as pages and its sheet draw it."""
        text = self.course.get(one.text)
        return {
            "entry": one.entry,
            "form": self._choice(one.entry, "form"),
            "rule": self._choice(one.entry, "rule"),
            "unit": self._unit(one.unit),
            "day": one.day,
            "by": max((ask.by for ask in one.asks), default=one.day),
            "state": one.state,
            "state_words": state_words(one),
            "ordered": len({ask.order for ask in one.asks}) > 1,
            "text": said_in(text),
            "files": [file_link(self.page.id, name, place) for place, name in enumerate(text.files if text else (), 1)],
            "digest": digest_of(self.page.view, one),
            "changed": self.course[one.text].day if one.text != one.entry and one.text in self.course else None,
            "lines": [self._line(one, ask) for ask in one.asks],
            "void": [self._answer(answer) | {"place": self._of(one, answer)} for answer in one.void],
            "decided": self._closing(one.decided),
            "ended": self._closing(one.ended),
            "sheet": reverse("office:countersign_sheet", args=[self.page.id, one.entry]),
            "missing": len(one.missing) if one.running else 0,
        }

    def _line(self, one: Round, ask: Ask) -> dict[str, Any]:
        answer = one.answer_to(ask)
        told: dict[str, Any] = {"place": self._place(ask), "order": ask.order, "by": ask.by, "answer": None}
        if answer:
            told["answer"] = self._answer(answer)
            told["late"] = answer.day > ask.by
        elif ask in one.turn:
            left = (ask.by - today()).days
            state = "overdue" if left < 0 else "today" if left == 0 else "soon" if left <= 3 else "ahead"
            told["due"] = Due(state, ask.by, left)  # type: ignore[arg-type]
        else:
            told["later"] = one.running
        return told

    def _answer(self, answer: Answer) -> dict[str, Any]:
        entry, line = self.course.get(answer.entry), self.page.view.entry(answer.entry)
        deputy = self.titles.get(answer.deputy_for, ("", "")) if answer.deputy_for else None
        return {
            "kind": answer.answer,
            "words": next((self._said(one) for one in (entry.fields if entry else ()) if one.name == "answer"), ""),
            "remark": said_in(entry),
            "day": answer.day,
            "who": self.people.get(line.account, "") if line and line.account else "",
            "post": self._post((entry.post, entry.post_en)) if entry else "",
            "deputy": self._post(deputy) if deputy else "",
            "digest": answer.digest,
        }

    def _of(self, one: Round, answer: Answer) -> str:
        return next((self._place(ask) for ask in one.asks if ask.entry == answer.ask), "")

    def _place(self, ask: Ask) -> str:
        post = self._post(self.titles.get(ask.post, ("", ""))) if ask.post else ""
        return f"{self._unit(ask.unit)}/{post}" if post else self._unit(ask.unit)

    def _unit(self, unit: Any) -> str:
        line = self.names.get(unit)
        return str((line.name_en or line.name) if in_english() else line.name) if line else ""

    def _post(self, title: tuple[str, str]) -> str:
        return (title[1] or title[0]) if in_english() else title[0]

    def _closing(self, seq: int | None) -> dict[str, Any] | None:
        entry = self.course.get(seq) if seq else None
        if entry is None:
            return None
        return {"day": entry.day, "reason": said_in(entry), "who": self._post((entry.post, entry.post_en))}

    def _choice(self, seq: int, name: str) -> str:
        entry = self.course.get(seq)
        return next((self._said(one) for one in (entry.fields if entry else ()) if one.name == name), "")

    def _said(self, one: Any) -> str:
        return str(one.shown_en if in_english() else one.shown)


def said_in(entry: CourseEntry | None) -> str:
    """The text of an entry, as the reader's right shows it."""
    if entry is None or entry.body is None:
        return _("正文已依法清除。") if entry else ""
    return "\n".join(text for _title, text in entry.body)


def state_words(one: Round) -> str:
    if one.state == "objected":
        return _("有不同意见")
    return {"open": _("进行中"), "done": _("已完成"), "ended": _("已撤销")}[one.state]


def work_values(
    page: MatterPage, here: Here, typed: dict[str, str], errors: dict[str, str], verb: str
) -> dict[str, Any] | None:
    """What this post may do in the round that runs: answer it, or lead it on."""
    found = running_round(page.view.horizon.facts)
    if found is None or not may_act(here, page.view):
        return None
    leads = leads_round(here.actor, page.view, found) and "record" in here.actor.powers
    decides = bool(here.actor.powers & LEADING) and leads_round(here.actor, page.view, found)
    signings = signing_of(here.actor, page.view)

    def field(name: str, label: str, id_: str, hint: str = "", *, required: bool = True) -> Field:
        mine = verb == id_
        value = typed.get(name, "") if mine else ""
        error = errors.get(name, "") if mine else ""
        return Field(name, label, "long", value, hint, error, required, id=f"f-{id_}-{name}")

    return {
        "digest": digest_of(page.view, found),
        "signings": [{"ask": one.ask.entry, "for": _for_words(one.ask, one.deputy_for)} for one in signings],
        "answer": _answer_field(page, typed, errors if verb == "sign" else {}),
        "remark": field("text", _("理由、修改意见"), "sign", _("修改后同意、不同意的，必须写明"), required=False),
        "change": field("text", _("修改后的文稿"), "change", _("先前的意见作废，各单位重新会审会签"), required=False)
        if leads
        else None,
        "change_files": Field(FILES, _("附件"), "file", id="f-change-files", error=errors.get(FILES, "")),
        "decide": field("text", _("裁定的理由"), "decide")
        if decides and found.rule == "leader" and found.objections and not found.missing
        else None,
        "end": field("text", _("撤销的理由"), "end") if leads else None,
    }


def _for_words(ask: Ask, deputy_for: Any) -> str:
    """For whom one answers: as a deputy it is said aloud before one does."""
    unit = units.name_of(ask.unit, language="en" if in_english() else "zh")
    if not deputy_for:
        return _("代表%(unit)s答复") % {"unit": unit}
    title = posts.titles([deputy_for]).get(deputy_for, ("", ""))
    post = (title[1] or title[0]) if in_english() else title[0]
    return _("您是“%(post)s”的代理，以代理身份代表%(unit)s答复，会如实记明") % {"post": post, "unit": unit}


def _answer_field(page: MatterPage, typed: dict[str, str], errors: dict[str, str]) -> Field:
    kind = page.view.page.kind(ANSWERED)
    titles = kind.fields["answer"].choice_titles if kind else {}
    choices = tuple((name, said(title)) for name, title in titles.items())
    value = typed.get("answer", "") if errors else ""
    return Field("answer", _("意见"), "radio", value, "", errors.get("answer", ""), True, choices, id="f-sign-answer")


def send_fields(here: Here, typed: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    """The form that begins a round."""
    near = {"near": reverse("office:places")}
    rows = [
        Field(
            f"place-{row}",
            _("第%(n)d家") % {"n": row},
            "search",
            typed.get(f"place-{row}", ""),
            error=errors.get(f"place-{row}", "") or (errors.get("places", "") if row == 1 else ""),
            required=row == 1,
            id=f"f-place-{row}",
            extra=near,
        )
        for row in range(1, ROWS + 1)
    ]

    def choose(name: str, label: str, choices: tuple[tuple[str, str], ...]) -> Field:
        value, error = typed.get(name, choices[0][0]), errors.get(name, "")
        return Field(name, label, "radio", value, "", error, True, choices, id=f"f-send-{name}")

    forms = (("sign", _("会签（签署）")), ("review", _("会审（提意见）")))
    modes = (("once", _("同时")), ("order", _("依次，按上面的顺序，前一处答复了才轮到后一处")))
    rules = (("all", _("全部同意")), ("leader", _("有不同意的，由负责人说明理由后裁定")))
    text = Field(
        "text",
        _("文稿"),
        "long",
        typed.get("text", ""),
        _("写在这里或者附上文件"),
        errors.get("text", ""),
        extra={"rows": "8", "tall": "yes"},
        id="f-send-text",
    )
    files = Field(FILES, _("附件"), "file", id="f-send-files", error=errors.get(FILES, ""))
    hint = _("可以写 0308、+5工作日")
    by = Field("day", _("哪天前答复"), "day", typed.get("day", ""), hint, errors.get("day", ""), True, id="f-send-day")
    return {
        "top": [choose("form", _("形式"), forms), text, files],
        "places": rows[:OPEN_ROWS],
        "more_places": rows[OPEN_ROWS:],
        "more_open": any(one.value or one.error for one in rows[OPEN_ROWS:]),
        "end": [choose("mode", _("同时还是依次"), modes), by, choose("rule", _("怎样算完成"), rules)],
    }


def round_card(page: MatterPage, here: Here) -> dict[str, Any]:
    """For the matter's page: the round that runs or the last one, and the way to begin one."""
    rounds = rounds_told(page)
    may = may_send(page, here)
    return {
        "sent": rounds[0] if rounds else None,
        "may_sign": bool(may_act(here, page.view) and signing_of(here.actor, page.view)),
        "round_href": reverse("office:round", args=[page.id]) if rounds or may else "",
    }
