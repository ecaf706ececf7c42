"""The house rules, each a function from a tree to what breaks the rule in it."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
BANNED = {
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "base",
    "manager",
    "managers",
    "service",
    "services",
    "lib",
    "core",
}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".sh",
    ".po",
    ".svg",
    ".yml",
    ".yaml",
    ".cfg",
    "",
}
MADE = ("data", "build", "dist", "screenshots")
WRITTEN = (".ci", ".gitignore")

# in pieces, so that this file does not break its own rule
_HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".",
    "mirrors" + ".",
    "deb.debian" + ".org",
    "jsdelivr" + ".",
)
_PATHS = ("/wor" + "k/", "/roo" + "t/", "/tm" + "p/", "/opt/" + "pypi", "/home" + "/")
_UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
_EXTERNAL = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z0-9.-]+""", re.IGNORECASE)
_INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=["']|\son[a-z]+=["']|javascript:""", re.IGNORECASE
)

Rule = Callable[[Path], list[str]]


def python_files(tree: Path) -> Iterator[Path]:
    """Every module below `tree`."""
    yield from sorted(path for path in tree.rglob("*.py") if "__pycache__" not in path.parts)


def text_files(tree: Path) -> Iterator[Path]:
    """Every file below `tree` that people write."""
    for path in sorted(tree.rglob("*")):
        parts = path.relative_to(tree).parts
        hidden = parts[0] in MADE or any(part in ("__pycache__", "node_modules") for part in parts)
        hidden = hidden or any(part.startswith(".") and part not in WRITTEN for part in parts)
        if path.is_file() and path.suffix in TEXT and not hidden:
            yield path


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the name to the end, the docstring left out."""
    first = function.body[0]
    says = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    told = (first.end_lineno or 0) - first.lineno + 1 if says else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def file_lengths(tree: Path) -> dict[Path, int]:
    return {path: len(path.read_text("utf-8").splitlines()) for path in python_files(tree)}


def function_lengths(tree: Path) -> dict[str, int]:
    found = {}
    for path in python_files(tree):
        for function in functions(ast.parse(path.read_text("utf-8"))):
            found[f"{path}:{function.lineno} {function.name}"] = length(function)
    return found


def files_are_short(tree: Path) -> list[str]:
    return [f"{path}: {lines} lines" for path, lines in file_lengths(tree).items() if lines > LONGEST_FILE]


def functions_are_short(tree: Path) -> list[str]:
    return [f"{where}: {lines} lines" for where, lines in function_lengths(tree).items() if lines > LONGEST_FUNCTION]


def modules_say_what_they_are(tree: Path) -> list[str]:
    broken = []
    for path in python_files(tree):
        if path.parent.name == "migrations":
            continue
        first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
        if not re.match(r"[A-Za-z`“]", first) or len(first) < 12:
            broken.append(f"{path}: opens without one English line that says what it is")
    return broken


def names_say_something(tree: Path) -> list[str]:
    broken = [f"{path}: banned name" for path in python_files(tree) if {path.stem, path.parent.name} & BANNED]
    endings = tuple(name.capitalize() for name in BANNED)
    for path in python_files(tree):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith(endings) and not node.name.endswith("Database"):
                broken.append(f"{path}:{node.lineno}: banned name {node.name}")
    return broken


def docstrings_list_no_arguments(tree: Path) -> list[str]:
    sign = re.compile(r"^\s*(Args|Arguments|Parameters|Returns|Raises):\s*$", re.MULTILINE)
    broken = []
    for path in python_files(tree):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            kinds = ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef | ast.Module
            if isinstance(node, kinds) and sign.search(ast.get_docstring(node) or ""):
                broken.append(f"{path}:{getattr(node, 'lineno', 1)}: a list of arguments in a docstring")
    return broken


def nothing_is_unfinished(tree: Path) -> list[str]:
    words = re.compile(r"\b(" + "|".join(_UNFINISHED) + r")\b")
    return _lines_with(tree, words, "unfinished", {".py", ".html", ".css", ".js", ".toml", ".sql", ".sh"})


def nothing_names_a_host_or_machine(tree: Path) -> list[str]:
    words = re.compile("|".join(re.escape(word) for word in (*_HOSTS, *_PATHS)))
    return _lines_with(tree, words, "names a registry or a machine's path", TEXT)


def pages_fetch_nothing_from_outside(tree: Path) -> list[str]:
    return _lines_with(tree, _EXTERNAL, "an address outside", {".html", ".css", ".js", ".svg"})


def pages_run_nothing_inline(tree: Path) -> list[str]:
    return _lines_with(tree, _INLINE, "inline script or style", {".html"})


def tests_can_fail(tree: Path) -> list[str]:
    """A test asserts, expects an exception, or hands over to something that checks."""
    checks = re.compile(
        r"\b(assert|raises|fail|check\w*|expect\w*|must\w*|refuse\w*|same\w*|compare\w*)\b|assert_|run_"
    )
    broken = []
    for path in python_files(tree):
        text = path.read_text("utf-8")
        parts = {one.name: (one, ast.get_source_segment(text, one) or "") for one in functions(ast.parse(text))}
        able = {name for name, (_, body) in parts.items() if checks.search(body)}
        while more := {n for n, (_, body) in parts.items() if set(re.findall(r"(\w+)\(", body)) & able} - able:
            able |= more
        broken += [
            f"{path}:{one.lineno}: {name} cannot fail"
            for name, (one, _) in parts.items()
            if name.startswith("test_") and name not in able
        ]
    return broken


def _lines_with(tree: Path, words: re.Pattern[str], what: str, kinds: set[str]) -> list[str]:
    broken = []
    for path in text_files(tree):
        if path.suffix in kinds:
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                if found := words.search(line):
                    broken.append(f"{path}:{number}: {what}: {found[0]}")
    return broken
