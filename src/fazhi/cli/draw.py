"""`fazhi draw`: random draws with a seed made public before, and the same draw again for anyone who doubts it."""

import secrets
from pathlib import Path
from uuid import UUID

import click

from fazhi.cli.acting import acting, person
from fazhi.cli.commands import fazhi
from fazhi.desk import NoRight, Refused, drawing

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SEED = click.option("--seed", type=FILE, required=True, help="写有种子的文件；抽取以前不要让别人看到。")


@fazhi.group("draw")
def draw() -> None:
    """双随机抽取：先公布种子摘要，再定名单，最后抽取；谁都可以重算。

    \b
    例：fazhi draw check 5f0c…
    """


@draw.command("begin")
@click.argument("subject")
@SEED
@click.option("--beacon", required=True, help="将采用哪一个还没有产生的公开号码。")
@acting
def begin(subject: str, seed: Path, beacon: str, user: str, post: str) -> None:
    """立一次抽取，公布种子摘要和将采用的公开号码。

    \b
    例：fazhi draw begin 三月食品抽查 --seed 种子.txt --beacon 三月十日福彩3D开奖号 --user zhangsan
    """
    actor = person(user, post)
    try:
        done = drawing.commit(actor, subject, seed.read_text("utf-8"), beacon, key=secrets.token_hex(16))
    except (Refused, NoRight) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已公布种子摘要，编号 {done.matter}。下一步：fazhi draw pool {done.matter} 名单.txt --wanted 10")


@draw.command("pool")
@click.argument("matter", type=click.UUID)
@click.argument("file", type=FILE)
@click.option("--wanted", type=click.IntRange(1), required=True, help="抽取几个。")
@acting
def pool(matter: UUID, file: Path, wanted: int, user: str, post: str) -> None:
    """固定名单（一行一个）和抽取数。

    \b
    例：fazhi draw pool 5f0c… 名单.txt --wanted 10 --user zhangsan
    """
    actor = person(user, post)
    lines = file.read_text("utf-8-sig").splitlines()
    try:
        drawing.fix_pool(actor, matter, lines, wanted, key=secrets.token_hex(16))
    except (Refused, NoRight) as error:
        raise click.ClickException(str(error)) from error
    click.echo("名单已固定。公开号码产生后：fazhi draw hold")


@draw.command("hold")
@click.argument("matter", type=click.UUID)
@SEED
@click.option("--number", required=True, help="产生出来的公开号码。")
@acting
def hold(matter: UUID, seed: Path, number: str, user: str, post: str) -> None:
    """揭示种子，抽取，记入并公开。

    \b
    例：fazhi draw hold 5f0c… --seed 种子.txt --number 528 --user zhangsan
    """
    actor = person(user, post)
    try:
        drawing.hold(actor, matter, seed.read_text("utf-8"), number, key=secrets.token_hex(16))
    except (Refused, NoRight) as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(drawing.check(matter).told))


@draw.command("check")
@click.argument("matter", type=click.UUID)
def check(matter: UUID) -> None:
    """照记录重算一次抽取，与记下的结果比对；不符的以退出码 1 结束。

    \b
    例：fazhi draw check 5f0c…
    """
    found = drawing.check(matter)
    for holds, what in (
        (found.seed_holds, "种子与摘要"),
        (found.pool_holds, "名单与摘要"),
        (found.holds, "结果与重算"),
    ):
        click.echo(f"{what}：{'相符' if holds else '不符'}")
    raise SystemExit(0 if found.holds else 1)
