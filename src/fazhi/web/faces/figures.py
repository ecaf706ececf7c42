"""Numbers in words: their value, what they are made of, and how they are defined."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from fazhi.indicators.values import Reading
from fazhi.law import FieldKind
from fazhi.ledger import rulebook
from fazhi.rulebook import Indicator, Selector
from fazhi.web.faces.words import day_words, in_english, joined, said

NAMED = frozenset("件个项条份宗名家类")


def amount_words(amount: Decimal | None) -> str:
    """An exact amount with groups of three digits."""
    return "—" if amount is None else f"{amount.normalize():,f}"


def value_words(reading: Reading) -> str:
    if reading.suppressed:
        return _("少于5，不公开") if reading.small else _("为保护个人信息不公开")
    if reading.value is None:
        return _("无数据")
    if reading.kind == "change":
        return change_words(reading.value)
    return f"{reading.value:,f}"


def change_words(value: Decimal) -> str:
    """A change with its direction in words."""
    amount = f"{abs(value):,f}"
    if not value:
        return _("持平")
    return _("增长%(n)s") % {"n": amount} if value > 0 else _("下降%(n)s") % {"n": amount}


def unit_words(reading: Reading) -> str:
    """The unit that follows a value; nothing where there is none."""
    words = counted_in(reading.unit_told)
    return words.removesuffix("s") if in_english() and reading.value == 1 else words


def counted_in(unit: str) -> str:
    """A unit of counting in the reader's language; English counts most things by their name alone."""
    if unit in NAMED and in_english():
        return ""
    return {
        "件": _("件"),
        "天": _("天"),
        "日": _("天"),
        "人": _("人"),
        "人次": _("人次"),
        "场": _("场"),
        "元": _("元"),
        "个": _("个"),
        "项": _("项"),
        "次": _("次"),
        "宗": _("宗"),
        "名": _("名"),
        "家": _("家"),
        "条": _("条"),
        "份": _("份"),
        "年": _("年"),
        "期": _("期"),
        "类": _("类"),
        "分钟": _("分钟"),
        "级": _("级"),
        "等奖": _("等奖"),
        "站": _("站"),
        "步": _("步"),
        "批": _("批"),
        "届": _("届"),
        "学时": _("学时"),
        "地": _("地"),
        "公里": _("公里"),
        "件次": _("件次"),
    }.get(unit, unit)


def basis_words(reading: Reading) -> str:
    """Numerator, denominator and cut-off, in one line under a number."""
    if reading.suppressed:
        return ""
    until = _("截至%(day)s") % {"day": day_words(reading.span.cutoff)}
    if reading.denominator is None or reading.value is None:
        return until
    if reading.kind == "change":
        now, before = amount_words(reading.numerator), amount_words(reading.denominator)
        return " · ".join((_("本期%(n)s") % {"n": now}, _("上年同期%(n)s") % {"n": before}, until))
    halves = f"{amount_words(reading.numerator)} ÷ {amount_words(reading.denominator)}"
    return f"{halves} · {until}"


def halves_named(kind: str) -> tuple[str, str]:
    """What the two numbers of a figure are called: a change has no fraction line between them."""
    return (_("本期"), _("上年同期")) if kind == "change" else (_("分子"), _("分母"))


def figure_facts(reading: Reading) -> list[tuple[str, str]]:
    """What makes a number checkable, for its page."""
    found = []
    if reading.denominator is not None:
        above, below = halves_named(reading.kind)
        found += [(above, amount_words(reading.numerator)), (below, amount_words(reading.denominator))]
    first, last = (day_words(day, year=True) for day in (reading.span.start, reading.span.cutoff))
    found += [
        (_("期间"), _("%(first)s至%(last)s") % {"first": first, "last": last}),
        (_("算到"), _("系统里的第 %(n)s 条记录") % {"n": f"{reading.span.position:,}"}),
        (_("核对码"), _("%(code)s（算法一改，这个码就变）") % {"code": reading.fingerprint.rpartition(":")[2][:12]}),
    ]
    if reading.note:
        found.append((_("说明"), reading.note))
    return found


