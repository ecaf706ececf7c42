"""What the record refuses, what it records with a finding, what may be done now and what that would do."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from small_pages import calendar, fact, facts, moment, page

from fazhi.law import Fact, FactKind, FieldKind, Finding, Matter, Procedure, Title, admit, missing, possible, preview

FACTS: dict[str, dict[str, object]] = {
    "received": {"fields": {"channel": ["online", "post"], "text": "text"}},
    "accepted": {"after": "received", "fields": {"procedure": ["", "ordinary", "simple"]}},
    "refused": {"after": "received", "closes": True, "unless": "accepted"},
    "suspended": {"after": "accepted", "repeats": True, "fields": {"reason": ["heir", "appraisal"]}},
    "resumed": {"after": "suspended", "repeats": True},
    "extended": {"after": "accepted", "repeats": True, "fields": {"lasts": "term"}},
    "panel": {"after": "accepted", "when": {"procedure": ["", "ordinary"]}},
    "heard": {"after": "accepted | received", "repeats": True, "fields": {"day": "day", "cost": "money"}},
    "published": {"after": "accepted", "repeats": True},
    "decided": {"after": "accepted", "needs": ["panel", "heard | published"], "closes": True},
    "terminated": {"after": "suspended", "closes": True},
    "served": {"after": ["decided | terminated | refused"], "repeats": True},
    "sued": {"after": "served"},
}
CLOCKS = {
    "examine": {"starts": "received", "stops": ["accepted", "refused"], "term": "5 working days", "deems": "accepted"},
    "decide": {
        "starts": "accepted", "stops": "decided", "term": "60 days", "pauses": {"suspended": "resumed"},
        "extended_by": "extended", "extension": "30 days", "source": "《小法》第六十二条",
    },
    "wait": {"starts": "suspended", "drops": "resumed", "at_least": "60 days", "opens": "terminated"},
    "notice": {"starts": "published", "stops": "decided", "at_least": "10 days"},
    "sue": {"starts": "served", "stops": "sued", "term": "24 hours"},
}  # fmt: skip
SMALL = page(FACTS, CLOCKS, rolls="law")
ACCEPTED = "2024-02-26 received channel=online\n2024-03-01 accepted procedure=ordinary\n"
NOW = datetime.fromisoformat("2026-01-01T09:00")


def against(lines: str, new: str | Fact) -> list[Finding]:
    told = fact(new) if isinstance(new, str) else new
    matter = Matter(SMALL, facts(lines))
    return list(admit(matter, told, now=NOW, calendar=calendar()))


def said(lines: str, new: str | Fact) -> list[str]:
    return [f"{finding.severity} {finding.rule} {finding.where}" for finding in against(lines, new)]


def test_what_is_in_order_meets_nothing() -> None:
    assert said("", "2024-02-26 received channel=online") == []
    assert said("2024-02-26 received channel=online", "2024-03-01 accepted procedure=ordinary") == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("2024-03-05 nonsense", ["barred unknown nonsense"]),
        ("2024-03-05 resumed", ["barred after suspended"]),
        ("2024-03-05T09:00 served", ["barred after decided"]),
        ("2024-02-27 suspended reason=heir", ["barred after accepted"]),
        ("2024-03-05 accepted procedure=simple", ["barred repeats accepted"]),
        ("2024-02-28 accepted procedure=simple", ["barred repeats accepted"]),
        ("2024-03-05 refused", ["unlawful unless accepted"]),
        ("2024-03-05 suspended", ["barred missing reason"]),
        ("2024-03-05 suspended reason=", ["barred missing reason"]),
        ("2024-03-05 suspended reason=boredom", ["barred value reason"]),
        ("2024-03-05 suspended reason=heir more=1", ["barred unknown more"]),
        ("2024-03-05 heard day=tomorrow cost=1", ["barred value day"]),
        ("2024-03-05 heard day=2024-03-20 cost=much", ["barred value cost"]),
        ("2024-03-05 extended lasts=long", ["barred value lasts"]),
        ("2026-01-02 extended", ["barred future day", "unlawful lapsed decide"]),
        ("2026-01-01T10:00 extended", ["barred future day", "unlawful lapsed decide"]),
        ("1924-03-05 heard day=2024-03-20 cost=1", ["barred after accepted", "barred past day"]),
        ("2024-03-05 noted", []),
    ],
)
def test_what_stands_against_a_fact(new: str, expected: list[str]) -> None:
    assert sorted(said(ACCEPTED, new)) == sorted(expected)


def test_what_is_needed_is_recorded_with_a_finding() -> None:
    assert said(ACCEPTED, "2024-04-01 decided") == ["unlawful needs panel", "unlawful needs heard"]
    heard = "2024-03-05 panel\n2024-03-06 heard day=2024-03-20 cost=1"
    assert said(ACCEPTED + heard, "2024-04-01 decided") == []


def test_what_is_not_for_such_a_case_is_not_needed_and_unlawful() -> None:
    simple = ACCEPTED.replace("ordinary", "simple") + "2024-03-06 heard day=2024-03-20 cost=1"
    assert said(simple, "2024-04-01 decided") == []
    assert said(simple, "2024-03-07 panel") == ["unlawful when procedure"]


def test_refusing_after_silence_is_acceptance_is_unlawful() -> None:
    told = "2024-02-26 received channel=online"
    assert said(told, "2024-03-04 refused") == []
    assert said(told, "2024-03-05 refused") == ["unlawful unless accepted", "warning late examine"]


def test_the_reconsideration_scenario() -> None:
    """Suspended less than sixty days it may not be terminated; closed it cannot be resumed."""
    told = ACCEPTED + "2024-04-30 suspended reason=heir\n"
    found = against(told, "2024-06-20 terminated")
    assert [(f.severity, f.rule, f.where) for f in found] == [("unlawful", "opens", "wait")]
    assert "2024年6月30日" in found[0].message
    assert "is not over yet" in found[0].message_en
    assert said(told, "2024-06-29 terminated") == ["unlawful opens wait"]
    assert said(told, "2024-06-30 terminated") == []
    found = against(told + "2024-06-20 terminated", "2024-06-21 resumed")
    assert [(f.severity, f.rule, f.where) for f in found] == [("barred", "closed", "terminated")]
    assert "closed by terminated" in found[0].message_en


def test_after_closing_only_what_follows_it_may_be_recorded() -> None:
    closed = ACCEPTED + "2024-04-01 decided\n"
    assert said(closed, "2024-04-02 published") == ["barred closed decided"]
    assert said(closed, "2024-04-02T10:00 served") == []
    assert said(closed + "2024-04-02T10:00 served", "2024-04-02T11:00 sued") == []
    assert said(closed, "2024-04-02 noted") == []
    assert said(closed, "2024-03-31 published") == []


def test_an_extension_too_long_too_often_or_too_late_is_said() -> None:
    assert said(ACCEPTED, "2024-04-01 extended lasts=6_months") == ["unlawful extension decide"]
    assert said(ACCEPTED, "2024-04-01 extended lasts=20_days") == []
    assert said(ACCEPTED + "2024-04-01 extended", "2024-04-02 extended") == ["unlawful times decide"]
    found = against(ACCEPTED, "2024-05-08 extended")
    assert [f.rule for f in found] == ["lapsed"]
    assert "第六十二条" in found[0].message
    assert found[0].source == "《小法》第六十二条"


def test_ending_too_early_is_unlawful_and_too_late_is_a_warning() -> None:
    told = ACCEPTED + "2024-03-05 panel\n2024-03-06 published\n"
    assert said(told, "2024-03-15 decided") == ["unlawful early notice"]
    assert said(told, "2024-03-16 decided") == []
    assert said(told, "2024-05-20 decided") == ["warning late decide"]


def test_what_starts_hours_must_say_the_hour() -> None:
    assert said(ACCEPTED + "2024-04-01 decided", "2024-04-02 served") == ["barred hour sue"]


def test_another_party_may_have_its_own() -> None:
    told = ACCEPTED + "2024-04-01 decided\n2024-04-02T09:00 served #甲\n2024-04-03 sued #甲"
    assert said(told, "2024-04-03 sued #甲") == ["barred repeats sued"]
    assert said(told, "2024-04-03 sued #乙") == ["barred after served"]
    assert said(told + "\n2024-04-02T10:00 served #乙", "2024-04-03 sued #乙") == []


def correcting(line: str, number: int, *, strikes: bool = False) -> Fact:
    return fact(line, corrects=number, strikes=strikes)


def test_a_correction_is_judged_in_the_place_of_what_it_corrects() -> None:
    told = ACCEPTED + "2024-03-10 suspended reason=heir\n2024-03-20 resumed"
    assert said(told, correcting("2024-03-02 accepted procedure=simple", 2)) == []
    # silence until 03-04 is acceptance as well, so what came after has not lost its ground
    assert said(told, correcting("2024-03-12 accepted procedure=simple", 2)) == ["warning late examine"]
    assert said(told, correcting("2024-03-25 suspended reason=heir", 3)) == ["barred orphan resumed"]
    assert said(told, correcting("2024-03-11 suspended reason=heir", 9)) == ["barred corrects corrects"]
    assert said(told, correcting("2024-03-10 suspended", 3, strikes=True)) == ["barred orphan resumed"]
    assert said(told, correcting("2024-03-20 resumed", 4, strikes=True)) == []


def test_text_parties_and_files_are_for_the_desk_to_see() -> None:
    kind = SMALL.facts["received"]
    assert [field.name for field in missing(kind, {"channel": "post"})] == ["text"]
    assert said("", "2024-02-26 received channel=online") == []


def test_a_field_of_some_cases_is_asked_in_them_alone() -> None:
    kinds = {
        "way": FieldKind("way", "choice", ("fine", "warning"), Title("方式")),
        "sum": FieldKind("sum", "money", title=Title("数额"), required=False, when={"way": ("fine",)}, needed=True),
    }
    small = replace(SMALL, facts={**SMALL.facts, "ended": replace(SMALL.facts["received"], name="ended", fields=kinds)})
    kind = small.facts["ended"]
    assert [field.name for field in missing(kind, {"way": "fine"})] == ["sum"]
    assert missing(kind, {"way": "fine", "sum": "200"}) == missing(kind, {"way": "warning"}) == ()

    def found(line: str) -> list[str]:
        told = admit(Matter(small, facts("")), fact(line), now=NOW, calendar=calendar())
        return [f"{one.severity} {one.rule} {one.where} {one.message}" for one in told if one.where == "sum"]

    (lacks,) = found("2024-03-05 ended way=fine")
    assert lacks.startswith("barred missing sum “ended”缺少“数额”")
    assert found("2024-03-05 ended way=warning") == []
    (told,) = found("2024-03-05 ended way=warning sum=200")
    assert told.startswith("warning when sum “数额”只在“方式”为“fine”时填写")


def test_every_message_speaks_both_languages_and_names_no_code_in_chinese_where_there_is_a_title() -> None:
    for lines, new in ((ACCEPTED, "2024-05-08 extended"), (ACCEPTED, "2024-04-01 decided"), ("", "2024-03-05 resumed")):
        for found in against(lines, new):
            assert found.message.endswith("。")
            assert found.message_en.endswith(".")


def test_what_is_possible_now_and_why_not_the_rest() -> None:
    now = moment("2024-03-05T10:00")
    offered = {p.kind.name: p for p in possible(Matter(SMALL, facts(ACCEPTED)), now, calendar())}
    assert list(offered) == [*FACTS, "noted"]
    assert {name for name, p in offered.items() if p.lawful} == {
        "suspended",
        "extended",
        "panel",
        "heard",
        "published",
        "noted",
    }
    assert {name for name, p in offered.items() if p.barred} == {
        "received",
        "accepted",
        "resumed",
        "terminated",
        "served",
        "sued",
    }
    assert {f.rule for f in offered["refused"].findings} == {"unless"}
    twice = {p.kind.name: p for p in possible(Matter(SMALL, facts(ACCEPTED + "2024-03-02 extended")), now, calendar())}
    assert [f.rule for f in twice["extended"].findings] == ["times"]


def test_a_case_that_the_fact_itself_has_yet_to_tell_does_not_bar_it() -> None:
    kinds = {"begun": {}, "chosen": {"when": {"way": "open"}, "fields": {"way": ["open", "shut"]}}}
    matter = Matter(page(kinds, {}), facts("2024-03-01 begun"))
    assert next(p for p in possible(matter, moment("2024-03-02"), calendar()) if p.kind.name == "chosen").lawful
    shut = admit(matter, fact("2024-03-02 chosen way=shut"), now=NOW, calendar=calendar())
    assert [finding.rule for finding in shut] == ["when"]


def changes(lines: str, new: str, on: str) -> list[str]:
    found = preview(Matter(SMALL, facts(lines)), fact(new, 99), moment(on), calendar())
    return [f"{c.kind} {c.rule.name} {c.moved[0]} {c.moved[1]}" for c in found]


def test_what_recording_would_do_to_the_clocks() -> None:
    received = "2024-02-26 received channel=online"
    assert changes(received, "2024-03-01 accepted procedure=simple", "2024-03-01") == [
        "stops examine 2024-03-04 2024-03-04",
        "starts decide None 2024-04-30",
    ]
    assert changes(ACCEPTED, "2024-03-05 extended", "2024-03-05") == ["moves decide 2024-04-30 2024-05-30"]
    assert changes(ACCEPTED, "2024-03-05 suspended reason=heir", "2024-03-05") == [
        "pauses decide 2024-04-30 2024-04-30",
        "starts wait None None",
    ]
    suspended = ACCEPTED + "2024-03-05 suspended reason=heir"
    assert changes(suspended, "2024-03-15 resumed", "2024-03-15") == [
        "resumes decide 2024-05-10 2024-05-10",
        "drops wait None None",
    ]
    assert changes(ACCEPTED, "2024-03-05 noted", "2024-03-05") == []


def test_the_day_of_now_itself_may_be_recorded() -> None:
    told = Matter(SMALL, facts(ACCEPTED))
    today = fact("2024-03-05T09:00 panel")
    assert admit(told, today, now=datetime.fromisoformat("2024-03-05T09:00"), calendar=calendar()) == ()


def test_messages_name_choices_by_their_titles() -> None:
    choices = {"open": Title("公开", "open to all"), "shut": Title("不公开")}
    way = FieldKind("way", "choice", ("open", "shut"), Title("方式"), choice_titles=choices)
    kinds = {"begun": FactKind("begun", fields={"way": way}), "told": FactKind("told", when={"way": ("open",)})}
    matter = Matter(Procedure("titled", date(2004, 1, 1), facts=kinds), facts("2024-03-01 begun way=shut"))
    (found,) = admit(matter, fact("2024-03-02 told"), now=NOW, calendar=calendar())
    assert "公开" in found.message
    assert "open to all" in found.message_en
    wrong = admit(replace(matter, facts=()), fact("2024-03-01 begun way=ajar"), now=NOW, calendar=calendar())
    assert "公开、不公开" in wrong[0].message
