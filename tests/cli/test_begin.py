"""The page on how to begin, done as it is printed: from nothing to the first appeal published."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from reading import read
from typing_in import PASSWORD, done

from fazhi import ledger

PAGE = (Path(__file__).resolve().parents[2] / "docs/how-to/begin-an-office.md").read_text("utf-8")
PROGRAM = ".venv/bin/fazhi "


def commands(part: str) -> list[str]:
    """The commands of a part of the page, without those that install and serve."""
    lines = [line for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]
    assert all(line == "make install" or line.startswith(PROGRAM) for line in lines), lines
    return [line.removeprefix(PROGRAM) for line in lines if line.startswith(PROGRAM) and line != f"{PROGRAM}serve"]


def run(part: str) -> None:
    for line in commands(part):
        done(line, f"{PASSWORD}\n{PASSWORD}\n" if "account" in line else "")


def log_in(name: str) -> Any:
    client = Client()
    answer = client.post("/office/login/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302, f"{name} cannot log in"
    return client


def act(client: Any, matter: str, kind: str, title: str, /, **more: str) -> None:
    """One act through its form, found by the title that the page on how to begin gives it."""
    address = f"/office/matters/{matter}/"
    shown = client.get(address).content.decode()
    assert f"“{title}”" in PAGE and f"记入：{title}" in shown
    typed = {"kind": kind, "seen": str(ledger.read(uuid.UUID(matter)).head), "key": uuid.uuid4().hex, "on": "今天"}
    answer = client.post(f"{address}record/", typed | more)
    assert answer.status_code == 302, read(answer.content).words


@pytest.fixture
def empty(fresh_database: object) -> None:
    cache.clear()


def test_from_an_empty_installation_to_the_first_appeal_published(empty: None) -> None:
    before, first, after = PAGE.partition("## 6.")[0], *PAGE.partition("## 6.")[2].partition("## 7.")[::2]
    run(before)
    clerk, worker = log_in("zhangsan"), log_in("lisi")
    desk = clerk.get("/office/").content.decode()
    assert "示例区信访局" in desk and "来信岗" in desk and "登记来访来电" in desk and "“登记来访来电”" in first
    appeal = {"key": "k1", "on": "今天", "channel": "phone", "text": "文化路路灯不亮，晚上走路看不见。"}
    received = clerk.post("/office/receive/?kind=appeal", appeal).content.decode()
    assert "查询编号" in received and "查询码" in received
    matter = re.search(r"/office/matters/([0-9a-f-]{36})/", received)[1]
    assert matter not in worker.get("/office/").content.decode()
    act(clerk, matter, "assigned", "分派承办单位", unit="示例区城市管理局")
    assert matter in worker.get("/office/").content.decode()
    act(worker, matter, "accepted", "受理并书面告知", nature="claim")
    act(worker, matter, "answered", "出具信访处理意见、答复", outcome="supported", text="已更换灯泡。")
    entry = str(ledger.read(uuid.UUID(matter)).head)
    act(clerk, matter, "published", "公开", entry=entry, title="文化路路灯已修好", text="反映的路灯当天修好。")
    assert "文化路路灯已修好" in Client().get("/gazette/").content.decode()
    run(after)
    gone = worker.get("/office/")["Location"]
    assert gone.startswith("/office/login/"), "a closed account is out at the next page"
    assert Client().post("/office/login/", {"username": "lisi", "password": PASSWORD}).status_code == 403
