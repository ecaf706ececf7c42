"""`fazhi recover`: the database as it was at a moment, from the base copy and the log of the second place."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import django
from django.db import connections

from fazhi.cli.commands import fazhi
from fazhi.cluster import second
from fazhi.site.home import home
from fazhi.site.opening import embedded, make_keys, shape, tell

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"])


@fazhi.command("recover")
@click.argument("folder", type=_FOLDER)
@click.option("--until", type=_MOMENT, help="恢复到哪一刻（北京时间）；不写就恢复到日志的末尾。")
@click.option("--receipt", type=_FILE, help="在外面保管的封存回执，早于要恢复的时刻。")
@click.option("--erasures", type=_FILE, help="最新的清除清单；第二存放处的那份会自动使用。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def recover(folder: Path, until: datetime | None, receipt: Path | None, erasures: Path | None, as_json: bool) -> None:
    """由第二存放处（FAZHI_SECOND）恢复到某一刻，写入空的 FAZHI_HOME；重放清除清单、重建并核验。

    密钥不在第二存放处：请先把密钥文件夹放到 FAZHI_HOME/keys。

    \b
    例：FAZHI_HOME=/srv/fazhi-new fazhi recover /mnt/第二处 --until '2026-01-05 14:30'
    """
    if not (home() / "keys").exists():
        raise click.ClickException(f"请先把密钥文件夹放到 {home() / 'keys'}；没有它，正文无法读出。")
    moment = until.replace(tzinfo=ZoneInfo("Asia/Shanghai")) if until else None
    make_keys()
    second.lay(folder.absolute(), home() / "cluster", moment)
    cluster = embedded()
    click.echo("由副本和日志恢复数据库…", err=True)
    try:
        tell(cluster.start())
        shape()
        django.setup()
        good = _finish(folder, moment, receipt, erasures, as_json)
        connections.close_all()
    finally:
        cluster.stop()
    second.settled(home() / "cluster")
    raise SystemExit(0 if good else 1)


def _finish(folder: Path, moment: datetime | None, receipt: Path | None, wanted: Path | None, as_json: bool) -> bool:
    from fazhi.jobs.backup import FORM, Manifest, applied_migrations
    from fazhi.jobs.erasures import Erasures
    from fazhi.jobs.restore import finish, restore_files
    from fazhi.ledger import keys
    from fazhi.ledger.receipt import Receipt

    lists = [path for path in (folder / "erasures.json", wanted) if path and path.exists()]
    gone = Erasures()
    for path in lists:
        gone = gone.joined(Erasures.from_json(path.read_text("utf-8")))
    restore_files(folder / "files")
    slip = Receipt.from_json(receipt.read_text("utf-8")) if receipt else None
    made_at = moment.isoformat() if moment else ""
    manifest = Manifest(FORM, made_at, "", 0, 0, keys.body_key_id(), "", False, applied_migrations(), {})
    done = finish(manifest, gone, slip, tell=lambda text: click.echo(text, err=True))
    if as_json:
        said = {"verified": not done.differs, "verdict": done.report.verdict, "differs": list(done.differs)}
        click.echo(json.dumps(said | {"erased_again": done.erased_again}, ensure_ascii=False, indent=2))
    else:
        click.echo(done.report.verdict)
        for one in done.differs:
            click.echo(f"  {one}")
    return not done.differs
