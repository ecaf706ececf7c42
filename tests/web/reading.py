"""Reads pages as a person or a checker would: their words by language, their links, their forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "source"}
SILENT = {"script", "style"}
SPOKEN = ("aria-label", "placeholder", "title", "alt")


@dataclass
class Reading(HTMLParser):
    """Interface words (outside elements whose language is Chinese, for data), attributes by name, and inputs."""

    words: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    _open: list[tuple[str, bool]] = field(default_factory=list)
    _area: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def _data_here(self) -> bool:
        return any(data for _, data in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in known.items()]
        data = self._data_here() or (known.get("lang", "").startswith("zh") and tag != "html")
        if not data:
            self.words += [known[name] for name in SPOKEN if known.get(name)]
        if tag == "input" and known.get("name") and (known.get("type") != "radio" or "checked" in known):
            self.inputs[known["name"]] = known.get("value", "")
        if tag == "textarea":
            self._area = known.get("name", "")
            self.inputs[self._area] = ""
        if tag not in VOID:
            self._open.append((tag, data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if self._area:
            self.inputs[self._area] += text
        elif text.strip() and not self._data_here() and not any(tag in SILENT for tag, _ in self._open):
            self.words.append(text.strip())


def read(html: str | bytes) -> Reading:
    reading = Reading()
    reading.feed(html.decode() if isinstance(html, bytes) else html)
    return reading
