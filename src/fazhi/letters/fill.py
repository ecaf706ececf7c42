"""Fills a template from a case: paper as a row of blocks, and a list of what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from fazhi.letters.case import Case, Gap, written
from fazhi.rulebook.templates import Slot, Template, Text, When

Kind = Literal["organ", "title", "number", "to", "text", "form", "rights", "hand", "signed", "date", "lacking"]
OPEN, SHUT = "【待补：", "】"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a paper, or a form of (label, text)."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A filled letter. `gaps` name what nothing gave; each stands in the text by its name, never as a blank.

    `typed` is what was typed for this letter in place of a gap: (name of the gap, text). `dues` are the due days that
    it states, by clock and thread.
    """

    name: str
    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    dues: tuple[tuple[str, date], ...] = ()

    @property
    def text(self) -> str:
        """All its words, one block a line."""
        lines = [one.text or "\n".join(f"{label}：{text}" for label, text in one.rows) for one in self.blocks]
        return "\n".join(line for line in lines if line)


def fill(template: Template, case: Case, typed: Mapping[str, str] = MappingProxyType({})) -> Letter:
    """The letter for this case; the same case gives the same letter. `typed` stands in for gaps, by slot."""
    filling = _Filling(case, typed)
    told = filling.told
    organ: Text = (Slot(("organ",)),)
    blocks = [] if template.signs else [Block("organ", told(organ))]
    blocks.append(Block("title", template.title.zh))
    if not template.rows or template.text:
        blocks.append(Block("number", told((Slot(("number",)),))))
    if template.to:
        blocks.append(Block("to", told(template.to) + "："))
    blocks += [Block("text", line) for line in told(template.text).split("\n") if line.strip()]
    if template.rows:
        blocks.append(Block("form", rows=tuple((label, told(text)) for label, text in template.rows)))
    blocks += [Block("rights", line) for line in told(template.rights).split("\n") if line.strip()]
    blocks += [Block("hand", f"{label}：") for label in template.hand]
    if not template.of_matter:
        signer = f"{template.signs}（签名或者盖章）：" if template.signs else told(organ)
        blocks += [Block("signed", signer), Block("date", written(case.day))]
    gaps = tuple(filling.gaps.values())
    if gaps:
        blocks.append(Block("lacking", "制作时尚缺：" + "；".join(gap.label.zh for gap in gaps) + "。"))
    return Letter(template.name, tuple(blocks), gaps, tuple(filling.used.items()), tuple(filling.dues.items()))


class _Filling:
    """One pass over the texts of a template, noting gaps and what was typed for them."""

    def __init__(self, case: Case, typed: Mapping[str, str]) -> None:
        self.case, self.typed = case, typed
        self.gaps: dict[str, Gap] = {}
        self.used: dict[str, str] = {}
        self.dues: dict[str, date] = {}

    def told(self, text: Text) -> str:
        return "".join(self._parts(text))

    def _parts(self, text: Text) -> Iterator[str]:
        for part in text:
            if isinstance(part, str):
                yield part
            elif isinstance(part, When):
                values = [self.case.value(one) if isinstance(one, Slot) else one for one in part.parts]
                if not any(isinstance(one, Gap) for one in values):
                    self._note([one for one in part.parts if isinstance(one, Slot)])
                    yield "".join(one for one in values if isinstance(one, str))
            else:
                yield self._value(part)

    def _value(self, slot: Slot) -> str:
        value = self.case.value(slot)
        if not isinstance(value, Gap):
            self._note([slot])
            return value
        if said := " ".join(self.typed.get(str(slot), "").split()):
            self.used[value.label.zh] = said
            return said
        self.gaps.setdefault(value.slot, value)
        return f"{OPEN}{value.label.zh}{SHUT}"

    def _note(self, slots: list[Slot]) -> None:
        """Keep which due days were stated."""
        self.dues.update(one for one in map(self.case.due_told, slots) if one)
