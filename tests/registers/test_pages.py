"""Every page of the registers does what it is for: lines come in, change, leave, are counted, and go out as tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from register_lines import TEXT, enter, said

from district import District, lay
from fazhi import desk, ledger
from fazhi.desk.tables.bring import batch, row_secret
from fazhi.desk.tables.collect import collect, columns_of, everything
from fazhi.desk.tables.columns import read_columns
from fazhi.desk.tables.entering import enter_rows
from fazhi.desk.tables.layout import DAY, LEFT, NUMBER, UNIT, NotByTable, headings_of, layout_of
from fazhi.desk.tables.read import read_sheet
from fazhi.desk.tables.rows import understand_rows
from fazhi.desk.tables.written import template, write_csv, write_xlsx
from fazhi.people.actors import machine
from fazhi.registers import look
from fazhi.registers.values import Wanted
from fazhi.rulebook import load
from fazhi.rulebook.columns import column_kinds
from fazhi.worklist.tasks import desk as tasks_of

BOOK = load()
KNOWN_ON = date(2026, 11, 20)
PAGES = {name: BOOK.page(name, KNOWN_ON) for name, pages in BOOK.procedures.items() if pages[0].in_force <= KNOWN_ON}
REGISTERS = sorted(name for name, page in PAGES.items() if page.standing)
HELD = sorted(name for name in REGISTERS if PAGES[name].register.enters == ("held",))
PLANNED = sorted(name for name in HELD if "planned" in PAGES[name].facts)
STANDING = sorted(set(REGISTERS) - set(HELD))
BEGUN, LATER, TODAY = date(2026, 1, 12), date(2026, 2, 9), date(2026, 3, 5)
UNIT_NAME = "莲花街道"


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def filled(name: str) -> list[object]:
    """One row of the table of a page, every column filled in as a person would."""
    values = {"number": 30, "money": 1000, "day": date(2027, 6, 30), "term": "30日", "unit": UNIT_NAME, "text": TEXT}
    values |= {"moment": "2026-01-12 09:30", "party": "示例有限公司"}
    hourly = any(rule.term and rule.term.unit == "hours" for rule in PAGES[name].clocks.values())
    day = max(BEGUN, PAGES[name].in_force)
    own = {DAY: f"{day} 09:30" if hourly else day, UNIT: UNIT_NAME, NUMBER: "001", LEFT: None}
    row: list[object] = []
    for column in layout_of(PAGES[name]).columns:
        if column.role in own:
            row.append(own[column.role])
        elif column.field and column.field.choices:
            row.append(next(iter(column.field.choice_titles.values())).zh)
        else:
            row.append(values[column.kind] if column.field else "")
    return row


def bring(district: District, name: str, path: Path, *, rehearse: bool = False, named: str = "试") -> list[Any]:
    layout, sheet = layout_of(PAGES[name]), read_sheet(path)
    importing = batch(named, district.units["区政府"], name)
    columns = read_columns(sheet, None, headings_of(layout))
    rows = understand_rows(sheet, columns, layout, importing.agencies, secret=row_secret(), today=ledger.today())
    return list(enter_rows(rows, importing, layout, rehearse=rehearse))


@pytest.mark.parametrize("name", [*sorted(set(PAGES) - set(REGISTERS)), "mediator", "exam", "supervision_task"])
def test_a_filled_template_comes_in_once(district: District, tmp_path: Path, name: str):
    """The template of every page, a register or a kind of business, filled in and brought in twice."""
    try:
        content = template(layout_of(PAGES[name]))
    except NotByTable as reason:
        assert "请在办理页面逐件登记" in str(reason)
        return
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    book = load_workbook(path)
    for place, value in enumerate(filled(name), 1):
        book.worksheets[0].cell(2, place, value)
    book.save(path)
    (tried,) = bring(district, name, path, rehearse=True)
    assert tried.state == "entered", tried.findings
    assert [one.state for one in bring(district, name, path)] == ["entered"]
    assert [one.state for one in bring(district, name, path)] == ["already"]


@pytest.mark.parametrize("name", REGISTERS)
def test_what_went_out_comes_in_elsewhere_unchanged(district: District, tmp_path: Path, name: str):
    layout, scope = layout_of(PAGES[name]), district.scope("街道员", TODAY)
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_xlsx(layout, [filled(name)], layout.columns))
    assert [one.state for one in bring(district, name, path)] == ["entered"]
    rows = list(collect(scope, layout, everything(scope, name), TODAY))
    assert len(rows) == 1
    for again, content in (
        ("表2.csv", write_csv(rows, columns_of(layout))),
        ("表2.xlsx", write_xlsx(layout, rows, columns_of(layout))),
    ):
        (tmp_path / again).write_bytes(content)
        (done,) = bring(district, name, tmp_path / again, named=again)
        assert done.state == "entered", done.findings
    _, *copies = list(collect(scope, layout, everything(scope, name), TODAY)), rows[0]
    assert all(row == rows[0] for row in collect(scope, layout, everything(scope, name), TODAY)), copies


@pytest.mark.parametrize("name", STANDING)
def test_what_stands_is_shown_with_its_history_until_it_leaves(district: District, name: str):
    page = PAGES[name]
    matter = enter(district, name, UNIT_NAME, BEGUN)
    scope = district.scope("街道员", TODAY)
    (line,) = look.page(scope, page, Wanted(TODAY)).lines
    texts = [
        one for one, kind in column_kinds(page).items() if kind.kind == "text" and one not in page.register.private
    ]
    changing = next(
        (one for one in page.facts.values() if one.repeats and set(one.fields) & set(page.register.columns)), None
    )
    assert line.unit == district.units[UNIT_NAME] and any(line.data.get(one) == TEXT for one in texts)
    if changing:
        column = next(iter(set(changing.fields) & set(page.register.columns)))
        kind = changing.fields[column]
        value = (
            kind.choices[-1]
            if kind.choices
            else {"number": "7", "money": "7.00", "day": "2027-12-31"}.get(kind.kind, "新")
        )
        fields = said(page, changing.name, district.units[UNIT_NAME]) | {column: value}
        _record(district, matter, changing.name, LATER, fields)
        now = look.lines_of(scope, name, [matter], TODAY)[matter]
        assert now.since == LATER and now.data.get(column, value) == value
        assert look.lines_of(scope, name, [matter], BEGUN)[matter].data == line.data
        assert len(look.line(scope, name, matter)) == 2
    assert bool(look.public_page(page, Wanted(TODAY)).lines) is page.register.public


@pytest.mark.parametrize("name", [name for name in STANDING if "removed" in PAGES[name].facts])
def test_what_is_removed_no_longer_stands(district: District, name: str):
    matter = enter(district, name, UNIT_NAME, BEGUN)
    _record(district, matter, "removed", LATER, {})
    scope = district.scope("街道员", TODAY)
    assert look.page(scope, PAGES[name], Wanted(TODAY)).lines == ()
    assert look.page(scope, PAGES[name], Wanted(BEGUN)).lines[0].matter == matter
    assert look.page(scope, PAGES[name], Wanted(TODAY, state="left")).lines[0].until == LATER


@pytest.mark.parametrize("name", [name for name in STANDING if "valid" in PAGES[name].clocks])
def test_what_is_valid_until_a_day_ends_after_it_and_is_told_before(district: District, name: str):
    page = PAGES[name]
    matter = enter(district, name, UNIT_NAME, BEGUN, day="2026-04-20")
    assert look.page(district.scope("街道员"), page, Wanted(date(2026, 4, 20))).lines[0].matter == matter
    assert look.page(district.scope("街道员"), page, Wanted(date(2026, 4, 21))).lines == ()
    assert look.page(district.scope("街道员"), page, Wanted(TODAY, state="ending")).lines[0].matter == matter
    tasks = tasks_of(district.scope("街道员", TODAY), TODAY).tasks
    assert [task.due for task in tasks if task.clock == "valid"] == [date(2026, 4, 20)]


@pytest.mark.parametrize("name", HELD)
def test_what_is_held_is_counted_in_its_year(district: District, name: str):
    page, scope = PAGES[name], district.scope("街道员", TODAY)
    for day in (BEGUN, LATER, date(2025, 12, 30)):
        enter(district, name, UNIT_NAME, max(day, page.in_force))
    year = Wanted(TODAY, "all", year=2026)
    assert look.count(scope, page, year).number == 2
    for column, kind in column_kinds(page).items():
        if kind.kind == "choice" and column in page.register.find:
            assert look.values(scope, page, year, column) == {kind.choices[0]: 2}
    if page.register.total:
        (total,) = look.sums(scope, page, year)
        each = {"money": 1000, "number": 30}[column_kinds(page)[page.register.total.of].kind]
        share = Decimal("0.30") if page.register.total.weight else 1
        assert (total.lines, total.amount) == (2, 2 * each * share)


@pytest.mark.parametrize("name", PLANNED)
def test_what_is_planned_is_waited_for_until_it_is_held(district: District, name: str):
    page = PAGES[name]
    matter = enter(district, name, UNIT_NAME, BEGUN, "planned", day="2026-03-02")

    def overdue() -> list[date | None]:
        found = tasks_of(district.scope("街道员", TODAY), TODAY, "overdue")
        return [task.due for task in found.tasks if task.procedure == name]

    assert overdue() == [date(2026, 3, 2)]
    assert look.page(district.scope("街道员"), page, Wanted(TODAY)).lines == ()
    _record(district, matter, "held", date(2026, 3, 4), said(page, "held", district.units[UNIT_NAME]))
    assert overdue() == []
    assert look.page(district.scope("街道员"), page, Wanted(TODAY)).lines[0].since == date(2026, 3, 4)


def _record(district: District, matter: Any, kind: str, day: date, fields: dict[str, str]) -> None:
    head = ledger.read(matter).head
    actor = machine(district.units[UNIT_NAME])
    desk.record(actor, matter, kind, day=day, fields=fields, seen=head, key=f"{kind}/{head}")
