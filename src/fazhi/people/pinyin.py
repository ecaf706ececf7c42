"""Sort keys and initials in pinyin, kept beside each name because the database sorts without a Chinese collation."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def sort_key(text: str) -> str:
    """Syllable by syllable, so 张三 sorts before 张山 and both before 赵一; other signs in lower case."""
    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllable.strip().lower() for syllable in syllables if syllable.strip())


def initials(text: str) -> str:
    """First letters, for pickers: 区司法局 gives qsfj."""
    return "".join(syllable[:1].lower() for syllable in lazy_pinyin(text) if syllable[:1].isalnum())
