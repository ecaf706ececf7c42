"""What people name on the command line (units, posts, accounts, powers, days), found by name or by id."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol, TypeVar, cast
from uuid import UUID

import click

from fazhi.desk.tables.names import plain_spelling
from fazhi.ledger import rulebook, today
from fazhi.people import roll, units
from fazhi.people.actors import POWERS
from fazhi.reach.grants import SECRECY, Secrecy

DAY = click.DateTime(["%Y-%m-%d"])
JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
SHOWN = 12


class Identified(Protocol):
    """Something with an id."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...


Line = TypeVar("Line", bound=Identified)


def unit(wanted: str) -> units.UnitLine:
    """The unit of this name or id today."""
    lines = [(line.name, line) for line in units.tree_on(today()).units.values()]
    return _one(wanted, lines, "单位", "fazhi unit list")


def post(wanted: str) -> roll.PostLine:
    """The post of this id, of this 单位/岗位, or of this title if only one post has it."""
    lines = roll.posts_on(today())
    whole = [(line.name, line) for line in lines]
    return _one(wanted, whole if "/" in wanted else [(line.title, line) for line in lines], "岗位", "fazhi post list")


def account(wanted: str) -> roll.AccountLine:
    """The account of this user name or id, or of this person's name if only one has it."""
    lines = roll.accounts()
    known = {line.username.lower() for line in lines}
    names = [(line.username if wanted.strip().lower() in known else line.display, line) for line in lines]
    return _one(wanted, names, "账号", "fazhi account list", str.lower)


def label(line: object) -> str:
    """A line as a person would write it to mean this one alone."""
    if isinstance(line, roll.AccountLine):
        return f"{line.username}（{line.display}）"
    return str(getattr(line, "name", line))


def powers(text: str) -> list[str]:
    """Words of POWERS, each given as that word or as its Chinese name."""
    return _words(text, POWERS, "职权")


def kinds(text: str) -> list[str] | None:
    """Kinds of business, each given by its name or its Chinese title; none given is all of them."""
    titles = {name: str(pages[-1].title) for name, pages in rulebook().procedures.items()}
    return _words(text, titles, "业务") if text.strip() else None


def secrecy(text: str) -> Secrecy:
    """The number of a level of secrecy from its Chinese or English word."""
    levels = {word.lower(): number for number, pair in enumerate(SECRECY) for word in pair}
    return cast(Secrecy, levels[text.lower()])


def day(moment: datetime | None) -> date | None:
    """The day that was typed, if any."""
    return moment.date() if moment else None


def listing(words: Mapping[str, str]) -> str:
    """Words with what they mean, for help."""
    return "、".join(f"{word}（{meaning}）" for word, meaning in words.items())


def span(since: date, until: date | None) -> str:
    """The days of something dated, as people say them."""
    return f"{since}起" if until is None else f"{since}起，到{until}的前一天"


def _words(text: str, known: Mapping[str, str], what: str) -> list[str]:
    meant = {meaning: word for word, meaning in known.items()}
    typed = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if unknown := [part for part in typed if part not in known and part not in meant]:
        raise click.ClickException(f"没有这种{what}：{'、'.join(unknown)}。可用的有：{listing(known)}。")
    if not typed:
        raise click.ClickException(f"请至少写一种{what}。可用的有：{listing(known)}。")
    return [meant.get(part, part) for part in typed]


def _one(
    wanted: str,
    lines: Iterable[tuple[str, Line]],
    what: str,
    where: str,
    spell: Callable[[str], str] = plain_spelling,
) -> Line:
    """The only line of this id or name. A part of a name is never enough to give somebody rights."""
    named, spelling = list(lines), spell(wanted.strip())
    found = [line for name, line in named if name == wanted.strip() or str(line.id) == wanted]
    found = found or [line for name, line in named if spell(name) == spelling]
    if len(found) == 1:
        return found[0]
    if found:
        told = "\n".join(f"  {label(line)}　{line.id}" for line in found)
        raise click.ClickException(f"“{wanted}”对应多个{what}，请写全称或编号：\n{told}")
    near = [line for name, line in named if spelling and spelling in spell(name)] or [x for _, x in named]
    told = "".join(f"\n  {label(line)}" for line in near[:SHOWN])
    raise click.ClickException(
        f"没有名为“{wanted}”的{what}。" + (f"现有：{told}\n" if told else "") + f"用 {where} 查看。"
    )
