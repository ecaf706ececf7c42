"""The rulebook: pages of procedures, calendars, indicators and outlines, read into values of the law."""

from fazhi.rulebook.figures import Indicator, Outline, Paragraph, Rounding, Section, Selector, page_of
from fazhi.rulebook.load import SAMPLE_OVERLAY, Rulebook, load
from fazhi.rulebook.pages import PageFault

__all__ = [
    "SAMPLE_OVERLAY",
    "Indicator",
    "Outline",
    "PageFault",
    "Paragraph",
    "Rounding",
    "Rulebook",
    "Section",
    "Selector",
    "load",
    "page_of",
]
