"""Opening the database for one command: the server named in the environment, else the embedded one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connections

from fazhi.cluster import Addresses, Cluster, available, keys
from fazhi.rulebook import SAMPLE_OVERLAY
from fazhi.site.databases import VARIABLES
from fazhi.site.home import home, keys_folder, second_place
from fazhi.site.migrate import migrate, pending


def own_server() -> bool:
    """Whether the environment names a server of the user's own."""
    return bool(os.environ.get("DATABASE_URL"))


def tell(addresses: Addresses) -> None:
    """Hand the addresses to the settings of this process and of its children."""
    os.environ["DATABASE_URL"] = addresses.web
    os.environ["DATABASE_OWNER_URL"] = addresses.owner
    os.environ["DATABASE_PUBLIC_URL"] = addresses.public
    os.environ["DATABASE_SEALER_URL"] = addresses.sealer


def address_of(role: str) -> str:
    """The address of a role in the database that is open."""
    variable = VARIABLES["default" if role == "web" else role][0]
    return os.environ.get(variable) or os.environ["DATABASE_URL"]


def embedded() -> Cluster:
    """The embedded server of this installation, not yet started."""
    return Cluster(home() / "cluster", second_place=second_place())


def make_keys() -> None:
    """Make the keys of a new installation, and refuse damaged ones."""
    keys.make(keys_folder())


@contextmanager
def opened() -> Iterator[None]:
    """A database in its present shape for the time of one command."""
    make_keys()
    if own_server():
        shape()
        yield
        return
    with available(embedded()) as addresses:
        tell(addresses)
        shape()
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def passing() -> Iterator[None]:
    """An empty database of its own under the rules of the sample district, gone afterwards; what the environment names
    is left alone."""
    folder = Path(tempfile.mkdtemp(prefix="fazhi-passing-"))
    folder.chmod(0o711)  # the account that the server runs as passes through
    for variable in (*(name for name, _ in VARIABLES.values()), "FAZHI_KEYS", "FAZHI_SECOND"):
        os.environ.pop(variable, None)
    os.environ["FAZHI_HOME"] = str(folder)
    os.environ["FAZHI_OVERLAYS"] = str(SAMPLE_OVERLAY)
    cluster = embedded()
    try:
        with opened():
            yield
    finally:
        shutil.rmtree(cluster.place, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def shape() -> None:
    """Migrate if something is missing."""
    django.setup()
    if pending():
        migrate()
