"""`fazhi record package`, `verify-package` and `retention`: closed matters on their way into the archive."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from fazhi.cli import named
from fazhi.cli.record import record
from fazhi.jobs.package import CannotPackage
from fazhi.jobs.package import package as write_package
from fazhi.jobs.retention import due
from fazhi.jobs.unpack import BadPackage
from fazhi.jobs.unpack import verify_package as check_package
from fazhi.ledger import UnknownMatter, today
from fazhi.ledger.number import given
from fazhi.ledger.receipt import BadReceipt, Receipt

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@record.command("package")
@click.argument("matter")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def package(matter: str, file: Path) -> None:
    """把一件办结的事项打成归档包：目录、全部记录和正文、附件、封存证明。MATTER 写案号或者编号。

    包里的正文和姓名没有加密，请像原件一样保管；原来的记录不会因此删除。

    \b
    例：fazhi record package 示例复〔2025〕18号 示例复-2025-18.zip
    """
    one = given(matter) or _identity(matter)
    try:
        contents = write_package(one, file)
    except (CannotPackage, UnknownMatter) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"已写入 {file}：{contents.title} {contents.number}，{contents.entries} 条记录，{len(contents.parts)} 个部分。"
    )


@record.command("verify-package")
@click.argument("file", type=FILE)
@click.option("--against", type=FILE, help="在外面保管的封存回执。")
@named.JSON
def verify_package(file: Path, against: Path | None, as_json: bool) -> None:
    """只凭归档包自身核验：目录、链、正文和封存；不需要数据库和密钥。有不符时退出码为1。

    \b
    例：fazhi record verify-package 示例复-2025-18.zip --against 回执.json
    """
    try:
        receipt = Receipt.from_json(against.read_text(encoding="utf-8")) if against else None
        found = check_package(file, receipt)
    except (BadPackage, BadReceipt) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        said = {"ok": not found.faults, "faults": found.faults, "erased": found.erased, "compared": found.compared}
        click.echo(json.dumps({**said, "matter": found.contents.matter}, ensure_ascii=False, indent=2))
    else:
        for fault in found.faults:
            click.echo(f"  {fault}")
        told = "与回执相符" if found.compared else "自身一致，没有与外面的回执比对"
        click.echo("核验没有通过。" if found.faults else f"已核验：{told}；依法清除的正文{found.erased}条。")
    raise SystemExit(1 if found.faults else 0)


@record.command("retention")
@click.option("--on", "day", type=named.DAY, help="到哪一天为止期满；默认今天。")
@named.JSON
def retention(day: datetime | None, as_json: bool) -> None:
    """列出保管期满的事项。只列出，不删除：鉴定以后，由具有“清除个人信息”职权的岗位逐件办理。

    保管期写在规则页里（retention），自办结的次年一月一日起算。

    \b
    例：fazhi record retention --on 2055-12-31
    """
    found = due(named.day(day) or today())
    if as_json:
        rows = [{"matter": str(one.matter), "number": one.number, "due": one.due.isoformat()} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.due}　{one.title}　{one.number or one.matter}　{one.basis}")
    click.echo(f"保管期满 {len(found)} 件。" if found else "没有保管期满的事项。")


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise click.ClickException(f"没有案号为“{text}”的事项。请写完整的案号，或者事项的编号。") from None
