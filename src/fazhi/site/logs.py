"""Logs that tell where something failed, never what a person wrote."""

import logging
import traceback
from types import TracebackType


class Discreet(logging.Formatter):
    """Leaves out the text of exceptions and the values of requests: both may quote personal data."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, error, trace = ei
        lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        cause = error.__cause__ if error else None
        why = f" from {type(cause).__name__}" if cause else ""
        return "\n".join([*lines, f"{kind.__name__ if kind else '?'}{why}"])
