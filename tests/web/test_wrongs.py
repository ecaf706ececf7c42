"""What cannot be done is said in the reader's language: every refusal of a room that a page shows has its English."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

import fazhi
from district import District
from fazhi.rulebook.refusals import FILE
from fazhi.web.faces.wrongs import worded

ROOMS = (
    "api/office", "archive", "closing", "dashboard", "desk", "exchange", "gazette", "ledger/view.py", "letters",
    "library/files", "people", "press", "prevention/balances.py", "reach", "registers", "reminders", "report/read",
    "worklist",
)  # fmt: skip
SHOWN = {
    "BadAdapter", "BadAlert", "BadCursor", "BadFile", "BadGrant", "BadParty", "BadReceipt", "BadRow", "BadSeat",
    "BadSpan", "BadTerm", "BadToken", "BadTree", "BadView", "Busy", "GivesNothing", "Gone", "MayNotReveal", "NoPost",
    "NoReceiver", "NoRight", "NotFound", "NotOne", "NotProven", "NotTold", "TooMany", "TooManyTries", "Unreadable",
    "UnknownMatter", "Waits", "WrongScope", "__init__", "problem",
}  # fmt: skip
TOLD_BY = {"refusal", "weakness"}
"""Functions that return the words of a refusal as they are."""
CHINESE = re.compile("[\u3400-\u9fff]")
SAID = tomllib.loads(FILE.read_text(encoding="utf-8"))


def template(node: ast.expr) -> str:
    """A message with braces in place of what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


def raised(path: Path) -> Iterator[str]:
    """Chinese messages of exceptions that a page may show."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name in TOLD_BY:
            returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
            yield from (told for told in map(template, returned) if CHINESE.search(told))
        call = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(call, ast.Call) or not call.args:
            continue
        named = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if named in SHOWN:
            yield from (told for told in map(template, call.args) if CHINESE.search(told))


def messages() -> list[str]:
    home = Path(fazhi.__file__).parent
    files = [
        file for room in ROOMS for file in ([home / room] if room.endswith(".py") else (home / room).rglob("*.py"))
    ]
    return sorted({told for file in files if "tables" not in file.parts for told in raised(file)})


def of_rows() -> list[str]:
    """What is said of a row of a table of a register: why it was not taken, and what to do."""
    home, found = Path(fazhi.__file__).parent / "desk" / "tables", set[str]()
    for name in ("cells", "entering", "rows", "times"):
        for node in ast.walk(ast.parse((home / f"{name}.py").read_text(encoding="utf-8"))):
            named = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and named in ("Misread", "refuse", "RowFinding", "ValueError"):
                found |= {template(one) for one in node.args[3 if named == "RowFinding" else 0 :]}
    return sorted(told for told in found if CHINESE.search(told))


def test_every_reason_that_a_row_is_refused_for_has_its_english() -> None:
    assert len(of_rows()) > 25
    assert not [told for told in of_rows() if told not in SAID]


def test_every_refusal_that_a_page_shows_has_its_english() -> None:
    found = messages()
    assert len(found) > 140
    assert not [told for told in found if told not in SAID]


@pytest.mark.parametrize("zh", SAID)
def test_values_keep_their_number_and_no_chinese_is_left(zh: str) -> None:
    english = SAID[zh]
    assert english.count("{}") == zh.count("{}")
    assert not CHINESE.search(english.replace("匿名", ""))
    with override("en"):
        assert worded(zh.replace("{}", "7")) == english.replace("{}", "7")
    assert worded(zh) == zh


def test_an_english_page_refuses_in_english(at_desk: Any, district: District) -> None:
    client, matter = at_desk("信访员"), district.receive("信访局").matter
    client.cookies["fazhi_language"] = "en"
    told = client.get("/office/matters/?after=nonsense").content.decode()
    assert "This place in the list cannot be read" in told
    said = {"party": "texts", "purpose": ""}
    refused = client.post(f"/office/matters/{matter}/reveal/", said).content.decode()
    assert "Say for what purpose you need to read the texts unmasked" in refused
