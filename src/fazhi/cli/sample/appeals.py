"""Stories of appeals and hotline calls: most answered in time, some late, some still open in every state."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fazhi.cli.sample.telling import Act, Story, Teller, until_today

CHANNELS = ("web", "web", "web", "letter", "phone", "visit")
OUTCOMES = ("supported", "supported", "partly_supported", "explained", "explained", "not_supported", "adopted")

Ending = Callable[[Teller, list[Act], str, dict[str, str]], None]


def appeals(teller: Teller, count: int) -> Iterator[Story]:
    """So many appeals and calls, spread from the first day of last year to today."""
    open_ones = list(_open_on_purpose(teller))
    for number in range(count - len(open_ones)):
        received = teller.ago(teller.random.randint(0, teller.reach))
        hotline = teller.random.random() < 0.4
        if hotline:
            yield _story(teller, f"h{number:04d}", received, "hotline", _called)
        else:
            yield _story(teller, f"a{number:04d}", received, "appeal", _ending(teller))
    for number, (received, ending) in enumerate(open_ones):
        yield _story(teller, f"open{number:02d}", received, "appeal", ending)


def _story(teller: Teller, key: str, received: date, procedure: str, ending: Ending) -> Story:
    told, unit = teller.subject(procedure)
    desk = "hotline" if procedure == "hotline" else "appeals"
    channel = "phone" if procedure == "hotline" else teller.random.choice(CHANNELS)
    opening = {"title": told["title"], "text": told["text"], "place": told["place"], "topic": told["topic"]}
    acts = [Act("received", received, desk, {"channel": channel}, opening)]
    ending(teller, acts, unit, told)
    happened = until_today(acts, teller.today)
    answered = [place for place, act in enumerate(happened) if act.kind == "answered"]
    shown = answered[0] if answered and teller.random.random() < 0.15 else None
    return Story(key, procedure, desk, teller.person(), happened, shown)


def _ending(teller: Teller) -> Ending:
    endings = (_answered(2, 45), _answered(61, 95), _extended, _not_accepted, _withdrawn, _routed, _rechecked)
    return teller.random.choices(endings, (70, 6, 6, 5, 4, 3, 6))[0]


def _open_on_purpose(teller: Teller) -> Iterator[tuple[date, Ending]]:
    """Matters that stand today in each state of the desk: new, due today, soon, overdue, paused."""
    for days in (0, 0, 1, 2, 3, 6, 9, 12, 14):
        yield teller.ago(days), _waiting
    yield teller.ago(15), _waiting
    yield from ((teller.ago(days), _waiting) for days in (17, 19, 24))
    for waited in (60, 60, 58, 55, 50, 63, 66, 75):
        accepted = teller.ago(waited)
        yield accepted - timedelta(days=3), _accepted_on(accepted)
    yield teller.ago(20), _accepted_on(teller.ago(2))
    yield teller.ago(100), _extended_open
    yield teller.ago(150), _review_hearing


def _waiting(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    """Received and nothing more."""


def _accept(teller: Teller, acts: list[Act], unit: str, day: date) -> date:
    desk = acts[0].unit
    acts.append(Act("assigned", day, desk, to=unit))
    acts.append(Act("accepted", day, unit, {"nature": "claim"}))
    return day


def _accepted_on(day: date) -> Ending:
    def end(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
        _accept(teller, acts, unit, day)
        acts.append(Act("noted", day, unit, body={"text": "已联系来信人，约定现场查看时间。"}))

    return end


def _answer(teller: Teller, acts: list[Act], unit: str, told: dict[str, str], day: date) -> date:
    acts.append(Act("answered", day, unit, {"outcome": teller.random.choice(OUTCOMES)}, {"text": told["answer"]}))
    delivered = teller.later(day, 1, 4)
    acts.append(Act("answer_delivered", delivered, unit))
    return delivered


def _answered(least: int, most: int) -> Ending:
    def end(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
        accepted = _accept(teller, acts, unit, teller.later(acts[0].day, 1, 9))
        acts.append(
            Act("heard", teller.later(accepted, 0, 2), unit, body={"text": "已到现场了解情况，并听取来信人意见。"})
        )
        delivered = _answer(teller, acts, unit, told, teller.later(accepted, max(3, least), most))
        if teller.random.random() < 0.6:
            _rate(teller, acts, delivered)

    return end


def _rate(teller: Teller, acts: list[Act], delivered: date) -> None:
    stars = teller.random.choices((5, 4, 3, 2, 1), (40, 28, 16, 9, 7))[0]
    satisfaction = "satisfied" if stars >= 4 else "basically" if stars == 3 else "unsatisfied"
    rated = delivered + timedelta(days=teller.random.randint(0, 5))
    acts.append(Act("rated", rated, acts[0].unit, {"satisfaction": satisfaction, "stars": str(stars)}))


def _extended(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    accepted = _accept(teller, acts, unit, teller.later(acts[0].day, 1, 9))
    acts.append(Act("extended", teller.later(accepted, 48, 54), unit, {"lasts": "30 days"}))
    _answer(teller, acts, unit, told, teller.later(accepted, 70, 85))


def _extended_open(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    accepted = _accept(teller, acts, unit, teller.later(acts[0].day, 12, 14))
    acts.append(Act("extended", teller.later(accepted, 52, 55), unit, {"lasts": "30 days"}))


def _called(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    """A call: dispatched the same day or the next, answered, called back; some are asked to be done again."""
    sent = teller.later(acts[0].day, 0, 1)
    acts.append(Act("assigned", sent, "hotline", to=unit))
    acts.append(Act("forwarded", sent, "hotline"))
    outcome = teller.random.choice(OUTCOMES)
    answered = teller.later(sent, 1, 12)
    acts.append(Act("answered", answered, unit, {"outcome": outcome}, {"text": told["answer"]}))
    _rate(teller, acts, teller.later(answered, 1, 3))
    if acts[-1].fields["satisfaction"] == "unsatisfied":
        again = teller.later(acts[-1].day, 0, 1)
        acts.append(Act("reopened", again, "hotline"))
        text = {"text": "已再次到现场处理，并向来电人说明。"}
        acts.append(Act("answered_again", teller.later(again, 2, 6), unit, body=text))


def _not_accepted(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    ground = teller.random.choice(("competence", "under_way", "statutory"))
    acts.append(Act("not_accepted", teller.later(acts[0].day, 2, 12), acts[0].unit, {"ground": ground}))


def _withdrawn(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    accepted = _accept(teller, acts, unit, teller.later(acts[0].day, 1, 6))
    acts.append(Act("withdrawn", teller.later(accepted, 3, 20), unit, body={"text": "问题已经解决，来信人撤回。"}))


def _routed(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    route = teller.random.choice(("arbitration", "penalty", "duty", "license"))
    acts.append(Act("routed_to_law", teller.later(acts[0].day, 3, 14), acts[0].unit, {"route": route}))


def _rechecked(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    _answered(5, 40)(teller, acts, unit, told)
    acts[:] = [act for act in acts if act.kind != "rated"]
    asked = teller.later(acts[-1].day, 5, 25)
    acts.append(Act("rechecked_asked", asked, "appeals"))
    outcome = teller.random.choice(("kept", "kept", "changed", "sent_back"))
    acts.append(Act("rechecked", teller.later(asked, 10, 27), "district", {"outcome": outcome}))


def _review_hearing(teller: Teller, acts: list[Act], unit: str, told: dict[str, str]) -> None:
    """Rechecked, under review, and its hearing open: the clock of the review stands still."""
    accepted = _accept(teller, acts, unit, teller.later(acts[0].day, 2, 4))
    delivered = _answer(teller, acts, unit, told, teller.later(accepted, 30, 35))
    asked = teller.later(delivered, 10, 12)
    acts.append(Act("rechecked_asked", asked, "appeals"))
    rechecked = teller.later(asked, 20, 22)
    acts.append(Act("rechecked", rechecked, "district", {"outcome": "kept"}))
    acts.append(Act("recheck_delivered", teller.later(rechecked, 1, 2), "district"))
    acts.append(Act("reviewed_asked", teller.ago(12), "district"))
    acts.append(Act("review_hearing_opened", teller.ago(5), "district"))
