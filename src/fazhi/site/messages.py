"""The words of the pages: collected from templates and code into message files, and compiled."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
_HEADER = {
    "Project-Id-Version": "fazhi",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
_SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_STRING = r"""((?:[urb]*(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))+)"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})?", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """One message as the code has it: Chinese, with the context and the plural form where there is one."""

    text: str
    plural: str = ""
    context: str = ""


def collect(package: Path = PACKAGE) -> dict[Words, set[str]]:
    """Every message below `package`, with the files that use it."""
    found: dict[Words, set[str]] = {}
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py":
            words = _in_code(path.read_text("utf-8"))
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            words = _in_template(path.read_text("utf-8"))
        else:
            continue
        for one in words:
            found.setdefault(one, set()).add(str(path.relative_to(package)))
    return found


def _in_code(text: str) -> Iterator[Words]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            strings = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            yield from _words(name, strings)


def _in_template(text: str) -> Iterator[Words]:
    for name, first, second in _CALL.findall(templatize(text)):
        yield from _words(name, [ast.literal_eval(part) for part in (first, second) if part])


def _words(name: str, strings: list[str]) -> Iterator[Words]:
    if name in _PLURAL and len(strings) >= 2:
        yield Words(strings[0], strings[1])
    elif name in _CONTEXT and len(strings) >= 2:
        yield Words(strings[1], context=strings[0])
    elif name in _SINGLE and strings and strings[0]:
        yield Words(strings[0])


def write(catalogue: Path = CATALOGUE) -> polib.POFile:
    """Bring the message file in step with the code; translations that are still used stay."""
    known = _known(catalogue)
    file = polib.POFile(wrapwidth=120)
    file.metadata = _HEADER
    for words, places in sorted(collect().items()):
        entry = polib.POEntry(
            msgid=words.text, msgctxt=words.context or None, occurrences=[(p, "") for p in sorted(places)]
        )
        old = known.get(words)
        if words.plural:
            entry.msgid_plural = words.plural
            entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        file.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(catalogue))
    return file


def _known(catalogue: Path) -> dict[Words, polib.POEntry]:
    if not catalogue.exists():
        return {}
    return {Words(one.msgid, one.msgid_plural, one.msgctxt or ""): one for one in polib.pofile(str(catalogue))}


def missing(catalogue: Path = CATALOGUE, package: Path = PACKAGE) -> list[str]:
    """What the catalogue lacks: messages without an English form, and messages that it does not know."""
    known = _known(catalogue)
    lacks = []
    for words, places in sorted(collect(package).items()):
        entry = known.get(words)
        done = entry is not None and (all(entry.msgstr_plural.values()) if words.plural else bool(entry.msgstr))
        if not done:
            lacks.append(f"{min(places)}: “{words.text}” has no English form")
    return lacks


def compile_all(catalogue: Path = CATALOGUE) -> None:
    """Write what the program reads."""
    if catalogue.exists():
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


if __name__ == "__main__":
    if "--compile" not in sys.argv:
        made = write()
        sys.stdout.write(
            f"{len(made)} messages, {len(missing())} without an English form: {CATALOGUE.relative_to(PACKAGE)}\n"
        )
    compile_all()
