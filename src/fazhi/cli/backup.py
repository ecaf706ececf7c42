"""`fazhi backup` and `fazhi restore`: a copy that can be proved to be whole, and its way back."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from fazhi.cli.commands import fazhi
from fazhi.jobs.backup import CannotBackUp, back_up
from fazhi.jobs.erasures import NoList, collect, newest
from fazhi.jobs.restore import Restored
from fazhi.jobs.restore import restore as bring_back
from fazhi.ledger.receipt import BadReceipt

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")


@fazhi.command("backup")
@click.argument("folder", type=FOLDER)
@click.option("--with-keys", is_flag=True, help="把密钥也放进备份。有了它，谁拿到备份就能读出全部正文，请加倍保管。")
@JSON
def backup(folder: Path, with_keys: bool, as_json: bool) -> None:
    """备份到一个新文件夹：数据库、文件、封存回执和清除清单。

    密钥默认不在备份里，请把密钥文件夹另外保管一份；没有密钥，备份里的正文无法读出。平台运行时也可以备份。

    \b
    例：fazhi backup /mnt/备份/2025-06-01
    """
    try:
        manifest = back_up(folder.absolute(), with_keys=with_keys)
    except CannotBackUp as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(manifest), ensure_ascii=False, indent=2))
        return
    click.echo(f"已备份 {manifest.matters} 件事项、{manifest.entries} 条记录到 {folder}。")
    if not with_keys:
        click.echo("密钥不在备份里，请另外保管密钥文件夹（keys）。")


@fazhi.command("restore")
@click.argument("folder", type=FOLDER)
@click.option("--erasures", type=FILE, help="在别处保管的最新清除清单；数据目录旁的那份会自动使用。")
@click.option("--receipt", type=FILE, help="在外面保管的封存回执；不写则用备份里的那份。")
@JSON
@click.pass_context
def restore(context: click.Context, folder: Path, erasures: Path | None, receipt: Path | None, as_json: bool) -> None:
    """把备份恢复到空的数据库，重放清除清单，封存、重建并核验；有一处不符，退出码就是1。

    \b
    例：FAZHI_HOME=/srv/fazhi-new fazhi restore /mnt/备份/2025-06-01
        fazhi restore /mnt/备份/2025-06-01 --erasures /mnt/别处/erasures.json --receipt 回执.json
    """
    try:
        done = bring_back(
            folder.absolute(), newest=erasures, receipt=receipt, tell=lambda text: click.echo(text, err=True)
        )
    except (CannotBackUp, BadReceipt, NoList) as error:
        raise click.ClickException(str(error)) from error
    click.echo(_as_json(done) if as_json else _told(done))
    context.exit(1 if done.differs else 0)


@fazhi.command("erasures")
def erasures() -> None:
    """打印清除清单（只有编号，没有内容），请定期存放到备份以外的地方。

    \b
    例：fazhi erasures > /mnt/别处/erasures.json
    """
    click.echo(newest().joined(collect()).as_json())


def _told(done: Restored) -> str:
    lines = [done.report.verdict, f"重放清除：{done.erased_again} 项。"]
    if done.differs:
        return "\n".join([*lines, "恢复没有通过核验：", *(f"  {one}" for one in done.differs)])
    return "\n".join([*lines, f"已核验：恢复与 {done.manifest.made_at} 的备份一致（verified）。"])


def _as_json(done: Restored) -> str:
    said = {"verified": not done.differs, "verdict": done.report.verdict, "differs": list(done.differs)}
    said |= {"erased_again": done.erased_again, "rooms": done.rooms}
    return json.dumps(said, ensure_ascii=False, indent=2)
