"""A real browser before a real server: the site on a loopback port over a database of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from town import Town, town

from district import District, lay
from fazhi.cluster import keys

PASSWORD = "足够长的密码-2025"
expect.set_options(timeout=30_000)


@pytest.fixture
def district(fresh_database: Any) -> District:
    from django.contrib.auth import get_user_model
    from django.core.cache import cache

    cache.clear()
    laid = lay()
    laid.unit("信访局", "区政府", organ_code="福访")
    laid.clerk("信访员", "信访局", "record", "publish", "reveal", "approve")
    laid.grant("信访员", "信访局", secrecy=1)
    laid.clerk("秘书", "区政府", "record", "publish")
    laid.grant("秘书", "区政府", secrecy=1)
    laid.clerk("复议员", "司法局", "record", "approve", "lead", "publish")
    laid.grant("复议员", "司法局")
    for account in get_user_model().objects.all():
        account.set_password(PASSWORD)
        account.save()
    return laid


@pytest.fixture
def address(district: District) -> Iterator[str]:
    """The site served on a free port of the loopback address."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the test tells what went wrong."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def visitor(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """A page in a context of its own; what a browser complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(*, width: int = 1280, theme: str = "light", phone: bool = False) -> Any:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            color_scheme=theme,
            has_touch=phone,
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def at_desk(visitor: Callable[..., Any]) -> Callable[..., Any]:
    """A page of an official who has logged in by typing."""

    def logged_in(name: str, **how: Any) -> Any:
        page = visitor(**how)
        page.goto("/office/")
        page.get_by_label("用户名").fill(name)
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/office/")
        return page

    return logged_in


@pytest.fixture(scope="session")
def sample_town(cluster: Any, template: str, chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The one running sample of this session, with a home and keys of its own."""
    home = tmp_path_factory.mktemp("town")
    keys.make(home / "keys")
    addresses = cluster.create_database("fazhi_town", template)
    roles = {"": addresses.web, "OWNER_": addresses.owner, "PUBLIC_": addresses.public, "SEALER_": addresses.sealer}
    told = {f"DATABASE_{role}URL": address for role, address in roles.items()}
    with town(home, told, chromium) as laid:
        yield laid
    cluster.drop_database("fazhi_town")


@pytest.fixture
def here(sample_town: Town) -> Iterator[Town]:
    """The running sample for one test; what a browser complains of fails it."""
    yield sample_town
    assert not sample_town.leave()
