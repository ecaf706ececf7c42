"""`fazhi record keys`: which master keys there are, and a new one in their place."""

import click

from fazhi.cli.record import record
from fazhi.jobs import rotate as rotating
from fazhi.people.masters import body_keys, folder, id_of


@record.group("keys")
def keys() -> None:
    """查看和更换加密正文的主密钥。

    \b
    例：fazhi record keys show
        fazhi record keys rotate
    """


@keys.command("show")
def show() -> None:
    """列出在用的和还没有换完的主密钥（只有名称，不显示密钥）。

    \b
    例：fazhi record keys show
    """
    own, *older = body_keys()
    click.echo(f"在用：{id_of(own)}（{folder() / 'body.key'}）")
    for key in older:
        click.echo(f"待换完：{id_of(key)}。运行 fazhi record keys rotate 接着换。")


@keys.command("rotate")
def rotate() -> None:
    """换一把主密钥：新的正文立即用它加密，已有的正文、当事人和附件逐步改用它；中断后再运行一次即接着换。

    平台可以照常运行。换完以后，旧密钥移到密钥文件夹的 retired/ 里：此前的备份仍要靠它，请与备份保存得一样久。

    \b
    例：fazhi record keys rotate
    """
    with click.progressbar(length=1, label="改用新密钥") as bar:

        def step(done: int, total: int) -> None:
            bar.length = total or 1
            bar.update(done - bar.pos)

        done = rotating.rotate(step)
    click.echo(f"已换完：{done.bodies} 条正文、{done.keys} 个数据密钥改用主密钥 {done.key}。")
    click.echo(f"旧密钥 {'、'.join(done.retired)} 在 {folder() / rotating.RETIRED}。请另外备份新的密钥文件夹。")
