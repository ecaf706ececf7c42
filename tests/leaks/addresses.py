"""Every address of the site in one line: who may come to it, what its arguments name, what is asked and sent there.

A new address needs a line here, or the tests of this folder fail. Words in braces stand for a thing of `leak_cast`:
`{matter}`, `{head}`, `{number}`, `{sentence}` and so on; a thing that lacks one is not tried at that address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Gate = Literal["everyone", "post", "watch", "looks", "people", "administer", "grant", "audit"]
HOLDER = {"number": "{number}", "code": "{code}", "key": "k"}
ACT = {"kind": "noted", "on": "今天", "text": "备注", "seen": "{head}", "key": "k"}
FOUND = (
    "",
    "?q={sentence}",
    "?q={person}",
    "?q={phone}",
    "?q={number}",
    "?q={outer}",
    "?q={address}",
    "?state=open&kind=appeal",
    "?unit=城管局&sort=due",
)


@dataclass(frozen=True)
class Row:
    """`gate`: whom the address lets in at all. `args`: its arguments. `asks`: what may follow it when it is read
    (empty: it is not read). `sends`: what is posted to it (None: nothing is). `tells`: the hidden word that one with
    every right does read there, which shows that the line asks rightly. `refuses`: that it is closed even to them."""

    gate: Gate = "post"
    args: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ("",)
    sends: Mapping[str, str] | None = None
    tells: str = ""
    refuses: bool = False


MATTER = {"identity": "{matter}"}
REGISTER = {"name": "campaign"}

ROWS: dict[str, Row] = {
    "set_language": Row("everyone", asks=(), sends={"language": "en", "next": "/"}),
    "faces:appearance": Row("everyone", asks=(), sends={"theme": "dark", "next": "/"}),
    "faces:gallery": Row("everyone"),
    "faces:day": Row("everyone", asks=("", "?on=0308&past=yes", "?on={sentence}")),
    "office:login": Row("everyone", sends={"username": "城管员", "password": "不对不对"}, refuses=True),
    "office:second": Row("everyone", asks=("",), sends={"code": "123456"}),
    "office:outside": Row("everyone", refuses=True),
    "office:outside_back": Row("everyone", asks=("", "?code=1&state=2"), refuses=True),
    "office:security": Row(sends={"verb": "confirm", "code": "123456"}),
    "office:logout": Row("everyone", asks=(), sends={}),
    "office:post": Row("everyone", sends={"post": "{post}"}),
    "office:desk": Row(asks=("", "?bucket=provisional", "?bucket=later&kind=appeal", "?unit=城管局")),
    "office:desk_export": Row(args={"form": "csv"}, asks=("", "?bucket=later&kind=appeal"), tells="sentence"),
    "office:receive": Row(asks=("",), sends={"text": "新的事情", "on": "今天", "channel": "visit", "key": "k"}),
    "office:search": Row(asks=FOUND, tells="sentence"),
    "office:export": Row(args={"form": "csv"}, asks=FOUND, tells="sentence"),
    "office:batch": Row(
        asks=(), sends=ACT | {"matter": "{matter}", "seen-{matter}": "{head}", "step": "do"}, tells="sentence"
    ),
    "office:matter": Row(args=MATTER, tells="sentence"),
    "office:record": Row(args=MATTER, asks=(), sends=ACT),
    "office:preview": Row(args=MATTER, asks=(), sends=ACT),
    "office:correct": Row(args=MATTER | {"seq": "{noted}"}, sends=ACT | {"text": "改过的备注"}, tells="sentence"),
    "office:reveal": Row(args=MATTER, asks=(), sends={"party": "{party}", "purpose": "电话核实"}, tells="address"),
    "office:erase": Row(args=MATTER | {"party": "{party}"}, sends={"reason": "request", "sure": "yes", "key": "k"}),
    "office:file": Row(args=MATTER | {"name": "{file}"}, tells="file_name"),
    "office:letter": Row(args=MATTER | {"seq": "{noted}", "name": "受理告知书"}, sends={"key": "k"}, refuses=True),
    "office:kept": Row(args=MATTER | {"file": "{file}"}, refuses=True),
    "office:whole": Row(args=MATTER, sends={"purpose": "归档", "key": "k"}),
    "office:round": Row(args=MATTER, tells="sentence"),
    "office:round_act": Row(
        args=MATTER | {"verb": "send"},
        asks=(),
        sends={"text": "送审稿", "place-1": "城管局", "mode": "once", "form": "sign", "rule": "all"}
        | {"day": "+5工作日", "seen": "{head}", "key": "k"},
    ),
    "office:countersign_sheet": Row(args=MATTER | {"entry": "{noted}"}, refuses=True),
    "office:countersign_paper": Row(args=MATTER | {"entry": "{noted}", "form": "docx"}, refuses=True),
    "office:draft_keep": Row(asks=(), sends={"draft_form": "receive/appeal", "text": "写到一半"}),
    "office:draft_drop": Row(asks=(), sends={"draft_form": "receive/appeal"}),
    "office:places": Row(asks=("", "?place-1=城管", "?place-1={sentence}")),
    "office:sorting": Row("watch", sends={"verb": "undo"}),
    "office:sort_near": Row(asks=(), sends={"text": "{sentence}", "place": "{address}"}),
    "office:sort": Row(
        args=MATTER, asks=(), sends={"topic": "环境保护/环境污染/噪音污染", "seen": "{head}", "key": "k"}
    ),
    "office:hotspots": Row(asks=("", "?unit={sentence}")),
    "office:hotspots_export": Row(args={"form": "csv"}),
    "office:hot_warnings_export": Row(args={"form": "csv"}),
    "office:hotspot": Row(args={"identity": "{matter}"}, refuses=True),
    "office:hot_warning": Row(args={"identity": "{matter}"}, refuses=True),
    "office:hot_task": Row(args={"identity": "{matter}"}, asks=(), sends={}, refuses=True),
    "office:hot_acknowledge": Row(args={"identity": "{matter}"}, asks=(), sends={"remark": "x"}, refuses=True),
    "office:reminders": Row(asks=("", "?show=unseen"), sends={"one": "{matter}"}),
    "office:reminders_export": Row(args={"form": "csv"}, asks=("", "?show=unseen")),
    "office:reminder_settings": Row(sends={"quiet_from": "21:00", "quiet_until": "8", "digest_at": "830"}),
    "office:reminder_district": Row("administer"),
    "office:near": Row(asks=(), sends={"text": "{sentence}", "place": "{address}"}),
    "office:join": Row(args=MATTER, asks=(), sends={"lead": "{matter}", "sure": "yes", "seen": "{head}", "key": "k"}),
    "office:tell_joined": Row(args=MATTER, sends={"matter": "{matter}", "text": "已处理。", "key": "k"}, refuses=True),
    "office:elsewhere": Row(
        args=MATTER, asks=(), sends={"system": "hotline", "number": "对方编号1", "seen": "{head}", "key": "k"}
    ),
    "office:duplicate": Row(args=MATTER, asks=(), sends={"first": "{number}", "seen": "{head}", "key": "k"}),
    "office:exchange": Row(),
    "office:exchange_export": Row(args={"form": "csv"}),
    "office:exchange_files_export": Row(args={"name": "hotline", "form": "csv"}),
    "office:exchange_rows_export": Row(
        args={"name": "hotline", "identity": "{exchanged}", "form": "csv"}, tells="outer"
    ),
    "office:exchange_comparison_export": Row(
        args={"name": "hotline", "identity": "{compared}", "form": "csv"}, asks=("", "?show=all"), tells="outer"
    ),
    "office:exchange_partner": Row(args={"name": "hotline"}, sends={"verb": "give"}),
    "office:exchange_file": Row(args={"name": "hotline", "identity": "{exchanged}"}, tells="outer"),
    "office:exchange_receipt": Row(args={"name": "hotline", "identity": "{exchanged}"}, tells="outer"),
    "office:exchange_comparison": Row(
        args={"name": "hotline", "identity": "{compared}"},
        sends={"difference": "{difference}", "how": "asked"},
        tells="outer",
    ),
    "office:same_people_export": Row(args={"form": "csv"}),
    "office:same_people": Row(
        sends={"verb": "reveal", "one": "{party}", "other": "{party}", "purpose": "核实"}, refuses=True
    ),
    "office:onward": Row(
        args=MATTER,
        asks=("", "?into=legal_aid"),
        sends={"into": "people_mediation", "origin": "applied", "on": "今天", "seen": "{head}", "key": "k"},
        tells="sentence",
    ),
    "office:units": Row(asks=("", "?unit=城管", "?unit={sentence}")),
    "office:registers": Row(),
    "office:register": Row(args=REGISTER, asks=("", "?q={sentence}", "?q={person}")),
    "office:register_new": Row(args=REGISTER, sends={"key": "k"}),
    "office:register_import": Row(args=REGISTER, sends={"key": "k"}),
    "office:register_template": Row(args=REGISTER),
    "office:register_export": Row(args=REGISTER | {"form": "csv"}, asks=("", "?q={sentence}")),
    "office:register_line": Row(args=REGISTER | {"identity": "{matter}"}, refuses=True),
    "office:placard": Row(args=REGISTER | {"identity": "{matter}"}, refuses=True),
    "office:register_change": Row(args=REGISTER | {"identity": "{matter}"}, sends={"key": "k"}, refuses=True),
    "office:organisation": Row("administer"),
    "office:organisation_export": Row("administer", args={"form": "csv"}, asks=("", "?q={sentence}")),
    "office:hand_over": Row("administer", args={"identity": "{matter}"}, refuses=True),
    "office:ask": Row(sends={"question": "路灯坏了找谁", "on": "今天"}),
    "office:ask_handed": Row(asks=(), sends={"text": "路灯坏了找谁", "key": "k"}),
    "office:ask_changed": Row(),
    "office:ask_changed_export": Row(args={"form": "csv"}),
    "office:guides": Row(),
    "office:guide": Row(args={"name": "appeal"}),
    "office:guide_of_day": Row(args={"name": "appeal", "day": "2022-05-01"}),
    "office:readings": Row(sends={"key": "k"}, asks=("", "?q={sentence}")),
    "office:readings_export": Row(args={"form": "csv"}, asks=("", "?q={sentence}")),
    "office:comparison": Row(refuses=True),
    "office:reading": Row(args={"identity": "{matter}"}, refuses=True),
    "office:reading_answer": Row(args={"identity": "{matter}"}, asks=(), sends={"key": "k"}, refuses=True),
    "office:reading_original": Row(args={"identity": "{matter}"}, refuses=True),
    "office:rules": Row(sends={"place": "calendars", "day": "2027-01-01", "text": "x", "key": "k"}, refuses=True),
    "office:rules_export": Row(args={"form": "csv"}, asks=("", "?q={sentence}")),
    "office:rule": Row(args={"identity": "{matter}"}, refuses=True),
    "office:rule_act": Row(args={"identity": "{matter}", "verb": "adopt"}, asks=(), sends={"key": "k"}, refuses=True),
    "office:people": Row("people", sends={"verb": "open_account", "username": "u", "display": "名"}),
    "office:people_export": Row("people", args={"table": "accounts", "form": "csv"}, asks=("", "?q={person}")),
    "office:looks_export": Row("looks", args={"form": "csv"}, asks=("", "?q={person}")),
    "office:looks": Row("looks", asks=("", "?before=9")),
    "office:audit": Row("audit", asks=("", "?q={sentence}", "?before=9")),
    "office:audit_export": Row("audit", args={"form": "csv"}, asks=("", "?q={person}")),
    "office:tokens": Row(sends={"title": "系统", "until": "明天", "scope-read": "yes"}),
    "office:tokens_export": Row(args={"form": "csv"}, asks=("", "?q={sentence}")),
    "office:leave_export": Row(args={"form": "csv"}, asks=("", "?q={person}")),
    "office:leave": Row(sends={"post": "{post}", "since": "今天", "until": "明天", "reason": "休假"}),
    "office:operations": Row(asks=("", "?q={sentence}")),
    "office:operations_export": Row(args={"form": "csv"}, asks=("", "?q={sentence}")),
    "office:operation_new": Row(
        asks=(), sends={"export": "matters", "form": "csv", "query": "q={sentence}", "key": "k"}
    ),
    "office:operation": Row(args={"identity": "{operation}"}, tells="sentence"),
    "office:operation_cancel": Row(args={"identity": "{operation}"}, asks=(), sends={}, tells="sentence"),
    "office:operation_file": Row(args={"identity": "{operation}"}),
    "office:health": Row("watch"),
    "office:send_again": Row("administer", asks=(), sends={}),
    "office:figures": Row(asks=("?year=2025",)),
    "office:figure": Row(args={"name": "appeal_received"}, asks=("?year=2025", "?year=2025&part=denominator")),
    "office:figures_export": Row(args={"form": "csv"}, asks=("", "?unit=城管局")),
    "office:figure_export": Row(
        args={"name": "appeal_received", "table": "units", "form": "csv"}, asks=("", "?unit=城管局")
    ),
    "office:view_keep": Row(asks=(), sends={"name": "视图", "address": "/office/matters/?q={sentence}"}),
    "office:view_drop": Row(args={"identity": "{matter}"}, asks=(), sends={}, refuses=True),
    "office:figure_alerts": Row(),
    "office:figure_alerts_export": Row(args={"form": "csv"}),
    "office:figure_alert_set": Row(
        args={"name": "appeal_received"},
        asks=(),
        sends={"unit": "城管局", "rule": "above", "bound": "3", "owner": "城管局", "days": "30"},
    ),
    "office:figure_alert_end": Row(args={"identity": "{matter}"}, asks=(), sends={}, refuses=True),
    "office:figure_alert_take": Row(args={"identity": "{matter}"}, asks=(), sends={}, refuses=True),
    "office:years": Row(sends={"unit": "城管局", "year": "2024", "key": "k"}),
    "office:years_export": Row(args={"form": "csv"}),
    "office:year": Row(args={"identity": "{matter}"}, refuses=True),
    "office:year_void": Row(args={"identity": "{matter}"}, asks=(), sends={"reason": "x", "seen": "1"}, refuses=True),
    "office:year_export": Row(args={"identity": "{matter}", "form": "csv"}, refuses=True),
    "office:reports": Row(sends={"year": "2024", "cutoff": "", "key": "k"}),
    "office:reports_export": Row(args={"form": "csv"}),
    "office:report": Row(args={"identity": "{report}"}, asks=("", "?view=fresh"), tells="sentence"),
    "office:report_paper": Row(args={"identity": "{report}", "form": "pdf"}),
    "office:report_part": Row(args={"identity": "{matter}"}, refuses=True),
    "office:report_part_act": Row(
        args={"identity": "{matter}", "verb": "submit"}, asks=(), sends={"seen": "{head}", "key": "k"}, refuses=True
    ),
    "office:report_act": Row(
        args={"identity": "{report}", "verb": "draft"}, asks=(), sends={"seen": "{head}", "key": "k"}
    ),
    "api:openapi-json": Row("everyone"),
    "api:me": Row("everyone", refuses=True),
    "api:find_matters": Row("everyone", asks=("", "?q={sentence}"), refuses=True),
    "api:receive_matter": Row("everyone", asks=(), sends={"procedure": "appeal"}, refuses=True),
    "api:api-root": Row("everyone", refuses=True),
    "api:read_matter": Row("everyone", args=MATTER, refuses=True),
    "api:record_act": Row("everyone", args=MATTER, asks=(), sends={"kind": "noted"}, refuses=True),
    "api:read_desk": Row("everyone", refuses=True),
    "api:read_figures": Row("everyone", refuses=True),
    "api:read_figure": Row("everyone", args={"name": "appeal_received"}, refuses=True),
    "api:tell_balances": Row("everyone", asks=(), sends={"rows": "[]"}, refuses=True),
    "api:read_register": Row("everyone", args=REGISTER, refuses=True),
    "open311:discovery": Row("everyone", args={"form": "json"}),
    "open311:services": Row("everyone", args={"form": "json"}),
    "open311:service": Row("everyone", args={"code": "appeal", "form": "xml"}),
    "open311:requests": Row(
        "everyone",
        args={"form": "json"},
        asks=("", "?service_request_id={number}", "?status=open"),
        sends={"service_code": "appeal", "description": "路灯坏了。", "address_string": "路口"},
    ),
    "open311:request": Row("everyone", args={"identity": "{number}", "form": "json"}, refuses=True),
    "open311:token": Row("everyone", args={"identity": "{number}", "form": "json"}, refuses=True),
    "wall:wall": Row(),
    "portal:home": Row("everyone"),
    "portal:lodge": Row("everyone", sends={"text": "路灯坏了没有人来修。", "consent": "yes", "key": "k"}),
    "portal:lodge_near": Row("everyone", asks=(), sends={"text": "{sentence}", "place": "{address}"}),
    "portal:lodge_at": Row("everyone", args={"code": "{number}"}),
    "portal:lodge_worker": Row("everyone"),
    "portal:lodged": Row("everyone", sends={}),
    "portal:apply": Row(
        "everyone",
        args={"name": "legal_aid"},
        sends={
            "text": "请求援助：{sentence}",
            "name": "{person}",
            "phone": "13800000000",
            "consent": "yes",
            "key": "k",
        },
    ),
    "portal:follow": Row("everyone", asks=("", "?number={number}"), sends=HOLDER),
    "portal:add": Row("everyone", asks=(), sends=HOLDER | {"text": "补充一点"}),
    "portal:withdraw": Row("everyone", asks=(), sends=HOLDER | {"text": "不办了"}),
    "portal:rate": Row("everyone", asks=(), sends=HOLDER | {"stars": "5"}, refuses=True),
    "portal:gazette": Row("everyone", asks=("", "?list=published", "?list={sentence}", "?q={sentence}", "?q={person}")),
    "portal:feed": Row("everyone", args={"form": "json"}, asks=("", "?q={sentence}", "?list=published")),
    "portal:gazette_table": Row(
        "everyone", args={"form": "json"}, asks=("", "?q={sentence}", "?list=published&year=2025")
    ),
    "portal:drafts": Row("everyone", asks=("", "?q={sentence}")),
    "portal:drafts_table": Row("everyone", args={"form": "csv"}, asks=("", "?q={sentence}")),
    "portal:draft": Row(
        "everyone", args={"identity": "{notice}"}, sends={"text": "意见", "consent": "yes"}, refuses=True
    ),
    "portal:rules": Row("everyone", asks=("", "?on=2025-03-03", "?q={sentence}")),
    "portal:rule": Row("everyone", args={"address": "{matter}"}, refuses=True),
    "portal:rules_feed": Row("everyone", args={"form": "json"}),
    "portal:rules_table": Row("everyone", args={"form": "csv"}, asks=("", "?q={person}")),
    "portal:open_data": Row("everyone"),
    "portal:open_register": Row("everyone", args=REGISTER | {"form": "json"}, refuses=True),
    "portal:notice": Row("everyone", args={"identity": "{notice}"}),
    "portal:reports": Row("everyone"),
    "portal:reports_table": Row("everyone", args={"form": "csv"}, asks=("", "?q={sentence}")),
    "portal:report": Row("everyone", args={"identity": "{told}"}, refuses=True),
    "portal:figure": Row("everyone", args={"identity": "{told}", "name": "appeal_received"}, refuses=True),
    "portal:points": Row("everyone", asks=("", "?near={sentence}", "?near={address}&within=1000", "?kind=legal")),
    "portal:points_table": Row("everyone", args={"form": "csv"}, asks=("", "?near={sentence}")),
    "portal:registers": Row("everyone"),
    "portal:register": Row("everyone", args=REGISTER, asks=("", "?q={sentence}"), refuses=True),
    "portal:register_line": Row("everyone", args=REGISTER | {"address": "{matter}"}, refuses=True),
    "portal:guides": Row("everyone"),
    "portal:guide": Row("everyone", args={"name": "appeal"}),
    "portal:guide_of_day": Row("everyone", args={"name": "appeal", "day": "2022-05-01"}),
    "portal:readings": Row("everyone", sends={"key": "k"}),
    "portal:ask": Row("everyone", sends={"question": "路灯坏了找谁", "on": "今天"}),
    "portal:ask_clerk": Row("everyone", asks=(), sends={"text": "路灯坏了找谁"}),
    "portal:library": Row("everyone", asks=("", "?q={sentence}", "?kind=statute")),
    "portal:library_table": Row("everyone", args={"form": "csv"}, asks=("", "?q={sentence}")),
    "portal:document": Row("everyone", args={"name": "{sentence}"}, refuses=True),
    "portal:article": Row("everyone", args={"name": "{sentence}", "key": "33"}, refuses=True),
    "portal:help": Row("everyone"),
    "portal:accessibility": Row("everyone"),
    "portal:privacy": Row("everyone"),
}
