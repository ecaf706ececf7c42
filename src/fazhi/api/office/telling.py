"""Turns what the rooms give into what the interface tells."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi.api.office.values import (
    ActOut,
    ClockOut,
    DeskOut,
    EntryOut,
    FigureOut,
    FindingOut,
    HitOut,
    MatterOut,
    RegisterLineOut,
    TaskOut,
)
from fazhi.indicators.values import Reading
from fazhi.law import Finding
from fazhi.registers.values import Line
from fazhi.search.values import Hit
from fazhi.worklist.values import ClockLine, CourseEntry, DeskPage, MatterPage


def findings(found: Iterable[Finding]) -> list[FindingOut]:
    return [
        FindingOut(
            rule=one.rule, severity=one.severity, message=one.message, message_en=one.message_en, where=one.where,
            source=one.source,
        )
        for one in found
    ]  # fmt: skip


def hit(one: Hit) -> HitOut:
    return HitOut(
        id=one.matter,
        number=one.number,
        procedure=one.procedure,
        title=one.title.zh,
        unit=one.unit,
        unit_name=one.unit_name,
        received=one.day,
        due=one.due,
        closed=one.closed,
        subject=one.subject,
    )


def matter(page: MatterPage) -> MatterOut:
    return MatterOut(
        id=page.id,
        number=page.number,
        external_number=page.external_number,
        procedure=page.procedure,
        title=page.title.zh,
        subject=page.subject,
        received=page.opened,
        closed=page.closed,
        unit=page.unit,
        responsible=page.responsible,
        seen=page.seen,
        clocks=[_clock(line) for line in page.clocks],
        course=[_entry(line) for line in page.course],
        acts=[
            ActOut(
                kind=one.kind.name,
                title=one.kind.title.zh,
                barred=one.barred,
                unlawful=one.unlawful,
                findings=findings(one.findings),
            )
            for one in page.acts
        ],
    )


def _clock(line: ClockLine) -> ClockOut:
    clock = line.clock
    source = clock.rule.source
    return ClockOut(
        name=clock.rule.name,
        title=clock.rule.title.zh,
        thread=clock.thread,
        state=clock.state,
        start=clock.start,
        due=clock.due,
        days_left=line.days_left,
        working_days=line.working,
        provisional=clock.provisional,
        source=source.text if source else "",
        status=source.weakest if source else "",
    )


def _entry(line: CourseEntry) -> EntryOut:
    return EntryOut(
        seq=line.seq,
        kind=line.kind,
        title=line.title.zh,
        day=line.day,
        unit=line.unit,
        thread=line.thread,
        fields={one.name: one.shown for one in line.fields},
        struck_by=line.struck_by,
        corrects=line.corrects,
        deemed=line.deemed,
    )


def desk(page: DeskPage) -> DeskOut:
    tasks = [
        TaskOut(
            matter=one.matter,
            number=one.number,
            subject=one.subject,
            what=one.what.zh,
            due=one.due,
            days_left=one.days_left,
            working_days=one.working,
            state=one.state,
            provisional=one.provisional,
            unit_name=one.unit_name,
        )
        for one in page.tasks
    ]
    counts: dict[str, int] = {name: count.number for name, count in page.counts.items()}
    return DeskOut(today=page.today, counts=counts, tasks=tasks, after=page.after)


def figure(reading: Reading) -> FigureOut:
    return FigureOut(
        name=reading.name,
        title=reading.title.zh,
        kind=reading.kind,
        unit=reading.unit,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        start=reading.span.start,
        cutoff=reading.span.cutoff,
        position=reading.span.position,
        page_digest=reading.page_digest,
        fingerprint=reading.fingerprint,
        source=reading.source.text,
        status=reading.source.weakest,
    )


def line(one: Line) -> RegisterLineOut:
    return RegisterLineOut(id=one.address, unit=one.unit, since=one.since, until=one.until, data=dict(one.data))
