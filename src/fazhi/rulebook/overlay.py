"""Lays a local page over a national one, or makes a new kind of business from the facts of another page."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from fazhi.law import ClockRule, FactKind, Finding, Procedure, Term
from fazhi.rulebook.pages import Page

GOVERNING = {"overlays", "without"}
LOCAL_WORDS = {"title", "term", "warns", "source", "status"}
NATIONAL_WORDS = ("source", "status", "rolls", "every", "opens_with", "transition")
_DAYS = {"hours": (1 / 24, 0), "days": (1, 0), "working days": (2, 9), "months": (31, 0), "years": (366, 0)}


def lay_over(base: Page, local: Page, *, same: bool) -> Page:
    """The base with the words of the local page. Another kind (`same` false) takes over the facts, but no clock."""
    table = deepcopy(dict(base.table))
    gone = set(local.table.get("without", []))
    if not same:
        table["clocks"] = {}
        table.pop("transition", None)
        _drop_facts(table, gone)
    for word, value in local.table.items():
        if word in GOVERNING:
            continue
        if word in ("facts", "clocks", "common") and isinstance(value, dict):
            table[word] = _changed(table.get(word, {}), value)
        else:
            table[word] = deepcopy(value)
    return Page(local.path, table, (*base.texts, *local.texts))


def _changed(base: Mapping[str, Any], local: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, words in local.items():
        known = merged.get(name)
        merged[name] = {**known, **words} if isinstance(known, dict) and isinstance(words, dict) else deepcopy(words)
    return merged


def _drop_facts(table: dict[str, Any], gone: set[str]) -> None:
    """Takes facts away, with every condition that names only them."""
    facts = {name: dict(kind) for name, kind in table.get("facts", {}).items() if name not in gone}
    for kind in facts.values():
        for word in ("after", "needs"):
            kept = [_without(group, gone) for group in kind.get(word, [])]
            kind[word] = [group for group in kept if group]
        if "unless" in kind:
            kind["unless"] = [name for name in kind["unless"] if name not in gone]
    table["facts"] = facts


def _without(group: str, gone: set[str]) -> str:
    return " | ".join(name for name in (part.strip() for part in group.split("|")) if name not in gone)


def find_loosening(base: Procedure, merged: Procedure, local: Page) -> list[Finding]:
    """What a local page may not do to a national page of the same kind: masks, rights, publication, verified terms."""
    findings = [_national_word(local, word) for word in NATIONAL_WORDS if word in local.table]
    for name, words in local.table.get("clocks", {}).items():
        if not isinstance(words, dict) or name not in merged.clocks:
            continue
        if (rule := base.clocks.get(name)) is not None:
            findings += _loosened_clock(rule, merged.clocks[name], local, words)
        elif merged.clocks[name].deems in base.facts:
            where = ("clocks", name, "deems")
            findings.append(local.finding("loosens", where, *_deems_locally(base.facts[merged.clocks[name].deems])))
    for name, words in local.table.get("facts", {}).items():
        if not isinstance(words, dict) or name not in merged.facts:
            continue
        if (kind := base.facts.get(name)) is not None:
            findings += _loosened_fact(kind, merged.facts[name], local)
        elif merged.facts[name].closes:
            zh = "本地页不得新增结束事项的事实：未届满的法定期限会随之失效"
            findings.append(
                local.finding("loosens", ("facts", name, "closes"), zh, f"{name}: only the nation says what closes")
            )
    if base.retention is not None and merged.retention != base.retention:
        zh = "保管期由全国页规定，本地页不得改动"
        findings.append(
            local.finding("loosens", ("retention",), zh, "how long it is kept is said by the national page")
        )
    if base.register and base.register.public and not (merged.register and merged.register.public):
        findings.append(
            local.finding(
                "loosens",
                ("register",),
                "本地页不得把公开的台账改为不公开",
                "A local page may not close a public register",
            )
        )
    return findings


def _national_word(local: Page, word: str) -> Finding:
    return local.finding(
        "loosens", (word,), f"{word} 由全国页规定，本地页不得改动", f"{word} is said by the national page"
    )


def _deems_locally(kind: FactKind) -> tuple[str, str]:
    zh = f"本地期限不得视为“{kind.title}”已经发生：那是法律才能规定的效果"
    return zh, f"a local clock cannot take {kind.name} as done"


def _loosened_clock(rule: ClockRule, local_rule: ClockRule, local: Page, words: Mapping[str, Any]) -> list[Finding]:
    where = ("clocks", rule.name)
    found: list[Finding] = []
    missing = {"source", "status"} - set(words)
    if missing:
        message = f"本地页改动期限“{rule.title}”须写明自己的依据和效力（缺 {'、'.join(sorted(missing))}）"
        found.append(
            local.finding("local-source", where, message, f"{rule.name}: give your own {', '.join(sorted(missing))}")
        )
    if rule.source is None or (rule.source.amount_status or rule.source.status) != "VERIFIED" or rule.term is None:
        return found
    for word in sorted(set(words) - LOCAL_WORDS):
        message = f"“{rule.title}”是{rule.source}的法定期限，本地页不得改动 {word}"
        found.append(
            local.finding(
                "loosens", (*where, word), message, f"{rule.name}: {word} of a verified term cannot be changed"
            )
        )
    if local_rule.term != rule.term and not (
        local_rule.term and rule.by in ("", "office") and stricter(local_rule.term, rule.term)
    ):
        message = f"“{rule.title}”法定为{rule.term.zh}（{rule.source}），本地页只能缩短机关自己的期限"
        found.append(
            local.finding(
                "loosens",
                (*where, "term"),
                message,
                f"{rule.name}: a verified term may only be shortened for the office",
            )
        )
    return found


def stricter(local: Term, national: Term) -> bool:
    """Whether the local term ends no later in every year; different units are compared by their longest length."""
    if local.unit == national.unit:
        return local.amount <= national.amount and not local.yearly
    if local.unit == "same day":
        return True
    if local.unit not in _DAYS or national.unit not in _DAYS:
        return False
    each, more = _DAYS[local.unit]
    shortest = {"hours": 1 / 24, "days": 1, "working days": 1, "months": 28, "years": 365}[national.unit]
    return local.amount * each + more <= national.amount * shortest


def _loosened_fact(kind: FactKind, local_kind: FactKind, local: Page) -> list[Finding]:
    where = ("facts", kind.name)
    found: list[Finding] = []
    if kind.publishes and local_kind.publishes != kind.publishes:
        found.append(
            local.finding(
                "loosens",
                (*where, "publishes"),
                f"“{kind.title}”的公开栏目不得改动",
                f"{kind.name}: publication is fixed",
            )
        )
    if kind.by != local_kind.by:
        message = f"“{kind.title}”由{kind.by or '经办单位'}作出，本地页不得改动权限"
        found.append(local.finding("loosens", (*where, "by"), message, f"{kind.name}: who may do it is fixed"))
    for name, field in kind.fields.items():
        if field.kind == "party" and (name not in local_kind.fields or local_kind.fields[name].kind != "party"):
            message = f"“{kind.title}”的 {name} 是当事人信息，本地页不得取消遮蔽"
            found.append(local.finding("loosens", (*where, "fields"), message, f"{kind.name}: {name} must stay masked"))
    for word in ("closes", "when", "sets"):
        if getattr(kind, word) != getattr(local_kind, word):
            message = f"“{kind.title}”的 {word} 由全国页规定，本地页不得改动"
            found.append(
                local.finding("loosens", (*where, word), message, f"{kind.name}: {word} is said by the nation")
            )
    for word in ("after", "needs", "unless", "consults"):
        if set(getattr(kind, word)) - set(getattr(local_kind, word)):
            message = f"“{kind.title}”的条件 {word} 只能增加，不得减少"
            found.append(local.finding("loosens", (*where, word), message, f"{kind.name}: {word} may only grow"))
    return found