def definition_words(page: Indicator) -> str:
    """The definition in one sentence of the pages' own words."""
    of = joined([selector_words(one) for one in page.of])
    if not page.per:
        return of
    per = joined([selector_words(one) for one in page.per])
    return _("%(of)s，除以%(per)s") % {"of": of, "per": per}


def page_like(name: str, kind: str) -> Indicator | None:
    """The page of a figure as it stands, unless it has become another kind of figure since."""
    page = rulebook().indicators.get(name)
    return page if page and page.kind == kind else None


def halves_words(page: Indicator) -> tuple[str, str]:
    """What the two numbers of a figure count, in the pages' own words; a change counts the same twice."""
    of = joined([selector_words(one) for one in page.of])
    return of, joined([selector_words(one) for one in page.per]) if page.per else of


def selector_words(selector: Selector) -> str:
    versions = rulebook().procedures.get(selector.procedure, ())
    titles: dict[str, str] = {}
    fields: dict[str, FieldKind] = {}
    for version in versions:
        titles |= {name: said(fact.title) for name, fact in version.facts.items()}
        titles |= {name: said(rule.title) for name, rule in version.clocks.items()}
        fields |= {name: field for fact in version.facts.values() for name, field in fact.fields.items()}
    named = joined(
        [_("“%(title)s”") % {"title": titles.get(name, name)} for name in (*selector.facts, *selector.clocks)]
    )
    verdicts = {
        "in_time": _("按期"),
        "late": _("逾期"),
        "early": _("早于最短期限"),
        "judged": _("应当完成"),
    }
    verdict = joined([verdicts[one] for one in selector.verdict])
    standing = bool(versions) and versions[-1].standing
    kind = said(versions[-1].title) if versions else selector.procedure
    told = (kind, verdict, _open_words(selector, standing), named, *_number_words(selector, fields))
    limits = joined([*_where_words(selector, fields), *_bound_words(selector, fields)])
    return " ".join(part for part in told if part) + (_("，其中%(limits)s") % {"limits": limits} if limits else "")


def _open_words(selector: Selector, standing: bool) -> str:
    if standing:
        return {"": "", "start": _("期初在册"), "end": _("期末在册")}[selector.open]
    return {"": "", "start": _("期初未办结"), "end": _("期末未办结")}[selector.open]


def _field_words(name: str, fields: Mapping[str, FieldKind]) -> str:
    return (said(fields[name].title) or name) if name in fields else name


def _number_words(selector: Selector, fields: Mapping[str, FieldKind]) -> tuple[str, ...]:
    """Which number of a line is added up or told, and that a matter counts once."""
    if selector.field:
        return (_("的“%(title)s”") % {"title": _field_words(selector.field, fields)},)
    return (_("每件只计一次"),) if selector.matters else ()


def _where_words(selector: Selector, fields: Mapping[str, FieldKind]) -> list[str]:
    """The choices that are asked for; an empty one is where nothing was said."""
    found = []
    for name, values in selector.where.items():
        titles = fields[name].choice_titles if name in fields else {}
        choices = joined([said(titles.get(value)) or value if value else _("未写明") for value in values])
        one_of = _("“%(title)s”是以下之一：%(choices)s") if len(values) > 1 else _("“%(title)s”是%(choices)s")
        found.append(one_of % {"title": _field_words(name, fields), "choices": choices})
    return found


def _bound_words(selector: Selector, fields: Mapping[str, FieldKind]) -> list[str]:
    least = [(_("%(title)s不少于%(n)s"), name, bound) for name, bound in selector.at_least.items()]
    most = [(_("%(title)s不超过%(n)s"), name, bound) for name, bound in selector.at_most.items()]
    return [words % {"title": _field_words(name, fields), "n": f"{bound:f}"} for words, name, bound in (*least, *most)]
