"""`fazhi database`: the shape of the database, its roles and its address."""

import json
import os

import click

from fazhi.cli.commands import fazhi


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
    例：fazhi database check --json
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
    """以某个角色打开 psql；平台须已启动，或使用自己的服务器。

    \b
    例：fazhi database psql --role public
        fazhi database psql -- -c 'select count(*) from ledger_matter'
    """
    import subprocess

    from fazhi.cluster import binaries

    variable = {"owner": "DATABASE_OWNER_URL", "web": "DATABASE_URL"}.get(role, f"DATABASE_{role.upper()}_URL")
    address = os.environ.get(variable) or os.environ["DATABASE_URL"]
    done = subprocess.run([str(binaries.find("psql")), address, *words], check=False)
    raise click.exceptions.Exit(done.returncode)
