"""The served program as it runs for people, and a browser's worth of HTTP: cookies, forms and pages."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PATIENCE = 120.0


@contextmanager
def served() -> Iterator[int]:
    """Web, jobs and sealer over the database of the environment, by the program's own command; its port."""
    port = free_port()
    process = begin(dict(os.environ), port)
    try:
        wait_for(port, process)
        yield port
    finally:
        end(process)


@contextmanager
def sealing() -> Iterator[None]:
    """Only the jobs process, which seals and keeps the heavy rooms."""
    process = subprocess.Popen([sys.executable, "-m", "fazhi.jobs"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def begin(environment: Mapping[str, str], port: int) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).with_name("fazhi")), "serve", "--port", str(port)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=dict(environment), stdin=quiet, stdout=quiet, stderr=quiet)


def end(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C would: the program ends all that it started."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the first page is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    end(process)
    raise RuntimeError("the program did not answer within two minutes")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Visitor:
    """One person's browser: a connection that stays open, cookies, forms sent with their token."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """The page at a path; RuntimeError if it is not one."""
        status, text, _ = self._ask("GET", path, None)
        if status != 200:
            raise RuntimeError(f"GET {path} answered {status}: {text[:300]}")
        return text

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[str, str]:
        """Text and onward path of what a form leads to; RuntimeError if it is refused."""
        token = {"csrfmiddlewaretoken": self._cookies.get("fazhi_csrf", "")}
        status, text, onward = self._ask("POST", path, urlencode({**token, **fields}))
        if status not in (200, 302):
            raise RuntimeError(f"POST {path} answered {status}: {_words(text)}")
        return text, urlsplit(onward).path

    def log_in(self, name: str, password: str) -> None:
        self.get("/office/login/")
        self.post("/office/login/", {"username": name, "password": password})

    def close(self) -> None:
        self._line.close()

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie") or []:
            for name, cookie in SimpleCookie(value).items():
                self._cookies[name] = cookie.value
        return answer.status, text, answer.headers.get("Location", "")


def _words(text: str) -> str:
    """What a refused form says, without the marks of its page."""
    start = max(text.find('class="findings'), text.find('role="alert"'), 0)
    return " ".join(re.sub(r"<[^>]*>", " ", text[start : start + 1500]).split())
