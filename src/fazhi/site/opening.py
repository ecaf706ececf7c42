"""Opening the database for one command: the server named in the environment, else the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connections

from fazhi.cluster import Addresses, Cluster, available, keys
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


def shape() -> None:
    """Migrate if something is missing."""
    django.setup()
    if pending():
        migrate()
