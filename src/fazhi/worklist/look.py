"""What may be looked at: my desk, and one matter's page."""

from fazhi.worklist.matter import Unseen, matter
from fazhi.worklist.tasks import desk

__all__ = ["Unseen", "desk", "matter"]
