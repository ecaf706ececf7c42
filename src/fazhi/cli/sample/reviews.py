"""Stories of administrative reconsideration: every ending, and every state in which a case can stand today."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fazhi.cli.sample.telling import Act, Story, Teller, until_today

DESK = "review"

Way = Callable[[Teller, list[Act], dict[str, str]], None]


def reviews(teller: Teller, count: int) -> Iterator[Story]:
    """So many applications for reconsideration; the last ones stand open today on purpose."""
    open_ones = list(_open_on_purpose(teller))
    for number in range(count - len(open_ones)):
        received = teller.later(teller.ago(teller.random.randint(3, teller.reach)), 0, 1)
        yield _story(teller, f"r{number:03d}", min(received, teller.today), _way(teller))
    for number, (received, way) in enumerate(open_ones):
        yield _story(teller, f"ropen{number:02d}", received, way)


def _story(teller: Teller, key: str, received: date, way: Way) -> Story:
    told, _ = teller.subject("reconsideration")
    channel = teller.random.choice(("visit", "letter", "web", "web"))
    opening = {name: told[name] for name in ("title", "text", "respondent", "topic")}
    acts = [Act("received", received, DESK, {"channel": channel}, opening)]
    way(teller, acts, told)
    happened = until_today(acts, teller.today)
    decided = [place for place, act in enumerate(happened) if act.kind == "decided"]
    shown = decided[0] if decided and teller.random.random() < 0.7 else None
    return Story(key, "reconsideration", DESK, teller.person(), happened, shown)


def _way(teller: Teller) -> Way:
    ways = (_ordinary, _simplified, _corrected, _suspended, _extended, _refused, _late)
    return teller.random.choices(ways, (45, 20, 10, 8, 8, 6, 3))[0]


def _open_on_purpose(teller: Teller) -> Iterator[tuple[date, Way]]:
    for days in (0, 1, 2, 3):
        yield teller.ago(days), _waiting
    yield teller.ago(6), _correction_open
    for waited in (60, 57, 40, 20, 64):
        accepted = teller.ago(waited)
        yield accepted - timedelta(days=2), _accepted_on(accepted)
    yield teller.ago(48), _suspended_open
    yield teller.ago(75), _extended_open


def _waiting(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    """Received and nothing more."""


def _accept(teller: Teller, acts: list[Act], day: date, procedure: str = "ordinary") -> date:
    simplified = procedure == "simplified"
    acts.append(Act("accepted", day, DESK, {"procedure": procedure}))
    copied = teller.later(day, 1, 2 if simplified else 5)
    acts.append(Act("copy_sent", copied, DESK))
    acts.append(Act("copy_received", teller.later(copied, 1, 2), DESK))
    answered = teller.later(acts[-1].day, 2, 4 if simplified else 9)
    acts.append(Act("responded", answered, DESK, body={"text": "被申请人提交书面答复及证据材料。"}))
    if simplified:
        return answered
    heard = teller.later(answered, 3, 12)
    acts.append(Act("heard", heard, DESK, {"way": teller.random.choice(("person", "web", "phone"))}))
    return heard


def _examined(teller: Teller, acts: list[Act]) -> date:
    return teller.calendar.add(acts[0].day, teller.random.randint(1, 4))


def _end(teller: Teller, acts: list[Act], told: dict[str, str], day: date) -> None:
    outcome = told["decision"]
    if outcome == "mediated":
        acts.append(Act("mediated", day, DESK, body={"text": told["words"]}))
    elif outcome == "withdrawn":
        acts.append(Act("withdrawn", day, DESK, {"why": "changed"}, {"text": told["words"]}))
    else:
        redo = {"redo": "yes"} if outcome == "revoked" else {}
        acts.append(Act("decided", day, DESK, {"outcome": outcome} | redo, {"text": told["words"]}))
    acts.append(Act("delivered", teller.later(day, 1, 5), DESK))


def _ordinary(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    accepted = _examined(teller, acts)
    heard = _accept(teller, acts, accepted)
    _end(teller, acts, told, max(heard, teller.later(accepted, 30, 55)))


def _late(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    accepted = _examined(teller, acts)
    _accept(teller, acts, accepted)
    _end(teller, acts, told, teller.later(accepted, 64, 72))


def _simplified(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    accepted = _examined(teller, acts)
    answered = _accept(teller, acts, accepted, "simplified")
    _end(teller, acts, told, max(answered, teller.later(accepted, 14, 26)))


def _ask_correction(teller: Teller, acts: list[Act]) -> date:
    asked = teller.calendar.add(acts[0].day, teller.random.randint(1, 4))
    acts.append(Act("correction_asked", asked, DESK, body={"text": "请补充身份证明复印件和具体的复议请求。"}))
    received = teller.later(asked, 1, 3)
    acts.append(Act("correction_received", received, DESK))
    return received


def _corrected(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    corrected = teller.calendar.add(_ask_correction(teller, acts), teller.random.randint(2, 8))
    acts.append(Act("corrected", corrected, DESK))
    accepted = teller.calendar.add(corrected, teller.random.randint(1, 4))
    heard = _accept(teller, acts, accepted)
    _end(teller, acts, told, max(heard, teller.later(accepted, 35, 55)))


def _suspended(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    accepted = _examined(teller, acts)
    heard = _accept(teller, acts, accepted)
    resumed = _suspend(teller, acts, heard, "mediation", teller.random.randint(10, 40))
    _end(teller, acts, told, teller.later(resumed, 5, 20))


def _suspend(teller: Teller, acts: list[Act], after: date, ground: str, days: int) -> date:
    begun = teller.later(after, 1, 4)
    acts.append(Act("suspended", begun, DESK, {"ground": ground}))
    resumed = teller.later(begun, days, days + 2)
    acts.append(Act("resumed", resumed, DESK))
    return resumed


def _extended(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    accepted = _examined(teller, acts)
    _accept(teller, acts, accepted)
    acts.append(Act("extended", teller.later(accepted, 50, 56), DESK, {"lasts": "30 days"}))
    _end(teller, acts, told, teller.later(accepted, 70, 86))


def _refused(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    ground = teller.random.choice(("late", "scope", "interest", "competence"))
    refused = _examined(teller, acts)
    acts.append(Act("refused", refused, DESK, {"ground": ground}))
    acts.append(Act("delivered", teller.later(refused, 1, 3), DESK))


def _correction_open(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    _ask_correction(teller, acts)


def _accepted_on(day: date) -> Way:
    def go(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
        _accept(teller, acts, day)

    return go


def _suspended_open(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    heard = _accept(teller, acts, _examined(teller, acts))
    acts.append(Act("suspended", teller.later(heard, 1, 3), DESK, {"ground": "other_case"}))


def _extended_open(teller: Teller, acts: list[Act], told: dict[str, str]) -> None:
    accepted = _examined(teller, acts)
    _accept(teller, acts, accepted)
    acts.append(Act("extended", teller.later(accepted, 50, 55), DESK, {"lasts": "30 days"}))
