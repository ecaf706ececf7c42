"""The columns of a table of any page: what each is called, what stands in it, and which fact it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazhi.desk.act import OWN_VERBS
from fazhi.desk.tables.columns import LEFT_OUT, Headings, plain_heading
from fazhi.law import FieldKind, Procedure, Title
from fazhi.rulebook.columns import column_kinds

DAY, UNIT, NUMBER, LEFT, LEFT_WHY = "on", "unit_name", "own_number", "left_on", "left_why"
TITLE, TEXT, PARTY, PHONE = "said_title", "said_text", "party_name", "party_phone"
STATE = "line_state"
UNTYPED = ("file", "post", "matter")
"""Fields that no cell of a table can say."""

_PARTS: Mapping[str, tuple[Title, tuple[str, ...]]] = {
    NUMBER: (Title("本表编号", "Number in this table"), ("编号", "序号", "原编号", "案号", "原案号")),
    UNIT: (Title("归口单位", "Unit"), ("单位", "承办单位名称", "收件单位", "登记单位")),
    DAY: (Title("日期", "Day"), ("登记日期", "列入日期", "开展日期", "发生日期", "收到日期", "收件日期")),
    LEFT: (Title("移出日期", "Left on"), ("退出日期", "注销日期", "办结日期")),
    TITLE: (Title("概括", "Subject"), ("标题", "一句话概括")),
    TEXT: (Title("内容", "Text"), ("说明", "情况")),
    PARTY: (Title("当事人姓名或名称", "Party"), ("申请人", "姓名或名称")),
    STATE: (Title("状态", "State"), ()),
    PHONE: (Title("当事人电话", "Telephone of the party"), ("联系电话", "电话")),
}


class NotByTable(LookupError):
    """What opens this page says something that no cell can hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is that of its field; of what every table has `when` (a day, or a moment), `day` or `text`."""

    role: str
    title: Title
    kind: str
    required: bool = False
    field: FieldKind | None = None
    also: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.title.zh}*" if self.required else self.title.zh


@dataclass(frozen=True, slots=True)
class Layout:
    """The table of a page: `fact` is what a row enters, `leaves` what its day of leaving enters ("" if nothing can);
    `shown` are columns that an export has and an import passes over."""

    page: Procedure
    fact: str
    leaves: str
    columns: tuple[Column, ...]
    shown: tuple[Column, ...]

    def column(self, role: str) -> Column | None:
        return next((one for one in (*self.columns, *self.shown) if one.role == role), None)


def layout_of(page: Procedure) -> Layout:
    """The table of a page; NotByTable where its first fact names a file, a post or a matter."""
    fact = page.register.enters[0] if page.standing and page.register else page.opens_with
    kind = page.facts[fact]
    own = [_of_field(one) for one in kind.fields.values() if one.kind not in UNTYPED]
    if page.name in OWN_VERBS:
        raise NotByTable(f"“{page.title}”有自己的办理页面，表格里写不了，请在办理页面逐件登记。")
    for one in kind.fields.values():
        if one.kind in UNTYPED and one.required:
            raise NotByTable(f"“{page.title}”登记时须指明“{one.title}”，表格里写不了，请在办理页面逐件登记。")
    titles = {column.title.zh for column in own}
    leaves = _leaving(page)
    wanted = [NUMBER, UNIT, DAY]
    if not page.standing:
        wanted += [TITLE, TEXT, PARTY, PHONE]
    parts = {role: _of_part(role, titles) for role in [*wanted, *([LEFT] if leaves else [])]}
    before = [parts[role] for role in wanted[:3]]
    after = [column for role, column in parts.items() if role not in wanted[:3]]
    later = [_of_field(one) for name, one in column_kinds(page).items() if name not in kind.fields]
    shown = (*later, _of_part(STATE, titles | {column.title.zh for column in later}))
    return Layout(page, fact, leaves, (*before, *own, *after), shown)


def _of_field(one: FieldKind) -> Column:
    return Column(one.name, one.title, one.kind, one.required and one.name != "lasts", one)


def _of_part(role: str, taken: set[str]) -> Column:
    """A column that every table has; where the page calls one of its own so, ours says that it is of the table."""
    title, also = _PARTS[role]
    if title.zh in taken:
        title = Title(f"登记{title.zh}", f"{title.en} of the entry")
    kind = {DAY: "when", LEFT: "day"}.get(role, "text")
    return Column(role, title, kind, role == DAY, None, tuple(word for word in also if word not in taken))


def _leaving(page: Procedure) -> str:
    """The first fact by which a line leaves that is recorded and says nothing that must be said."""
    deemed = {rule.deems for rule in page.clocks.values() if rule.deems}
    for name in page.register.leaves if page.register and page.standing else ():
        kind = page.facts[name]
        asks = any(one.required and name_of != "lasts" for name_of, one in kind.fields.items())
        if name not in deemed and not asks and not kind.after[1:] and page.register and kind.after in _entering(page):
            return name
    return ""


def _entering(page: Procedure) -> tuple[tuple[tuple[str, ...], ...], ...]:
    enters = page.register.enters if page.register else ()
    return ((), *(((name,),) for name in enters))


def headings_of(layout: Layout) -> Headings:
    """How the columns of this table may be headed."""
    spellings: dict[str, str] = {}
    for column in layout.shown:
        for word in (column.title.zh, column.title.en, column.role):
            spellings.setdefault(plain_heading(word), LEFT_OUT)
    for column in layout.columns:
        for word in column.also:
            spellings.setdefault(plain_heading(word), column.role)
    for column in layout.columns:
        for word in (column.title.en, column.role, column.title.zh):
            spellings[plain_heading(word)] = column.role
    spellings.pop("", None)
    needed = tuple(column.role for column in layout.columns if column.required)
    return Headings({column.role: column.title.zh for column in layout.columns}, spellings, needed)
