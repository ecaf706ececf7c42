"""`fazhi account`: who may log in."""

import json
import sys

import click

from fazhi.cli import named
from fazhi.cli.commands import fazhi
from fazhi.cli.noting import note
from fazhi.people import posts, roll
from fazhi.people.login import RULE, weakness

STDIN = click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码，供程序使用。")


@fazhi.group("account")
def account() -> None:
    """建立和管理账号：谁可以登录办公系统。

    \b
    例：fazhi account add zhangsan --display 张三
    """


@account.command("add", help=f"""建立一个账号，随后要求输入两遍密码。密码{RULE}。

    账号本身没有权限：再用 fazhi post hold 让此人担任岗位。

    \b
    例：fazhi account add zhangsan --display 张三
    """)  # fmt: skip
@click.argument("username")
@click.option("--display", required=True, help="姓名，显示在页面上。")
@STDIN
def add(username: str, display: str, password_stdin: bool) -> None:
    """The command; its help states the rule for passwords."""
    if any(line.username.lower() == username.strip().lower() for line in roll.accounts()):
        raise click.ClickException(
            f"已有用户名“{username.strip()}”（不分大小写），没有重复建立。用 fazhi account list 查看。"
        )
    if not display.strip():
        raise click.ClickException("请用 --display 写明姓名。")
    password = _ask(username, display, password_stdin)
    try:
        posts.open_account(username, display, password)
    except posts.BadSeat as error:
        raise click.ClickException(str(error)) from error
    note("open_account", username.strip(), after=display.strip())
    click.echo(
        f"已建立账号 {username.strip()}（{display.strip()}）。"
        f"下一步：fazhi post hold 单位/岗位 {username.strip()} --since 日期"
    )


@account.command("list")
@named.JSON
def list_accounts(as_json: bool) -> None:
    """列出全部账号。

    \b
    例：fazhi account list --json
    """
    lines = roll.accounts()
    if as_json:
        rows = [
            {
                "id": str(line.id),
                "username": line.username,
                "display": line.display,
                "open": line.open,
                "last_login": line.last_login.isoformat() if line.last_login else None,
            }
            for line in lines
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for line in lines:
        last = f"上次登录 {line.last_login:%Y-%m-%d}" if line.last_login else "从未登录"
        click.echo(f"{line.username}　{line.display}　{last}" + ("" if line.open else "　已停用"))
    if not lines:
        click.echo("还没有账号。用 fazhi account add 建立第一个。")


@account.command("password", help=f"""为账号另设密码：此人的全部登录随即失效，因输错密码的暂停也解除。密码{RULE}。

    \b
    例：fazhi account password zhangsan
    """)  # fmt: skip
@click.argument("username")
@STDIN
def password(username: str, password_stdin: bool) -> None:
    """The command; its help states the rule for passwords."""
    line = named.account(username)
    posts.change_password(line.id, _ask(line.username, line.display, password_stdin))
    note("password", line.username, after="已设密码")
    click.echo(f"已为 {line.username}（{line.display}）另设密码。" + ("" if line.open else "账号仍在停用，不能登录。"))


@account.command("close")
@click.argument("username")
@click.option("--undo", is_flag=True, help="重新启用停用的账号。")
def close(username: str, undo: bool) -> None:
    """停用账号：从下一次打开页面起不能登录，也没有权限；此人做过的事照旧可查。

    \b
    例：fazhi account close zhangsan
    """
    line = named.account(username)
    posts.switch(line.id, on=undo)
    note("switch", line.username, after="启用" if undo else "停用")
    click.echo(f"{'已重新启用' if undo else '已停用'}账号 {line.username}（{line.display}）。")


def _ask(username: str, display: str, from_stdin: bool) -> str:
    """A password that the rule allows: one line of the standard input, or typed twice unseen."""
    if from_stdin:
        typed = sys.stdin.readline().rstrip("\r\n")
    else:
        typed = click.prompt("密码", hide_input=True, default="", show_default=False)
    if why := weakness(typed, username.strip(), display.strip()):
        raise click.ClickException(f"{why}密码{RULE}。")
    if not from_stdin and click.prompt("再输入一遍", hide_input=True, default="", show_default=False) != typed:
        raise click.ClickException("两次输入的密码不同，没有保存，请重来。")
    return typed
