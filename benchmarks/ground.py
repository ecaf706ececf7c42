"""The ground on which everything is measured: an embedded server of its own with durable commits, migrated."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fazhi.cluster import Addresses, Cluster, keys


@dataclass(frozen=True, slots=True)
class Ground:
    """A running server, the addresses of its database, and the folder that holds it all."""

    folder: Path
    cluster: Cluster
    addresses: Addresses


@contextmanager
def ground(kept: Path | None = None) -> Iterator[Ground]:
    """The program as a user would run it, in a folder that is gone afterwards, or in one that is kept."""
    folder = kept or Path(tempfile.mkdtemp(prefix="fazhi-bench-"))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    os.environ["FAZHI_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "fazhi.site.settings"
    keys.make(folder / "keys")
    cluster = Cluster(folder / "cluster")
    try:
        with cluster as addresses:
            _tell(addresses)
            _migrate()
            yield Ground(folder, cluster, addresses)
            from django.db import connections

            connections.close_all()
    finally:
        for made in () if kept else (folder, cluster.place):
            shutil.rmtree(made, ignore_errors=True)


def _tell(addresses: Addresses) -> None:
    from fazhi.site.opening import tell

    tell(addresses)


def _migrate() -> None:
    import django

    from fazhi.site.migrate import migrate

    django.setup()
    migrate()
