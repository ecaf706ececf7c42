"""The people and the things of the leak matrix: who they are, what each thing hides, and from whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID, uuid4

from partner_files import hotline, order

from district import FOUNDED, District, lay
from fazhi import archive, desk, ledger
from fazhi.desk import public
from fazhi.exchange import links, look
from fazhi.exchange.comparing import compare
from fazhi.exchange.entering import matter_of
from fazhi.exchange.taking import take
from fazhi.people import posts
from fazhi.people.actors import citizen, machine
from fazhi.reach import grants

EVERY_POWER = ("record", "approve", "lead", "publish", "reveal", "erase", "supervise")
DAY = timedelta(days=1)
ADMINISTRATORS = {"系统": "administer", "安全": "grant", "审计": "audit"}
"""The three administrators, each with the one power."""
STRANGERS = ("大队员", "复议岗", "新人", "未到任", "离任", "过期代理", "停用", "监督", *ADMINISTRATORS)
"""Officials who may see none of the things, each for a reason of its own."""
TYPICAL = tuple(who for who in STRANGERS if who not in ("安全", "审计"))
"""One administrator is enough where it is asked how much of the same they see: all three see it by the same rule."""
READERS = ("城管员", "街道员", "区长", "全权")
OUTSIDE = ("路人", "他案群众", "本案群众")
"""People without an account: one who knows no code, one who knows another's, and the holder of 普通."""

WORDS = {
    name: {
        "person": person,
        "phone": f"1391234000{sign}",
        "address": f"{road}路七十一号",
        "sentence": f"蛤蟆功第{sign}密不外传",
        "file_name": f"绝密附件之{sign}",
    }
    for sign, (name, person, road) in enumerate(
        (("普通", "欧阳锋甲", "桃花岛"), ("内部", "慕容复乙", "燕子坞"), ("协助", "令狐冲丙", "华山"))
    )
}
EXCHANGED = {
    "person": "独孤求丁",
    "phone": "13912340071",
    "address": "剑冢路七十一号",
    "sentence": "楼下的铁匠铺敲到半夜不许外传",
    "outer": "26030299",
}
"""What a file of another system says of somebody."""
NOT_IDS = frozenset({"head", "noted", "number", "code", "post", "difference"})


@dataclass
class Thing:
    """Something with secrets. `words` are those that nothing else holds; `ids` fill the addresses."""

    name: str
    words: Mapping[str, str]
    readers: frozenset[str]
    ids: dict[str, str] = field(default_factory=dict)

    def fill(self, text: str, who: str) -> str:
        """The text with the thing's own words in it; KeyError where it has none of that name."""
        known = self.ids | dict(self.words)
        if who != "本案群众" or self.name != "普通":
            known["code"] = "0000000000"
        return text.format_map(known)


def lay_people() -> District:
    """The district, and beside its clerks everyone whose rights just miss, ended, or have not begun."""
    laid = lay()
    today = ledger.today()
    laid.clerk("全权", "区政府", *EVERY_POWER)
    laid.grant("全权", "区政府", secrecy=2)
    laid.clerk("复议岗", "区政府", *EVERY_POWER[:6])
    laid.grant("复议岗", "区政府", secrecy=2, kinds=["reconsideration"])
    for name in ("未到任", "过期代理", "停用", "离任"):
        laid.clerk(name, "司法局", *EVERY_POWER[:6])
    laid.grant("未到任", "城管局", secrecy=2, since=today + DAY)
    laid.grant("停用", "城管局", secrecy=2)
    laid.grant("离任", "城管局", secrecy=2)
    posts.leave(laid.posts["离任"], laid.accounts["离任"], day=today)
    grants.deputise(
        for_post=laid.posts["全权"], post=laid.posts["过期代理"], since=FOUNDED, until=today, secrecy=2, reason="出差"
    )
    laid.clerk("监督", "区政府", "supervise")
    for name, power in ADMINISTRATORS.items():
        laid.clerk(name, "区政府", power)
    return laid


def switch_off(laid: District, name: str) -> None:
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(pk=laid.accounts[name]).update(is_active=False)


def plant_matters(laid: District) -> list[Thing]:
    """One ordinary, one of higher secrecy, one on which another unit was asked."""
    plain = _lodged(laid, "普通", {"城管员", "区长", "全权", "本案群众"})
    inner = _lodged(laid, "内部", {"区长", "全权"}, secrecy="1")
    asked = _lodged(laid, "协助", {"城管员", "街道员", "区长", "全权"})
    laid.record(UUID(asked.ids["matter"]), "asked", "城管局", unit=str(laid.units["莲花街道"]))
    asked.ids["head"] = str(ledger.read(UUID(asked.ids["matter"])).head)
    return [plain, inner, asked]


def _lodged(laid: District, name: str, readers: Iterable[str], secrecy: str = "") -> Thing:
    words = WORDS[name]
    person, phone, address = words["person"], words["phone"], words["address"]
    unit = laid.units["城管局"]
    file = archive.put(BytesIO(words["sentence"].encode()), f"{words['file_name']}.txt", citizen(unit))
    lodger = public.Lodger(person, phone=phone, address=address)
    text = f"{words['sentence']}。我叫{person}，电话{phone}，住{address}。"
    fields = {"secrecy": secrecy} if secrecy else {}
    done = public.lodge(unit, {"text": text}, lodger=lodger, fields=fields, files=[file], key=f"leak/{name}")
    noted = desk.record(
        machine(unit), done.matter, "noted", body={"text": f"{words['sentence']}，{person}"}, seen=done.seq, key=name
    )
    view = ledger.read(done.matter)
    ids = {
        "matter": str(done.matter),
        "head": str(view.head),
        "noted": str(noted.seq),
        "party": str(view.parties[0]),
        "file": str(file),
        "number": done.query_number,
        "code": done.code,
        "post": str(laid.posts["全权"]),
    }
    return Thing(name, words, frozenset(readers), ids)


