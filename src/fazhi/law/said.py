"""Days as a Chinese sentence writes them; English sentences keep the ISO form."""

from __future__ import annotations

from datetime import date


def zh_day(day: date | None) -> str:
    """`2026年11月27日`; empty where there is no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
