"""Polishing by an outside service: well-meant words stand, changed facts and silence do not; a real server answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from fazhi.report.polish import Endpoint, endpoint, polish

TEXT = "由张建国同志牵头，市场监督管理局和松风街道办事处开展联合检查12次，整改问题35个，按照《行政处罚法》办理。"
BETTER = TEXT.replace("开展联合检查12次", "组织联合检查12次").replace("整改问题35个", "推动整改问题35个")
Answer = Callable[[str], bytes]


def said(text: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


@pytest.fixture
def serving() -> Iterator[Callable[[Answer], Endpoint]]:
    """A service on the loopback that answers as it is told."""
    servers: list[ThreadingHTTPServer] = []
    release = threading.Event()

    def serve(answer: Answer) -> Endpoint:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                assert self.path == "/v1/chat/completions" and asked["model"] == "m"
                body = answer(asked["messages"][-1]["content"])
                if body == b"":
                    release.wait(5)
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "m", seconds=0.5)

    yield serve
    release.set()
    for server in servers:
        server.shutdown()
        server.server_close()


def test_better_words_stand(serving: Callable[[Answer], Endpoint]) -> None:
    (one,) = polish([TEXT], serving(lambda _text: said(BETTER)), 2025)
    assert (one.text, one.refused) == (BETTER, "")


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (BETTER.replace("12次", "13次"), "改动了数字或者单位（少了12次，多了13次）"),
        (BETTER.replace("35个", "35件"), "改动了数字或者单位（少了35个，多了35件）"),
        (BETTER.replace("松风街道", "望湖街道"), "改动了名称"),
        (BETTER.replace("市场监督管理局", "城市管理局"), "改动了名称"),
        (BETTER.replace("张建国", "张建民"), "改动了名称"),
        (BETTER.replace("《行政处罚法》", "《行政许可法》"), "改动了名称"),
        (BETTER + "全年培训200人次。", "多了200"),
        ("# 润色如下\n\n" + BETTER, "不是一段正文"),
        ("", "没有给出可用的答复"),
    ],
)
def test_changed_facts_are_refused_and_the_old_words_stay(
    serving: Callable[[Answer], Endpoint], after: str, why: str
) -> None:
    (one,) = polish([TEXT], serving(lambda _text: said(after)), 2025)
    assert one.text == TEXT and why in one.refused


@pytest.mark.parametrize("body", [b"<html>502</html>", b"{}", b'{"choices": []}', b"\xff\xfe", b""])
def test_garbage_and_silence_leave_the_old_words(serving: Callable[[Answer], Endpoint], body: bytes) -> None:
    (one,) = polish([TEXT], serving(lambda _text: body), 2025)
    assert one.text == TEXT and "没有给出可用的答复" in one.refused


def test_each_paragraph_is_judged_by_itself_and_nothing_is_asked_unless_an_address_is_named(
    serving: Callable[[Answer], Endpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    by = serving(lambda text: said(BETTER if text == TEXT else text.replace("3", "4")))
    assert [bool(one.refused) for one in polish([TEXT, "培训3次。"], by, 2025)] == [False, True]
    monkeypatch.delenv("FAZHI_POLISH_URL", raising=False)
    assert endpoint() is None
    monkeypatch.setenv("FAZHI_POLISH_URL", "http://127.0.0.1:1/v1/")
    assert endpoint() == Endpoint("http://127.0.0.1:1/v1", "default")
    (one,) = polish([TEXT], Endpoint("http://127.0.0.1:1/v1", "m"), 2025)
    assert one.refused