def plant_exchanged(laid: District) -> Thing:
    """A matter that came in a file of the hotline, the file, its receipt, and a comparison that found a difference."""
    link = links.link(links.page_of("hotline"), laid.units["城管局"])
    said = {"诉求内容": EXCHANGED["sentence"], "诉求人": EXCHANGED["person"], "联系电话": EXCHANGED["phone"]}
    row = order(EXCHANGED["outer"], **said, 地点=EXCHANGED["address"])
    taken = take(link, hotline([row, row | {"受理时间": EXCHANGED["sentence"]}]), "12345工单_20260302_1.txt")
    view = matter_of("hotline", EXCHANGED["outer"])
    assert view is not None
    theirs = [row | {"渠道": "网络"}, order("26030298")]
    compared = compare(link, hotline(theirs), "清单.txt", date(2026, 3, 1), date(2026, 3, 31))
    ids = {
        "matter": str(view.id),
        "head": str(view.head),
        "party": str(view.parties[0]),
        "exchanged": str(taken.file),
        "compared": str(compared.id),
        "difference": str(look.differences(compared.id)[0].id),
        "post": str(laid.posts["全权"]),
    }
    return Thing("对接", EXCHANGED, frozenset({"城管员", "区长", "全权"}), ids)


def plant_operation(laid: District) -> Thing:
    """An export in the background of everything that 全权 may see: title, page and file are theirs alone."""
    from fazhi.operations import keep
    from fazhi.operations.perform import carry_out

    said = {"sentence": "导出武林秘籍总目"}
    given = {"query": "", "of": "", "form": "csv"}
    identity = keep.ask(laid.actor("全权", ledger.today()), "export_matters", said["sentence"], given, key="leak")
    assert carry_out() == 1
    assert keep.find(laid.accounts["全权"], identity).file
    return Thing("后台导出", said, frozenset({"全权"}), {"operation": str(identity)})


def plant_published(laid: District) -> list[Thing]:
    """A notice and a report that were public and were taken back, and a report that is still a draft."""
    notice = _taken_back(laid)
    drafted = _report(laid, "报告稿", "报告里还没有公开的话", public_then_not=False)
    former = _report(laid, "撤回的报告", "报告里已经撤回的话", public_then_not=True)
    return [notice, drafted, former]


def _taken_back(laid: District) -> Thing:
    unit = laid.units["城管局"]
    done = laid.receive("城管局", "一件后来公开过的事")
    laid.record(done.matter, "answered", "城管局", outcome="explained")
    view, by = ledger.read(done.matter), machine(unit)
    seq = next(line.seq for line in view.entries if line.kind == "answered")
    said = "公开之后又撤下的话"
    shown = desk.publish(by, done.matter, seq, said, title="一件答复", list="信访答复", seen=view.head, key="p")
    from fazhi.gazette import look as gazette

    identity = gazette.page("信访答复").items[0].id
    assert said in (gazette.item(identity) or "").text  # type: ignore[union-attr]
    desk.unpublish(by, done.matter, shown.seq, "依法撤下", seen=shown.seq, key="u")
    return Thing("撤下的公示", {"sentence": said}, frozenset({"城管员", "区长", "全权"}), {"notice": identity})


def _report(laid: District, name: str, said: str, *, public_then_not: bool) -> Thing:
    from fazhi.report import look as reports
    from fazhi.report import publish
    from fazhi.report.gather import compose_report
    from reporting import sign_off

    unit, year = laid.units["区政府"], 2025 if public_then_not else 2024
    begun = publish.begin(laid.actor("区长"), year, date(year, 12, 31), key=name, unit=unit)
    written = {"plan.1": said, "shortcomings.1": said, "principals.1": said, "others.1": said}
    report = compose_report("district", unit, 2025, written=written)
    drafted = publish.draft(laid.actor("区长"), begun.matter, report, seen=begun.seq, key=f"{name}-d")
    ids = {"report": str(begun.matter), "matter": str(begun.matter), "head": str(drafted.seq)}
    if public_then_not:
        chief = laid.actor("全权")
        signed = sign_off(laid.actor("区长"), chief, begun.matter, report, drafted.seq)
        shown = publish.publish(chief, begun.matter, seen=signed.seq, key=f"{name}-p")
        ids["told"] = reports.listed()[0].id
        publish.withdraw(chief, begun.matter, shown.seq, "依法撤回", seen=shown.seq, key=f"{name}-w")
    return Thing(name, {"sentence": said}, frozenset({"区长", "全权"}), ids)


def nothing_like(thing: Thing) -> Thing:
    """A thing of the same shape that does not exist."""
    gone = {name: str(uuid4()) for name in thing.ids if name not in NOT_IDS}
    return Thing(thing.name, thing.words, frozenset(), thing.ids | gone)


def ghosts(laid: District) -> list[Thing]:
    """What people would ask for who had heard of the things before there were any."""
    names = ("matter", "party", "file", "report", "notice", "told", "exchanged", "compared", "operation")
    shape = {name: str(uuid4()) for name in names}
    known = {
        "head": "2",
        "noted": "2",
        "number": "250101-0000-0001",
        "post": str(laid.posts["全权"]),
        "difference": "1",
    }
    return [Thing(name, words, frozenset(), shape | known) for name, words in (WORDS | {"对接": EXCHANGED}).items()]
