"""`fazhi serve` and `fazhi demo`: the whole platform in one command, ended by Ctrl-C."""

import os

import click

from fazhi.cli.commands import fazhi


@fazhi.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。对外服务请放在反向代理之后。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听端口。")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="网页进程数。")
def serve(host: str, port: int, workers: int) -> None:
    """启动平台：数据库、网页和后台任务；按 Ctrl-C 全部结束。

    \b
    例：fazhi serve
        fazhi serve --port 8080
        DATABASE_URL=postgresql://… DATABASE_OWNER_URL=postgresql://… fazhi serve
    """
    from fazhi.site.serve import run

    run(host, port, workers)


@fazhi.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听端口。")
def demo(port: int) -> None:
    """启动示例区：第一次会装入一年的示例业务，数据与正式数据分开存放。

    \b
    例：fazhi demo
        fazhi demo --port 8080
    """
    from fazhi.site.home import home

    os.environ["FAZHI_HOME"] = str(home() / "demo")
    os.environ["FAZHI_DEMO"] = "1"
    from fazhi.site.serve import run

    run("127.0.0.1", port, 2, sample=True)
