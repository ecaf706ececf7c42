"""Which day was understood from what was typed, told beside the field while one still types."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fazhi.web.faces.dates import read_day, read_past_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.words import long_day_words, today

LONGEST = 40
SENTENCE: Final = re.compile(r"(?<=。)|(?<=\.) ")
"""Where what is wrong with a day is cut: one line has a place beside the field, the rest is told when it is sent."""


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """The fragment for the one field that is sent, whatever its name; nothing for an empty one."""
    typed = next((str(value) for name, value in request.GET.items() if name != "past"), "").strip()[:LONGEST]
    reader = read_past_day if request.GET.get("past") else read_day
    try:
        told, wrong = (long_day_words(reader(typed, today(), calendar())) if typed else ""), ""
    except ValueError as refused:
        told, wrong = "", SENTENCE.split(str(refused))[0]
    return render(request, "faces/understood.html", {"told": told, "wrong": wrong})
