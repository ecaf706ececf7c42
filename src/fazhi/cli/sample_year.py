"""`fazhi sample`: a district that does not exist, with the matters since last January, to try the program with."""

import json
from time import monotonic

import click

from fazhi.cli import sample as sample_district
from fazhi.cli.commands import fazhi
from fazhi.cli.sample import note


@fazhi.group("sample")
def sample() -> None:
    """装入示例区：一个不存在的区，供试用和演示。

    \b
    例：fazhi sample load
    """


@sample.command("load")
@click.option("--matters", default=480, show_default=True, type=click.IntRange(80, 20_000), help="事项的件数。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def load_sample(matters: int, as_json: bool) -> None:
    """装入示例区从去年一月至今的业务：单位、岗位、账号、信访、热线和行政复议。

    只能装入空的平台；已经装过的，只显示账号。所有名称都带“示例”，内容都是编写的。

    \b
    例：fazhi sample load
        fazhi sample load --matters 2000
    """
    begun = monotonic()
    loaded = sample_district.load(matters, quiet=as_json)
    if as_json:
        noted = note.read()
        password, people = (noted.password, dict(noted.people)) if noted else ("", {})
        told = {"matters": loaded, "seconds": round(monotonic() - begun, 1), "password": password, "accounts": people}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"已装入 {loaded} 件事项，用时 {monotonic() - begun:.0f} 秒。" if loaded else "示例区已在，没有重复装入。"
    )
    click.echo(sample_district.accounts())


@sample.command("accounts")
def show() -> None:
    """显示示例账号和密码。

    \b
    例：fazhi sample accounts
    """
    click.echo(sample_district.accounts())
