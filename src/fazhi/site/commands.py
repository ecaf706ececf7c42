"""`fazhi serve`, `fazhi demo` and `fazhi database`: the commands that wire the platform together."""

import json
import os
import subprocess

import click

from fazhi.cli.commands import fazhi
from fazhi.cluster import binaries
from fazhi.site import serve as serving
from fazhi.site.home import home
from fazhi.site.opening import address_of

_PORT = click.IntRange(1, 65535)


@fazhi.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。对外服务请放在反向代理之后。")
@click.option("--port", default=8000, show_default=True, type=_PORT, help="监听端口。")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="网页进程数。")
def serve(host: str, port: int, workers: int) -> None:
    """启动平台：数据库、网页和后台任务；按 Ctrl-C 全部结束。

    \b
    例：fazhi serve
        fazhi serve --port 8080
        DATABASE_URL=postgresql://… DATABASE_OWNER_URL=postgresql://… fazhi serve
    """
    serving.run(host, port, workers)


@fazhi.command("demo")
@click.option("--port", default=8000, show_default=True, type=_PORT, help="监听端口。")
def demo(port: int) -> None:
    """启动示例区：第一次会装入一年的示例业务，数据与正式数据分开存放。

    \b
    例：fazhi demo
        fazhi demo --port 8080
    """
    os.environ["FAZHI_HOME"] = str(home() / "demo")
    os.environ["FAZHI_DEMO"] = "1"
    serving.run("127.0.0.1", port, 2, sample=True)


@fazhi.group("database")
def database() -> None:
    """查看和维护数据库。

    \b
    例：fazhi database check
    """


@database.command("migrate")
def migrate() -> None:
    """把数据库更新到当前版本，并重新授予各角色的权限。

    \b
    例：fazhi database migrate
    """
    from fazhi.site.migrate import migrate as bring

    bring(verbosity=1)
    click.echo("数据库已是当前版本，权限已授予。")


@database.command("check")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def check(as_json: bool) -> None:
    """检查数据库的版本、角色和权限；有问题时退出码为1。

    \b
    例：fazhi database check
        fazhi database check --json
    """
    from fazhi.site.health import read

    health = read()
    if as_json:
        click.echo(json.dumps(health.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in health.lines():
            click.echo(line)
    if not health.good:
        raise click.exceptions.Exit(1)


@database.command("psql", context_settings={"ignore_unknown_options": True})
@click.option("--role", type=click.Choice(["owner", "web", "public", "sealer"]), default="web", show_default=True)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def psql(role: str, words: tuple[str, ...]) -> None:
    """以某个数据库角色打开 psql。

    \b
    例：fazhi database psql --role public
        fazhi database psql -- -c 'select count(*) from ledger_matter'
    """
    done = subprocess.run([str(binaries.find("psql")), address_of(role), *words], check=False)
    raise click.exceptions.Exit(done.returncode)
