"""A form as values: a sheet of ruled rows, texts under their headings, and a table, as offices pass it round."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """One form; `facts` are ruled rows of label and text, `widths` shares of the table, `foot` small print."""

    organ: str
    title: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    foot: tuple[str, ...] = ()
