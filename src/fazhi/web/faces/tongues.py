"""Chinese words quoted within a sentence of another language, marked as Chinese so that they are read aloud rightly."""

import re
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fazhi.web.faces.words import in_english

CHINESE: Final = re.compile("([\u3400-\u9fff](?:[\u3400-\u9fff\u3000-\u303f\uff00-\uffef0-9.%]*[\u3400-\u9fff])?)")


def tongue(text: object) -> SafeString:
    """Marks an element whose words may be Chinese or, where there is such a form, English."""
    return SafeString(' lang="zh-Hans"' if CHINESE.search(str(text)) else "")


def tongues(text: object) -> SafeString:
    """The text with each run of Chinese in an element of its language, where the page around it is English.

    A whole sentence in Chinese stays unmarked, so that a page which says one to readers of English is found."""
    said = str(text)
    if not in_english() or isinstance(said, SafeString) or said.endswith("。"):
        return format_html("{}", said)
    parts = CHINESE.split(said)  # what is Chinese stands at every second place
    marked = ((parts[place], parts[place + 1]) for place in range(0, len(parts) - 1, 2))
    return format_html("{}{}", format_html_join("", '{}<span lang="zh-Hans">{}</span>', marked), parts[-1])
