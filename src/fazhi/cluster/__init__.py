"""The embedded PostgreSQL server under our own supervisor, and the folder of keys."""

from fazhi.cluster.addresses import Addresses
from fazhi.cluster.complaint import ClusterBusy, ClusterError
from fazhi.cluster.guests import join
from fazhi.cluster.server import Cluster
from fazhi.cluster.sharing import available

__all__ = ["Addresses", "Cluster", "ClusterBusy", "ClusterError", "available", "join"]
