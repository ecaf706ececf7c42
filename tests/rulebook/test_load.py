"""Loading: versions by day, digests, common acts, the calendar, and local pages that may not loosen."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.law import Fact, Matter, Term, Workdays, read_clocks
from fazhi.rulebook import SAMPLE_OVERLAY, PageFault, load
from fazhi.rulebook.calendars import statutory_days
from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.pages import digest, find_lines, read_page

BOOK = load()


def test_the_day_picks_the_page():
    assert BOOK.page("reconsideration", date(2023, 12, 31)).in_force == date(1999, 10, 1)
    assert BOOK.page("reconsideration", date(2024, 1, 1)).in_force == date(2024, 1, 1)
    assert BOOK.page("appeal", date(2012, 2, 20)).in_force == date(2005, 5, 1)


def test_a_day_before_every_page_is_refused_with_the_first_day():
    with pytest.raises(LookupError, match="2005-05-01"):
        BOOK.page("appeal", date(2004, 1, 1))
    with pytest.raises(LookupError, match="appeal"):
        BOOK.page("apeal", date(2024, 1, 1))


def test_later_pages_are_those_of_the_same_kind():
    old, new = BOOK.procedures["reconsideration"]
    assert BOOK.later(old) == (new,)
    assert BOOK.later(new) == ()


def test_a_page_is_found_by_its_digest():
    for versions in BOOK.procedures.values():
        for page in versions:
            assert page.digest.startswith("sm3:")
            assert BOOK.by_digest(page.digest) is page
    with pytest.raises(LookupError, match="摘要"):
        BOOK.by_digest("sm3:00")


def test_loading_twice_gives_the_same_pages():
    assert load() is BOOK


def test_the_digest_is_of_what_is_said_not_of_how_it_is_written(tmp_path: Path):
    path = NATIONAL / "procedures/appeal/2022-05-01.toml"
    text = path.read_text(encoding="utf-8")
    same = tmp_path / "same.toml"
    same.write_text("\ufeff# a comment\r\n" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    other = tmp_path / "other.toml"
    other.write_text(text.replace('term = "60 days"', 'term = "61 days"'), encoding="utf-8")
    assert digest(read_page(same).table) == digest(read_page(path).table)
    assert digest(read_page(other).table) != digest(read_page(path).table)


def test_acts_common_to_all_kinds_are_on_every_page():
    for versions in BOOK.procedures.values():
        for page in versions:
            assert {
                "assigned",
                "transferred",
                "returned",
                "asked",
                "replied",
                "noted",
                "attached",
            } <= page.common.keys()
            assert {"joined", "linked", "approval_asked", "approved", "rejected", "numbered"} <= page.common.keys()
            assert {"erased", "published", "unpublished"} <= page.common.keys()


def test_every_choice_has_a_title_in_both_languages():
    for versions in BOOK.procedures.values():
        for page in versions:
            for kind in page.facts.values():
                for field in kind.fields.values():
                    assert field.title.zh
                    assert all(field.choice_titles[code].zh and field.choice_titles[code].en for code in field.choices)


def test_the_official_number_is_given_by_a_fact_of_the_page():
    assert [page.number_word for page in BOOK.procedures["reconsideration"]] == ["复", "复"]
    for name in ("appeal", "reconsideration", "hotline"):
        for page in BOOK.procedures[name]:
            assert page.numbered_by in page.facts


@pytest.mark.parametrize(
    ("day", "working", "reason"),
    [
        ("2024-02-09", True, "工作日"),
        ("2024-02-10", False, "春节"),
        ("2024-02-18", True, "调休上班"),
        ("2024-10-12", True, "调休上班"),
        ("2024-10-05", False, "国庆节"),
        ("2024-06-15", False, "周末"),
    ],
)
def test_the_calendar_knows_notices(day: str, working: bool, reason: str):
    when = date.fromisoformat(day)
    assert BOOK.calendar.is_working(when) is working
    assert BOOK.calendar.reason(when) == reason


def test_a_year_without_notice_is_provisional_until_its_page_comes(tmp_path: Path):
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars/2027.toml").write_text(
        'year = 2027\nsource = "示例"\n[rest]\n"元旦" = ["2027-01-01/2027-01-03"]\n[worked]\n"元旦" = ["2027-01-09"]\n',
        encoding="utf-8",
    )
    page = BOOK.page("appeal", date(2026, 12, 28))
    matter = Matter(page, (Fact("forwarded", date(2026, 12, 31)),))
    before = read_clocks(matter, date(2027, 1, 1), BOOK.calendar).clock("object")
    after = read_clocks(matter, date(2027, 1, 1), load(tmp_path).calendar).clock("object")
    assert before and after
    assert (before.provisional, after.provisional) == (True, False)
    assert (before.due, after.due) == (date(2027, 1, 8), date(2027, 1, 8))


def notice_for_2027(folder: Path, rest: str, worked: str = "") -> Path:
    (folder / "calendars").mkdir()
    text = f'year = 2027\nsource = "示例"\n[rest]\n"元旦" = [{rest}]\n[worked]\n"元旦" = [{worked}]\n'
    (folder / "calendars/2027.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_last_day_rolls_over_a_statutory_holiday_before_its_notice_is_out(tmp_path: Path):
    page = BOOK.page("appeal", date(2026, 11, 2))
    matter = Matter(page, (Fact("received", date(2026, 11, 2)), Fact("accepted", date(2026, 11, 2))))

    def handle(calendar: Workdays) -> tuple[date | None, bool]:
        clock = read_clocks(matter, date(2026, 12, 1), calendar).clock("handle")
        assert clock
        return clock.due, clock.provisional

    assert handle(BOOK.calendar) == (date(2027, 1, 4), True)
    assert BOOK.calendar.reason(date(2027, 1, 1)) == "元旦（暂定）"
    longer = load(notice_for_2027(tmp_path, '"2027-01-01/2027-01-04"')).calendar
    assert handle(longer) == (date(2027, 1, 5), False)
    assert longer.reason(date(2027, 1, 1)) == "元旦"


def test_a_notice_replaces_the_statutory_days_of_its_year_whole(tmp_path: Path):
    with_notice = load(notice_for_2027(tmp_path, '"2027-01-01/2027-01-03"')).calendar
    assert not BOOK.calendar.is_working(date(2027, 2, 5))
    assert with_notice.is_working(date(2027, 2, 5))
    assert not with_notice.is_working(date(2028, 1, 26))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2027-02-05", "除夕（暂定）"),
        ("2027-02-08", "春节（暂定）"),
        ("2027-02-09", "工作日"),
        ("2027-04-05", "清明节（暂定）"),
        ("2027-05-02", "劳动节（暂定）"),
        ("2027-06-09", "端午节（暂定）"),
        ("2027-09-15", "中秋节（暂定）"),
        ("2027-10-02", "国庆节（暂定）"),
        ("2099-10-01", "国庆节（暂定）"),
        ("2099-10-04", "周末"),
    ],
)
def test_years_without_a_notice_rest_on_the_statutory_holidays_and_stay_provisional(day: str, reason: str):
    when = date.fromisoformat(day)
    assert BOOK.calendar.reason(when) == reason
    assert not BOOK.calendar.known(when)
    assert not BOOK.calendar.certain(when)


def test_the_statutory_days_agree_with_a_second_witness():
    holidays = pytest.importorskip("holidays")
    china = holidays.country_holidays("CN", years=range(2027, 2047), observed=False)
    ours = {day for day in statutory_days() if 2027 <= day.year < 2047}
    assert ours == {day for day in china if 2027 <= day.year < 2047}


def test_all_years_of_the_package_agree_with_a_second_witness():
    holidays = pytest.importorskip("holidays")
    china = holidays.country_holidays("CN", years=range(2018, 2027))
    for year in range(2018, 2027):
        for day, name in china.items():
            if day.year == year and "休息日" not in name and "Day off" not in name:
                assert not BOOK.calendar.is_working(day), (day, name)


def test_an_unreadable_page_is_told_with_its_line(tmp_path: Path):
    folder = tmp_path / "procedures/trial"
    folder.mkdir(parents=True)
    (folder / "2024-01-01.toml").write_text('title = "x"\nsource = \n', encoding="utf-8")
    with pytest.raises(PageFault) as caught:
        load(tmp_path)
    assert caught.value.findings[0].line == 2
    assert "2024-01-01.toml:2" in str(caught.value)


def overlay(folder: Path, text: str, name: str = "appeal", day: str = "2024-01-01") -> Path:
    path = folder / "procedures" / name / f"{day}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


LOCAL = 'source = "《示例区规定》第一条"\nstatus = "CONVENTION"\n'


def test_a_local_page_may_shorten_the_time_of_the_office(tmp_path: Path):
    book = load(overlay(tmp_path, f'overlays = "appeal"\n[clocks.handle]\nterm = "30 days"\n{LOCAL}'))
    local = book.page("appeal", date(2024, 1, 1))
    assert local.clocks["handle"].term == Term.parse("30 days")
    assert local.clocks["notify"].term == Term.parse("15 days")
    assert local.clocks["handle"].source and local.clocks["handle"].source.status == "CONVENTION"
    assert book.page("appeal", date(2023, 12, 31)).clocks["handle"].term == Term.parse("60 days")
    assert local.digest != BOOK.page("appeal", date(2024, 1, 1)).digest
    assert book.by_digest(BOOK.page("appeal", date(2024, 1, 1)).digest)


def test_a_local_page_may_replace_what_was_not_verified(tmp_path: Path):
    mediation = f'overlays = "administrative_mediation"\n[clocks.mediate]\nterm = "60 days"\n{LOCAL}'
    overlay(tmp_path, mediation, "administrative_mediation", "2025-01-01")
    read = 'source = "《示例市规定》第十二条"\nstatus = "VERIFIED"\nsoft = false\n'
    review = f'overlays = "normative_document"\n[clocks.review_legality]\nterm = "10 working days"\n{read}'
    book = load(overlay(tmp_path, review, "normative_document", "2026-02-01"))
    longer = book.page("administrative_mediation", date(2025, 1, 1)).clocks["mediate"]
    assert (longer.term, str(longer.source)) == (Term.parse("60 days"), "《示例区规定》第一条")
    firm = book.page("normative_document", date(2026, 2, 1)).clocks["review_legality"]
    assert (firm.term, firm.at_least, firm.soft) == (Term.parse("10 working days"), Term.parse("5 working days"), False)
    assert firm.source and firm.source.status == "VERIFIED"
    assert book.page("normative_document", date(2026, 1, 31)).clocks["review_legality"].soft


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (f'overlays = "appeal"\n[clocks.handle]\nterm = "90 days"\n{LOCAL}', 3, "缩短"),
        (f'overlays = "appeal"\n[clocks.handle]\nterm = "45 working days"\n{LOCAL}', 3, "缩短"),
        (f'overlays = "appeal"\n[clocks.ask_recheck]\nterm = "10 days"\n{LOCAL}', 3, "缩短"),
        (
            f'overlays = "appeal"\n[clocks.handle]\npauses = {{ hearing_opened = "hearing_closed" }}\n{LOCAL}',
            3,
            "pauses",
        ),
        (f'overlays = "appeal"\n[clocks.handle]\nextension = "90 days"\n{LOCAL}', 3, "extension"),
        ('overlays = "appeal"\n[clocks.handle]\nterm = "30 days"\n', 2, "status"),
        ('overlays = "appeal"\n[facts.extended]\nby = "经办人"\n', 3, "权限"),
        ('overlays = "appeal"\n[facts.reviewed]\npublishes = "不公开"\n', 3, "公开"),
        ('overlays = "appeal"\n[facts.hearing_closed]\nafter = ["received"]\n', 3, "减少"),
        ('overlays = "appeal"\n[facts.accepted]\nunless = []\n', 3, "减少"),
        ('overlays = "appeal"\n[facts.settled]\ncloses = true\n', 3, "closes"),
        ('overlays = "appeal"\n[facts.shelved]\ntitle = "搁置"\nafter = ["received"]\ncloses = true\n', 5, "结束事项"),
        ('overlays = "appeal"\nrolls = "never"\n', 2, "rolls"),
        ('overlays = "appeal"\nopens_with = "accepted"\n', 2, "opens_with"),
        (
            'overlays = "appeal"\n[clocks.silence]\ntitle = "沉默"\nstarts = "received"\ndeems = "withdrawn"\n'
            f'term = "3 days"\n{LOCAL}',
            5,
            "视为",
        ),
    ],
)
def test_a_local_page_may_not_loosen(text: str, line: int, word: str, tmp_path: Path):
    with pytest.raises(PageFault) as caught:
        load(overlay(tmp_path, text))
    assert any(found.line == line and word in found.message for found in caught.value.findings)


def test_a_page_over_no_page_is_refused(tmp_path: Path):
    with pytest.raises(PageFault, match="overlays"):
        load(overlay(tmp_path, 'overlays = "nothing"\n'))


def test_the_hotline_borrows_facts_but_no_statutory_clock():
    page = BOOK.page("hotline", date(2024, 1, 1))
    assert "forward" not in page.clocks
    assert not any(rule.term for rule in page.clocks.values())
    assert {rule.source.status for rule in page.clocks.values() if rule.source} <= {"UNVERIFIED", "CONVENTION"}
    assert "rechecked" not in page.facts
    local = load(SAMPLE_OVERLAY).page("hotline", date(2024, 1, 1)).clocks["handle"]
    assert local.term == Term.parse("5 working days")
    assert local.source and local.source.status == "CONVENTION"
    assert "示例" in local.source.text


def test_a_page_may_add_conditions_to_a_common_act(tmp_path: Path):
    text = 'overlays = "appeal"\n[common.published]\nafter = ["answered"]\nby = "机关负责人"\n'
    page = load(overlay(tmp_path, text)).page("appeal", date(2024, 1, 1))
    assert page.common["published"].after == (("answered",),)
    assert page.common["published"].by == "机关负责人"
    assert BOOK.common["published"].after == ()


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True), st.integers(0, 3), st.booleans())
def test_each_key_is_found_on_its_line(keys: list[str], gap: int, spread: bool):
    lines, at = ["[facts.x]"], {}
    for key in keys:
        lines += ["# a = 1", ""][:gap]
        at[key] = len(lines) + 1
        lines += [f"{key} = [", '  "[not] a = table", # ]', "]"] if spread else [f'{key} = "x # = {{"']
    found = find_lines("\n".join(lines))
    assert {key: found["facts", "x", key] for key in keys} == at
