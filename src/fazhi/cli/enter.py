"""`fazhi enter`: a matter begun before this system, from a file."""

import json
from pathlib import Path

import click

from fazhi.cli.commands import fazhi
from fazhi.desk.act import NoRight, Refused
from fazhi.desk.tables.bring import NoUnit
from fazhi.desk.tables.old import enter_past
from fazhi.desk.tables.past import Unwritable, read_past


@fazhi.command("enter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def enter(file: Path, dry_run: bool, as_json: bool) -> None:
    """补录在本系统之前开始的事项：原案号、当事人和各项事实的真实日期，写在一个 TOML 或 JSON 文件里。

    要么整件写入，要么什么也不写入；同一个原案号再录一次，不会重复。写法见 docs/how-to/enter-an-old-matter.md。

    \b
    例：fazhi enter 旧案.toml --dry-run
        fazhi enter 旧案.toml
    """
    try:
        done = enter_past(read_past(file), rehearse=dry_run)
    except (Unwritable, NoUnit, NoRight) as error:
        raise click.ClickException(f"{file.name}：\n{error}") from error
    except Refused as error:
        raise click.ClickException("\n".join([f"{file.name}：", *(one.message for one in error.findings)])) from error
    if as_json:
        said = {"matter": str(done.matter), "repeated": done.repeated, "dry_run": dry_run}
        said |= {"findings": [one.message for one in done.findings]}
        if not dry_run and not done.repeated:
            said |= {"query_number": done.query_number, "code": done.code}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    if dry_run:
        click.echo("检查通过，没有写入任何内容。")
    elif done.repeated:
        click.echo(f"此前已录入，没有重复：事项 {done.matter}。")
    else:
        click.echo(f"已录入：事项 {done.matter}。查询号 {done.query_number}，查询码 {done.code}（只显示这一次）。")
    for one in done.findings:
        click.echo(f"  提示：{one.message}")
