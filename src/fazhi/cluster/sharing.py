"""A running server for one command: the one that is there, else our own for that time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from fazhi.cluster.addresses import Addresses
from fazhi.cluster.complaint import ClusterBusy
from fazhi.cluster.guests import Guests, join
from fazhi.cluster.place import known
from fazhi.cluster.server import Cluster

_PATIENCE = 60.0


@contextmanager
def available(cluster: Cluster) -> Iterator[Addresses]:
    """A running server for the time of one command: the one that is there, else our own."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            mine = cluster.start()
        except ClusterBusy:
            theirs = join(cluster.folder)
            if theirs is None:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
                continue
            with Guests(known(cluster.folder.absolute())).joined():
                yield theirs
            return
        try:
            yield mine
        finally:
            cluster.stop(wait_for_guests=True)
        return
