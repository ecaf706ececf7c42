"""Opening the database for one command: the server named in the environment, else the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from fazhi.cluster import Addresses, Cluster, available, keys


def own_server() -> bool:
    """Whether the environment names a server of the user's own."""
    return bool(os.environ.get("DATABASE_URL"))


def tell(addresses: Addresses) -> None:
    """Hand the addresses to the settings of this process and of its children."""
    os.environ["DATABASE_URL"] = addresses.web
    os.environ["DATABASE_OWNER_URL"] = addresses.owner
    os.environ["DATABASE_PUBLIC_URL"] = addresses.public
    os.environ["DATABASE_SEALER_URL"] = addresses.sealer


def embedded() -> Cluster:
    """The embedded server of this installation, not yet started."""
    from fazhi.site.home import home

    return Cluster(home() / "cluster")


def make_keys() -> None:
    """Make the keys of a new installation, and refuse damaged ones."""
    from fazhi.site.home import keys_folder

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
            close()


def shape() -> None:
    """Migrate if something is missing."""
    import django

    django.setup()
    from fazhi.site.migrate import migrate, pending

    if pending():
        migrate()


def close() -> None:
    """Leave the server before it ends."""
    from django.db import connections

    connections.close_all()
