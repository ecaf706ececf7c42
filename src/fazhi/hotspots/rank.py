"""Events ranked by how many speak, how widely, how gravely and how lately; each told in their own sentences."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fazhi.hotspots.places import places_in
from fazhi.hotspots.terms import Vocabulary, read
from fazhi.hotspots.voices import Event, Heat, HotEvent, Voice

WINDOW = timedelta(days=14)
HALF_LIFE = 180.0
"""Days after which an event that has fallen silent weighs half."""
FORMULA = (
    "（人数＋0.5×同一人的其余来信＋√点赞数－0.5×√反对数）×严重程度×（1＋0.1×涉及地点的对数）×2^（－距末日天数÷180）"
)
SEVERE: Mapping[float, tuple[str, ...]] = {
    1.5: (
        "死亡",
        "身亡",
        "爆炸",
        "坍塌",
        "塌方",
        "中毒",
        "自杀",
        "跳楼",
        "溺水",
        "着火",
        "火灾",
        "泄漏",
        "危房",
        "群体",
    ),
    1.25: (
        "诈骗",
        "非法集资",
        "跑路",
        "欠薪",
        "拖欠",
        "污染",
        "扰民",
        "安全隐患",
        "断水",
        "停水",
        "停电",
        "强拆",
        "殴打",
    ),
}
_SENTENCE = re.compile(r"[^。！？!?；;\n\t]{8,120}[。！？!?；;]?")


def rank(events: Sequence[Event], voices: Sequence[Voice], *, most: int = 50, least: int = 2) -> list[HotEvent]:
    """The hottest events first; those with fewer than `least` voices are no events. The last voice sets the present."""
    told = [event for event in events if len(event.members) >= least]
    if not told:
        return []
    now = max(voice.moment for voice in voices)
    heats = sorted(
        ((_heat(event, voices, now), event) for event in told), key=lambda pair: (-pair[0].score, pair[1].members)
    )
    return [_shown(place, heat, event, voices, now) for place, (heat, event) in enumerate(heats[:most], 1)]


def quoted_from(voices: Sequence[Voice]) -> HotEvent | None:
    """Voices already known to be one event, told as one; None where there are none."""
    if not voices:
        return None
    vocabulary, told = Vocabulary(), [read(voice) for voice in voices]
    vocabulary.learn(told)
    event = Event(list(range(len(voices))))
    for one in told:
        for term, weight in vocabulary.vector(one.terms).items():
            event.total[term] = event.total.get(term, 0.0) + weight
    return rank([event], voices, most=1, least=1)[0]


def _heat(event: Event, voices: Sequence[Voice], now: datetime) -> Heat:
    members = [voices[member] for member in event.members]
    persons = len({voice.person or f"#{voice.number}" for voice in members})
    likes = sum(max(voice.likes, 0) for voice in members)
    objections = sum(max(voice.objections, 0) for voice in members)
    severity = _severity(members)
    breadth = 1 + 0.1 * math.log1p(len(_places(members)))
    recency = 0.5 ** ((now - max(voice.moment for voice in members)).days / HALF_LIFE)
    loud = persons + 0.5 * (len(members) - persons) + math.sqrt(likes) - 0.5 * math.sqrt(objections)
    score = max(loud, 0.0) * severity * breadth * recency
    return Heat(persons, len(members), likes, objections, severity, breadth, recency, score, FORMULA)


def _severity(members: Sequence[Voice]) -> float:
    """The gravest weight whose words stand in at least a third of the voices."""
    for weight, words in SEVERE.items():
        saying = sum(any(word in voice.title or word in voice.text for word in words) for voice in members)
        if saying * 3 >= len(members):
            return weight
    return 1.0


def _places(members: Sequence[Voice]) -> Counter[str]:
    """Places that titles and first lines name, each once a voice."""
    found: Counter[str] = Counter()
    for voice in members:
        found.update(dict.fromkeys(places_in(voice), 1))
    return found


def _shown(place: int, heat: Heat, event: Event, voices: Sequence[Voice], now: datetime) -> HotEvent:
    members = sorted((voices[member] for member in event.members), key=lambda voice: (voice.moment, voice.number))
    recent = sum(voice.moment > now - WINDOW for voice in members)
    before = sum(now - 2 * WINDOW < voice.moment <= now - WINDOW for voice in members)
    named = [name for name, count in _places(members).most_common(5) if count * 4 >= len(members)]
    return HotEvent(
        rank=place,
        title=_central(members, event.total).title,
        places=tuple(named[:3]),
        terms=tuple(sorted(event.total, key=lambda term: (-event.total[term], term))[:8]),
        first=members[0].moment.date(),
        last=members[-1].moment.date(),
        growth="上升" if recent > before else "下降" if recent < before else "平稳" if recent else "沉寂",
        recent=recent,
        before=before,
        heat=heat,
        quotes=_quotes(members, event.total),
        members=tuple(voice.number for voice in members),
    )


def _central(members: Sequence[Voice], total: Mapping[str, float]) -> Voice:
    """The voice whose title says most of what all say, the shortest of equals."""
    return max(members, key=lambda voice: (_worth(voice.title, total), -len(voice.title), voice.number))


def _worth(text: str, total: Mapping[str, float]) -> float:
    """Weight of the event's terms that a text holds, against its length."""
    return sum(weight for term, weight in total.items() if term in text) / math.sqrt(12 + len(text))


def _quotes(members: Sequence[Voice], total: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """Up to three sentences as written, from different voices, that say most and say different things."""
    heavy = dict(sorted(total.items(), key=lambda item: -item[1])[:60])
    sentences = [
        (_worth(sentence, heavy), voice.number, sentence.strip())
        for voice in members
        for sentence in _SENTENCE.findall(voice.text[:800])
    ]
    chosen: list[tuple[str, str]] = []
    for _, number, sentence in sorted(sentences, key=lambda item: (-item[0], item[1], item[2])):
        fresh = all(number != other and _overlap(sentence, said) < 0.5 for other, said in chosen)
        if fresh:
            chosen.append((number, sentence))
        if len(chosen) == 3:
            break
    return tuple(chosen)


def _overlap(a: str, b: str) -> float:
    """Share of the neighbouring signs of the shorter sentence that the other has too."""
    one, two = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (a, b))
    return len(one & two) / (min(len(one), len(two)) or 1)
