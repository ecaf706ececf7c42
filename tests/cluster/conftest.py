"""A folder that the server's account can reach, and a server of the test's own in it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fazhi.cluster import Cluster

SMALL = {"shared_buffers": "16MB", "fsync": "off", "max_connections": "20"}


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="fazhi-cluster-"))
    made.chmod(0o711)
    yield made / "cluster"
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def make(folder: Path) -> Iterator[Callable[..., Cluster]]:
    """Makes servers in the folder and ends them all."""
    made: list[Cluster] = []

    def one(path: Path = folder, **options: object) -> Cluster:
        made.append(Cluster(path, settings=SMALL, **options))
        return made[-1]

    yield one
    for cluster in made:
        cluster.stop()
