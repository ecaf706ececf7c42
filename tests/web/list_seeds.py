"""Two things for every list that can have them cheaply, one of each pair named with a word that finds it alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from register_lines import enter

from district import District
from fazhi import ledger
from fazhi.dashboard import alerts
from fazhi.exchange import links
from fazhi.exchange.models import Comparison, Difference, File, Row
from fazhi.gazette.models import Course, Item
from fazhi.library.models import Version
from fazhi.people import deeds, tokens
from fazhi.people.models import Look
from fazhi.reach import grants
from fazhi.reminders.queue import remind
from fazhi.report import publish
from fazhi.report.models import Published

DAYS = (date(2025, 3, 3), date(2025, 4, 7))


def matters(district: District) -> None:
    """Two appeals on the desk of the bureau, of which its clerk was reminded."""
    for day, text in zip(DAYS, ("明月路路灯不亮，晚上出行不便。", "后街油烟扰民，早晚都有。"), strict=True):
        done = district.receive("城管局", text, day=day)
        remind("due", [district.accounts["城管员"]], matter=done.matter, thing=str(day), due=ledger.today())


def registers(district: District) -> None:
    for day, word in zip(DAYS, ("明月", "后街"), strict=True):
        enter(district, "campaign", "城管局", day, name=f"{word}整治")
        where = {"longitude": "114.05", "latitude": "22.54", "address": f"{word}路1号"}
        enter(district, "service_point", "司法局", day, name=f"{word}服务站", kind="legal", **where)
        rule = {"number": f"示府规〔2025〕{day.month}号", "name": f"{word}管理办法", "issuer": f"{word}办公室"}
        enter(district, "document_in_force", "司法局", day, **rule, level="district", day="2090-12-31")


def exchange(district: District) -> dict[str, str]:
    """Two partners, two files of one of them both ways, two rows and two differences; the addresses of the lists."""
    for name in ("hotline", "court"):
        links.link(links.page_of(name), district.units["区政府"])
    compared = Comparison.objects.create(
        partner="hotline", since=DAYS[0], until=DAYS[1], name="后街清单", digest="a", theirs=1, ours=2
    )
    Comparison.objects.create(
        partner="hotline", since=DAYS[1], until=DAYS[1], name="明月清单", digest="b", theirs=3, ours=2
    )
    for serial, (day, word) in enumerate(zip(DAYS, ("明月", "后街"), strict=True), 1):
        made: dict[str, Any] = {"partner": "hotline", "day": day, "serial": serial, "name": f"{word}.txt"}
        file = File.objects.create(**made, way="in", digest=str(serial), rows=serial)
        File.objects.create(**made, way="out", digest=str(serial), rows=serial)
        Difference.objects.create(comparison=compared, number=f"{word}{serial}", kind="absent_here")
    for row, word in enumerate(("明月", "后街"), 1):
        Row.objects.create(file=file, row=row, number=f"{word}{row}", state="refused", reason=f"{word}不对")
    return {"file": f"/office/exchange/hotline/files/{file.pk}/", "compared": str(compared.pk)}


def staff(district: District) -> None:
    """What a post keeps for itself and what is kept of administrators and of looks."""
    head, day = district.actor("区长"), ledger.today()
    book, scope = ledger.rulebook().indicators, district.scope("区长")
    for word, name in (("明月", "appeal_received"), ("后街", "appeal_change")):
        alerts.set_alert(head, scope, book[name], district.units["区政府"], "above", Decimal(1), f"{word}组", 30)
        tokens.issue(head, f"{word}系统", ["read"], day + timedelta(30), day)
        deeds.note(head, "switch", f"{word}账号")
    for word, until in (("城管员", 5), ("街道员", 9)):
        span = {"since": day, "until": day + timedelta(until), "secrecy": 0, "reason": f"{word}代班"}
        grants.deputise(for_post=district.posts["区长"], post=district.posts[word], **span)
        Look.objects.create(account=district.accounts[word], face="office", purpose=word)
    for year in (2023, 2024):
        publish.begin(head, year, date(year, 12, 31), key=str(year), unit=district.units["区政府"])


def public(district: District) -> None:
    for day, word in zip(DAYS, ("明月", "后街"), strict=True):
        told = {"unit": district.units["城管局"], "matter": uuid4()}
        titles = {"procedure": "appeal", "procedure_title": "信访", "fact_title": "答复"}
        item = Item.objects.create(
            id=f"{word}1", entry=1, list="办理结果", **told, **titles, title=f"{word}情况", text=word, day=day
        )
        Course.objects.create(
            id=f"{word}2", procedure="major_decision", title_zh="决策", began=day, changed=day, final=item.id, **told
        )
        Published.objects.create(
            id=f"{word}3", entry=1, year=day.year, title=f"{word}报告", digest="x", day=day, **told
        )
        Version.objects.create(
            digest=word, name=word, title=f"{word}规定", kind="normative", since=day, changed=ledger.now()
        )


def fill(district: District) -> dict[str, str]:
    """All of them; the addresses of the lists that have one of their own."""
    matters(district)
    registers(district)
    staff(district)
    public(district)
    return exchange(district)
