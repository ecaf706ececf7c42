"""Values of an act: each kind read as people write it, refused with what would do, free text kept off the line."""

from uuid import UUID

import pytest

from fazhi.desk.act import Act
from fazhi.desk.values import check
from fazhi.law import FactKind, FieldKind, Title

ONE = str(UUID(int=1))


def kind(**fields: str) -> FactKind:
    said = {name: FieldKind(name, what, ("a", "b") if what == "choice" else ()) for name, what in fields.items()}
    return FactKind("told", Title("告知"), fields=said)


@pytest.mark.parametrize(
    ("what", "said", "kept"),
    [
        ("choice", "a", "a"),
        ("day", "2025-03-01", "2025-03-01"),
        ("term", "30 days", "30 days"),
        ("term", "20_working_days", "20 working days"),
        ("number", "1,200", "1200"),
        ("money", "1200.5", "1200.50"),
        ("moment", "2025-03-01T09:30+08:00", "2025-03-01T09:30:00+08:00"),
        ("unit", ONE, ONE),
        ("matter", ONE.replace("-", ""), ONE),
    ],
)
def test_a_value_is_kept_in_one_form(what, said, kept):
    checked = check(kind(field=what), Act("told", fields={"field": said}))
    assert (checked.fields, checked.findings) == ({"field": kept}, ())


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("choice", "c"),
        ("day", "3月1日"),
        ("day", "2025-02-30"),
        ("term", "soon"),
        ("number", "many"),
        ("money", "NaN"),
        ("moment", "2025-03-01T09:30"),
        ("party", "张三"),
        ("file", "../etc"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_its_field(what, said):
    (finding,) = check(kind(field=what), Act("told", fields={"field": said})).findings
    assert finding.where == "field" and finding.severity == "barred" and "应为" in finding.message


def test_free_text_goes_to_the_body_wherever_it_was_said():
    checked = check(kind(why="text"), Act("told", fields={"why": "邻居张三"}))
    assert (checked.fields, checked.body, checked.findings) == ({}, {"why": "邻居张三"}, ())


def test_parties_are_known_to_the_line_by_id_alone():
    checked = check(kind(who="party"), Act("told", fields={"who": ONE}, parties=(UUID(int=2),)))
    assert checked.fields["parties"].split() == [str(UUID(int=2)), ONE]


def test_signs_that_cannot_be_kept_are_refused():
    assert check(kind(), Act("told", body={"text": "a\0b"})).findings
