"""Fixtures for everyone: a real PostgreSQL server, a migrated template, a transaction or a clone for each test."""

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
# what tests of a room share stands beside them, in modules of their own
sys.path[:0] = [str(folder) for folder in (ROOT / "tests", *sorted((ROOT / "tests").iterdir())) if folder.is_dir()]
_HOME = Path(tempfile.mkdtemp(prefix="fazhi-test-"))
_HOME.chmod(0o711)  # the account that the server runs as passes through
os.environ["FAZHI_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "fazhi.site.settings"
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL", "DATABASE_SEALER_URL", "FAZHI_OVERLAYS"):
    os.environ.pop(_name, None)

from fazhi.cluster import Addresses, Cluster, keys  # noqa: E402

keys.make(_HOME / "keys")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import settings as properties  # noqa: E402

from dealing import longest_first  # noqa: E402
from fazhi.site import messages  # noqa: E402

setup_test_environment()
messages.compile_all()
PBKDF2PasswordHasher.iterations = 1000  # passwords are slow to try on purpose; here nobody guesses

ALIASES = ("default", "owner", "public", "sealer")
TEMPLATE = "fazhi_template"
# the operating system keeps what is written even when the server is killed, so tests need no flush to the disk
FAST = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB", "max_connections": "120"}


def pytest_configure(config: pytest.Config) -> None:
    """Properties are tried on the same examples in every run, and on others each time with the slow tests; without a
    deadline, for a busy machine is no fault of the code."""
    properties.register_profile("steady", deadline=None, derandomize=bool(config.option.markexpr))
    properties.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it for garbage again and again is idle."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _clean() -> Iterator[None]:
    yield
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A page read in English must not leave the next test in that language."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server of this session, with an empty database `fazhi`."""
    server = Cluster(_HOME / "cluster", settings=FAST)
    server.start()
    yield server
    connections.close_all()
    server.stop()


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """The name of a database with every table and right, to be copied."""
    from fazhi.site.migrate import migrate

    point_at(cluster.create_database(TEMPLATE))
    migrate()
    connections.close_all()
    return TEMPLATE


@pytest.fixture(scope="session")
def _shared_database(cluster: Cluster, template: str) -> Addresses:
    return cluster.create_database("fazhi_shared", template)


def point_at(addresses: Addresses, *, everyone: str | None = None) -> None:
    """Let Django's aliases use these addresses; `everyone` is one address for all of them."""
    from fazhi.site.databases import database

    connections.close_all()
    roles = {"default": addresses.web, "owner": addresses.owner, "public": addresses.public, "sealer": addresses.sealer}
    for alias, address in roles.items():
        settings.DATABASES[alias] = connections.settings[alias] = connections.configure_settings(
            {"default": database(alias, everyone or address)}
        )["default"]
        with contextlib.suppress(AttributeError):
            del connections[alias]


@pytest.fixture(scope="session")
def _shared_connection(_shared_database: Addresses) -> Iterator[Any]:
    """One connection for all transactions that are rolled back: a new one for each test knows no table yet."""
    point_at(_shared_database, everyone=_shared_database.superuser)
    shared = connections["default"]
    del connections["default"]
    yield shared
    shared.close()


@pytest.fixture
def db(
    _shared_database: Addresses, _shared_connection: Any
) -> Iterator[Callable[[str], contextlib.AbstractContextManager[None]]]:
    """One transaction for the test, rolled back after it; all aliases share it, with the rights of the web role.

    The value is a function: `with db("fazhi_owner"):` lends the rights of another role meanwhile."""
    point_at(_shared_database, everyone=_shared_database.superuser)
    shared = _shared_connection
    for alias in ALIASES:
        connections[alias] = shared

    @contextlib.contextmanager
    def lent(role: str) -> Iterator[None]:
        with shared.cursor() as cursor:
            cursor.execute("select current_user")
            before = cursor.fetchone()[0]
            cursor.execute(f"set local role {role}")
        yield
        with shared.cursor() as cursor:
            cursor.execute(f"set local role {before}")

    atomic = transaction.atomic()
    atomic.__enter__()
    try:
        with shared.cursor() as cursor:
            cursor.execute("set local role fazhi_web")
        yield lent
    finally:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
        if shared.connection is not None and shared.connection.closed:
            shared.close()
        for alias in ALIASES:
            with contextlib.suppress(AttributeError):
                del connections[alias]


@dataclass(frozen=True)
class FreshDatabase:
    """A clone of the template of its own, reached by Django's four aliases with their own roles."""

    name: str
    addresses: Addresses
    cluster: Cluster

    @property
    def environment(self) -> dict[str, str]:
        """What a child process needs to use this database."""
        return {
            "DATABASE_URL": self.addresses.web,
            "DATABASE_OWNER_URL": self.addresses.owner,
            "DATABASE_PUBLIC_URL": self.addresses.public,
            "DATABASE_SEALER_URL": self.addresses.sealer,
            "FAZHI_HOME": str(_HOME),
            "DJANGO_SETTINGS_MODULE": "fazhi.site.settings",
        }


@pytest.fixture
def fresh_database(cluster: Cluster, template: str) -> Iterator[FreshDatabase]:
    """A database of the test's own: real commits, several connections, four roles."""
    name = f"fazhi_{uuid.uuid4().hex[:10]}"
    addresses = cluster.create_database(name, template)
    point_at(addresses)
    yield FreshDatabase(name, addresses, cluster)
    connections.close_all()
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def rulebook() -> Any:
    """The national pages."""
    from fazhi.rulebook import load

    return load()


@pytest.fixture
def client(db: object) -> Any:
    """A browser without scripts, nobody logged in."""
    from django.test import Client

    return Client()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input beside the checkout; tests that need it are skipped where it is not."""
    told = os.environ.get("FAZHI_SHARED")
    for folder in (Path(told) if told else None, ROOT.parent / "shared"):
        if folder and (folder / "data" / "appeals").is_dir():
            return folder
    pytest.skip("real input is not here: expected a folder `shared` beside the checkout, or FAZHI_SHARED")


@pytest.fixture
def live(fresh_database: FreshDatabase) -> Iterator[Any]:
    """The platform served on a clone of the template, with its jobs; `live.address` is where."""
    from serving import served

    with served(_HOME, **fresh_database.environment) as platform:
        yield platform


@pytest.fixture
def at_desk(district: Any) -> Callable[..., Any]:
    """A client logged in as one of the people at hand; `enforce` asks for CSRF tokens as a browser does."""
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.test import Client

    cache.clear()

    def logged_in(name: str, *, enforce: bool = False) -> Client:
        client = Client(enforce_csrf_checks=enforce)
        client.force_login(get_user_model().objects.get(pk=district.accounts[name]))
        return client

    return logged_in


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The one browser of this process: a second driver beside it would find its loop running and refuse."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium here; as root: apt-get install chromium fonts-noto-cjk")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in the thread of the tests
    options = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page in Chinese on a phone's screen; set_viewport_size makes it another."""
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
