"""Runs: which facts start, move, restart and end each clock, in order of happening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fazhi.law.matter import Fact
from fazhi.law.order import concerns
from fazhi.law.procedure import DROP, MOVES, NAMES_DAY, RESTART, START, STOP, ClockRule, Procedure, Role
from fazhi.law.reach import lapsed_before
from fazhi.law.run import Run, RunKey, counted_from, term_of
from fazhi.law.workdays import Workdays


class Follow:
    """Follows the facts of one matter through clocks of its page; `causes` tells which run deemed a fact, by its id."""

    def __init__(
        self, page: Procedure, calendar: Workdays, names: frozenset[str], causes: Mapping[int, RunKey]
    ) -> None:
        self.page = page
        self.calendar = calendar
        self.names = names
        self.causes = causes
        self.runs: dict[str, list[Run]] = {name: [] for name in names}
        self._open: list[Run] = []
        self._deemed: list[Fact] = []

    def all(self, facts: Sequence[Fact]) -> dict[str, list[Run]]:
        """Every run that these facts, in order, have begun, by clock."""
        for at, fact in enumerate(facts):
            self._step(at, fact)
        return self.runs

    def _step(self, at: int, fact: Fact) -> None:
        named = self.page.roles.get(fact.kind, ())
        closes = fact.kind in self.page.closing
        if self._open and (named or closes):
            roles = {rule.name: role for rule, role in named}
            cause = self.causes.get(id(fact)) if fact.deemed else None
            for run in self._open:
                if cause is None or run.key != cause:
                    self._touch(run, at, fact, roles.get(run.rule.name, 0), closes)
            self._open = [run for run in self._open if run.ended is None]
        for rule, role in named:
            if role & (START | NAMES_DAY) and rule.name in self.names and not self._told_by_law(fact):
                self._begin(rule, at, fact)
        if fact.deemed:
            self._deemed.append(fact)

    def _touch(self, run: Run, at: int, fact: Fact, role: Role, closes: bool) -> None:
        """What one fact does to one open run."""
        if role and not concerns(fact.thread, run.thread):
            role = 0
        if role & (STOP | DROP):
            self._end(run, at, fact, judged=bool(role & STOP))
        elif role & (RESTART | NAMES_DAY) and not self._told_by_law(fact):
            self._afresh(run, at, fact)
        elif closes and not run.rule.outlives:
            self._end(run, at, fact, judged=False)
        elif role & MOVES:
            run.moves.append(fact)
        elif role & START and self._over_by_law(run, fact):
            self._end(run, at, fact, judged=False)

    def _begin(self, rule: ClockRule, at: int, fact: Fact) -> None:
        if not any(run.rule is rule and run.thread == fact.thread for run in self._open):
            self._add(rule, at, fact, fact.thread)

    def _add(self, rule: ClockRule, at: int, fact: Fact, thread: str) -> None:
        start = counted_from(rule, fact)
        if start is not None:
            run = Run(rule, fact, thread, at, start, term_of(rule, fact, self.page))
            self._open.append(run)
            self.runs[rule.name].append(run)

    def _afresh(self, run: Run, at: int, fact: Fact) -> None:
        """Counts afresh in time; a run that had lapsed before stays lapsed, and another begins."""
        start = counted_from(run.rule, fact)
        if start is None:
            return
        if lapsed_before(run, fact, self.page, self.calendar):
            self._end(run, at, fact, judged=False)
            self._open = list(self._open)  # the list in hand is being gone through
            self._add(run.rule, at, fact, run.thread)
        else:
            run.begin_afresh(fact, at, start, term_of(run.rule, fact, self.page))

    def _end(self, run: Run, at: int, fact: Fact, judged: bool) -> None:
        run.ended, run.ended_at, run.judged = fact, at, judged

    def _over_by_law(self, run: Run, fact: Fact) -> bool:
        """Whether the run lapsed before this day and the law itself ended it, so that it keeps no later start out."""
        deems, rule = run.rule.deems, run.rule
        ends_itself = deems in rule.stops or deems in rule.drops or deems in self.page.closing
        return ends_itself and lapsed_before(run, fact, self.page, self.calendar)

    def _told_by_law(self, fact: Fact) -> bool:
        """Whether the law had already taken this act, which happens once, as done: then it starts nothing again."""
        kind = self.page.kind(fact.kind)
        if fact.deemed or not self._deemed or (kind and kind.repeats):
            return False
        return any(told.kind == fact.kind and concerns(told.thread, fact.thread) for told in self._deemed)
