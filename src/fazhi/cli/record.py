"""`fazhi record`: verify, receipt, seal, refill and compare; `fazhi jobs`: the background process by itself."""

import json
from pathlib import Path

import click

from fazhi.cli.commands import fazhi
from fazhi.ledger.erase import sweep as sweep_tables
from fazhi.ledger.follow import Follower, follower, followers
from fazhi.ledger.receipt import BadReceipt, Receipt
from fazhi.ledger.receipt import receipt as last_receipt
from fazhi.ledger.refill import RefillRunning
from fazhi.ledger.refill import compare as compare_room
from fazhi.ledger.refill import refill as refill_rooms
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import verify as verify_record

JSON = click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")


@fazhi.group()
def record() -> None:
    """核验、封存与重建台账。

    \b
    例：fazhi record receipt > 回执.json
        fazhi record verify --against 回执.json
    """


@record.command()
@click.option("--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="此前取出的封存回执。")
@JSON
@click.pass_context
def verify(context: click.Context, against: Path | None, as_json: bool) -> None:
    """逐条核验全部记录；有不符时退出码为1。

    \b
    例：fazhi record verify --against 回执.json
    """
    try:
        receipt = Receipt.from_json(against.read_text(encoding="utf-8")) if against else None
    except BadReceipt as error:
        raise click.ClickException(str(error)) from error
    report = verify_record(receipt)
    if as_json:
        click.echo(report.as_json())
    else:
        click.echo(report.verdict)
        for one in report.wrong:
            where = [f"事项 {one.matter}" if one.matter else "", f"第{one.seq}条" if one.seq else ""]
            where += [f"位置 {one.position}" if one.position else "", f"封存 {one.seal}" if one.seal else ""]
            click.echo(f"  {one.message}（{'，'.join(part for part in where if part)}）")
    context.exit(0 if report.ok else 1)


@record.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；不写则打印。")
def receipt(out: Path | None) -> None:
    """取出最近一次封存的回执，请交由上级机关或打印留存。

    \b
    例：fazhi record receipt --out 回执.json
    """
    slip = last_receipt()
    if slip is None:
        raise click.ClickException("还没有封存：请先运行 fazhi record seal。")
    if out:
        out.write_text(slip.as_json(), encoding="utf-8")
    else:
        click.echo(slip.as_json())


@record.command()
@JSON
def seal(as_json: bool) -> None:
    """立即封存已落定的记录（平时由后台任务每秒封存）。

    \b
    例：fazhi record seal
    """
    count = seal_all()
    click.echo(json.dumps({"sealed": count}) if as_json else f"已封存{count}条。")


@record.command()
@click.argument("room", required=False)
@JSON
def refill(room: str | None, as_json: bool) -> None:
    """由记录重建台账；不写ROOM则全部重建。

    \b
    例：fazhi record refill worklist
    """
    with click.progressbar(length=1, label="重建台账", hidden=as_json) as bar:

        def step(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        try:
            rows = refill_rooms(_rooms(room), step=step)
        except RefillRunning as error:
            raise click.ClickException(str(error)) from error
    click.echo(json.dumps(rows) if as_json else "；".join(f"{name} {count}行" for name, count in rows.items()))


@record.command()
@click.argument("room", required=False)
@JSON
@click.pass_context
def compare(context: click.Context, room: str | None, as_json: bool) -> None:
    """比对台账与由记录重建的结果；有差异时退出码为1。

    \b
    例：fazhi record compare
    """
    found = [difference for one in _rooms(room) for difference in compare_room(one)]
    if as_json:
        click.echo(json.dumps([{"room": one.room, "matter": str(one.matter), "side": one.side} for one in found]))
    else:
        for one in found:
            click.echo(f"  {one.room}：事项 {one.matter} {'多出' if one.side == 'room' else '缺少'}一行")
        click.echo(f"发现{len(found)}处差异。" if found else "各台账与记录一致。")
    context.exit(1 if found else 0)


@record.command()
def sweep() -> None:
    """重写曾清除个人信息的表，使清除的内容不再留在数据库文件中。期间这些表暂不可用，宜在夜间运行。

    预写日志和此前的备份仍含原内容，至其过期；正文在其中是加密的。

    \b
    例：fazhi record sweep
    """
    tables = {"ledger_body", "people_party", "archive_file", *(room.table for room in followers())}
    sweep_tables(sorted(tables))
    click.echo(f"已重写{len(tables)}张表。")


@fazhi.command()
def jobs() -> None:
    """运行后台任务：封存、跟随、预警、清理。平时由 fazhi serve 一并启动。

    \b
    例：fazhi jobs
    """
    from fazhi.jobs.loop import loop

    loop()


def _rooms(room: str | None) -> tuple[Follower, ...]:
    if room is None:
        return followers()
    try:
        return (follower(room),)
    except LookupError as error:
        raise click.ClickException(str(error)) from error
