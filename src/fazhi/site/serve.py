"""Serving: the database, the web and the jobs as children of one process that ends them all."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click
from django.db import connections

from fazhi.cluster import Cluster, ClusterError
from fazhi.cluster import launch as _launch
from fazhi.site.opening import embedded, make_keys, own_server, shape, tell

_PATIENCE = 60.0
_TRIES = 5
_QUIET_AFTER = 60.0


class CannotServe(ClusterError):
    """The platform cannot be served; says why and what to do."""


@dataclass
class Child:
    """A program that is kept running; too many ends within a minute end everything."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it so that it ends when this process is gone, whatever ended it."""
        numbers = [os.geteuid(), os.getegid(), os.getpid(), int(signal.SIGTERM)]
        launch = [sys.executable, "-I", "-S", str(Path(_launch.__file__)), *map(str, numbers)]
        self.process = subprocess.Popen([*launch, *self.command], stdin=subprocess.DEVNULL, start_new_session=True)

    def keep(self) -> None:
        """Start it again if it ended by itself."""
        if self.process is None or self.process.poll() is None:
            return
        _end_group(self.process.pid)  # what it had started would go on without it, on the same port
        now = time.monotonic()
        self.ends = [end for end in self.ends if now - end < _QUIET_AFTER] + [now]
        if len(self.ends) > _TRIES:
            raise CannotServe(
                f"{self.name}反复退出（退出码 {self.process.returncode}），平台停止。请查看上面的输出。",
                f"The {self.command[2]} process keeps ending (code {self.process.returncode}); see the output above.",
            )
        click.echo(f"{self.name}意外退出，正在重新启动。", err=True)
        self.start()

    def stop(self) -> None:
        """End it and everything it started."""
        if self.process is None:
            return
        for number, patience in ((signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0)):
            if self.process.poll() is None:
                self.process.send_signal(number)
            try:
                self.process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        _end_group(self.process.pid)


def run(host: str, port: int, workers: int, *, sample: bool = False) -> None:
    """Serve until Ctrl-C, SIGTERM or SIGHUP; everything that was started is ended before this returns."""
    asked = _asked_to_end()
    refuse_used_port(host, port)
    make_keys()
    cluster = None if own_server() else embedded()
    children: list[Child] = []
    try:
        if cluster is not None:
            tell(cluster.start())
        shape()
        if sample:
            _load_sample()
        connections.close_all()
        if asked.is_set():
            return
        children = _children(host, port, workers)
        for child in children:
            child.start()
        _wait_until_answers(f"http://{_shown(host)}:{port}/", children, asked)
        if not asked.is_set():
            _greet(host, port, cluster, sample)
        while not asked.wait(0.5):
            _keep(cluster, children)
    except KeyboardInterrupt:
        asked.set()
    finally:
        click.echo("\n正在结束……", err=True)
        for child in reversed(children):
            child.stop()
        if cluster is not None:
            cluster.stop()
        click.echo("已全部结束。", err=True)


def refuse_used_port(host: str, port: int) -> None:
    """Say at once when another program has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"无法监听 {host}:{port}（{error.strerror}）。端口可能被另一个程序占用，"
                "请结束它，或用 --port 换一个端口。",
                f"Cannot listen on {host}:{port} ({error.strerror}). Another program may have the port; "
                "end it, or choose another with --port.",
            ) from None


def _children(host: str, port: int, workers: int) -> list[Child]:
    web = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers), "--no-ws"]
    quiet = ["--blocking-threads", "4", "--log-level", "warning", "--no-access-log", "--workers-kill-timeout", "5"]
    python = [sys.executable, "-m"]
    return [
        Child("网页服务", [*python, "granian", *web, *quiet, "fazhi.site.wsgi:application"]),
        Child("后台任务", [*python, "fazhi.jobs"]),
    ]


def _keep(cluster: Cluster | None, children: list[Child]) -> None:
    """Restart what ended by itself: the database first."""
    if cluster is not None and cluster.pid is None:
        click.echo("数据库意外退出，正在恢复。已提交的内容不会丢失。", err=True)
        before = os.environ["DATABASE_URL"]
        cluster.stop()
        tell(cluster.start())
        if os.environ["DATABASE_URL"] != before:
            for child in children:
                child.stop()
                child.start()
    for child in children:
        child.keep()


def _asked_to_end() -> threading.Event:
    asked = threading.Event()

    def heard(number: int, frame: FrameType | None) -> None:
        asked.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, heard)
    return asked


def _wait_until_answers(address: str, children: list[Child], asked: threading.Event) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and not asked.wait(0.1):
        for child in children:
            child.keep()
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 — our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            continue
        return


def _greet(host: str, port: int, cluster: Cluster | None, sample: bool) -> None:
    click.echo(f"\n法治平台已启动：http://{_shown(host)}:{port}/　　办公：http://{_shown(host)}:{port}/office/")
    if cluster is not None:
        click.echo(f"数据存放于：{cluster.place}")
    if sample:
        from fazhi.cli.sample import accounts

        click.echo(accounts())
    click.echo("按 Ctrl-C 结束。")


def _load_sample() -> None:
    from fazhi.cli.sample import load

    load()


def _shown(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104


def _end_group(group: int) -> None:
    """Whatever a child left behind in its own group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
