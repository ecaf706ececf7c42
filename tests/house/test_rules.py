"""The house rules hold in the whole tree, and each is seen to fail on a tree that breaks it."""

from pathlib import Path
from statistics import quantiles

import pytest
import rules

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
TESTS = ROOT / "tests"

# rule → the trees it holds in, and a small tree that breaks it
HELD = {
    rules.files_are_short: ((SOURCE, TESTS), {"long.py": '"""A file that is long."""\n' + "a = 1\n" * 400}),
    rules.functions_are_short: (
        (SOURCE, TESTS),
        {"long.py": '"""A function that is long."""\n\n\ndef f():\n' + "    a = 1\n" * 51},
    ),
    rules.modules_say_what_they_are: ((SOURCE, TESTS), {"mute.py": "a = 1\n"}),
    rules.names_say_something: ((SOURCE, TESTS), {"utils.py": '"""All kinds of things."""\n'}),
    rules.docstrings_list_no_arguments: (
        (SOURCE,),
        {"listed.py": 'def f(a):\n    """Do it.\n\n    Args:\n        a: what\n    """\n'},
    ),
    rules.nothing_is_unfinished: ((SOURCE, TESTS), {"half.py": "# TO" + "DO: the rest\n"}),
    rules.nothing_names_a_host_or_machine: ((ROOT,), {"lock.txt": "--index-url https://pypi" + ".org/simple\n"}),
    rules.pages_fetch_nothing_from_outside: ((SOURCE,), {"page.html": '<img src="https://cdn.example.com/a.png">\n'}),
    rules.pages_run_nothing_inline: ((SOURCE,), {"page.html": '<a href="/" onclick="go()">去</a>\n'}),
    rules.tests_can_fail: ((TESTS,), {"test_nothing.py": "def test_nothing():\n    a = 1\n"}),
}
NAMES = [rule.__name__ for rule in HELD]


@pytest.mark.parametrize("rule", HELD, ids=NAMES)
def test_holds(rule):
    broken = [line for tree in HELD[rule][0] for line in rule(tree)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("rule", HELD, ids=NAMES)
def test_is_seen_to_fail(rule, tmp_path):
    for name, text in HELD[rule][1].items():
        (tmp_path / name).write_text(text, "utf-8")
    assert rule(tmp_path)


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (rules.names_say_something, "desk.py", "class DeskManager:\n    pass\n"),
        (rules.nothing_names_a_host_or_machine, "notes.md", "see /roo" + "t/fazhi\n"),
        (rules.pages_fetch_nothing_from_outside, "a.css", '@import url("//fonts.example.com/a.css");\n'),
        (rules.pages_run_nothing_inline, "a.html", "<script>go()</script>\n"),
        (rules.pages_run_nothing_inline, "b.html", '<p style="color: red">红</p>\n'),
    ],
)
def test_other_ways_to_break_it(rule, name, text, tmp_path):
    (tmp_path / name).write_text(text, "utf-8")
    assert rule(tmp_path)


def test_lengths_are_told(record_property, capsys):
    files = list(rules.file_lengths(SOURCE).values())
    lines = list(rules.function_lengths(SOURCE).values())
    p95_file, p95_function = quantiles(files, n=20)[-1], quantiles(lines, n=20)[-1]
    with capsys.disabled():
        print(f"\nfiles: {len(files)}, p95 {p95_file:.0f} lines; functions: {len(lines)}, p95 {p95_function:.0f} lines")
    assert p95_file <= rules.LONGEST_FILE
    assert p95_function <= rules.LONGEST_FUNCTION
