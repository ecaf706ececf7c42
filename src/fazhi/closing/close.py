"""Closes a unit's year, once: every figure read as of one position and kept with its page and the digest of its set."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from fazhi import archive, desk
from fazhi.closing.frozen import Frozen, FrozenFigure, digest_of, from_json
from fazhi.desk.act import OWN_VERBS, Act, NoRight, Received, Recorded, Refused, refusal
from fazhi.indicators import look
from fazhi.indicators.balance import Balance, Stretch, balance
from fazhi.indicators.sets import sets_of
from fazhi.indicators.values import END_OF_CHAIN, Span
from fazhi.ledger import MatterView, act, query, read_many, rulebook, today
from fazhi.ledger.heavy import as_of
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.rulebook import Indicator

PROCEDURE = "year_close"
POWER = "lead"
DAY = timedelta(days=1)
_WITHIN = "select id from ledger_matter where procedure = %s and unit = any(%s::uuid[]) order by opened desc, id"


def close_year(
    actor: Actor, unit: UUID, year: int, *, key: str, cutoff: date | None = None, told: look.Told = look.silent
) -> Received:
    """Freeze all figures of the unit's year up to a cut-off, the last of December unless said; refused as `check` says.

    The figures are read before the year is locked: as of one position they stay what they are.
    """
    last = check(actor, unit, year, key=key, cutoff=cutoff)
    frozen = freeze(unit, year, last, told=told)
    with act("default"):
        query.fetch("default", "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fazhi.{PROCEDURE}.{unit}"])
        check(actor, unit, year, key=key, cutoff=cutoff)
        text = frozen.to_json()
        file = archive.put_bytes(text.encode(), f"{year}年年结.json", actor)
        fields = {"year": str(year), "cutoff": last.isoformat(), "position": str(frozen.position)}
        fields |= {"open": str(frozen.open), "digest": digest_of(text)}
        body = f"{units.name_of(unit)}{year}年年结：定格{len(frozen.figures)}个指标，结转未办结{frozen.open}件。"
        one = Act("closed", today(), fields=fields, body={"text": body}, files=(file,))
        return desk.enter(actor, PROCEDURE, [one], key=key, holder=False, own=True, unit=unit)


def check(actor: Actor, unit: UUID, year: int, *, key: str, cutoff: date | None = None) -> date:
    """The cut-off of a close that may be made; what was done under the same key may be asked for again.

    Refused while the cut-off has not passed, and where the year is closed already.
    """
    if actor.face == "office" and POWER not in actor.powers:
        raise NoRight("年结应由机关负责人办理，您当前的岗位没有这项权限；请转交或改选岗位。")
    last = cutoff or date(year, 12, 31)
    if last.year != year:
        raise _refused("cutoff", f"统计截止日应在{year}年内，现为{last}。", "the cut-off lies in another year")
    if last >= today():
        raise _refused("cutoff", f"{last}还没有过去，年结须在截止日以后办理。", "the cut-off has not passed yet")
    if (done := standing(unit, year)) is not None and not any(line.key == key for line in done.entries):
        message = f"{units.name_of(unit)}{year}年已经年结；如有错误，请先写明理由作废，再重新年结。"
        raise _refused("year", message, "this year of the unit is closed")
    return last


def void(actor: Actor, matter: UUID, reason: str, *, seen: int, key: str) -> Recorded:
    """Void a close, with its reason; it stays readable, and the year may be closed anew."""
    one = Act("voided", today(), body={"reason": reason.strip()})
    return desk.record_all(actor, matter, [one], seen=seen, key=key, own=True)


def freeze(unit: UUID, year: int, cutoff: date, position: int = END_OF_CHAIN, told: look.Told = look.silent) -> Frozen:
    """What a close of this year would keep, as of a position, the last one counted unless said."""
    book = rulebook()
    position = min(position, as_of("indicators"))
    span = Span(units.whole(unit, date(year, 1, 1), cutoff), date(year, 1, 1), cutoff, position)
    pages = tuple(book.indicators.values())
    stretch = Stretch(span.units, _since(unit, year), cutoff, position)
    tables = {page.name: book.source_page(page).table for page in pages}
    read = figures(pages, span, told)
    return Frozen(unit, year, span.units, stretch.start, cutoff, position, read, sums(stretch), tables)


def sums(stretch: Stretch) -> tuple[Balance, ...]:
    """The balance of business; changes of units, of rules and closes themselves are none."""
    return tuple(one for one in balance(stretch) if one.procedure not in OWN_VERBS)


def running(unit: UUID, year: int) -> Stretch:
    """The balance of a year that is not closed yet, up to today or the end of the year."""
    last = min(date(year, 12, 31), max(today(), date(year, 1, 1)))
    return Stretch(units.whole(unit, date(year, 1, 1), last), _since(unit, year), last, as_of("indicators"))


def _since(unit: UUID, year: int) -> date:
    """The day after the year before was closed; the first of January where it was not."""
    before = standing(unit, year - 1)
    return frozen_of(before).cutoff + DAY if before else date(year, 1, 1)


def figures(pages: Iterable[Indicator], span: Span, told: look.Told = look.silent) -> tuple[FrozenFigure, ...]:
    """Figures with the sets behind them; reading them is one half of the work, their sets the other."""
    listed = tuple(pages)
    read = look.read_all(listed, span, told=lambda done, of: told(len(listed) * done // of, 2 * len(listed)))
    sets = sets_of(listed, look.as_of_now(span), lambda done, of: told(of + done, 2 * of))
    return tuple(
        FrozenFigure(page.name, page.digest, one.value, one.numerator, one.denominator, rows)
        for page, one, rows in zip(listed, read, sets, strict=True)
    )


def standing(unit: UUID, year: int) -> MatterView | None:
    """The close of a unit's year that is not voided."""
    for view in closings([unit]):
        if view.entries[0].fields["year"] == str(year) and view.unit == unit and view.horizon.closed is None:
            return view
    return None


def closings(of: Iterable[UUID]) -> tuple[MatterView, ...]:
    """Every close of these units, voided ones too, the last first."""
    ids = [row[0] for row in query.fetch("default", _WITHIN, [PROCEDURE, list(of)])]
    views = read_many(ids)
    return tuple(views[one] for one in ids if one in views)


def frozen_of(view: MatterView) -> Frozen:
    """What was frozen, as it was written; ValueError where it is lost, or not what the chained line says."""
    fields = view.entries[0].fields
    try:
        text = archive.open(UUID(fields["files"])).data.decode()
    except (archive.Gone, archive.BadFile) as error:
        raise ValueError(str(error)) from error
    if digest_of(text) != fields.get("digest"):
        raise ValueError("年结的内容与记录中的摘要不符：请核验台账（fazhi record verify），并从备份恢复。")
    return from_json(text)


def _refused(where: str, message: str, message_en: str) -> Refused:
    return Refused((refusal(where, message, message_en, where),))
