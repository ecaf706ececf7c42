"""Percentages are held exactly: what rounds or is cut off to the stated figure is right, whatever the numbers."""

from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.check.frame import report_of

from fazhi.report.check import check
from fazhi.report.check.exact import bounds, fits, numerators, shown, wholes


def printed(share: Fraction, decimals: int, cut: bool) -> str:
    scaled = share * 100 * 10**decimals
    whole = floor(scaled) if cut else floor(scaled + Fraction(1, 2))
    return f"{whole // 10**decimals}.{whole % 10**decimals:0{decimals}d}" if decimals else str(whole)


parts = st.integers(2, 50_000).flatmap(lambda whole: st.tuples(st.integers(1, whole - 1), st.just(whole)))


@given(parts, st.integers(0, 3), st.booleans())
def test_rounding_and_cutting_both_fit(pair, decimals, cut):
    part, whole = pair
    share = Fraction(part, whole)
    within = bounds(Fraction(printed(share, decimals, cut)), decimals)
    assert fits(share, within)
    assert part in numerators(whole, within)
    assert within[0] <= 0 or whole in wholes(part, within)


@given(parts, st.integers(0, 2))
def test_two_steps_off_never_fits(pair, decimals):
    share = Fraction(*pair)
    wrong = Fraction(printed(share, decimals, cut=False)) + Fraction(2, 10**decimals)
    assert not fits(share, bounds(wrong, decimals))


@settings(max_examples=40, deadline=None)
@given(parts, st.integers(0, 2), st.booleans())
def test_a_rate_that_is_right_raises_nothing(pair, decimals, cut):
    part, whole = pair
    text = f"受理行政复议案件{whole}件，审结{part}件，审结率{printed(Fraction(part, whole), decimals, cut)}%。"
    assert not [one.message for one in check(report_of(text)) if one.severity == "inconsistent"]


@settings(max_examples=40, deadline=None)
@given(st.integers(100, 5_000), st.integers(1, 99))
def test_a_rate_five_points_off_is_found(whole, percent):
    part = whole * percent // 100
    wrong = shown(Fraction(part, whole) + Fraction(5, 100), 1)
    if float(wrong.rstrip("%")) > 100 or not part:
        return
    text = f"受理行政复议案件{whole}件，审结{part}件，审结率{wrong}。"
    assert "rate-against-parts" in {one.rule for one in check(report_of(text))}


@settings(max_examples=40, deadline=None)
@given(st.integers(20, 5_000), st.integers(20, 5_000))
def test_a_change_that_is_right_raises_nothing(then, now):
    if then == now:
        return
    real = Fraction(now - then, then)
    text = f"受理行政复议案件{now}件，同比{'增长' if real > 0 else '下降'}{shown(abs(real), 1)}，上年同期为{then}件。"
    assert not [one.message for one in check(report_of(text)) if one.severity == "inconsistent"]
